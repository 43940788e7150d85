// Training: learns, repeats, stops and refuses what cannot work.

import { afterEach, describe, expect, it } from "vitest";
import { setEngineHost } from "../host.ts";
import {
  type Callback,
  callbacks,
  datasets,
  layers,
  type Model,
  metrics,
  optimizers,
  type PlateauSchedule,
  type Run,
  type Schedule,
  schedules,
  sequential,
  tensor,
} from "../index.ts";

afterEach(() => setEngineHost({ shouldStop: () => false, fitObserver: null }));

function xorModel(seed?: number): Model {
  const model = sequential(
    [layers.dense(8, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })],
    seed === undefined ? {} : { seed },
  );
  model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.1 }), metrics: ["acc"] });
  return model;
}

const moons = () => datasets.moons({ samples: 80, noise: 0.1, seed: 3 }).split({ validation: 0.25, seed: 1 });

describe("fit", () => {
  it("learns exclusive or in about a second", async () => {
    const model = xorModel();
    const run = await model.fit(datasets.xor(), { epochs: 200, batchSize: 4, seed: 1 });
    expect(run.state).toBe("finished");
    expect(run.loss).toHaveLength(200);
    expect(model.evaluate(datasets.xor())).toMatchObject({ accuracy: 1 });
    expect(model.evaluate(datasets.xor()).loss).toBeLessThan(0.05);
    expect(model.run).toBe(run);
  });

  it("gives the same bits for the same seed, and others for another", async () => {
    const train = async (seed: number) => {
      const model = sequential([layers.dense(6, { activation: "relu" }), layers.dropout(0.2), layers.dense(1)]);
      model.compile({ loss: "mse", optimizer: "adam" });
      const run = await model.fit(moons(), { epochs: 3, batchSize: 7, seed });
      return { loss: run.loss, weights: model.getWeights().map((weight) => [...weight.data]) };
    };
    const first = await train(4);
    expect(await train(4)).toEqual(first);
    expect((await train(5)).loss).not.toEqual(first.loss);
  });

  it("takes seed 1 where none is given, so that the same code gives the same numbers", async () => {
    const losses = async (seed?: { seed: number }) => {
      const data = datasets.moons({ samples: 40, noise: 0.1, ...seed }).split({ validation: 0.25, ...seed });
      return (await xorModel().fit(data, { epochs: 2, batchSize: 8, ...seed })).loss;
    };
    expect(await losses()).toEqual(await losses({ seed: 1 }));
    expect(await losses()).not.toEqual(await losses({ seed: 2 }));
  });

  it("starts from the model's own seed whatever the seed of fit", async () => {
    const start = async (seed: number) => {
      const model = xorModel(9);
      await model.fit(datasets.xor(), { seed, shuffle: false, batchSize: 4 });
      return model.run?.loss;
    };
    expect(await start(1)).toEqual(await start(2));
  });

  it("goes on with the weights it has when called again", async () => {
    const model = xorModel();
    const first = await model.fit(datasets.xor(), { epochs: 50, batchSize: 4 });
    const second = await model.fit(datasets.xor(), { epochs: 1, batchSize: 4 });
    expect(second.loss[0]).toBeLessThan(first.loss.at(-1) ?? 0);
  });

  it("measures loss and metrics by epoch, on the validation part of a split too", async () => {
    const model = xorModel();
    const run = await model.fit(moons(), { epochs: 3, batchSize: 16 });
    expect(
      run.history.map(({ name, better, train, validation }) => [name, better, train.length, validation?.length]),
    ).toEqual([
      ["loss", "lower", 3, 3],
      ["accuracy", "higher", 3, 3],
    ]);
    const { loss, accuracy } = model.evaluate(moons().validation);
    expect(run.history[0]?.validation?.at(-1)).toBe(loss);
    expect(run.history[1]?.validation?.at(-1)).toBe(accuracy);
    expect(run.steps).toEqual({ done: 12, perEpoch: 4 });
  });

  it("takes arrays, a validation split from the end, and numbers as one column", async () => {
    const model = sequential([layers.dense(1)]);
    model.compile({ loss: "mse", optimizer: "sgd" });
    const run = await model.fit([1, 2, 3, 4, 5], [2, 4, 6, 8, 10], { epochs: 2, validationSplit: 0.4 });
    expect(model.layers[0]?.inputShape).toEqual([1]);
    expect(run.history[0]?.validation).toHaveLength(2);
    expect(model.predict([[1], [2]]).shape).toEqual([2, 1]);
  });

  it("stops within one step and keeps the model as it is", async () => {
    let asked = 0;
    setEngineHost({ shouldStop: () => ++asked === 5 });
    const model = xorModel();
    const run = await model.fit(moons(), { epochs: 100, batchSize: 16 });
    expect(run.state).toBe("stopped");
    expect(run.steps.done).toBe(5);
    expect(run.epochs).toEqual({ done: 1, planned: 100 });
    expect(model.predict([[0, 0]]).item()).toBeGreaterThan(0);
  });

  it("tells the host of start, steps, epochs and end, in this order", async () => {
    const told: string[] = [];
    const tell = (what: string) => (run: Run) => told.push(`${what} ${run.steps.done} ${run.epochs.done} ${run.state}`);
    setEngineHost({
      fitObserver: {
        started: tell("started"),
        stepEnded: tell("step"),
        epochEnded: tell("epoch"),
        ended: tell("ended"),
      },
    });
    await xorModel().fit(datasets.xor(), { epochs: 2, batchSize: 2 });
    expect(told).toEqual([
      "started 0 0 running",
      "step 1 0 running",
      "step 2 0 running",
      "epoch 2 1 running",
      "step 3 1 running",
      "step 4 1 running",
      "epoch 4 2 running",
      "ended 4 2 finished",
    ]);
  });

  it("lets a callback stop it, and ends as failed when one throws", async () => {
    const seen: Record<string, number>[] = [];
    const stopper: Callback = {
      onEpochEnd: (epoch, values) => {
        seen.push(values);
        return epoch === 2 ? "stop" : undefined;
      },
    };
    const run = await xorModel().fit(moons(), { epochs: 9, callbacks: [stopper] });
    expect(run.state).toBe("finished");
    expect(run.epochs).toEqual({ done: 2, planned: 9 });
    expect(Object.keys(seen[0] ?? {})).toEqual(["loss", "validationLoss", "accuracy", "validationAccuracy"]);
    const model = xorModel();
    const broken: Callback = {
      onEpochEnd: () => {
        throw new Error("mine");
      },
    };
    await expect(model.fit(moons(), { callbacks: [broken] })).rejects.toThrow("mine");
    expect(model.run?.state).toBe("failed");
  });

  it("stops early and gives the best weights back", async () => {
    const model = xorModel();
    const data = datasets.moons({ samples: 40, noise: 0.6, seed: 2 }).split({ validation: 0.5, seed: 1 });
    const run = await model.fit(data, { epochs: 300, callbacks: [callbacks.earlyStopping({ patience: 4 })] });
    const losses = run.history[0]?.validation ?? [];
    expect(run.epochs.done).toBeLessThan(300);
    expect(model.evaluate(data.validation).loss).toBe(Math.min(...losses));
  });

  it("learns one batch at a time", () => {
    const model = xorModel();
    const { x, y } = datasets.xor();
    const first = model.trainOnBatch(x, y);
    for (let step = 0; step < 20; step++) model.trainOnBatch(x, y);
    expect(Object.keys(first)).toEqual(["loss", "accuracy"]);
    expect(model.evaluate(x, y).loss).toBeLessThan(first.loss ?? 0);
  });

  it("copies weights out and in", () => {
    const model = xorModel();
    model.build(2);
    const other = xorModel();
    other.build(2, { seed: 7 });
    expect(other.predict([[1, 0]]).item()).not.toBe(model.predict([[1, 0]]).item());
    other.setWeights(model.getWeights());
    expect(other.predict([[1, 0]]).item()).toBe(model.predict([[1, 0]]).item());
    expect(() => other.setWeights([[1]])).toThrow("setWeights: expected 4 tensors, got 1.");
  });

  it("measures custom metrics", async () => {
    const model = xorModel();
    model.compile({
      loss: "binaryCrossentropy",
      metrics: [metrics.custom((predictions, targets) => predictions.sub(targets).abs().max(), { name: "worst" })],
    });
    const run = await model.fit(datasets.xor(), { batchSize: 4 });
    expect(run.history.map(({ name }) => name)).toEqual(["loss", "worst"]);
    expect(run.history[1]?.train[0]).toBeGreaterThan(0.4);
  });
});

