// Operations of tensors by example: picking, cutting, repeating, reducing, rounding; and what they refuse.

import { describe, expect, it } from "vitest";
import { grad } from "../autodiff.ts";
import { tensor } from "../tensor.ts";
import { zeros } from "../tensorFunctions.ts";

describe("operations", () => {
  it("picks and cuts by place", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(x.at(1).toArray()).toEqual([4, 5, 6]);
    expect(x.at(-1, 0).item()).toBe(4);
    expect(x.slice([0, 1], [2, -1]).toArray()).toEqual([[2], [5]]);
    expect(x.gather([2, 0], 1).toArray()).toEqual([
      [3, 1],
      [6, 4],
    ]);
    expect(x.gather([[0], [1], [1]], -1).shape).toEqual([2, 3, 1]);
    expect(x.split([1, 2], 1).map((part) => part.toArray())).toEqual([
      [[1], [4]],
      [
        [2, 3],
        [5, 6],
      ],
    ]);
    expect(x.split(2)[1]?.toArray()).toEqual([[4, 5, 6]]);
    expect(() => x.at(2)).toThrow("at: expected a whole number from -2 to 1 along axis 0, got 2.");
    expect(() => x.at(0, 0, 0)).toThrow("at: expected at most 2 places, got 3.");
    expect(() => tensor([1]).at(0, 0)).toThrow("at: expected at most 1 place, got 2.");
    expect(() => x.split(2, 1)).toThrow("Give the lengths of the parts instead");
    expect(() => x.split([1, 3], 1)).toThrow("split: expected parts that add up to 3, got 1 + 3 = 4.");
    expect(() => x.gather([3], 1)).toThrow("gather: expected whole row numbers from 0 to 2, got 3.");
    expect(() => x.slice([0, 0, 0])).toThrow("slice: expected places for at most 2 axes, got 3.");
  });

  it("repeats, pads, turns and stretches", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(x.tile([1, 2]).toArray()).toEqual([
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ]);
    expect(tensor([1, 2]).tile([2, 2]).toArray()).toEqual([
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ]);
    expect(x.pad([[1, 0], 1], -1).toArray()).toEqual([
      [-1, -1, -1, -1],
      [-1, 1, 2, -1],
      [-1, 3, 4, -1],
    ]);
    expect(x.flip().toArray()).toEqual([
      [4, 3],
      [2, 1],
    ]);
    expect(x.flip(0).toArray()).toEqual([
      [3, 4],
      [1, 2],
    ]);
    expect(x.expandDims(0).shape).toEqual([1, 2, 2]);
    expect(x.expandDims().squeeze(-1).shape).toEqual([2, 2]);
    expect(tensor([1, 2]).broadcastTo([2, 2]).toArray()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(() => x.squeeze(0)).toThrow("squeeze: expected a tensor with length 1 along axis 0, got [2, 2].");
    expect(() => x.broadcastTo([2, 3])).toThrow("broadcastTo: expected shapes that agree");
    expect(() => tensor([[1], [2]]).broadcastTo([1, 1])).toThrow("expected a shape that [2, 1] stretches to");
    expect(() => x.pad([1])).toThrow("pad: expected widths for each of the 2 axes");
  });

  it("more reductions, running sums and places of the smallest", () => {
    const x = tensor([
      [1, -2, 3],
      [4, 5, 0],
    ]);
    expect(x.prod(1).toArray()).toEqual([-6, 0]);
    expect(tensor([3, 4]).norm().item()).toBe(5);
    // Squares that float32 cannot hold, and exponentials that overflow.
    expect(tensor([3e30, 4e30]).norm().item()).toBeCloseTo(5e30, -24);
    expect(tensor([1000, 1000]).logSumExp().item()).toBeCloseTo(1000 + Math.log(2), 3);
    expect(tensor([Number.NEGATIVE_INFINITY, 2]).logSumExp().item()).toBe(2);
    expect(x.variance().item()).toBeCloseTo(5.8055554, 5);
    expect(x.std(1, { correction: 1 }).toArray()[1]).toBeCloseTo(2.6457512, 5);
    expect(x.cumsum(1).toArray()).toEqual([
      [1, -1, 2],
      [4, 9, 9],
    ]);
    expect(x.argMin(1).toArray()).toEqual([1, 2]);
    expect(zeros([0]).prod().item()).toBe(1);
    expect(() => zeros([0]).logSumExp()).toThrow("logSumExp: expected at least one number");
  });

  it("puts numbers in order along an axis", () => {
    const x = tensor([
      [3, 1, 2],
      [-1, 5, -1],
    ]);
    expect(x.sort().toArray()).toEqual([
      [1, 2, 3],
      [-1, -1, 5],
    ]);
    expect(x.sort(0, { descending: true }).toArray()).toEqual([
      [3, 5, 2],
      [-1, 1, -1],
    ]);
    expect(x.argSort().toArray()).toEqual([
      [1, 2, 0],
      [0, 2, 1],
    ]);
    expect(x.argSort(0).toArray()).toEqual([
      [1, 0, 1],
      [0, 1, 0],
    ]);
    const { values, indices } = x.topK(2, 1);
    expect([values.toArray(), indices.toArray()]).toEqual([
      [
        [3, 2],
        [5, -1],
      ],
      [
        [0, 2],
        [1, 0],
      ],
    ]);
    expect(x.topK(1, 0).values.toArray()).toEqual([[3, 5, 2]]);
    const holes = tensor([Number.NaN, 2, Number.POSITIVE_INFINITY, Number.NaN]);
    expect(holes.sort().toArray()).toEqual([2, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN]);
    expect(holes.topK(2).indices.toArray()).toEqual([0, 3]);
    const deep = tensor(
      Float32Array.from({ length: 24 }, (_, index) => (index * 7) % 24),
      { shape: [2, 3, 4] },
    );
    const again = deep.transpose([0, 2, 1]).sort().transpose([0, 2, 1]);
    expect(deep.sort(1).toArray()).toEqual(again.toArray());
    expect(zeros([2, 0]).sort().shape).toEqual([2, 0]);
    expect(zeros([0, 3]).sort().shape).toEqual([0, 3]);
    expect(tensor(new Float32Array(30000).map((_, index) => -index)).sort().data[0]).toBe(-29999);
    expect(() => x.topK(4)).toThrow("topK: expected k from 1 to 3, the length of the axis, got 4.");
    expect(() => x.topK(1.5)).toThrow("topK: expected k as a whole number, 1 or more, got 1.5.");
    expect(() => x.sort(2)).toThrow("sort: expected an axis from -2 to 1, got axis 2.");
    expect(() => tensor(3).sort()).toThrow("sort: expected a tensor with at least one axis");
    // Each number's gradient finds it again.
    expect(grad((y) => y.sort().mul([1, 10, 100]).sum())([3, 1, 2]).toArray()).toEqual([100, 1, 10]);
    expect(grad((y) => y.topK(2).values.mul([1, 10]).sum())([3, 1, 2]).toArray()).toEqual([1, 0, 10]);
  });

  it("rounds, limits and takes remainders", () => {
    expect(tensor([0.5, 1.5, -0.5, -1.5, 2.4]).round().toArray()).toEqual([0, 2, -0, -2, 2]);
    expect(tensor([-1.5, 1.5]).floor().toArray()).toEqual([-2, 1]);
    expect(tensor([-1.5, 1.5]).ceil().toArray()).toEqual([-1, 2]);
    expect(tensor([-1.5, 1.5]).trunc().toArray()).toEqual([-1, 1]);
    expect(tensor([-2, 0.5, 3]).clip(0, 1).toArray()).toEqual([0, 0.5, 1]);
    expect(tensor([-2, 3]).clamp(undefined, 1).toArray()).toEqual([-2, 1]);
    expect(tensor([-7, 7]).mod(3).toArray()).toEqual([2, 1]);
    expect(tensor([1, 2]).maskedFill([0, 1], 9).toArray()).toEqual([1, 9]);
    expect(tensor([1, 2]).notEqual(2).toArray()).toEqual([1, 0]);
    // At the limits the gradient still passes.
    expect(grad((x) => x.clip(0, 1).sum())([-1, 0, 0.5, 1, 2]).toArray()).toEqual([0, 1, 1, 1, 0]);
  });

  it("erf is exact near 0 and far out", () => {
    const { data } = tensor([1e-12, 0.5, 3, -1, 10]).erf();
    [1.1283791670955126e-12, 0.5204998778130465, 0.9999779095030014, -0.8427007929497149, 1].forEach(
      (wanted, index) => {
        expect(Math.abs((data[index] ?? 0) / wanted - 1)).toBeLessThan(1e-7);
      },
    );
  });
});
