// The pure parts of the activation view: reading a curve, its zones, its span.

import { describe, expect, test } from "vitest";
import type { ActivationCurve, ActivationView } from "../../src/shared/views.ts";
import { isSaturated, rangeOf, shadedZones, spanOf, throughTenLayers, valueAt, variantAt } from "./readCurve.ts";

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
  test("are the trained layer's, else those of the first chosen function that saturates", () => {
    expect(shadedZones(view, [linear, sigmoid], layer, initialVariant)?.label).toBe("SIGMOID");
    expect(shadedZones(view, [sigmoid], null, initialVariant)?.intervals).toHaveLength(2);
    expect(shadedZones(view, [linear, sigmoid], null, initialVariant)?.label).toBe("SIGMOID");
    expect(shadedZones(view, [linear], null, initialVariant)).toBeNull();
  });

  test("hold a bin whose middle they hold", () => {
    const zones = shadedZones(view, [sigmoid], null, initialVariant);
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