describe("fit with a schedule", () => {
  const train = async (learningRate: Schedule | PlateauSchedule, epochs = 4) => {
    const model = xorModel(1);
    const optimizer = optimizers.sgd({ learningRate });
    model.compile({ loss: "binaryCrossentropy", optimizer, metrics: ["acc"] });
    const rates: number[] = [];
    const onEpochEnd = () => void rates.push(optimizer.learningRate);
    const run = await model.fit(datasets.xor(), { epochs, batchSize: 2, callbacks: [{ onEpochEnd }] });
    return { run, rates };
  };

  it("changes the learning rate from step to step", async () => {
    const { run, rates } = await train(schedules.exponential({ initialLearningRate: 1, decayRate: 0.5 }));
    expect(rates).toEqual([0.5, 0.125, 0.03125, 0.0078125]);
    expect(run.learningRate).toBeNull();
  });

  it("lowers it when what is watched no longer improves; accuracy improves upwards", async () => {
    const setting = { initialLearningRate: 1e-6, factor: 0.5, patience: 1 };
    expect((await train(schedules.reduceOnPlateau(setting))).rates).toEqual([1e-6, 5e-7, 2.5e-7, 1.25e-7]);
    const onAccuracy = schedules.reduceOnPlateau({ ...setting, initialLearningRate: 1, monitor: "accuracy" });
    const { run, rates } = await train(onAccuracy, 12);
    const accuracies = run.history[1]?.train ?? [];
    const ratesIf = (better: "lower" | "higher") =>
      accuracies.map((_, epoch) => onAccuracy.rateAfter(accuracies.slice(0, epoch + 1), better));
    expect(rates).toEqual(ratesIf("higher"));
    expect(rates).not.toEqual(ratesIf("lower"));
    await expect(train(schedules.reduceOnPlateau({ ...setting, monitor: "validationLos" }))).rejects.toThrow(
      'Unknown value to monitor "validationLos".',
    );
  });
});

