// Batches that come again are read where they stand: to the bit what carrying them over gives, whatever happens between the steps.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backend } from "../../backend/current.ts";
import { type Layer, layers, type Model, sequential, type Tensor, tensor, useBackend } from "../../index.ts";
import { dropStandingCopies } from "./standingBatches.ts";
import { bitsOf, eagerStep, numbers } from "./twins.testing.ts";

beforeEach(() => {
  if (!useBackend("simd").startsWith("simd")) throw new Error("There is no WebAssembly SIMD here.");
});
afterEach(dropStandingCopies);

const used = () => backend().memory.usedFloats;

const [rows, width] = [66, 67];
const plainStack = () => [layers.dense(3, { activation: "tanh" }), layers.dense(2)];

function makeNet(stack: () => readonly Layer[] = plainStack): Model {
  const net = sequential(stack(), { seed: 3 });
  net.compile({ loss: "mse", optimizer: "adam" });
  net.build(width);
  return net;
}

/** Steps of a model and of its eager twin, whose results must not differ in a bit. */
function twins(stack?: () => readonly Layer[]) {
  const [net, eager] = [makeNet(stack), makeNet(stack)];
  let count = 0;
  return (x: Tensor, y: Tensor) => {
    expect(net.trainOnBatch(x, y).loss).toBe(eagerStep(eager, x, y, count++));
    expect(bitsOf(net)).toEqual(bitsOf(eager));
  };
}

const batch = (): [Tensor, Tensor] => [numbers([rows, width]), numbers([rows, 2])];

describe("a batch that comes again", () => {
  it("stands in the routines' memory from its second time on, and gives the same bits", () => {
    const step = twins();
    const [first, second] = [batch(), batch()];
    step(...first);
    const before = used();
    for (const [x, y] of [second, first, second, batch(), first, second]) step(x, y);
    expect(used()).toBeGreaterThanOrEqual(before + 2 * rows * width);
    dropStandingCopies();
    for (const [x, y] of [first, second, first]) step(x, y);
  });

  it("may be one of several sizes, and of several models, also inside fit", async () => {
    const [one, other] = [twins(), twins(() => [layers.dropout(0.5), ...plainStack()])];
    const [x, y] = batch();
    const [longer, targets] = [numbers([rows + 5, width]), numbers([rows + 5, 2])];
    for (let round = 0; round < 3; round++) {
      one(x, y);
      other(x, y);
      one(longer, targets);
    }
    const [net, alone] = [makeNet(), makeNet()];
    for (let round = 0; round < 3; round++) {
      net.trainOnBatch(x, y);
      await net.fit(longer, targets, { epochs: 1, batchSize: rows, trace: "off" });
      alone.trainOnBatch(numbersOf(x), y);
      await alone.fit(longer, targets, { epochs: 1, batchSize: rows, trace: "off" });
    }
    expect(bitsOf(net)).toEqual(bitsOf(alone));
  });

  it("is never written to, by layers that give their input on", () => {
    for (const stack of [
      () => [layers.reshape([width, 1]), layers.flatten(), layers.dense(2)],
      () => [layers.activation("relu"), layers.dropout(0.3), layers.dense(2)],
    ]) {
      const step = twins(stack);
      const [x, y] = batch();
      const before = x.toArray();
      for (let each = 0; each < 4; each++) step(x, y);
      expect(x.toArray()).toEqual(before);
      const another = twins();
      for (let each = 0; each < 3; each++) another(x, y);
    }
  });

  it("is carried over where JavaScript looks at it", () => {
    const doubling = () => layers.custom({ forward: (x) => x.mul(2) });
    const step = twins(() => [doubling(), layers.dense(2)]);
    const [x, y] = batch();
    for (let each = 0; each < 4; each++) step(x, y);
  });

  it("may be written to by whoever takes its data, at any time", () => {
    const step = twins();
    const [x, y] = batch();
    for (let each = 0; each < 3; each++) step(x, y);
    const { data } = x;
    for (let each = 0; each < 3; each++) {
      data.fill(each / 7, 5, 900);
      step(x, y);
    }
    const cut = x.detach();
    data[7] = 0.5;
    step(cut, y);
  });

  it("answers numbers that are not finite with the same error each time", () => {
    const net = makeNet();
    const [x, y] = batch();
    for (let each = 0; each < 3; each++) net.trainOnBatch(x, y);
    const before = bitsOf(net);
    const broken = numbersOf(x, Number.NaN);
    for (let each = 0; each < 3; each++) expect(() => net.trainOnBatch(broken, y)).toThrow(/NaN/);
    expect(bitsOf(net)).toEqual(before);
    x.data[9] = Number.POSITIVE_INFINITY;
    expect(() => net.trainOnBatch(x, y)).toThrow(/Infinity/);
    net.trainOnBatch(numbers([rows, width]), y);
  });

  it("moves with the backend", () => {
    const net = makeNet();
    const [x, y] = batch();
    for (const name of ["simd", "plain", "simdBaseline", "simd"] as const) {
      useBackend(name);
      const eager = makeNet();
      eager.setWeights(net.getWeights());
      net.compile({ loss: "mse", optimizer: "sgd" });
      eager.compile({ loss: "mse", optimizer: "sgd" });
      for (let each = 0; each < 3; each++) {
        net.trainOnBatch(x, y);
        eager.trainOnBatch(numbersOf(x), y);
      }
      expect(bitsOf(net)).toEqual(bitsOf(eager));
    }
  });

  it("gives its room back when it is gone, and takes none when it comes once", async () => {
    const net = makeNet();
    net.trainOnBatch(...batch());
    const before = used();
    for (let each = 0; each < 20; each++) net.trainOnBatch(...batch());
    expect(used()).toBe(before);
    const meetTwice = () => {
      const [x, y] = batch();
      for (let each = 0; each < 2; each++) net.trainOnBatch(x, y);
    };
    const collect = collector();
    for (let each = 0; each < 10; each++) {
      meetTwice();
      // A WeakRef holds on until the turn is over.
      await new Promise((resolve) => setTimeout(resolve));
      collect();
    }
    expect(used()).toBeLessThan(before + 5 * rows * width);
  });
});

/** The same numbers in a tensor that has never come before; the first one may be another. */
function numbersOf(x: Tensor, first = x.toArray()[0][0]): Tensor {
  const copy = x.toArray();
  copy[0][0] = first;
  return tensor(copy);
}

/** Node's garbage collector, which is not reached without a flag. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
