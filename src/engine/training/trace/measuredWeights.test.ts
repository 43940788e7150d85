// Which weights are measured in one pass: planned steps and eager ones must agree on it.

import { describe, expect, it } from "vitest";
import { type Layer, layers, type Model, sequential } from "../../index.ts";
import { Floats } from "../../intrinsics.ts";
import { numbers, residentCount } from "../plans/twins.testing.ts";
import { joinedNumbers, measuredWeights } from "./measuredWeights.ts";

/** The sizes of weights that are measured together. */
function sizesIn(net: Model, areJoined = true): number[][] {
  const starts = new Map(net.layers.map((layer, index) => [layer, 24 * index]));
  return measuredWeights(starts, areJoined).map(({ weights }) => weights.map(({ size }) => size));
}

function chain(...stack: readonly Layer[]): Model {
  const net = sequential([...stack]);
  net.build(6, { seed: 1 });
  net.compile({ loss: "mse", optimizer: "sgd" });
  return net;
}

describe("weights that are measured in one pass", () => {
  it("are those of a layer between which nothing stands", () => {
    const net = chain(layers.dense(16), layers.dense(5), layers.dense(16), layers.dense(3, { useBias: false }));
    // Behind 80 numbers nothing is left empty, behind 5 there is.
    expect(sizesIn(net)).toEqual([[96, 16], [80, 5], [80, 16], [48]]);
    expect(sizesIn(chain(layers.dense(5)))).toEqual([[30], [5]]);
    expect(sizesIn(net, false)).toEqual([[96], [16], [80], [5], [80], [16], [48]]);
  });

  it("are the same whether they have their places or not", async () => {
    const net = chain(layers.dense(16), layers.batchNorm(), layers.reshape([1, 16]), layers.simpleRnn(16));
    const before = sizesIn(net);
    expect(before).toEqual([
      [96, 16],
      [16, 16],
      [256, 256, 16],
    ]);
    await net.fit(numbers([8, 6]), numbers([8, 16]), { batchSize: 4 });
    expect(residentCount(net)).toBeGreaterThan(0);
    expect(sizesIn(net)).toEqual(before);
  });

  it("are not joined where they belong to several layers", () => {
    const { weights } = chain(layers.dense(16)).layers[0] ?? { weights: [] };
    expect(weights).toHaveLength(2);
    const twice = new Map([
      [{ weights }, 0],
      [{ weights }, 24],
    ]);
    expect(measuredWeights(twice, true)).toEqual(weights.map((weight) => ({ weights: [weight], starts: [0, 24] })));
  });
});

describe("joined numbers", () => {
  it("are a view of arrays that stand side by side, and else a copy", () => {
    const all = new Floats([1, 2, 3, 4, 5]);
    const [first, second, last] = [all.subarray(0, 2), all.subarray(2, 4), all.subarray(4)];
    const view = joinedNumbers([first, second, last]);
    expect([...view]).toEqual([1, 2, 3, 4, 5]);
    expect(view.buffer).toBe(all.buffer);
    for (const apart of [
      [first, last],
      [second, first],
      [first, new Floats([3, 4])],
    ]) {
      const copy = joinedNumbers(apart);
      expect([...copy]).toEqual(apart.flatMap((each) => [...each]));
      expect(copy.buffer).not.toBe(all.buffer);
    }
    expect(joinedNumbers([first])).toBe(first);
    expect(joinedNumbers([])).toHaveLength(0);
  });
});
