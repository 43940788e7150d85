// Callbacks: when each is called, the checkpoint of the best weights, learning rates by the epoch.

import { describe, expect, it } from "vitest";
import { type Callback, callbacks, layers, type Model, optimizers, schedules, sequential } from "../../index.ts";
import { bitsOf, numbers } from "../plans/twins.testing.ts";

const [x, y] = [numbers([10, 3]), numbers([10, 1])];
const options = { epochs: 4, batchSize: 4, seed: 2, shuffle: false };

function network(learningRate: number | ReturnType<typeof schedules.cosine> = 0.1): Model {
  const net = sequential([layers.dense(4, { activation: "tanh" }), layers.dense(1)], { seed: 5 });
  net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate }), metrics: ["r2"] });
  return net;
}

describe("callbacks", () => {
  it("are called in Keras' order, each with where the training is", async () => {
    const calls: string[] = [];
    const all: Required<Callback> = {
      onTrainBegin: (run) => void calls.push(`train ${run.steps.done}`),
      onEpochBegin: (epoch, run) => void calls.push(`epoch ${epoch} ${run.epochs.done}`),
      onStepBegin: ({ step, epoch }) => void calls.push(`step ${step} ${epoch}`),
      onStepEnd: ({ step, loss }, run) => void calls.push(`stepped ${step} ${run.loss.at(-1) === loss}`),
      onEpochEnd: (epoch, values, run) =>
        void calls.push(`ended ${epoch} ${values.loss === run.history[0]?.train.at(-1)}`),
      onTrainEnd: (run) => void calls.push(run.state),
    };
    const run = await network().fit(x, y, { ...options, epochs: 1, batchSize: 5, callbacks: [all] });
    expect(calls).toEqual([
      ...[
        "train 0",
        "epoch 1 0",
        "step 1 1",
        "stepped 1 true",
        "step 2 1",
        "stepped 2 true",
        "ended 1 true",
        "finished",
      ],
    ]);
    calls.length = 0;
    await run.resume({ epochs: 2 });
    expect(calls.slice(0, 3)).toEqual(["train 2", "epoch 2 1", "step 3 2"]);
  });

  it("of another name are refused with the nearest right one", async () => {
    await expect(network().fit(x, y, { callbacks: [{ onBatchEnd() {} } as Callback] })).rejects.toThrow("onStepEnd");
    const others = callbacks as unknown as Record<string, () => Callback>;
    expect(() => others.earlyStop?.()).toThrow('Did you mean "earlyStopping"?');
    expect(() => others.modelCheckpoint?.()).toThrow('Did you mean "checkpoint"?');
  });

  it.each(["onStepBegin", "onStepEnd"])(
    "refuse an asynchronous %s, whose answer nobody would wait for",
    async (name) => {
      const waiting = { [name]: async () => "stop" } as Callback;
      await expect(network().fit(x, y, { callbacks: [waiting] })).rejects.toThrow(
        `${name}: expected a function that is not asynchronous, got one that answers with a Promise`,
      );
    },
  );
});

