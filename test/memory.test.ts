// Memory over many models of all kinds: those that were dropped, failed in the middle, or whose runs are kept take no more and more of it.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, it } from "vitest";
import { backend } from "../src/engine/backend/current.ts";
import { type Callback, type Layer, layers, type Run, sequential, tensor, useBackend } from "../src/engine/index.ts";
import { randomTraining } from "./support/randomModels/randomTrainings.ts";
import { trainByFit, trainEagerly, trainOnBatches } from "./support/randomModels/waysToTrain.ts";

beforeAll(() => {
  if (!useBackend("simd").startsWith("simd")) throw new Error("There is no WebAssembly SIMD here.");
});

/** All ten thousand: `npm run test:soak`. */
const models = Number(process.env.MODELS ?? 240);
/** So many different ones, again and again. */
const kinds = 40;
const trainings = Array.from({ length: kinds }, (_, seed) => randomTraining(seed));

/** How large WebAssembly's memory is by now; it never shrinks. */
function wholeBytes(): number {
  const { memory } = backend();
  const probe = memory.allocate(1);
  memory.release(probe);
  return probe.buffer.byteLength;
}

async function heapBytes(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What was looked at in this turn is not collected before it ends.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

const [x, y] = [tensor([[1], [2], [3], [4], [5]]), tensor([[1], [0], [1], [0], [1]])];

/** Trainings that end with an error: in a layer, in a loss, in a callback, in the data. */
const failures: readonly (() => Promise<unknown>)[] = [
  () => fitSmall(failingAfter(3)),
  () => fitSmall(failingAfter(1)),
  () => fitSmall(undefined, { onStepEnd: ({ step }) => fail(step === 2) }),
  () => fitSmall(undefined, { onEpochEnd: () => fail(true) }),
  () => smallModel().fit(x, tensor([[1], [Number.NaN], [1], [0], [1]])),
];

function fail(isTime: boolean): undefined {
  if (isTime) throw new Error("in the middle");
}

function failingAfter(calls: number): Layer {
  let count = 0;
  return layers.custom({
    outputShape: 3,
    forward: (values) => {
      fail(count++ === calls);
      return values.mul(1 + count / 10);
    },
  });
}

function smallModel(
  layer = layers.activation("tanh") as ReturnType<typeof failingAfter> | ReturnType<typeof layers.activation>,
) {
  const net = sequential([layers.dense(3), layer, layers.dense(1)], { seed: 1 });
  net.compile({ loss: "mse", optimizer: "adam" });
  return net;
}

function fitSmall(layer?: Layer, callback?: Callback): Promise<Run> {
  return smallModel(layer).fit(x, y, { epochs: 2, batchSize: 2, ...(callback && { callbacks: [callback] }) });
}

it(`stays flat over ${models} models that are trained, asked, dropped, failed or kept in runs`, async () => {
  const runs: Run[] = [];
  const [wasm, heap]: [number[], number[]] = [[], []];
  let failed = 0;
  for (let index = 0; index < models; index++) {
    const training = trainings[index % kinds];
    if (training === undefined) continue;
    if (index % 4 === 0) await trainByFit(training, index % 8 === 0 ? "full" : "summary");
    else if (index % 4 === 1) trainOnBatches(training);
    else if (index % 4 === 2)
      failed +=
        (await failures[index % failures.length]?.().then(
          () => 0,
          () => 1,
        )) ?? 0;
    else trainEagerly(training, "batch");
    if (index < 40) runs.push(await fitSmall());
    if ((index + 1) % (models / 4) !== 0) continue;
    wasm.push(wholeBytes());
    heap.push(await heapBytes());
  }
  expect(wasm.at(-1)).toBe(wasm[1]);
  // The second quarter is the first with everything compiled; a model has 10 kB and more.
  expect(heap.at(-1)).toBeLessThan((heap[1] ?? 0) + models * 500 + 5e6);
  // `expect` itself keeps what it is given, so that it does not stand in the loop.
  expect(failed).toBe(models / 4);
  expect(runs).toHaveLength(40);
});
