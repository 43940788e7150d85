// The memory of WebAssembly over many models and batch sizes, and what happens where it ends.

import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { backend } from "../../backend/current.ts";
import { type Callback, layers, MemoryFullError, sequential, tensor, useBackend } from "../../index.ts";
import { bitsOf, inside, numbers } from "./twins.testing.ts";

beforeAll(() => {
  if (!useBackend("simd").startsWith("simd")) throw new Error("There is no WebAssembly SIMD here.");
});

const used = () => backend().memory.usedFloats;

const small = (seed: number) => {
  const net = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(1)], { seed });
  net.compile({ loss: "mse", optimizer: "adam" });
  return net;
};
const [x, y] = [numbers([4, 3]), numbers([4, 1])];

/** All ten thousand: `npm run test:soak`. */
const models = Number(process.env.MODELS ?? 600);

describe("the memory of WebAssembly", () => {
  it(`stays flat over ${models} models that are trained, measured, asked and dropped`, async () => {
    const highest = [0, 0];
    for (let index = 0; index < models; index++) {
      const net = small(index);
      if (index % 4 === 0) await net.fit(x, y, { epochs: 1, batchSize: 3 });
      else if (index % 4 === 1) void net.fit(x, y, { epochs: 2, batchSize: 2 });
      else net.trainOnBatch(x, y);
      if (index % 3 === 0) for (let each = 0; each < 2; each++) net.predict(x);
      if (index % 5 === 0) for (let each = 0; each < 2; each++) net.evaluate(x, y);
      const part = index < 300 ? 0 : 1;
      highest[part] = Math.max(highest[part] ?? 0, used());
    }
    expect(highest[1]).toBeLessThanOrEqual((highest[0] ?? 0) * 1.1);
  });

  it("stays bounded over batches of 1 to 200 examples", () => {
    const net = small(1);
    const highest = [0, 0];
    for (let round = 0; round < 4; round++)
      for (let size = 1; size <= 200; size++) {
        const [inputs, targets] = [numbers([size, 3]), numbers([size, 1])];
        net.trainOnBatch(inputs, targets);
        net.predict(inputs);
        const part = round === 0 ? 0 : 1;
        highest[part] = Math.max(highest[part] ?? 0, used());
      }
    expect(highest[1]).toBeLessThanOrEqual((highest[0] ?? 0) * 1.1);
  });

  it("keeps what a plan gave when the plan is gone", () => {
    const net = small(1);
    for (let each = 0; each < 3; each++) net.trainOnBatch(x, y);
    const predicted = [net.predict(x), net.predict(x)];
    const held = net.weights[0]?.data ?? new Float32Array();
    const before = [held, ...predicted.map(({ data }) => data)].map((array) => [...array]);
    inside(net).steps.evict();
    for (let index = 0; index < 40; index++) small(index).trainOnBatch(numbers([4, 3]), y);
    expect([held, ...predicted.map(({ data }) => data)].map((array) => [...array])).toEqual(before);
    net.trainOnBatch(x, y);
    expect([...(net.getWeights()[0]?.data ?? [])]).toEqual([...held]);
  });

  it("does not mix two models that are trained in turns, one stopped in the middle", async () => {
    const alone = [1, 2].map((seed) => small(seed));
    for (const net of alone) await net.fit(x, y, { epochs: 20, batchSize: 2, seed: 1 });
    const [first, second] = [small(1), small(2)];
    const runs = [first, second].map((net) => net.fit(x, y, { epochs: 20, batchSize: 2, seed: 1 }));
    const stopped = small(3);
    const stop: Callback = { onStepEnd: ({ step }) => (step === 7 ? "stop" : undefined) };
    await stopped.fit(x, y, { epochs: 20, batchSize: 2, seed: 1, callbacks: [stop] });
    for (const each of runs) await each;
    expect([first, second].map(bitsOf)).toEqual(alone.map(bitsOf));
    const before = bitsOf(stopped);
    inside(stopped).steps.evict();
    for (let index = 0; index < 40; index++) small(index).trainOnBatch(x, y);
    expect(bitsOf(stopped)).toEqual(before);
    const whole = small(3);
    await whole.fit(x, y, { epochs: 20, batchSize: 2, seed: 1 });
    await stopped.run?.resume();
    expect(bitsOf(stopped)).toEqual(bitsOf(whole));
  });
});

describe("a model that does not fit", () => {
  const wide = () => {
    const net = sequential([layers.dense(30_000), layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    return net;
  };
  const count = 20_000;
  const many = tensor(new Float32Array(count), [count, 1]);

  const reference = () => {
    const net = small(5);
    net.trainOnBatch(x, y);
    return bitsOf(net);
  };
  let wanted: readonly number[][] = [];

  beforeAll(() => {
    wanted = reference();
  });

  // Whatever was refused: the next model is trained as ever.
  afterEach(() => expect(reference()).toEqual(wanted));

  it("is refused in words that say what there is no room for, and gives back what it had", () => {
    reference();
    const start = used();
    const net = wide();
    expect(() => net.trainOnBatch(many, many)).toThrow(MemoryFullError);
    expect(() => net.trainOnBatch(many, many)).toThrow(
      /No room for what the model computes for 20000 examples at once/,
    );
    expect(used()).toBeLessThanOrEqual(start);
    const twin = wide();
    for (const each of [net, twin]) each.trainOnBatch(many.slice(0, 4), many.slice(0, 4));
    expect(bitsOf(net)).toEqual(bitsOf(twin));
  });

  it("does not train in fit either, and leaves the examples' memory", async () => {
    const net = wide();
    reference();
    const start = used();
    await expect(net.fit(many, many, { epochs: 1, batchSize: count })).rejects.toThrow(MemoryFullError);
    expect(used()).toBeLessThanOrEqual(start);
  });

  it("is told by single routines too, which then give their memory back", () => {
    const start = used();
    // More than there is, so that nobody comes to touch it. The small one has its place already then.
    expect(() => backend().addScaled(new Float32Array(1000), new Float32Array(2 ** 29), 1)).toThrow(
      /No room for the arrays of an operation: 2048 MiB/,
    );
    expect(tensor([1, 2]).add(1).toArray()).toEqual([2, 3]);
    expect(used()).toBe(start);
  });
});