describe("fit refuses", () => {
  const { x, y } = datasets.xor();

  it.each([
    [
      "an unknown loss",
      () => xorModel().compile({ loss: "binaryCrossentropie" }),
      'Did you mean "binaryCrossentropy"?',
    ],
    ["an unknown optimizer", () => xorModel().compile({ loss: "mse", optimizer: "adm" }), 'Did you mean "adam"?'],
    ["an unknown metric", () => xorModel().compile({ loss: "mse", metrics: ["acuracy"] }), 'Did you mean "accuracy"?'],
    ["an unknown option", () => xorModel().compile({ loss: "mse", metric: [] } as never), 'Did you mean "metrics"?'],
    ["no layers", () => sequential([]), "sequential: expected an array of layers, got none."],
    [
      "the same layer twice",
      () => ((layer) => sequential([layer, layer]))(layers.dense(1)),
      "expected each layer once",
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  it.each<[string, () => Promise<Run>, string]>([
    ["to start before compile", () => sequential([layers.dense(1)]).fit(x, y), "expected a compiled model"],
    ["an unknown option", () => xorModel().fit(x, y, { epoch: 3 } as never), 'Did you mean "epochs"?'],
    [
      "x and y of different lengths",
      () => xorModel().fit(x, tensor([[0], [1]])),
      "fit: expected x and y with equally many rows, got 4 and 2.",
    ],
    ["x without y", () => xorModel().fit(x as never), "fit: expected data with x and y, got one tensor."],
    ["half an epoch", () => xorModel().fit(x, y, { epochs: 0.5 }), "epochs as a whole number"],
    ["a batch of nothing", () => xorModel().fit(x, y, { batchSize: 0 }), "batchSize as a whole number"],
    [
      "NaN in x",
      () =>
        xorModel().fit(
          [
            [0, 1],
            [2, Number.NaN],
          ],
          [0, 1],
        ),
      "expected finite numbers in x, got NaN at row 1, column 1.",
    ],
    ["targets outside the loss's domain", () => xorModel().fit(x, [0, 1, 2, 0]), "binaryCrossentropy"],
    [
      "targets of another width",
      () =>
        xorModel().fit(
          x,
          tensor([
            [0, 1],
            [0, 1],
            [1, 0],
            [1, 0],
          ]),
        ),
      "binaryCrossentropy",
    ],
  ])("%s", async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });

  it("data with other features than the layer was made for, in the reader's terms", async () => {
    const model = xorModel();
    await model.fit(x, y);
    await expect(model.fit(tensor([[1, 2, 3]]), [1])).rejects.toThrow(
      "fit: expected input of dense_1 [batch, 2], got [batch, 3]. dense_1 (layers[0]) takes 2 features an example, the data have 3 features.",
    );
    expect(() => model.predict([[1, 2, 3]])).toThrow("predict: expected input of dense_1 [batch, 2], got [batch, 3].");
  });

  it("integer labels for categorical cross-entropy, with what to do", async () => {
    const model = sequential([layers.dense(3, { activation: "softmax" })]);
    model.compile({ loss: "categoricalCrossentropy" });
    await expect(model.fit([[1], [2], [3]], [0, 1, 2])).rejects.toThrow(/sparseCategoricalCrossentropy|oneHot/);
  });
});
