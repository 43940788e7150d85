// Layers written in a cell that nothing can be learned through are told of, planned and eagerly.

import { afterEach, describe, expect, it } from "vitest";
import { layers, sequential, type Tensor, tensor, useBackend } from "../../index.ts";
import { numbers } from "../plans/twins.testing.ts";

afterEach(() => void useBackend("plain"));

async function notesOf(forward: (x: Tensor) => Tensor) {
  const custom = layers.custom({ forward, outputShape: 3 });
  const net = sequential([layers.dense(3), custom, layers.dense(2)], { seed: 1 });
  net.compile({ loss: "mse", optimizer: "sgd" });
  const run = await net.fit(numbers([8, 4], 1, 2), numbers([8, 2]), { epochs: 2, seed: 1 });
  return run.notes;
}

describe.each(["plain", "simd"] as const)("on %s", (name) => {
  it.each([
    ["round", (x: Tensor) => x.round()],
    ["sign", (x: Tensor) => x.mul(2).sign().add(1)],
  ] as const)("a custom layer that ends the gradient by %s is named once", async (operation, forward) => {
    useBackend(name);
    expect(await notesOf(forward)).toEqual([
      {
        kind: "flatOperation",
        layer: "custom_1",
        text: `custom_1: ${operation} has slope 0: the layers before it cannot learn.`,
      },
    ]);
  });

  it.each([
    ["a way round it", (x: Tensor) => x.add(x.round())],
    ["none of it", (x: Tensor) => x.tanh()],
    ["itself", (x: Tensor) => x],
  ] as const)("a custom layer with %s is not", async (_, forward) => {
    useBackend(name);
    expect(await notesOf(forward)).toEqual([]);
  });

  it("weights of its own behind a flat operation do not hide it", async () => {
    useBackend(name);
    const custom = layers.custom({
      weights: { factor: { shape: 3 } },
      forward: (x, { factor = tensor(1) }) => x.round().mul(factor),
    });
    const net = sequential([layers.dense(3), custom, layers.dense(2)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const run = await net.fit(numbers([8, 4]), numbers([8, 2]), { epochs: 1, seed: 1 });
    expect(run.notes.map(({ kind }) => kind)).toEqual(["flatOperation"]);
  });
});
