// Models saved and loaded: the same predictions, and the same training to the bit, for random models of all layers, losses and optimizers.

import { describe, expect, it } from "vitest";
import {
  input,
  type Layer,
  layers,
  load,
  type Model,
  metrics,
  model,
  optimizers,
  schedules,
  sequential,
  type Tensor,
} from "../src/engine/index.ts";
import { randomTraining } from "./support/randomModels/randomTrainings.ts";
import { difference, trainOnBatches } from "./support/randomModels/waysToTrain.ts";

const count = Number(process.env.MODELS ?? 40);

/** What random models are made with that only a cell has. */
const customObjects = {
  custom: (predictions: Tensor, targets: Tensor) => predictions.sub(targets).pow(4).mean(),
  learningRate: (step: number) => 0.02 / (1 + step),
};

/** As a program finds it later. */
const again = <Prediction>(model: Model<Prediction>, options = {}) => load<Prediction>(model.serialize(), options);

it(`${count} random models predict the same and train on to the same bits`, () => {
  let compared = 0;
  for (let seed = 0; seed < count; seed++) {
    const training = randomTraining(seed);
    // Custom layers are refused by name; how they come back is told below.
    const { layers: all, compiled } = training.make();
    const own = compiled?.losses.filter(({ loss }) => loss.name === "custom") ?? [];
    if (all.some(({ isPlannable }) => !isPlannable) || own.length > 1) continue;
    compared++;
    const fresh = { ...training, make: () => again(training.make(), { customObjects }) };
    expect(difference(trainOnBatches(fresh), trainOnBatches(training)), `${training.name}, saved before`).toBeNull();
    const trained = training.make();
    trainOnBatches({ ...training, make: () => trained });
    const copy = again(trained, { customObjects });
    const before = trained.predict([...training.xs]).map(({ data }) => [...data]);
    expect(copy.predict([...training.xs]).map(({ data }) => [...data])).toEqual(before);
    const wanted = trainOnBatches({ ...training, make: () => trained });
    expect(
      difference(trainOnBatches({ ...training, make: () => copy }), wanted),
      `${training.name}, saved between`,
    ).toBeNull();
  }
  expect(compared).toBeGreaterThan(count * 0.6);
});

