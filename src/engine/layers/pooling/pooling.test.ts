// Pooling layers: how they are called, their shapes, and what they refuse.

import { describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import { type Tensor, tensor } from "../../tensor.ts";
import { zeros } from "../../tensorFunctions.ts";
import type { Layer } from "../layer.ts";
import { layers } from "../layers.ts";

const random = new Random(1);
const context = { training: true, random };

function apply(layer: Layer, x: Tensor): Tensor {
  layer.build(x.shape.slice(1), random);
  const y = layer.call(x, context);
  expect(y.shape.slice(1)).toEqual(layer.outputShape);
  return y;
}

describe("calling them", () => {
  it("takes the window first, as an option, or 2", () => {
    expect(layers.maxPooling2d()).toMatchObject({ type: "maxPooling2d", poolSize: [2, 2], strides: [2, 2] });
    expect(layers.maxPooling2d([3, 2], { strides: 1 })).toMatchObject({ poolSize: [3, 2], strides: [1, 1] });
    expect(layers.averagePooling2d({ poolSize: 3, padding: "same" })).toMatchObject({
      type: "averagePooling2d",
      poolSize: [3, 3],
      strides: [3, 3],
      padding: "same",
    });
    expect(layers.maxPooling2d({ name: "half" })).toMatchObject({ name: "half", poolSize: [2, 2] });
    expect(layers.maxPooling1d(3)).toMatchObject({ poolSize: [3] });
    expect(layers.averagePooling1d({ poolSize: 3, strides: 1 })).toMatchObject({ poolSize: [3], strides: [1] });
  });

  it.each([
    ["MaxPooling2D", "maxPooling2d"],
    ["maxPool2d", "maxPooling2d"],
    ["avgPool2d", "averagePooling2d"],
    ["AdaptiveAvgPool2d", "globalAveragePooling2d"],
    ["globalAvgPool2d", "globalAveragePooling2d"],
  ])("knows %s of other libraries", (theirs, ours) => {
    expect(() => (layers as unknown as Record<string, unknown>)[theirs]).toThrow(`Did you mean "${ours}"?`);
  });

  it("refuses what cannot be", () => {
    expect(() => layers.maxPooling2d(0)).toThrow("layers.maxPooling2d: expected poolSize as a whole number, 1 or more");
    expect(() => layers.maxPooling2d(2, { padding: 1 as unknown as "same" })).toThrow('padding as "valid" or "same"');
    expect(() => layers.maxPooling2d(2, { stride: 1 } as object)).toThrow('Did you mean "strides"?');
    expect(() => layers.globalMaxPooling2d({ poolSize: 2 } as object)).toThrow("Unknown option");
  });
});

describe("what they compute", () => {
  const ramp = tensor(
    Array.from({ length: 15 }, (_, place) => place),
    { shape: [1, 3, 5, 1] },
  );

  it("drops leftovers with valid, and keeps them with same", () => {
    expect(apply(layers.maxPooling2d(2), ramp).toArray()).toEqual([[[[6], [8]]]]);
    expect(
      apply(layers.maxPooling2d(2, { padding: "same" }), ramp)
        .reshape([2, 3])
        .toArray(),
    ).toEqual([
      [6, 8, 9],
      [11, 13, 14],
    ]);
  });

  it("counts only what lies inside in a mean", () => {
    expect(
      apply(layers.averagePooling2d(2, { padding: "same" }), ramp)
        .reshape([2, 3])
        .toArray(),
    ).toEqual([
      [3, 5, 6.5],
      [10.5, 12.5, 14],
    ]);
  });

  it("leaves one number for each channel when global", () => {
    const x = tensor([
      [
        [1, 10],
        [3, -10],
      ],
    ]);
    expect(apply(layers.globalMaxPooling1d(), x).toArray()).toEqual([[3, 10]]);
    expect(apply(layers.globalAveragePooling1d(), x).toArray()).toEqual([[2, 0]]);
    expect(apply(layers.globalMaxPooling2d(), ramp).toArray()).toEqual([[14]]);
    expect(apply(layers.globalAveragePooling2d(), ramp).toArray()).toEqual([[7]]);
  });

  it("holds no weights", () => {
    expect(layers.maxPooling2d().plan([8, 8, 3])).toEqual({ outputShape: [4, 4, 3], parameterCount: 0 });
  });
});

it("inputs that do not fit say what is expected", () => {
  expect(() => layers.maxPooling2d(2).plan([64])).toThrow(
    "maxPooling2d: expected input [batch, height, width, channels], got [batch, 64]. As grey pictures: layers.reshape([8, 8, 1]) before it",
  );
  expect(() => layers.globalAveragePooling2d().plan([8, 8])).toThrow("globalAveragePooling2d: expected input");
  expect(() => layers.maxPooling2d(3).plan([2, 8, 1])).toThrow(
    "maxPooling2d: expected input of at least 3 rows and 3 columns, which the window spans, got [batch, 2, 8, 1].",
  );
  const layer = layers.maxPooling2d(2);
  layer.build([4, 4, 2], random);
  expect(() => layer.call(zeros([1, 4, 4, 3]), context)).toThrow("expected input [batch, height, width, 2]");
});
