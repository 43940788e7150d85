// Mistakes in what a training is asked for are told of by the name of the call, and metrics of one name are told apart.

import { expect, it } from "vitest";
import { input, layers, metrics, model, sequential } from "../index.ts";
import { numbers } from "./plans/twins.testing.ts";

function compiled() {
  const net = sequential([layers.dense(2)], { seed: 1 });
  net.compile({ loss: "mse", optimizer: "sgd" });
  return net;
}
const [x, y] = [numbers([8, 3]), numbers([8, 2])];

it("validation data are given once", async () => {
  await expect(compiled().fit(x, y, { validationData: [x, y], validationSplit: 0.5 })).rejects.toThrow(
    "fit: expected validationData or validationSplit, got both.",
  );
});

it("a callback answers stop, or something that is no text", async () => {
  const answering = (answer: unknown) => ({ callbacks: [{ onEpochEnd: () => answer as undefined }], epochs: 3 });
  const halted = compiled().fit(x, y, answering("halt"));
  await expect(halted).rejects.toThrow('fit: expected a callback to answer "stop" or nothing, got "halt".');
  expect((await compiled().fit(x, y, answering(7))).epochs.done).toBe(3);
  expect((await compiled().fit(x, y, answering("stop"))).epochs.done).toBe(1);
});

it("a callback has a function of a callback, its own or of its class, which may keep what it likes", async () => {
  class Losses {
    readonly seen: number[] = [];
    onEpochEnd(_: number, { loss }: Readonly<Record<string, number>>) {
      this.seen.push(loss as number);
    }
  }
  const losses = new Losses();
  await compiled().fit(x, y, { callbacks: [losses], epochs: 2 });
  expect(losses.seen).toHaveLength(2);
  for (const nothing of [new Map(), new Date(0), Promise.resolve()])
    await expect(compiled().fit(x, y, { callbacks: [nothing as never] })).rejects.toThrow(
      "a callback: expected options as an object, such as { onTrainBegin: … }, got a",
    );
});

it("a batch size of null is no default", () => {
  const size = { batchSize: null as unknown as number };
  expect(() => compiled().predict(x, size)).toThrow(
    "predict: expected batchSize as a whole number, 1 or more, got null",
  );
  expect(() => compiled().evaluate(x, y, size)).toThrow("evaluate: expected batchSize as a whole number, 1 or more");
});

it("a seed that is no number is told of by the call that got it", () => {
  const seed = "a" as unknown as number;
  expect(() => sequential([layers.dense(2)], { seed })).toThrow(
    'sequential: expected seed as a finite number, got "a"',
  );
  const x = input(3);
  expect(() => model({ inputs: x, outputs: layers.dense(2).apply(x), seed })).toThrow(
    "model: expected seed as a finite",
  );
});

it("two metrics of one name have a number, in the history as in an evaluation", async () => {
  const net = sequential([layers.dense(2)], { seed: 1 });
  const far = (size: number) => metrics.custom((p) => p.mul(0).mean().add(size), { name: "far" });
  net.compile({ loss: "mse", optimizer: "sgd", metrics: [far(1), far(2)] });
  const run = await net.fit(x, y, { epochs: 1 });
  expect(run.history.map(({ name, train }) => [name, train[0]]).slice(1)).toEqual([
    ["far", 1],
    ["far_2", 2],
  ]);
  expect(net.evaluate(x, y)).toMatchObject({ far: 1, far_2: 2 });
});
