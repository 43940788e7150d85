// A training that stopped goes on where it was: the run it becomes is, bit for bit, the one that was never stopped.

import { afterEach, describe, expect, it } from "vitest";
import { setEngineHost } from "../host.ts";
import {
  type Callback,
  callbacks,
  type FitOptions,
  type Layer,
  layers,
  type Model,
  model,
  type Optimizer,
  optimizers,
  type Run,
  regularizers,
  schedules,
  sequential,
  useBackend,
} from "../index.ts";
import { input } from "../layers/symbolicTensor.ts";
import { bitsOf, numbers } from "./plans/twins.testing.ts";

afterEach(() => {
  setEngineHost({ shouldStop: () => false, fitObserver: null });
  useBackend("plain");
});

const [x, y] = [numbers([23, 3]), numbers([23, 2])];
const validationData = { x: numbers([7, 3]), y: numbers([7, 2]) };
/** 23 examples are five batches of 5, the last of them of 3. */
const options: FitOptions = { epochs: 3, batchSize: 5, seed: 4 };
const stepsInAll = 15;

interface Case {
  readonly make: () => readonly Layer[];
  readonly optimizer: () => Optimizer;
  readonly options?: FitOptions;
}

const cases: Readonly<Record<string, Case>> = {
  "SGD with momentum": {
    make: () => [layers.dense(4, { activation: "tanh" }), layers.dense(2)],
    optimizer: () =>
      optimizers.sgd({ momentum: 0.9, learningRate: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 20 }) }),
  },
  "Nesterov with momentum that a schedule moves": {
    make: () => [layers.dense(4, { activation: "tanh" }), layers.dense(2)],
    optimizer: () =>
      optimizers.sgd({
        nesterov: true,
        learningRate: schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 20, momentum: {} }),
      }),
  },
  "Adam, dropout, batchNorm, penalties": {
    make: () => [
      layers.dense(4, { activation: "relu", kernelRegularizer: regularizers.l2(0.01) }),
      layers.batchNorm(),
      layers.dropout(0.3),
      layers.gaussianNoise(0.1),
      layers.dense(2, { kernelConstraint: "maxNorm" }),
    ],
    optimizer: () => optimizers.adam({ learningRate: 0.05 }),
    options: { validationData },
  },
  "RMSprop without shuffling, on a plateau": {
    make: () => [layers.dense(4, { activation: "sigmoid" }), layers.dense(2)],
    optimizer: () =>
      optimizers.rmsprop({
        learningRate: schedules.reduceOnPlateau({ initialLearningRate: 0.05, patience: 1, minChange: 9 }),
      }),
    options: { shuffle: false, validationSplit: 0.2 },
  },
};

function build({ make, optimizer }: Case): Model {
  const net = sequential(make(), { seed: 9 });
  net.compile({ loss: "mse", optimizer: optimizer(), metrics: ["mae", "r2"] });
  return net;
}

/** All that a run tells and that its model has become. */
function told(run: Run) {
  const { state, epochs, steps, history, layers: traces, trace, loss, notes, guessLoss } = run;
  const { learningRate, learningRates, momenta } = run;
  return {
    state,
    epochs,
    steps,
    history,
    traces,
    trace,
    loss,
    learningRate,
    learningRates,
    momenta,
    notes,
    guessLoss,
    bits: bitsOf(run.model),
  };
}

/** Ends the fit after a step, as a reader does. */
function stopAfter(step: number): void {
  setEngineHost({ shouldStop: () => (runOf(step)?.steps.done ?? 0) === step });
}
let watched: Model | null = null;
const runOf = (_step: number) => watched?.run ?? null;

