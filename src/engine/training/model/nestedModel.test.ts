// Models inside other models.

import { afterEach, describe, expect, it } from "vitest";
import { input, layers, type Model, model, Random, sequential, type Tensor, tensor, useBackend } from "../../index.ts";
import { packModel } from "./modelRecipe.ts";
import { unpackModel } from "./unpackModel.ts";

const rows = (count: number, width: number, seed: number) =>
  tensor(new Random(seed).uniformFloats(count * width, -1, 1), [count, width]);
const untyped = <Type>(value: unknown) => value as Type;
const weightsOf = (net: Model<unknown>) => net.getWeights().map(String);

/** As it comes out of a file. */
function repacked(net: Model): Model<unknown> {
  const packing = packModel(net);
  if (packing.kind === "unportable") expect.fail(packing.obstacles.join());
  const { recipe, weights } = packing.packed;
  return unpackModel({ recipe: JSON.parse(JSON.stringify(recipe)), weights });
}

const encoder = () =>
  sequential([layers.dense(4, { activation: "tanh" }), layers.batchNorm(), layers.dense(2, { name: "code" })], {
    seed: 1,
  });

afterEach(() => void useBackend("simd"));

describe.each(["plain", "simd"] as const)("a model among the layers of another, on %s", (backend) => {
  it("is its layers: same weights, same training as one row", async () => {
    useBackend(backend);
    const data = { x: rows(20, 3, 1), y: rows(20, 1, 2) };
    const head = layers.dense(1);
    const nested = sequential([encoder(), layers.activation("relu"), head], { seed: 5 });
    const flat = sequential([...encoder().layers, layers.activation("relu"), layers.dense(1)], { seed: 5 });
    expect(String(nested)).toBe(String(flat));
    for (const net of [nested, flat]) net.compile({ loss: "mse", optimizer: "adam" });
    const [first, second] = [await nested.fit(data, { epochs: 3 }), await flat.fit(data, { epochs: 3 })];
    expect(first.loss).toEqual(second.loss);
    expect(first.layers.map(({ name }) => name)).toEqual(["dense_1", "batchNorm_1", "code", "activation_1", "dense_2"]);
    expect(weightsOf(nested.clone())).toEqual(weightsOf(flat));
  });

  it("stands in a residual block, and on the way around it, as its layers do", async () => {
    useBackend(backend);
    const data = { x: rows(20, 3, 1), y: rows(20, 1, 2) };
    const around = () => layers.dense(2, { name: "around" });
    const nested = sequential([layers.residual([encoder()], { projection: sequential([around()]) }), layers.dense(1)], {
      seed: 5,
    });
    const flat = sequential([layers.residual([...encoder().layers], { projection: around() }), layers.dense(1)], {
      seed: 5,
    });
    expect(String(nested)).toBe(String(flat));
    nested.build(3);
    const copies = [nested.clone(), repacked(nested)];
    for (const net of [nested, flat, ...copies]) net.compile({ loss: "mse", optimizer: "adam" });
    const run = await nested.fit(data, { epochs: 3 });
    expect(run.layers.map(({ name }) => name)).toEqual([
      "dense_1",
      "batchNorm_1",
      "code",
      "around",
      "residual_1",
      "dense_2",
    ]);
    for (const net of [flat, ...copies]) {
      expect((await net.fit(data, { epochs: 3 })).loss).toEqual(run.loss);
      expect(weightsOf(net)).toEqual(weightsOf(nested));
    }
  });

  it("keeps its weights in a copy of the other one, also before that has all of its own", () => {
    useBackend(backend);
    const inner = encoder();
    inner.build(3);
    const copy = sequential([inner, layers.dense(1)]).clone();
    expect(copy.isBuilt).toBe(false);
    copy.build(3);
    expect(weightsOf(copy).slice(0, -2)).toEqual(weightsOf(inner));
  });

  it("learns and is frozen with the other one: they share the weights", async () => {
    useBackend(backend);
    const inner = encoder();
    const x = input(3);
    const outer = model({ inputs: x, outputs: layers.dense(1).apply(inner.apply(x)) });
    inner.compile({ loss: "mse", optimizer: "sgd" });
    outer.compile({ loss: "mse", optimizer: "adam" });
    const data = rows(20, 3, 1);
    await outer.fit(data, rows(20, 1, 2), { epochs: 2 });
    const learned = weightsOf(inner);
    expect(weightsOf(outer).slice(0, learned.length)).toEqual(learned);
    await inner.fit(data, rows(20, 2, 3), { epochs: 2 });
    expect(weightsOf(inner)).not.toEqual(learned);
    const taught = weightsOf(inner);
    expect(weightsOf(outer).slice(0, learned.length)).toEqual(taught);
    inner.trainable = false;
    expect(String(outer)).toContain("→ dense_2, 45 weights, 3 of them trained");
    expect([inner.trainable, outer.trainable]).toEqual([false, true]);
    const before = weightsOf(outer);
    await outer.fit(data, rows(20, 1, 2), { epochs: 2 });
    const kernels = ({ weights }: Model) => weights.flatMap(({ isTrainable }, at) => (isTrainable ? at : []));
    for (const at of kernels(inner)) expect(weightsOf(inner)[at]).toBe(taught[at]);
    expect(weightsOf(outer).at(-1)).not.toBe(before.at(-1));
  });
});

