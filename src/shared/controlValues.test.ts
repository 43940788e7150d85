// The values of controls: round numbers, exact ends, and nothing a control cannot take.

import { expect, test } from "vitest";
import { positionCount, positionOf, valueAt, withValue } from "./controlValues.ts";
import type { SliderControl } from "./views.ts";

const slider = (min: number, max: number, step: number | null): SliderControl => ({
  ...{ kind: "slider", min, max, step, value: min },
});

test("a slider's values are round, and each position is its own value's", () => {
  const tenths = slider(-0.3, 0.3, 0.1);
  const positions = Array.from({ length: positionCount(tenths) }, (_, position) => position);
  expect(positions.map((position) => valueAt(tenths, position))).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  for (const each of [tenths, slider(1e-4, 10, null), slider(0, 1, 0.3)]) {
    for (let position = 0; position < positionCount(each); position++) {
      expect(positionOf({ ...each, value: valueAt(each, position) })).toBe(position);
    }
  }
});

test("a slider of equal factors has its ends exactly, and equal factors between", () => {
  const rate = slider(0.0001, 1, null);
  expect([valueAt(rate, 0), valueAt(rate, 50), valueAt(rate, 100), valueAt(rate, 1000)]).toEqual([0.0001, 0.01, 1, 1]);
});

test("a control stays as it is where it cannot take a value", () => {
  const rate = slider(0, 1, 0.1);
  expect(withValue(rate, 0.5)).toEqual({ ...rate, value: 0.5 });
  for (const wrong of [2, Number.NaN, true]) expect(withValue(rate, wrong)).toBe(rate);
  const menu = { kind: "select", options: ["a", "b"], chosen: 0 } as const;
  for (const wrong of [0.5, 2, -1, false]) expect(withValue(menu, wrong)).toBe(menu);
  const box = { kind: "checkbox", checked: false } as const;
  expect(withValue(box, 1)).toBe(box);
});