describe("a loaded model", () => {
  const x = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const y = [[0], [1], [1], [0]];

  it("goes on as the one that was saved by fit, whatever the optimizer remembers", async () => {
    for (const optimizer of [
      optimizers.nadam({ learningRate: schedules.warmUp({ steps: 5, after: 0.1 }) }),
      optimizers.adagrad({ initialAccumulatorValue: 0.3, globalClipNorm: 0.1 }),
      optimizers.rmsprop({ centered: true, momentum: 0.5, weightDecay: 0.01, convention: "torch" }),
      optimizers.sgd({
        learningRate: schedules.reduceOnPlateau({ initialLearningRate: 0.5, patience: 1 }),
        momentum: 0.9,
      }),
      optimizers.sgd({ learningRate: schedules.oneCycle({ maxLearningRate: 0.5, totalSteps: 60 }), momentum: 0.9 }),
    ]) {
      const net = sequential(
        [
          layers.dense(4, { activation: "tanh" }),
          layers.dropout(0.3, { seed: 2 }),
          layers.dense(1, { activation: "sigmoid" }),
        ],
        { seed: 3 },
      );
      net.compile({ loss: "binaryCrossentropy", optimizer, metrics: ["acc"] });
      await net.fit(x, y, { epochs: 5, batchSize: 2 });
      const copy = again(net);
      expect(copy.compiled?.optimizer.config).toEqual(net.compiled?.optimizer.config);
      const [one, other] = [
        await net.fit(x, y, { epochs: 5, batchSize: 2 }),
        await copy.fit(x, y, { epochs: 5, batchSize: 2 }),
      ];
      expect([...other.loss], optimizer.name).toEqual([...one.loss]);
      expect(copy.getWeights().map(({ data }) => [...data])).toEqual(net.getWeights().map(({ data }) => [...data]));
    }
  });

  const scale = () =>
    layers.custom({
      name: "scale",
      weights: { factor: { shape: ([features = 1]) => [features], initializer: "ones" } },
      forward: (input: Tensor, { factor }) => input.mul(factor),
    });
  const quartic = (predictions: Tensor, targets: Tensor) => predictions.sub(targets).pow(4).mean();
  const worst = (predictions: Tensor, targets: Tensor) => predictions.sub(targets).abs().max();
  const ramp = {
    name: "ramp",
    make: (shape: readonly number[]) =>
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at / 10),
  };
  const withOwn = () => {
    const net = sequential([scale(), layers.dense(2, { kernelInitializer: ramp, inputShape: 2 }), scale()], {
      seed: 1,
    });
    net.compile({ loss: quartic, optimizer: "adam", metrics: [worst, metrics.custom(worst, { name: "farthest" })] });
    net.trainOnBatch(x, x);
    return net;
  };

  it("gets back by name what a cell made it with", () => {
    const net = withOwn();
    const copy = again(net, {
      customObjects: { scale, quartic, worst, farthest: metrics.custom(worst, { name: "farthest" }), ramp },
    });
    expect(copy.layers.map(({ name }: Layer) => name)).toEqual(["scale_1", "dense_1", "scale_2"]);
    expect(copy.compiled?.measureNames).toEqual(["loss", "worst", "farthest"]);
    expect(copy.trainOnBatch(x, x)).toEqual(net.trainOnBatch(x, x));
    expect(copy.predict(x).toArray()).toEqual(net.predict(x).toArray());
  });

  it("says what is missing of it, all at once, and needs no loss to predict", () => {
    const net = withOwn();
    expect(() => again(net)).toThrow(
      "load: expected customObjects with what the model was made with: scale (a layer), ramp (an object), quartic (a loss), worst (a metric), farthest (a metric), got none. Give it again: load(…, { customObjects: { scale: () => layers.custom(…), ramp, quartic, worst, farthest } }).",
    );
    expect(() => again(net, { customObjects: { scale: 3, ramp }, compile: false })).toThrow(
      "load: expected customObjects.scale as a layer, or a function that makes one, got 3.",
    );
    const copy = again(net, { customObjects: { scale, ramp }, compile: false });
    expect(copy.compiled).toBeNull();
    expect(copy.predict(x).toArray()).toEqual(net.predict(x).toArray());
    expect(() => again(net, { customObjects: { scale: () => layers.dense(2), ramp }, compile: false })).toThrow(
      "load: expected the kernel of scale_2 (by json) of shape [2, 2], got [2] in weights. Was the layer changed, in the file or in customObjects?",
    );
  });

  it("may have one function in several places", () => {
    const x = input(2);
    const ends = [layers.dense(2).apply(x), layers.dense(2).apply(x)];
    const net = model({ inputs: x, outputs: ends, seed: 1 });
    net.compile({ loss: [quartic, quartic], metrics: [[worst], [worst]] });
    const copy = load<Tensor[]>(net.serialize(), { customObjects: { quartic, worst } });
    const rows = [[1, 2]];
    expect(copy.evaluate(rows, [rows, rows])).toEqual(net.evaluate(rows, [rows, rows]));
  });

  it("is refused where two functions have one name", () => {
    const initializer = (value: number) => ({ name: "mine", make: () => new Float32Array(2).fill(value) });
    const net = sequential([
      layers.dense(1, { inputShape: 2, kernelInitializer: initializer(1) }),
      layers.dense(2, { kernelInitializer: initializer(2) }),
    ]);
    expect(() => net.serialize()).toThrow(
      "serialize: expected parts that a file can name, got the layer dense_1 (kernelInitializer: another one of the same name). Give each function a name of its own",
    );
  });

  it("keeps branches, layers inside others and how its outputs are arranged", () => {
    const [left, right] = [input({ shape: 3, name: "left" }), input({ shape: [2, 3], name: "right" })];
    const encoder = sequential([layers.bidirectional(layers.gru(2)), layers.dense(3)]);
    const block = layers.residual([sequential([layers.dense(5, { activation: "relu" })]), layers.dense(5)], {
      projection: true,
    });
    const joined = layers.add().apply([left, encoder.apply(right)]);
    const net = model({
      inputs: { left, right },
      outputs: { sum: joined, more: block.apply(joined) },
      seed: 5,
      name: "two",
    });
    const copy = load<{ sum: Tensor; more: Tensor }>(net.serialize());
    expect([copy.name, copy.isBuilt, copy.compiled]).toEqual(["two", true, null]);
    const xs = {
      left: [[1, 2, 3]],
      right: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    };
    const [wanted, got] = [net.predict(xs), copy.predict(xs)];
    expect(Object.keys(got)).toEqual(["sum", "more"]);
    expect([got.sum.toArray(), got.more.toArray()]).toEqual([wanted.sum.toArray(), wanted.more.toArray()]);
  });

  it("that was not built yet is built by the same seed", () => {
    const net = sequential([layers.dense(3), layers.dense(1)], { seed: 8 });
    const copy = again(net);
    expect(copy.isBuilt).toBe(false);
    expect(copy.predict([[1, 2]]).toArray()).toEqual(net.predict([[1, 2]]).toArray());
  });
});