describe("apply", () => {
  it("takes a model twice, with one set of weights, and models within models", () => {
    const inner = encoder();
    const [a, b] = [input({ shape: 3, name: "a" }), input({ shape: 3, name: "b" })];
    const pair = model({ inputs: [a, b], outputs: layers.subtract().apply([inner.apply(a), inner.apply(b)]) });
    expect(pair.layers).toHaveLength(4);
    const outer = sequential([sequential([inner]), layers.dense(1)]);
    outer.build(3);
    const [one, two] = [rows(4, 3, 1), rows(4, 3, 2)];
    const expected = inner.predict(one).sub(inner.predict(two));
    expect(pair.predict([one, two]).toArray()).toEqual(expected.toArray());
    expect(outer.layers.slice(0, 3)).toEqual(inner.layers);
  });

  it("arranges several inputs and outputs as the model was made, residual blocks among them", () => {
    const [a, b] = [input({ shape: 2, name: "a" }), input({ shape: 2, name: "b" })];
    const sum = layers.residual([layers.dense(2)], { projection: true }).apply(layers.add().apply([a, b]));
    const inner = model({ inputs: { a, b }, outputs: { sum, product: layers.multiply().apply([a, b]) }, seed: 1 });
    const [u, v] = [input(2), input(2)];
    const given = inner.apply({ b: v, a: u });
    expect([given.sum.shape, given.product.shape]).toEqual([[2], [2]]);
    const outer = model({ inputs: [u, v], outputs: [given.sum, given.product] });
    const [x, y] = [rows(3, 2, 1), rows(3, 2, 2)];
    const list: Tensor[] = outer.predict([x, y]);
    const byName = inner.predict({ a: x, b: y });
    expect(list.map((each) => each.toArray())).toEqual([byName.sum.toArray(), byName.product.toArray()]);
    const listed = inner.apply([u, v]);
    expect(
      model({ inputs: [u, v], outputs: listed.sum })
        .predict([x, y])
        .toArray(),
    ).toEqual(byName.sum.toArray());
  });

  it("answers mistakes", () => {
    const inner = encoder();
    inner.build(3);
    expect(() => inner.apply(input(4))).toThrow("dense_1: expected input [batch, 3], got [batch, 4].");
    const x = input(3);
    const graph = model({ inputs: x, outputs: layers.dense(2).apply(x) });
    expect(() => graph.apply(input(4))).toThrow("model.apply: expected input [batch, 3], got [batch, 4].");
    expect(() => graph.apply(untyped(layers.dense(2)))).toThrow(
      "model.apply: expected what input(…) or a layer's apply gave, got a Dense. Start with const x = input(4); then model.apply(x).",
    );
    expect(() => graph.apply([x, x])).toThrow("model.apply: expected what input(…) or a layer's apply gave, got 2.");
    const forked = model({ inputs: x, outputs: [layers.dense(3).apply(x), layers.dense(3).apply(x)] });
    expect(() => layers.residual([untyped(forked)], { name: "block" }).apply(input(3))).toThrow(
      "block: expected models of one output, got one that gives a list. Join its outputs as a graph",
    );
    const y = input({ shape: 3, name: "other" });
    const sum = model({ inputs: [x, y], outputs: layers.add().apply([x, y]) });
    expect(() => sum.apply({ other: x })).toThrow(
      "model.apply: expected one for each of input_1, other, got { other }. Give a list, or an object by name.",
    );
    expect(() => layers.residual([sum]).apply(x)).toThrow(
      "model.apply: expected one for each of input_1, other, got 1. Give a list, or an object by name.",
    );
    expect(() => sequential([sum])).toThrow(
      "sequential: expected models of one input and one output, got one of 2 and 1.",
    );
    expect(() => sequential([inner, inner])).toThrow(
      "sequential: expected each layer once, got the one at place 0 again",
    );
  });
});
