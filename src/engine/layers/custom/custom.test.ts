// Layers written in a cell: they compute, train, copy and fail as the built-in ones do.

import { describe, expect, it } from "vitest";
import { input, layers, losses, metrics, model, Random, sequential, type Tensor, tensor } from "../../index.ts";

const rows = (count: number, width: number, seed = 1) =>
  tensor(new Random(seed).uniformFloats(count * width, -1, 1), [count, width]);

const scale = () =>
  layers.custom({
    name: "scale",
    weights: { factor: { shape: ([features = 1]) => [features], initializer: "ones" } },
    forward: (x, { factor }) => x.mul(factor),
  });

describe("a custom layer", () => {
  it("computes what its function says, numbered by its kind", () => {
    const net = sequential([scale(), layers.dense(2), scale()], { seed: 1 });
    net.build(3);
    expect(net.layers.map(({ name, type }) => [name, type])).toEqual([
      ["scale_1", "scale"],
      ["dense_1", "dense"],
      ["scale_2", "scale"],
    ]);
    expect(net.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ["factor", [3]],
      ["kernel", [3, 2]],
      ["bias", [2]],
      ["factor", [2]],
    ]);
    expect(String(net)).toContain("13 weights");
  });

  it("trains as the built-in layer that does the same", async () => {
    const own = (units: number) =>
      layers.custom({
        weights: {
          kernel: { shape: ([features = 1]) => [features, units] },
          bias: { shape: units, initializer: "zeros" },
        },
        forward: (x, { kernel, bias }) => x.matmul(kernel).add(bias),
      });
    const train = async (first: ReturnType<typeof own> | ReturnType<typeof layers.dense>) => {
      const net = sequential([first, layers.activation("tanh"), layers.dense(1)], { seed: 5 });
      net.compile({ loss: "mse", optimizer: "adam" });
      const run = await net.fit(rows(20, 3), rows(20, 1, 2), { epochs: 3, batchSize: 5 });
      return { run, weights: net.getWeights().map((weight) => weight.toArray()) };
    };
    const [custom, dense] = [await train(own(4)), await train(layers.dense(4))];
    expect(custom.weights).toEqual(dense.weights);
    expect(custom.run.loss).toEqual(dense.run.loss);
    expect(custom.run.layers[0]?.series.meanAbs).toEqual(dense.run.layers[0]?.series.meanAbs);
    expect(custom.run.layers[0]).toMatchObject({ name: "custom_1", parameters: 16, outputShape: [null, 4] });
  });

  it("finds its output shape, or is told it, and holds to it", () => {
    const pair = layers.custom({ forward: (x) => x.reshape([x.shape[0] ?? 1, 2, -1]) });
    expect(pair.apply(input(6)).shape).toEqual([2, 3]);
    let calls = 0;
    const told = layers.custom({ outputShape: ([n = 0]) => 2 * n, forward: (x) => x.add(0 * ++calls) });
    expect(told.apply(input(3)).shape).toEqual([6]);
    expect(calls).toBe(0);
    expect(() => sequential([told], { seed: 1 }).predict(rows(4, 3))).toThrow(
      "custom_1: expected forward to give [4, 6], got [4, 3]. For 4 examples; the first axis is theirs.",
    );
  });

  it("knows whether it is training, and draws the same numbers for the same seed", async () => {
    const seen: boolean[] = [];
    const noise = () =>
      layers.custom({
        name: "noise",
        forward: (x, _weights, { training, random }) => {
          seen.push(training);
          return training ? x.add(tensor(random.normalFloats(x.size), x.shape)) : x;
        },
      });
    const losses = [1, 1, 2].map(async (seed) => {
      const net = sequential([noise(), layers.dense(1)]);
      net.compile({ loss: "mse" });
      return (await net.fit(rows(8, 2), rows(8, 1), { seed, epochs: 2 })).loss;
    });
    const [first, again, other] = await Promise.all(losses);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(seen)).toEqual(new Set([true, false]));
  });

  it("takes several inputs as a list", () => {
    const gate = layers.custom({
      name: "gate",
      weights: { slope: { shape: (a, b) => [(a[0] ?? 0) + (b?.[0] ?? 0)] } },
      forward: ([a, b]: readonly Tensor[], { slope }) => (a ?? slope).mul((b ?? slope).sigmoid()),
    });
    const [a, b] = [input(2), input(1)];
    const net = model({ inputs: [a, b], outputs: gate.apply([a, b]), seed: 1 });
    expect(net.predict([[[2, 4]], [[0]]]).toArray()).toEqual([[1, 2]]);
    expect(net.weights[0]?.shape).toEqual([3]);
  });

  it("may keep account of something by itself", () => {
    const counter = layers.custom({
      weights: { seen: { shape: 1, initializer: "zeros", trainable: false } },
      forward: (x, { seen }, { training }) => {
        if (training) seen.assign([(seen.toArray()[0] ?? 0) + (x.shape[0] ?? 0)]);
        return x;
      },
    });
    const net = sequential([counter, layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse" });
    net.trainOnBatch(rows(5, 2), rows(5, 1));
    net.trainOnBatch(rows(3, 2), rows(3, 1));
    net.predict(rows(7, 2));
    expect(net.getWeights()[0]?.toArray()).toEqual([8]);
  });

  it("is not laid out beforehand, as built-in layers are", () => {
    expect(
      [scale(), layers.dense(1), layers.add(), layers.residual([scale()])].map((each) => each.isPlannable),
    ).toEqual([false, true, true, true]);
  });

  it("lets errors of its function through, and names what does not fit", () => {
    const mistake = new TypeError("mine");
    const failing = layers.custom({
      forward: () => {
        throw mistake;
      },
    });
    expect(() => failing.apply(input(2))).toThrow(mistake);
    expect(() => sequential([failing, layers.dense(1)], { seed: 1 }).predict([[1]])).toThrow(mistake);
    const wrongShape = layers.custom({ name: "wrong", forward: (x) => x.matmul(rows(3, 3)) });
    expect(() => wrongShape.apply(input(2))).toThrow(/^matmul: /);
    expect(() => layers.custom({ name: "total", forward: (x) => x.sum() }).apply(input(2))).toThrow(
      "total: expected forward to keep the batch axis and give [2, …] for 2 examples, got []. Reduce over the other axes alone",
    );
    expect(() => layers.custom({ name: "none", forward: (() => undefined) as never }).apply(input(2))).toThrow(
      "none: expected forward to return a tensor, got undefined. Does it end with return?",
    );
    expect(() => layers.custom({ forward: 3 as never })).toThrow("layers.custom: expected forward as a function");
    expect(() =>
      layers.custom({ weights: { w: { shape: [1], initialiser: "ones" } } as never, forward: (x) => x }),
    ).toThrow('Unknown option of weight "w" of custom "initialiser". Did you mean "initializer"?');
    expect(() => layers.custom({ forwrad: 1 } as never)).toThrow('Did you mean "forward"?');
    expect(() => layers.custom({ weights: { w: { shape: -1 } }, forward: (x) => x }).apply(input(2))).toThrow(
      "the shape of w of custom: expected a shape",
    );
  });
});