describe.each(["plain", "simd"] as const)("on the %s backend", (name) => {
  const takeBackend = () => expect(useBackend(name)).toContain(name);

  it.each(Object.entries(cases))("%s goes on after a stop at any step", async (_, each) => {
    takeBackend();
    const all = { ...options, ...each.options };
    const whole = await build(each).fit(x, y, all);
    const stepCount = whole.steps.done;
    expect(stepCount).toBeGreaterThanOrEqual(12);
    for (const step of [1, 2, 4, 5, 6, 9, 10, stepCount - 1]) {
      const net = build(each);
      watched = net;
      stopAfter(step);
      const run = await net.fit(x, y, all);
      expect([run.state, run.steps.done]).toEqual(["stopped", step]);
      setEngineHost({ shouldStop: () => false });
      expect(await run.resume()).toBe(run);
      expect(told(run)).toEqual(told(whole));
    }
  });

  it("after others took its place in memory, and somebody its weights' arrays", async () => {
    takeBackend();
    const each = cases["Adam, dropout, batchNorm, penalties"] as Case;
    const whole = await build(each).fit(x, y, options);
    for (const isLent of [false, true]) {
      const net = build(each);
      watched = net;
      stopAfter(7);
      const run = await net.fit(x, y, options);
      setEngineHost({ shouldStop: () => false });
      if (isLent) expect(net.weights[0]?.data).toHaveLength(12);
      // More models than keep their plans.
      for (let others = 0; others < 18; others++) build(each).trainOnBatch(x, y);
      expect(net.evaluate(x, y).loss).toBeGreaterThan(0);
      expect(told(await run.resume())).toEqual(told(whole));
    }
  });

  it("again and again, after every single step", async () => {
    takeBackend();
    const each = cases["Adam, dropout, batchNorm, penalties"] as Case;
    const whole = await build(each).fit(x, y, options);
    const net = build(each);
    setEngineHost({ shouldStop: () => true });
    const run = await net.fit(x, y, options);
    for (let step = 2; step <= stepsInAll; step++) {
      expect(await run.resume()).toBe(run);
      expect(run.steps.done).toBe(step);
    }
    setEngineHost({ shouldStop: () => false });
    await run.resume();
    expect(told(run)).toEqual(told(whole));
  });
});

