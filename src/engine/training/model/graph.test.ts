// Models as graphs: shapes known at once, shared layers, several ends, and graphs that are none.

import { describe, expect, it } from "vitest";
import { input, layers, model, Random, sequential, type Tensor, tensor } from "../../index.ts";
import type { CallContext } from "../../layers/callContext.ts";
import { Layer } from "../../layers/layer.ts";
import type { Shape } from "../../shape.ts";

/** `a − b`, as a layer of two inputs written by a user would be. */
class Difference extends Layer {
  override readonly type = "difference";
  override outputShapeFor(shape: Shape): Shape {
    return shape;
  }
  override outputShapeForAll([first = []]: readonly Shape[]): Shape {
    return first;
  }
  override call(x: Tensor): Tensor {
    return x;
  }
  override callAll(inputs: readonly Tensor[], context: CallContext): Tensor {
    const [a = tensor(0), b = tensor(0)] = inputs;
    const output = a.sub(b);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}

const rows = (count: number, width: number, seed: number) =>
  tensor(new Random(seed).uniformFloats(count * width, -1, 1), [count, width]);

describe("apply", () => {
  it("infers shapes at once", () => {
    const x = input([8, 3]);
    const dense = layers.dense(5).apply(x);
    expect(dense.shape).toEqual([8, 5]);
    expect(layers.flatten().apply(dense).shape).toEqual([40]);
    expect(String(dense)).toBe("SymbolicTensor [batch, 8, 5] from dense");
  });

  it("names the layer that cannot work with a shape", () => {
    const narrow = layers.dense(5, { inputShape: 3, name: "narrow" });
    expect(() => narrow.apply(input(4))).toThrow("narrow: expected input [batch, 3], got [batch, 4].");
  });

  it("refuses what is not symbolic, and too many inputs", () => {
    const dense = layers.dense(2, { name: "head" });
    // @ts-expect-error: a layer that was not applied
    expect(() => dense.apply(layers.dense(2))).toThrow(
      "head: expected what input(…) or a layer's apply gave, got a Dense. Apply that layer first: layer.apply(x).",
    );
    expect(() => dense.apply([])).toThrow("head: expected what input(…) or a layer's apply gave, got an empty list.");
    expect(() => dense.apply([input(1), input(1)])).toThrow(
      "head: expected one input, got 2. Join them first: layers.concat().apply([a, b]), or layers.add().",
    );
  });
});

describe("model", () => {
  it("is sequential where its layers stand in a row: same weights, same training", async () => {
    const data = { x: rows(20, 3, 1), y: rows(20, 1, 2) };
    const chain = sequential([layers.dense(4, { activation: "tanh" }), layers.dense(1)]);
    const x = input(3);
    const graph = model({
      inputs: x,
      outputs: layers.dense(1).apply(layers.dense(4, { activation: "tanh" }).apply(x)),
    });
    for (const each of [chain, graph]) each.compile({ loss: "mse", optimizer: "adam", metrics: ["mae"] });
    const [first, second] = [await chain.fit(data, { epochs: 3 }), await graph.fit(data, { epochs: 3 })];
    expect(second.history).toEqual(first.history);
    expect(graph.getWeights().map(String)).toEqual(chain.getWeights().map(String));
    expect(second.name).toBe(first.name);
    expect(String(graph)).toBe('Model "tanh": dense_1 → dense_2, 21 weights');
  });

  it("adds the gradients of a layer that is applied twice", () => {
    const shared = layers.dense(2, { useBias: false });
    const [a, b] = [input(3), input(3)];
    const twice = model({ inputs: [a, b], outputs: [shared.apply(a), shared.apply(b)], seed: 1 });
    expect(twice.layers).toHaveLength(1);
    expect(twice.weights.map(({ shape }) => shape)).toEqual([[3, 2]]);
    twice.compile({ loss: "mse", optimizer: "sgd" });
    const batch = { x: [rows(5, 3, 1), rows(5, 3, 2)], y: [rows(5, 2, 3), rows(5, 2, 4)] };
    const alone = batch.x.map((x, index) => {
      const kernel = tensor(twice.weights[0] ?? 0, { requiresGrad: true });
      x.matmul(kernel)
        .sub(batch.y[index] ?? 0)
        .square()
        .mean()
        .backward();
      return kernel.grad?.data ?? [];
    });
    twice.trainOnBatch(batch.x, batch.y);
    const both = twice.weights[0]?.grad?.data ?? [];
    both.forEach((value, index) => {
      expect(value).toBeCloseTo((alone[0]?.[index] ?? 0) + (alone[1]?.[index] ?? 0), 6);
    });
  });

  it("gives a layer of several inputs all of them, and knows what it takes", () => {
    const [a, b] = [input({ shape: 2, name: "left" }), input({ shape: 2, name: "right" })];
    const net = model({ inputs: [a, b], outputs: new Difference().apply([a, b]) });
    expect(net.predict({ right: [[1, 2]], left: [[5, 5]] }).toArray()).toEqual([[4, 3]]);
    expect(net.predict([[[5, 5]], [[1, 2]]]).toArray()).toEqual([[4, 3]]);
    expect(net.shapes[0]?.takes).toEqual(["left", "right"]);
    expect(String(net)).toBe('Model "model": difference_1(left, right), 0 weights');
    expect(net.layers[0]?.inputShapes).toEqual([[2], [2]]);
    expect(() => net.predict([[1, 2]])).toThrow('predict: expected x for "left", "right", got a list of 1.');
    expect(() => net.predict({ left: [[1, 2]], rihgt: [[1, 2]] })).toThrow('Did you mean "right"?');
    expect(() => net.predict({ left: [[1, 2]], right: [[1, 2, 3]] })).toThrow(
      "predict: expected input of right [batch, 2], got [batch, 3]. right takes 2 features an example, the data have 3 features.",
    );
    expect(() =>
      net.predict({
        left: [[1, 2]],
        right: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toThrow(
      'predict: expected x "left" and x "right" with equally many rows, got 1 and 2. Each example needs a row in every input.',
    );
  });

  it("predicts in the form in which the outputs were given", () => {
    const x = input(2);
    const [one, two] = [layers.dense(1).apply(x), layers.dense(2).apply(x)];
    const listed = model({ inputs: x, outputs: [one, two] });
    const named = model({ inputs: { x }, outputs: { one, two } });
    expect(listed.predict([[1, 2]]).map(({ shape }) => shape)).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(named.predict({ x: [[1, 2]] }).two.shape).toEqual([1, 2]);
    expect(named.predict([[1, 2]]).two.toArray()).toEqual(listed.predict([[1, 2]])[1]?.toArray());
  });

  it("reuses what a graph has learnt in another one", () => {
    const x = input(2);
    const hidden = layers.dense(3, { activation: "tanh" }).apply(x);
    const whole = model({ inputs: x, outputs: layers.dense(1).apply(hidden), seed: 4 });
    const part = model({ inputs: x, outputs: hidden });
    expect(part.weights[0]).toBe(whole.weights[0]);
    expect(part.predict([[1, 2]]).shape).toEqual([1, 3]);
  });

  it("records every layer, and finds where numbers break in a branch", async () => {
    const x = input(2);
    const good = layers.dense(3, { name: "good" }).apply(x);
    const bad = layers
      .dense(3, {
        name: "bad",
        kernelInitializer: {
          name: "huge",
          make: (shape) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(Number.MAX_VALUE),
        },
      })
      .apply(x);
    const net = model({ inputs: x, outputs: new Difference().apply([good, bad]), seed: 1 });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const run = await net.fit(rows(4, 2, 1), rows(4, 3, 2));
    expect(run.layers.map(({ name }) => name)).toEqual(["good", "bad", "difference_1"]);
    expect(run.divergence).toMatchObject({ layer: "bad", where: "activation" });
  });
});

describe("errors of model", () => {
  const x = input({ shape: 2, name: "x" });
  const hidden = layers.dense(3).apply(x);

  it("tell of an input that is missing, unused, repeated, or none", () => {
    const other = input({ shape: 3, name: "other" });
    const sum = new Difference({ name: "sum" }).apply([hidden, other]);
    expect(() => model({ inputs: x, outputs: sum })).toThrow(
      'model: expected all inputs that the outputs are made from, got none for the input "other", which sum takes. Add it to inputs.',
    );
    expect(() => model({ inputs: [x, other], outputs: hidden })).toThrow(
      'model: expected inputs that lead to an output, got the input "other" (number 2), which leads to none.',
    );
    expect(() => model({ inputs: [x, x], outputs: hidden })).toThrow(
      'model: expected each input once, got the input "x" twice.',
    );
    expect(() => model({ inputs: hidden, outputs: layers.dense(1).apply(hidden) })).toThrow(
      "model: expected inputs made by input(…), got what dense",
    );
  });

  it("tell of what is no graph at all", () => {
    // @ts-expect-error: a layer that was not applied
    expect(() => model({ inputs: x, outputs: layers.dense(1) })).toThrow(
      "model: expected outputs made by layer.apply(…), got a Dense. Apply the layer: layer.apply(x).",
    );
    expect(() => model({ inputs: x, outputs: [] })).toThrow("model: expected outputs as a list, got an empty one.");
    expect(() => model({ inputs: x, outputs: x })).toThrow("model: expected a layer between inputs and outputs");
    expect(() => model({ inputs: x, outputs: hidden, sead: 1 } as never)).toThrow('Did you mean "seed"?');
    expect(() => input([2, -1])).toThrow("input: expected a shape of whole numbers");
    expect(() => input({ shape: 2, nam: "x" } as never)).toThrow('Did you mean "name"?');
  });

  it("tell of one layer that is given different shapes, and of one name for two layers", () => {
    const shared = layers.dense(2, { name: "shared" });
    const [a, b] = [input(2), input(3)];
    expect(() => model({ inputs: [a, b], outputs: [shared.apply(a), shared.apply(b)] })).toThrow(
      "shared: expected input [batch, 2] each time it is applied, got [batch, 3]. Make another layer for the other shape.",
    );
    const twice = [layers.dense(1, { name: "head" }).apply(x), layers.dense(1, { name: "head" }).apply(x)];
    expect(() => model({ inputs: x, outputs: twice })).toThrow(
      'model: expected layer names that differ, got "head" twice.',
    );
  });
});
