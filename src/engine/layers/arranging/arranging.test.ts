// Permute, repeatVector, up-sampling and zero padding: what they give, as Keras has it, and what they refuse.

import { describe, expect, it } from "vitest";
import { layers, Random, tensor, zeros } from "../../index.ts";

const context = { training: true, random: new Random(1) };

describe("layers that arrange a sample anew", () => {
  it("permute puts axes in another order", () => {
    const x = tensor([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ]);
    expect(layers.permute([2, 1]).outputShapeFor([2, 3])).toEqual([3, 2]);
    expect(layers.permute([2, 1]).call(x, context).toArray()).toEqual([
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ]);
    expect(layers.permute([3, 1, 2]).call(zeros([5, 2, 3, 4]), context).shape).toEqual([5, 4, 2, 3]);
  });

  it("repeatVector makes a sequence of a vector", () => {
    expect(
      layers
        .repeatVector(2)
        .call(tensor([[1, 2]]), context)
        .toArray(),
    ).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
    ]);
  });

  it("up-sampling repeats each place", () => {
    const series = tensor([[[1], [2]]]);
    expect(layers.upSampling1d().call(series, context).flatten().toArray()).toEqual([1, 1, 2, 2]);
    const picture = tensor([[[[1], [2]]]]);
    expect(layers.upSampling2d([2, 3]).call(picture, context).toArray()).toEqual([
      [
        [[1], [1], [1], [2], [2], [2]],
        [[1], [1], [1], [2], [2], [2]],
      ],
    ]);
    expect(layers.upSampling2d().outputShapeFor([3, 5, 7])).toEqual([6, 10, 7]);
  });

  it("zero padding puts zeros around", () => {
    expect(
      layers
        .zeroPadding1d([2, 0])
        .call(tensor([[[5]]]), context)
        .flatten()
        .toArray(),
    ).toEqual([0, 0, 5]);
    expect(
      layers
        .zeroPadding2d([
          [1, 0],
          [0, 2],
        ])
        .call(tensor([[[[5]]]]), context)
        .toArray(),
    ).toEqual([
      [
        [[0], [0], [0]],
        [[5], [0], [0]],
      ],
    ]);
    expect(layers.zeroPadding2d([1, 2]).outputShapeFor([3, 3, 1])).toEqual([5, 7, 1]);
    expect(layers.zeroPadding2d().outputShapeFor([3, 3, 1])).toEqual([5, 5, 1]);
  });

  it.each([
    [() => layers.permute([1, 1]), "layers.permute: expected order as a list of each axis of an example once"],
    [() => layers.permute([2, 1]).outputShapeFor([3]), "permute: expected input with 2 axes beside the batch"],
    [() => layers.permute("ab" as never), 'got "ab"'],
    [() => layers.repeatVector(0), "layers.repeatVector: expected count as a whole number, 1 or more, got 0"],
    [() => layers.repeatVector(2).outputShapeFor([3, 3]), "repeatVector: expected input [batch, features]"],
    [() => layers.upSampling2d(1.5), "layers.upSampling2d: expected size as a whole number"],
    [() => layers.upSampling2d().outputShapeFor([3]), "upSampling2d: expected input [batch, height, width, channels]"],
    [() => layers.zeroPadding2d(-1), "layers.zeroPadding2d: expected padding as a whole number, 0 or more, got -1"],
    [() => layers.zeroPadding2d([1] as never), "expected padding as a number, [rows, columns] or [[top"],
    [
      () => layers.zeroPadding1d("1" as never),
      'layers.zeroPadding1d: expected padding as a whole number, 0 or more, got "1"',
    ],
  ])("refuse what does not fit (%#)", (make, says) => {
    expect(make).toThrow(says);
  });
});
