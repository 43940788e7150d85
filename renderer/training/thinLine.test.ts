// Long lines are thinned without losing what a reader would see.

import { expect, test } from "vitest";
import { LineThinner, thinLine } from "./thinLine.ts";

test("an ordinary line is drawn whole", () => {
  expect(thinLine([3, null, 1])).toEqual([0, 1, 2]);
});

test("a long line keeps its ends, its peaks and its gaps, in order, and few points", () => {
  const values: (number | null)[] = Array.from({ length: 60_000 }, (_, index) => Math.sin(index / 900));
  values[12_345] = 99;
  values[33_333] = -99;
  values[44_444] = null;
  const kept = thinLine(values);
  expect(kept.length).toBeLessThan(2_600);
  expect(kept[0]).toBe(0);
  expect(kept.at(-1)).toBe(59_999);
  for (const index of [12_345, 33_333, 44_444]) expect(kept).toContain(index);
  expect([...kept].sort((a, b) => a - b)).toEqual(kept);
});

test("a line that grows is thinned as it is when it is thinned whole", () => {
  const values: (number | null)[] = [];
  const thinner = new LineThinner();
  for (let index = 0; index < 9_000; index++) {
    values.push(index % 1_700 === 3 ? null : Math.sin(index * 12.9898));
    if (index === 4_321) values[index] = 50;
    if (index % 37 === 0 || index > 8_990) expect(thinner.of(values)).toEqual(thinLine(values));
  }
  expect(thinner.of(values)).toContain(4_321);
});
