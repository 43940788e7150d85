// Copies of models: the same numbers, and ways of their own from there.

import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  input,
  Layer,
  layers,
  model,
  Optimizer,
  optimizers,
  Random,
  sequential,
  type Tensor,
  tensor,
} from "../../index.ts";

const rows = (count: number, width: number, seed = 1) =>
  tensor(new Random(seed).uniformFloats(count * width, -1, 1), [count, width]);
const [x, y] = [rows(20, 4), rows(20, 1, 2)];

class Doubled extends Layer {
  override readonly type = "doubled";
  override outputShapeFor(shape: readonly number[]) {
    return shape;
  }
  override call(x: Tensor) {
    return x.mul(2);
  }
}

describe("clone", () => {
  it("has the same weights, names and training, and goes its own way", async () => {
    const block = layers.residual([layers.dense(6, { activation: "tanh" })], { projection: true });
    const net = sequential([block, layers.batchNorm(), layers.dropout(0.2), layers.dense(1, { name: "head" })]);
    net.compile({ loss: "mse", optimizer: optimizers.adam({ learningRate: 0.01 }), metrics: ["mae"] });
    await net.fit(x, y, { epochs: 2 });
    const copy = net.clone();
    expect(copy.layers.map(({ name, type }) => [name, type])).toEqual(net.layers.map(({ name, type }) => [name, type]));
    expect(copy.layers.some((layer) => net.layers.includes(layer))).toBe(false);
    expect(copy.evaluate(x, y)).toEqual(net.evaluate(x, y));
    expect(copy.compiled?.optimizer.steps).toBe(0);
    expect(copy.run).toBeNull();
    const before = net.getWeights().map(String);
    const run = await copy.fit(x, y, { epochs: 2, name: "copy" });
    expect(net.getWeights().map(String)).toEqual(before);
    // The same as the original would have done with an optimizer that starts anew.
    net.compiled?.optimizer.reset();
    expect((await net.fit(x, y, { epochs: 2 })).loss).toEqual(run.loss);
  });

  it("takes its numbers over: initializers draw none for it", () => {
    let drawn = 0;
    const make = (shape: readonly number[]) => {
      drawn++;
      return new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.25);
    };
    const kernelInitializer = { name: "counted", make };
    const net = sequential([
      layers.residual([layers.dense(4, { kernelInitializer })]),
      layers.dense(1, { kernelInitializer }),
    ]);
    net.build(4);
    const before = drawn;
    expect(before).toBe(2);
    expect(net.clone().getWeights().map(String)).toEqual(net.getWeights().map(String));
    expect(drawn).toBe(before);
  });

  it("can be cloned itself, with its optimizer", async () => {
    const layer = layers.bidirectional(layers.gru(3, { kernelRegularizer: "l2" }));
    const net = sequential([layers.reshape([2, 2]), layers.residual([layers.dense(2)]), layer, layers.dense(1)]);
    net.compile({ loss: "mse", optimizer: optimizers.adam({ learningRate: 0.02 }) });
    net.build(4);
    const copy = net.clone().clone().clone();
    expect((await copy.fit(x, y, { epochs: 2 })).loss).toEqual((await net.fit(x, y, { epochs: 2 })).loss);
  });

  it("keeps shared layers shared, and a graph's ends", () => {
    const [a, b] = [input({ shape: 4, name: "left" }), input({ shape: 4, name: "right" })];
    const encoder = layers.dense(3);
    const near = layers.dot({ normalize: true }).apply([encoder.apply(a), encoder.apply(b)]);
    const net = model({ inputs: [a, b], outputs: { near }, seed: 2 });
    const copy = net.clone();
    expect(copy.layers).toHaveLength(2);
    const pair = { left: x, right: rows(20, 4, 3) };
    expect(copy.predict(pair).near.toArray()).toEqual(net.predict(pair).near.toArray());
  });

  it("copies layers among the options of others, also when another realm made the options", () => {
    const around = layers.dense(2, { name: "around" });
    const options = Object.assign(runInNewContext("({})"), { projection: around });
    const net = sequential([layers.residual([layers.dense(2)], options)], { seed: 1 });
    net.build(3);
    const copy = net.clone();
    copy.setWeights(copy.getWeights().map((weight) => weight.mul(0)));
    expect(copy.layers.map(({ name }) => name)).toEqual(net.layers.map(({ name }) => name));
    expect(copy.layers).not.toContain(around);
    expect(net.weights.some((weight) => weight.abs().sum().item() === 0 && weight.name === "kernel")).toBe(false);
  });

  it("copies models that are not built, weights of blocks that hold layers, and what was frozen", () => {
    const net = sequential([layers.bidirectional(layers.gru(3)), layers.dense(1)]);
    expect(net.clone().isBuilt).toBe(false);
    net.build([5, 2], { seed: 4 });
    for (const layer of net.layers) layer.trainable = false;
    const copy = net.clone();
    const sequences = tensor(new Random(1).uniformFloats(4 * 5 * 2, -1, 1), [4, 5, 2]);
    expect(copy.predict(sequences).toArray()).toEqual(net.predict(sequences).toArray());
    expect(copy.layers.map(({ trainable }) => trainable)).toEqual([false, false]);
    copy.setWeights(copy.getWeights().map((weight) => weight.mul(0)));
    expect(net.predict(sequences).abs().sum().item()).toBeGreaterThan(0);
  });

  it("takes optimizers by name, as they are set now, and leaves those of one's own", () => {
    const net = sequential([layers.dense(1)], { seed: 1 });
    net.compile({ loss: "mse", optimizer: "nesterov" });
    if (net.compiled !== null) net.compiled.optimizer.learningRate = 0.5;
    const copy = net.clone();
    expect(copy.compiled?.optimizer.config).toEqual(net.compiled?.optimizer.config);
    expect(copy.compiled?.optimizer).not.toBe(net.compiled?.optimizer);
    class Still extends Optimizer {
      readonly name = "still";
      constructor() {
        super({}, 0.1);
      }
      protected override updateParameter() {}
    }
    net.compile({ loss: "mse", optimizer: new Still() });
    expect(net.clone().compiled).toBeNull();
  });

  it("asks classes of one's own how to make another", () => {
    expect(() => sequential([new Doubled()]).clone()).toThrow(
      "clone: expected layers made by layers.xxx(…), got doubled_1, a Doubled made by new. Give its class a method remake() that returns a new one with the same options.",
    );
    class Known extends Doubled {
      protected override remake() {
        return new Known();
      }
    }
    const net = sequential([new Known({ name: "twice" })]);
    expect(net.clone().layers.map(({ name }) => name)).toEqual(["twice"]);
    expect(
      net
        .clone()
        .predict([[3]])
        .toArray(),
    ).toEqual([[6]]);
  });
});
