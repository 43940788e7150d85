// Errors while batches run say where in the model they arose, and leave all as it was: the next right call gives the same bits.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { input, layers, losses, metrics, model, sequential, type Tensor, useBackend, zeros } from "../index.ts";

// biome-ignore lint/suspicious/noExplicitAny: cells run without their types.
type Untyped = any;

afterAll(() => void useBackend("plain"));

describe.each(["plain", "simd"] as const)("on %s, an error while a batch runs", (name) => {
  beforeAll(() => void useBackend(name));

  /** The message of what a third step throws, after two right ones. */
  function messageOf(step: (isWrong: boolean) => void): string {
    step(false);
    step(false);
    try {
      step(true);
    } catch (error) {
      expect(String((error as Error).stack)).toContain((error as Error).message);
      return (error as Error).message;
    }
    throw new Error("The step went well.");
  }

  const x = [
    [1, 2],
    [3, 4],
  ];
  const y = [0, 1];

  it("names the custom layer whose operation it is, and its place", () => {
    let width = 3;
    const gate = layers.custom({ name: "gate", forward: (z: Tensor) => z.mul(zeros([width])) });
    const net = sequential([layers.dense(3), gate, layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const said = messageOf((isWrong) => {
      width = isWrong ? 4 : 3;
      net.trainOnBatch(x, y);
    });
    expect(said).toBe(
      "multiply: expected shapes that agree from the last axis on, or are 1 there, got [2, 3] and [4]. " +
        "Axis -1 is 3 in one and 4 in the other. This is in forward of gate_1. gate_1 is layers[1] of the model.",
    );
  });

  it("names the custom layer that gives something else, and its place", () => {
    let given: Untyped = null;
    const gate = layers.custom({ name: "gate", forward: (z: Tensor) => given ?? z });
    const net = sequential([layers.dense(3), gate, layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const saidOf = (wrong: unknown) =>
      messageOf((isWrong) => {
        given = isWrong ? wrong : null;
        net.trainOnBatch(x, y);
      });
    expect(saidOf(zeros([2, 4]))).toBe(
      "gate_1: expected forward to give [2, 3], got [2, 4]. For 2 examples; the first axis is theirs. gate_1 is layers[1] of the model.",
    );
    expect(saidOf([1])).toBe(
      "gate_1: expected forward to return a tensor, got an array of 1. " +
        "Compute with tensor operations: x.mul(2) instead of numbers. gate_1 is layers[1] of the model.",
    );
  });

  it("names the layer of nnbook that refuses numbers, and its place", () => {
    const net = sequential([layers.reshape([2]), layers.embedding(5, 2), layers.flatten(), layers.dense(1)], {
      seed: 1,
    });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const said = messageOf((isWrong) => net.trainOnBatch(isWrong ? [[1, 9]] : [[1, 2]], [1]));
    expect(said).toMatch(/^embedding_1: expected .* got 9.*embedding_1 is layers\[1\] of the model\.$/);
  });

  it("names the loss and the metric whose operation it is", () => {
    let width = 1;
    const off = (p: Tensor, t: Tensor) =>
      p
        .sub(t)
        .mul(zeros([width]))
        .mean();
    const net = sequential([layers.dense(2)], { seed: 1 });
    const targets = [
      [0, 1],
      [1, 0],
    ];
    const saidOf = (options: Untyped) => {
      net.compile(options);
      return messageOf((isWrong) => {
        width = isWrong ? 3 : 1;
        net.trainOnBatch(x, targets);
      });
    };
    expect(saidOf({ loss: losses.custom(off) })).toMatch(/^multiply: .* This is in the loss "off"\.$/);
    expect(saidOf({ loss: "mse", metrics: [metrics.custom(off)] })).toMatch(
      /^multiply: .* This is in the metric "off"\.$/,
    );
  });

  it("names the output whose targets do not fit", () => {
    const start = input(2);
    const kind = layers.dense(3, { activation: "softmax", name: "kind" }).apply(start);
    const size = layers.dense(1, { name: "size" }).apply(start);
    const net = model({ inputs: start, outputs: [kind, size], seed: 1 });
    net.compile({ loss: ["sparseCategoricalCrossentropy", "mse"], metrics: ["acc"] });
    expect(() => net.trainOnBatch(x, [y, x])).toThrow(/^mse: expected targets .* This is the output of size\.$/);
    expect(() => net.compile({ loss: ["sparseCategoricalCrossentropy", "mse"], metrics: ["mse"] })).not.toThrow();
    expect(() => net.trainOnBatch(x, [y, y])).toThrow(
      /^mse: expected targets of 3 numbers .* This is the output of kind\.$/,
    );
  });
});