describe("checkpoint", () => {
  /** Worse with every epoch: the rate is far too large. */
  const worse = () => network(0.9);

  it("keeps the best weights and gives them back", async () => {
    const net = worse();
    const best = callbacks.checkpoint();
    const run = await net.fit(x, y, { ...options, callbacks: [best] });
    const losses = run.history[0]?.train ?? [];
    expect(best.value).toBe(Math.min(...losses));
    expect(best.epoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    const after = bitsOf(net);
    best.restore();
    const upTo = worse();
    await upTo.fit(x, y, { ...options, epochs: best.epoch ?? 0 });
    expect(bitsOf(net)).toEqual(bitsOf(upTo));
    if (best.epoch !== 4) expect(bitsOf(net)).not.toEqual(after);
  });

  it("watches what it is told, the highest or the lowest, and restores at the end", async () => {
    const kept: (number | null)[] = [];
    for (const mode of ["auto", "max", "min"] as const) {
      const best = callbacks.checkpoint({ monitor: "val_r2", mode, restoreBest: true });
      const net = network(0.05);
      const run = await net.fit(x, y, { ...options, validationSplit: 0.3, callbacks: [best] });
      const r2 = run.history.find(({ name }) => name === "r2")?.validation ?? [];
      expect(best.value).toBe(mode === "min" ? Math.min(...r2) : Math.max(...r2));
      expect(best.value).not.toBe(mode === "min" ? Math.max(...r2) : Math.min(...r2));
      const upTo = network(0.05);
      await upTo.fit(x, y, { ...options, epochs: best.epoch ?? 0, validationSplit: 0.3 });
      expect(bitsOf(net)).toEqual(bitsOf(upTo));
      kept.push(best.epoch);
    }
    expect(kept[0]).toBe(kept[1]);
    expect(kept[0]).not.toBe(kept[2]);
  });

  it("goes on with a run that goes on, and begins anew with another", async () => {
    const best = callbacks.checkpoint({ monitor: "loss", mode: "max" });
    const net = network(0.01);
    const run = await net.fit(x, y, { ...options, epochs: 1, callbacks: [best] });
    const { value } = best;
    await run.resume({ epochs: 3 });
    expect([best.epoch, best.value]).toEqual([1, value]);
    await net.fit(x, y, { ...options, epochs: 1, callbacks: [best] });
    expect(best.value).toBeLessThan(value ?? 0);
  });

  it("says what it lacks", async () => {
    const best = callbacks.checkpoint();
    expect(() => best.restore()).toThrow(
      "checkpoint.restore: expected a training with an epoch that is done, got none.",
    );
    expect(() => callbacks.checkpoint({ mode: "lowest" as never })).toThrow("mode");
    const unknown = callbacks.checkpoint({ monitor: "accuracy" });
    await expect(network().fit(x, y, { callbacks: [unknown] })).rejects.toThrow("accuracy");
    const early: Callback = { onStepEnd: () => best.restore() };
    await expect(network().fit(x, y, { ...options, callbacks: [best, early] })).rejects.toThrow("checkpoint.restore");
  });
});

describe("a callback of a training", () => {
  it.each([
    ["fit", (net: Model) => net.fit(x, y), "train a copy: run.model.clone()"],
    ["trainOnBatch", async (net: Model) => net.trainOnBatch(x, y), "train a copy: run.model.clone()"],
    ["compile", async (net: Model) => net.compile({ loss: "mse" }), "run.model.compiled.optimizer.learningRate"],
  ])("may not call %s of the model that trains, and may afterwards", async (op, call, hint) => {
    const [net, alone] = [network(), network()];
    const refused: unknown[] = [];
    const meddle: Callback = {
      onEpochEnd: (_epoch, _values, run) =>
        call(run.model).then(undefined, (error: unknown) => void refused.push(error)),
    };
    await net.fit(x, y, { ...options, callbacks: [meddle] });
    await alone.fit(x, y, options);
    expect(refused).toHaveLength(options.epochs);
    expect(String(refused[0])).toContain(
      `${op}: expected a model that is not training, got one whose fit has not ended`,
    );
    expect(String(refused[0])).toContain(hint);
    expect(bitsOf(net)).toEqual(bitsOf(alone));
    await expect(call(net)).resolves.not.toThrow();
  });

  it("may evaluate and predict: the training is the same", async () => {
    const [net, alone] = [network(), network()];
    const losses: (number | undefined)[] = [];
    const look: Callback = {
      onStepEnd: (_, { model }) => void losses.push(model.evaluate(x, y).loss, model.predict(x).data[0]),
    };
    await net.fit(x, y, { ...options, callbacks: [look] });
    await alone.fit(x, y, options);
    expect(losses.every((value) => Number.isFinite(value))).toBe(true);
    expect(bitsOf(net)).toEqual(bitsOf(alone));
  });
});

describe("learningRateSchedule", () => {
  it("sets the rate of each epoch", async () => {
    const [first, second] = [network(), network()];
    const seen: number[] = [];
    const schedule = callbacks.learningRateSchedule((epoch, rate) => (epoch === 1 ? rate : rate / 2));
    const watch: Callback = {
      onStepEnd: (_, { model }) => void seen.push(model.compiled?.optimizer.learningRate ?? 0),
    };
    const run = await first.fit(x, y, { ...options, epochs: 3, batchSize: 10, callbacks: [schedule, watch] });
    expect(seen).toEqual([0.1, 0.05, 0.025]);
    expect(run.learningRate).toBeNull();
    for (const rate of seen) {
      const optimizer = second.compiled?.optimizer;
      if (optimizer !== undefined) optimizer.learningRate = rate;
      second.trainOnBatch(x, y);
    }
    expect(bitsOf(first)).toEqual(bitsOf(second));
  });

  it("refuses what is no rate, and an optimizer with a schedule", async () => {
    const train = (net: Model, rate: (epoch: number) => number) =>
      net.fit(x, y, { callbacks: [callbacks.learningRateSchedule(rate)] });
    await expect(train(network(), () => -1)).rejects.toThrow(
      "callbacks.learningRateSchedule: expected a rate of 0 or more, got -1 for epoch 1",
    );
    await expect(train(network(), () => Number.NaN)).rejects.toThrow(
      "callbacks.learningRateSchedule: expected the rate it gives as a finite",
    );
    const scheduled = network(schedules.cosine({ initialLearningRate: 0.1, decaySteps: 10 }));
    await expect(train(scheduled, () => 0.1)).rejects.toThrow("one with a schedule of its own");
    expect(() => callbacks.learningRateSchedule(0.1 as never)).toThrow("expected a function of the epoch, got 0.1");
  });
});