describe("custom losses and metrics", () => {
  const cubic = (predictions: Tensor, targets: Tensor) => predictions.sub(targets).abs().pow(3).mean();

  it("are given as functions, or with a name", () => {
    const net = sequential([layers.dense(1)], { seed: 1 });
    net.compile({
      loss: losses.custom(cubic, { name: "cube" }),
      metrics: [cubic, metrics.custom(cubic, { name: "again" })],
    });
    const values = net.trainOnBatch(rows(5, 2), rows(5, 1));
    expect(Object.keys(values)).toEqual(["loss", "cubic", "again"]);
    expect(values.cubic).toBeCloseTo(values.loss ?? 0, 6);
    expect(net.compiled?.loss.name).toBe("cube");
  });

  it("refuse a loss that nothing can be learned from", () => {
    const net = sequential([layers.dense(1)], { seed: 1 });
    net.compile({ loss: (predictions) => tensor(predictions.toArray()).mean() });
    expect(() => net.trainOnBatch(rows(5, 2), rows(5, 1))).toThrow(
      "expected a loss computed from the predictions by tensor operations, got one that does not depend on them. Nothing could be learned from it",
    );
    expect(net.evaluate(rows(5, 2), rows(5, 1)).loss).toBeTypeOf("number");
  });

  it("refuse a loss that goes through argMax or rounding only, not one that does so in part", () => {
    const net = sequential([layers.dense(2)], { seed: 1 });
    net.compile({ loss: (predictions, targets) => predictions.argMax(-1).sub(targets.at(0, 0)).square().mean() });
    const train = () => net.trainOnBatch(rows(5, 2), rows(5, 2));
    expect(train).toThrow(
      "expected a tensor that changes gradually with the predictions, got one that depends on it through argMax only: its derivative is 0 everywhere. Use softmax",
    );
    expect(net.evaluate(rows(5, 2), rows(5, 2)).loss).toBeTypeOf("number");
    net.compile({ loss: (predictions) => predictions.round().mul(predictions).mean() });
    expect(train).not.toThrow();
  });

  it("let errors of their functions through", async () => {
    const mistake = new TypeError("mine");
    const failing = () => {
      throw mistake;
    };
    const net = sequential([layers.dense(1)], { seed: 1 });
    net.compile({ loss: failing });
    await expect(net.fit(rows(5, 2), rows(5, 1))).rejects.toBe(mistake);
    expect(net.run?.state).toBe("failed");
    net.compile({ loss: "mse", metrics: [failing] });
    expect(() => net.evaluate(rows(5, 2), rows(5, 1))).toThrow(mistake);
  });
});
