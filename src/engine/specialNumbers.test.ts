// NaN, infinities and zeros of both signs in operations of tensors, on both backends.

import { afterAll, describe, expect, it } from "vitest";
import { activations, backendName, ones, tensor, useBackend, where } from "./index.ts";

const usual = backendName();
afterAll(() => void useBackend(usual.startsWith("simd") ? "simd" : "plain"));

describe("numbers at the ends", () => {
  it.each(["plain", "simd"] as const)("where and maskedFill keep the sign of a zero (%s)", (name) => {
    useBackend(name);
    const [mask, zerosOfBothSigns] = [tensor([1, 0, 1, 0]), tensor([-0, -0, 0, 0])];
    const taken = [
      where(mask, zerosOfBothSigns, 5),
      where(mask, 5, zerosOfBothSigns),
      zerosOfBothSigns.maskedFill(mask, 5),
    ];
    expect(taken.map((each) => [...each.data])).toEqual([
      [-0, 5, 0, 5],
      [5, -0, 5, 0],
      [5, -0, 5, 0],
    ]);
    expect([...tensor([1, 2]).maskedFill([1, 0], -0).data]).toEqual([-0, 2]);
  });

  it.each(["plain", "simd"] as const)("powers and remainders are those of IEEE 754 at the ends, too (%s)", (name) => {
    useBackend(name);
    const [infinite, none] = [Number.POSITIVE_INFINITY, Number.NaN];
    expect(tensor([1, 1, -1, 2, none, none]).pow([none, -infinite, infinite, -infinite, 0, 1]).toArray()).toEqual([
      1,
      1,
      1,
      0,
      1,
      none,
    ]);
    expect(tensor([5, -5, 5, -5, -6, 5]).mod([infinite, infinite, -3, 3, 3, 0]).toArray()).toEqual([
      5,
      infinite,
      -1,
      1,
      -0,
      none,
    ]);
    // So many multiples that float64 cannot count them.
    expect(tensor([3e38]).mod(7).item()).toBe(Number(BigInt(Math.fround(3e38)) % 7n));
  });

  it.each(["plain", "simd"] as const)("tanhshrink keeps the digits of small numbers (%s)", (name) => {
    useBackend(name);
    for (const x of [1e-10, 1e-4, 0.01, 0.0299, 0.0301, 0.1]) {
      const wanted = x ** 3 / 3 - (2 * x ** 5) / 15 + (17 * x ** 7) / 315 - (62 * x ** 9) / 2835;
      const [got = 0, mirrored = 0] = activations.tanhshrink(tensor([x, -x])).data;
      expect(Math.abs(got / wanted - 1)).toBeLessThan(1e-6);
      expect(mirrored).toBe(-got);
    }
    expect([...activations.tanhshrink(tensor([-0, 0, -1e-20, 1e-20])).data]).toEqual([-0, 0, -0, 0]);
  });

  it.each(["plain", "simd"] as const)("argMax and argMin find a NaN (%s)", (name) => {
    useBackend(name);
    const holes = tensor([3, Number.NaN, 9, Number.NaN, -9]);
    expect([holes.argMax().item(), holes.argMin().item()]).toEqual([1, 1]);
  });

  it("a NaN is kept by every kind of operation", () => {
    const x = tensor([1, Number.NaN, 3]);
    for (const y of [
      x.relu(),
      x.sigmoid(),
      x.tanh(),
      x.maximum(0),
      x.minimum(0),
      x.add(1),
      x.clip(0, 2),
      x.erf(),
      x.round(),
    ])
      expect(y.data[1]).toBeNaN();
    for (const y of [
      x.max(),
      x.min(),
      x.sum(),
      x.prod(),
      x.norm(),
      x.logSumExp(),
      x.std(),
      x.reshape([1, 3]).matmul(ones([3, 1])),
    ])
      expect(y.item()).toBeNaN();
    expect([...x.softmax().data].every(Number.isNaN)).toBe(true);
  });
});
