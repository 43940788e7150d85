// Layers that only say how the numbers of a sample are arranged.

import { describe, expect, it } from "vitest";
import { layers, Random, tensor, zeros } from "../../index.ts";

const context = { training: true, random: new Random(1) };

describe("reshape", () => {
  it("gives each sample the shape asked for, numbers in their order", () => {
    const layer = layers.reshape([3, 2]);
    expect(layer.call(tensor([[1, 2, 3, 4, 5, 6]]), context).toArray()).toEqual([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(layers.reshape({ targetShape: [6], name: "flat" }).outputShapeFor([3, 2])).toEqual([6]);
  });

  it("works one length out", () => {
    expect(layers.reshape([-1, 4]).outputShapeFor([8])).toEqual([2, 4]);
    expect(layers.reshape([-1]).call(zeros([5, 2, 3]), context).shape).toEqual([5, 6]);
    expect(layers.reshape([2, -1]).call(zeros([0, 6]), context).shape).toEqual([0, 2, 3]);
  });

  it("says what does not fit", () => {
    expect(() => layers.reshape([3, 2]).outputShapeFor([8])).toThrow(
      "reshape: expected input of 6 numbers an example, got [batch, 8]. An example has 8 numbers; targetShape is [3, 2].",
    );
    expect(() => layers.reshape([-1, 3]).outputShapeFor([8])).toThrow("whose numbers are a multiple of 3");
    expect(() => layers.reshape([-1, -1])).toThrow("one of them -1 at most, got [-1, -1]");
    expect(() => layers.reshape([0, 2])).toThrow("whole numbers from 1 on");
    // @ts-expect-error: a number is not a shape.
    expect(() => layers.reshape(4)).toThrow("For one axis write [4].");
  });
});

describe("flatten", () => {
  it("joins the axes of a sample", () => {
    expect(layers.flatten().outputShapeFor([8, 8])).toEqual([64]);
    expect(layers.flatten().call(zeros([2, 3, 4]), context).shape).toEqual([2, 12]);
  });
});
