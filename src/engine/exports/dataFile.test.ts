// The examples that go along with an exported script.

import { describe, expect, it } from "vitest";
import { datasets, input, layers, model, sequential } from "../index.ts";
import { readSafetensors } from "../saving/safetensors.ts";
import { dataFile } from "./dataFile.ts";

const blobs = () => datasets.blobs({ samples: 150, features: 4, classes: 3 });

const compiled = () => {
  const net = sequential([layers.dense(3, { inputShape: 4, activation: "softmax" })], { seed: 1 });
  net.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });
  return net;
};

describe("the data of an exported script", () => {
  it("are the training part of a split data set, under the names x and y", () => {
    const { train } = blobs().split({ validation: 0.2, seed: 1 });
    const tensors = readSafetensors(
      "test",
      "data",
      dataFile("toPyTorch", compiled(), blobs().split({ validation: 0.2, seed: 1 })),
    );
    expect([...tensors.keys()]).toEqual(["x", "y"]);
    expect(tensors.get("x")).toEqual({ shape: [120, 4], numbers: train.x.data });
    expect(tensors.get("y")).toEqual({ shape: [120, 3], numbers: train.y.data });
  });

  it("stand under the names of several inputs and outputs", () => {
    const [left, right] = [input(2, { name: "left" }), input(1, { name: "right" })];
    const joined = layers.concat().apply([left, right]);
    const outputs = { size: layers.dense(1).apply(joined), kind: layers.dense(2).apply(joined) };
    const net = model({ inputs: [left, right], outputs, seed: 1 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const data = { x: { right: [[3]], left: [[1, 2]] }, y: { kind: [[5, 6]], size: [4] } };
    const tensors = readSafetensors("test", "data", dataFile("toKeras", net, data));
    expect([...tensors].map(([name, { shape, numbers }]) => [name, shape, [...numbers]])).toEqual([
      ["left", [1, 2], [1, 2]],
      ["right", [1, 1], [3]],
      ["size", [1, 1], [4]],
      ["kind", [1, 2], [5, 6]],
    ]);
  });

  it("are refused where the script could not train on from them", () => {
    const written = (data: unknown, net = compiled()) => dataFile("toPyTorch", net, data as never);
    expect(() => written({ x: [[1, 2]], y: [[1, 0, 0]] })).toThrow(
      "toPyTorch: expected input of dense_1 [batch, 4], got [batch, 2].",
    );
    expect(() => written([[1, 2, 3, 4]])).toThrow("expected data with x and y");
    expect(() => written({ x: [[1, 2, 3, Number.NaN]], y: [[1, 0, 0]] })).toThrow(
      "expected finite numbers in x, got NaN at row 0, column 3",
    );
    expect(() => written({ x: [[1, 2, 3, 4]], y: [[1, 0, 0]], sampleWeight: [2] })).toThrow(
      "got data with a sampleWeight. Give { x, y } alone.",
    );
    for (const [wrong, got] of [
      [3, "3"],
      [null, "null"],
      [{ x: [[1, 2, 3, 4]] }, "an object"],
    ] as const)
      expect(() => written(wrong)).toThrow(
        `toPyTorch: expected data with x and y beside the path, got ${got}. Give save a data set, or { x, y }.`,
      );
    const plain = sequential([layers.dense(3, { inputShape: 4 })], { seed: 1 });
    expect(() => written(blobs(), plain)).toThrow("got one without loss and optimizer. Call model.compile(");
  });
});