describe("a run goes on", () => {
  const each = cases["Adam, dropout, batchNorm, penalties"] as Case;
  const wholeOf = async (extra: FitOptions = {}) => told(await build(each).fit(x, y, { ...options, ...extra }));

  it("when a callback said stop, at a step, an epoch's last step, or an epoch's end", async () => {
    const whole = await wholeOf();
    const stops: readonly Callback[] = [
      ...[1, 5, 7, 10].map((at): Callback => ({ onStepEnd: ({ step }) => (step === at ? "stop" : undefined) })),
      { onStepBegin: ({ step }) => (step === 8 ? "stop" : undefined) },
      { onEpochEnd: (epoch) => (epoch === 2 ? "stop" : undefined) },
      { onEpochBegin: (epoch) => (epoch === 2 ? "stop" : undefined) },
      { onTrainBegin: () => "stop" },
    ];
    for (const stop of stops) {
      let isOver = false;
      const once = Object.fromEntries(
        Object.entries(stop).map(([name, ask]) => [
          name,
          (...values: unknown[]) => {
            const answer = isOver ? undefined : (ask as (...given: unknown[]) => unknown)(...values);
            if (answer === "stop") isOver = true;
            return answer;
          },
        ]),
      ) as Callback;
      const run = await build(each).fit(x, y, { ...options, callbacks: [once] });
      expect(isOver).toBe(true);
      expect(run.epochs.done).toBeLessThan(3);
      expect(told(await run.resume())).toEqual(whole);
    }
  });

  it("when a callback threw an error", async () => {
    const whole = await wholeOf();
    for (const name of ["onStepBegin", "onStepEnd", "onEpochEnd", "onEpochBegin", "onTrainBegin"] as const) {
      let count = 0;
      const fails: Callback = {
        [name]() {
          count++;
          if (count === (name === "onTrainBegin" ? 1 : 2)) throw new Error("mine");
        },
      };
      const net = build(each);
      await expect(net.fit(x, y, { ...options, callbacks: [fails] })).rejects.toThrow("mine");
      expect(net.run?.state).toBe("failed");
      await net.run?.resume();
      expect(told(net.run as Run)).toEqual(whole);
    }
  });

  it("with more epochs, as if fit had been asked for them at once", async () => {
    const whole = await wholeOf({ epochs: 5 });
    const run = await build(each).fit(x, y, { ...options, epochs: 2 });
    expect(run.layers[0]?.preActivations).not.toBeNull();
    await run.resume({ epochs: 4 });
    expect(run.epochs).toEqual({ done: 4, planned: 4 });
    expect(told(await run.resume({ epochs: 5 }))).toEqual(whole);
  });

  it("after early stopping with the weights it had, not with its best ones", async () => {
    const net = build(each);
    const stopping = () => callbacks.earlyStopping({ patience: 1, minChange: 100 });
    const run = await net.fit(x, y, { ...options, callbacks: [stopping()] });
    expect([run.state, run.epochs.done]).toEqual(["finished", 2]);
    const best = bitsOf(net);
    expect(best).toEqual(bitsOf((await build(each).fit(x, y, { ...options, epochs: 1 })).model));
    await run.resume();
    // It waited on: the next epoch is no better either.
    expect([run.state, run.epochs.done]).toEqual(["finished", 3]);
    expect(run.loss).toEqual((await build(each).fit(x, y, options)).loss);
    expect(bitsOf(net)).toEqual(best);
  });

  it("with several inputs and outputs, and long traces", async () => {
    const make = () => {
      const [a, b] = [input({ shape: 3, name: "a" }), input({ shape: 2, name: "b" })];
      const joined = layers.concat().apply([a, b]);
      const first = layers.dense(1, { name: "first" }).apply(layers.dropout(0.5).apply(joined));
      const net = model({
        inputs: { a, b },
        outputs: { first, second: layers.dense(2, { name: "second" }).apply(joined) },
        seed: 3,
      });
      net.compile({ loss: "mse", optimizer: "adam", metrics: { second: "mae" } });
      return net;
    };
    const data = { x: { a: x, b: y }, y: { first: numbers([23, 1]), second: y } };
    const long = { epochs: 26, batchSize: 2, seed: 2, validationSplit: 0.1 };
    const whole = await make().fit(data, long);
    expect(whole.trace.stride).toBeGreaterThan(1);
    const net = make();
    watched = net as unknown as Model;
    for (const step of [3, 101, 241, 242]) {
      stopAfter(step);
      const run = net.run === null ? await net.fit(data, long) : await net.run.resume();
      expect(run.steps.done).toBe(step);
    }
    setEngineHost({ shouldStop: () => false });
    const run = await net.run?.resume();
    expect(told(run as Run)).toEqual(told(whole));
  });

  it("where it stood, when who ran it was ended from outside", async () => {
    const whole = await wholeOf();
    const net = build(each);
    let answer = (): void => {};
    const held: Callback = {
      onEpochEnd: (epoch) =>
        epoch === 1 && answers++ === 0
          ? new Promise((resolve) => {
              answer = () => resolve(undefined);
            })
          : undefined,
    };
    let answers = 0;
    let isOver = false;
    let abandon = () => {};
    const quiet = () => {};
    const started = (_run: Run, given: () => void) => {
      abandon = given;
    };
    setEngineHost({ fitObserver: { started, stepEnded: quiet, epochEnded: quiet, ended: quiet } });
    void net.fit(x, y, { ...options, callbacks: [held] }).then(() => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(net.run?.state).toBe("running");
    abandon();
    expect([net.run?.state, net.run?.epochs.done]).toEqual(["stopped", 1]);
    answer();
    const run = (await net.run?.resume()) as Run;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOver).toBe(false);
    expect(told(run)).toEqual(whole);
  });
});
