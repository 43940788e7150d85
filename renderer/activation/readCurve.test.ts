// The pure parts of the activation view: reading a curve, its zones, its span.

import { describe, expect, test } from "vitest";
import type { ActivationCurve, ActivationView } from "../../src/shared/views.ts";
import {
  cutFor,
  isSaturated,
  rangeOf,
  shadedZones,
  spanOf,
  throughTenLayers,
  valueAt,
  variantAt,
} from "./readCurve.ts";

const curve = (name: string, saturated: readonly (readonly [number, number])[]): ActivationCurve => ({
  name,
  label: name.toUpperCase(),
  variants: [{ alpha: null, z: [-6, 6], value: [0, 1], slope: [0, 0], largestSlope: 0.25, saturated }],
  initial: 0,
});
const sigmoid = curve("sigmoid", [
  [-6, -3.6],
  [3.6, 6],
]);
const linear = curve("linear", []);
test("the cut for steep functions lets through what lies near z = 0, unless it is steeper than the others bear", () => {
  const slopes = (...series: number[]) => [{ z: [-6, -1, 1, 6], series }];
  expect(cutFor(slopes(-3, -3, 1, 1), [-0.3, 1.3])).toEqual([-3, 1.3]);
  expect(cutFor(slopes(0, 0, 0.5, 400), [-0.3, 1.3])).toEqual([-0.3, 1.3]);
  expect(cutFor(slopes(0, 50, 1, 1), [-0.3, 1.3])).toEqual([-0.3, 1.3]);
});

const layer = {
  name: "dense_1",
  activation: "sigmoid",
  units: 4,
  edges: [-1, 1],
  shares: [1],
  saturatedShare: 0,
  examples: 9,
};
const view: ActivationView = {
  kind: "activation",
  version: 1,
  sentence: { tone: "info", messages: [] },
  chosen: [],
  functions: [sigmoid, linear],
  layers: [layer],
  layer: null,
};
const initialVariant = (entry: ActivationCurve) => variantAt(entry, undefined);

describe("reading a curve", () => {
  test("goes straight between samples and nowhere outside them", () => {
    expect(valueAt([-1, 0, 2], [0, 0, 4], 1)).toBe(2);
    expect(valueAt([-1, 0, 2], [0, 0, 4], 2)).toBe(4);
    expect(valueAt([-1, 0, 2], [0, 0, 4], 2.1)).toBeNull();
  });

  test("takes what stands at a kink or jump, between its sides", () => {
    expect(valueAt([-1, 0, 0, 0, 1], [0, 0, 0.5, 1, 1], 0)).toBe(0.5);
    expect(valueAt([-1, 0, 0, 0, 1], [0, 0, 0.5, 1, 1], -0.5)).toBe(0);
    expect(valueAt([-1, 0, 0, 0, 1], [0, 0, 0.5, 1, 1], 0.5)).toBe(1);
  });

  test("does not draw a line to infinity", () => {
    expect(valueAt([0, 1], [5, "Infinity"], 0.5)).toBe(5);
  });

  test("spans all chosen curves", () => {
    expect(rangeOf(sigmoid.variants)).toEqual([-6, 6]);
    expect(rangeOf([])).toEqual([-6, 6]);
  });
});

describe("zones", () => {
  const chosen = (...curves: readonly ActivationCurve[]) => curves.map((each, slot) => ({ curve: each, slot }));
  const hard = curve("hard", [
    [-6, -1],
    [4, 6],
  ]);

  test("are the trained layer's, else those of the chosen function that saturates", () => {
    expect(shadedZones(view, chosen(linear, hard), layer, initialVariant)?.label).toBe("SIGMOID");
    expect(shadedZones(view, chosen(sigmoid), null, initialVariant)?.intervals).toHaveLength(2);
    expect(shadedZones(view, chosen(linear, sigmoid), null, initialVariant)).toMatchObject({
      label: "SIGMOID",
      strips: [],
    });
    expect(shadedZones(view, chosen(linear), null, initialVariant)).toBeNull();
  });

  test("of several functions are a strip each, and shaded where all saturate", () => {
    expect(shadedZones(view, chosen(sigmoid, linear, hard), null, initialVariant)).toEqual({
      label: "SIGMOID, HARD",
      intervals: [
        [-6, -3.6],
        [4, 6],
      ],
      strips: [
        { slot: 0, intervals: sigmoid.variants[0]?.saturated },
        { slot: 2, intervals: hard.variants[0]?.saturated },
      ],
    });
  });

  test("hold a bin whose middle they hold", () => {
    const zones = shadedZones(view, chosen(sigmoid), null, initialVariant);
    expect([isSaturated(zones, -4, -3.5), isSaturated(zones, -3.5, -3), isSaturated(null, -6, -5)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test("ten layers leave at best the tenth power of the largest slope", () => {
  expect(throughTenLayers(0.25)).toBeCloseTo(9.54e-7, 8);
  expect(throughTenLayers(null)).toBeNull();
});

test("one steep curve does not flatten the others", () => {
  const [min, max] = spanOf(
    [
      [-1, 1],
      [400, "Infinity"],
    ],
    [-1.5, 2.5],
  );
  expect(min).toBeGreaterThan(-1.5);
  expect(max).toBeLessThan(3);
});
