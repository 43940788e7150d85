// A training of recurrent and attention layers that is laid out once gives the weights of one that is worked out at every step.

import { afterEach, describe, expect, it, vi } from "vitest";
import { setBackend } from "../../backend/current.ts";
import { plainBackend } from "../../backend/plain.ts";
import { createSimdBackend } from "../../backend/simd/simdBackend.ts";
import { sequential } from "../../index.ts";
import { Random } from "../../random.ts";
import { Tensor } from "../../tensor.ts";
import { MultiHeadAttention } from "../attention/multiHeadAttention.ts";
import type { Layer } from "../layer.ts";
import { layers } from "../layers.ts";
import { Bidirectional } from "./bidirectional.ts";
import { Recurrent } from "./recurrent.ts";

afterEach(() => {
  setBackend(plainBackend);
  vi.restoreAllMocks();
});

const random = new Random(3);
const x = new Tensor([50, 5, 3], random.uniformFloats(50 * 5 * 3, -1, 1));
const y = new Tensor([50, 1], random.uniformFloats(50, 0, 1));
const [epochs, batchSize] = [8, 16];

const stacks: Readonly<Record<string, () => Layer[]>> = {
  simpleRnn: () => [layers.simpleRnn(7)],
  "lstm, and gru backwards": () => [layers.lstm(5, { returnSequences: true }), layers.gru(3, { goBackwards: true })],
  "gru, reset before": () => [layers.gru(5, { resetAfter: false })],
  "bidirectional and causal attention": () => [
    layers.bidirectional(layers.gru(4, { returnSequences: true }), { mergeMode: "ave" }),
    layers.multiHeadAttention(2, { keyDim: 4, causal: true }),
    layers.flatten(),
  ],
};

const dropout = { dropout: 0.2, recurrentDropout: 0.4 };

const dropping: Readonly<Record<string, () => Layer[]>> = {
  "lstm and simpleRnn": () => [
    layers.lstm(5, { ...dropout, returnSequences: true }),
    layers.simpleRnn(4, { ...dropout, goBackwards: true }),
  ],
  "bidirectional gru and attention": () => [
    layers.bidirectional(layers.gru(4, { ...dropout, returnSequences: true })),
    layers.multiHeadAttention(2, { keyDim: 4, dropout: 0.3 }),
    layers.flatten(),
  ],
};

async function trained(made: readonly Layer[]): Promise<{ weights: number[]; calls: number }> {
  const spies = [
    vi.spyOn(Recurrent.prototype, "callAll"),
    vi.spyOn(Bidirectional.prototype, "call"),
    vi.spyOn(MultiHeadAttention.prototype, "callAll"),
  ];
  const model = sequential([...made, layers.dense(1, { activation: "sigmoid" })], { seed: 1 });
  model.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
  const run = await model.fit({ x, y }, { epochs, batchSize, seed: 1 });
  expect(run.state).toBe("finished");
  const calls = spies.reduce((count, spy) => count + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return { weights: model.weights.flatMap((weight) => [...weight.data]), calls };
}

/** A layer whose `call` is the user's own is not laid out. */
function worksAnew(layer: Layer): Layer {
  const call = layer.call.bind(layer);
  layer.call = (input, context) => call(input, context);
  return layer;
}

describe.each(["plain", "simd"])("on the %s backend", (name) => {
  it.each(Object.entries({ ...stacks, ...dropping }))("%s", async (_, make) => {
    setBackend(name === "plain" ? plainBackend : (createSimdBackend() ?? expect.fail("no SIMD")));
    const planned = await trained(make());
    const anew = await trained(make().map(worksAnew));
    const steps = epochs * Math.ceil(50 / batchSize);
    expect(planned.calls).toBeLessThan(steps);
    expect(anew.calls).toBeGreaterThanOrEqual(steps);
    planned.weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(anew.weights[at] ?? Number.NaN, 5);
    });
  });
});
