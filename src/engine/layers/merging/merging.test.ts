// Layers that join branches, and residual blocks.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectGradients } from "../../../../test/support/finiteDifferences.ts";
import { input, type Layer, layers, model, Random, sequential, tensor } from "../../index.ts";

const context = { training: true, random: new Random(1) };
const filled = (shape: readonly number[], random: Random) =>
  tensor(
    random.uniformFloats(
      shape.reduce((a, b) => a * b, 1),
      -1,
      1,
    ),
    shape,
  );

/** What the layer gives for arrays, by a model of that layer alone. */
function join(layer: Layer, ...values: number[][][]): unknown {
  const ends = values.map((rows) => input(rows[0]?.length ?? 0));
  return model({ inputs: ends, outputs: layer.apply(ends) })
    .predict(values)
    .toArray();
}

describe("merging layers", () => {
  it("join number by number", () => {
    const [a, b] = [[[1, 5]], [[3, 2]]];
    expect(join(layers.add(), a, b, [[10, 10]])).toEqual([[14, 17]]);
    expect(join(layers.subtract(), a, b)).toEqual([[-2, 3]]);
    expect(join(layers.multiply(), a, b)).toEqual([[3, 10]]);
    expect(join(layers.average(), a, b)).toEqual([[2, 3.5]]);
    expect(join(layers.maximum(), a, b)).toEqual([[3, 5]]);
    expect(join(layers.minimum(), a, b)).toEqual([[1, 2]]);
  });

  it("join along an axis", () => {
    expect(join(layers.concat(), [[1, 2]], [[3]])).toEqual([[1, 2, 3]]);
    expect(join(layers.dot(), [[1, 2]], [[3, 4]])).toEqual([[11]]);
    expect(join(layers.dot({ normalize: true }), [[3, 0]], [[7, 0]])).toEqual([[1]]);
    const [a, b] = [input([2, 3]), input([4, 3])];
    expect(layers.concat({ axis: 1 }).apply([a, b]).shape).toEqual([6, 3]);
    expect(layers.dot().apply([a, b]).shape).toEqual([2, 4]);
  });

  it("stretch axes of length 1, as gates need", () => {
    const [image, gate] = [input([4, 4, 3]), input([1, 1, 3])];
    expect(layers.multiply().apply([image, gate]).shape).toEqual([4, 4, 3]);
    expect(layers.multiply().apply([gate, image]).shape).toEqual([4, 4, 3]);
  });

  it.each([
    ["add", 3, [5]],
    ["subtract", 2, [3, 2]],
    ["multiply", 3, [7]],
    ["average", 2, [1, 9]],
    ["maximum", 2, [17]],
    ["minimum", 2, [3, 3]],
    ["concat", 3, [5]],
    ["dot", 2, [3]],
    ["dot", 2, [5, 3]],
  ] as const)("%s has the gradients that finite differences say, for %d inputs", (name, count, shape) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, 3, 5), (seed, batch) => {
        const random = new Random(seed);
        const layer = layers[name]();
        layer.buildAll(
          Array.from({ length: count }, () => shape),
          random,
        );
        // Spread out, so that no two inputs of an extreme come near each other.
        const inputs = Array.from({ length: count }, (_, index) => filled([batch, ...shape], random).add(0.5 * index));
        const isExtreme = name === "maximum" || name === "minimum";
        const apart = isExtreme
          ? inputs.map((x, index) => (index === 0 ? x : (inputs[0] ?? x).add(random.chance(0.5) ? 1 : -1)))
          : inputs;
        expectGradients((...xs) => layer.callAll(xs, context), apart, random);
      }),
      { numRuns: 8 },
    );
  });

  it("say which shapes do not go together", () => {
    const [a, b] = [input(8), input(4)];
    expect(() => layers.add({ name: "sum" }).apply([a, b])).toThrow(
      "sum: expected inputs of one shape, got [batch, 8] and [batch, 4]. Give the layers before it as many units each, or put them side by side: layers.concat().",
    );
    expect(() => layers.add().apply([a, input([8, 8])])).toThrow("add: expected inputs of one shape");
    expect(() => layers.add().apply(a)).toThrow(
      "add: expected two inputs or more, got 1. It joins what several layers give",
    );
    expect(() => layers.subtract().apply([a, a, a])).toThrow("subtract: expected two inputs, got 3.");
    expect(() => layers.concat({ axis: 0 })).toThrow("Axis 0 is the batch");
    expect(() => layers.concat({ axis: 2 }).apply([a, b])).toThrow("concat: expected axis 1 or -1, got axis 2.");
    expect(() => layers.concat().apply([input([2, 3]), input([3, 3])])).toThrow(
      "concat: expected inputs that differ in axis -1 alone, got [batch, 2, 3] and [batch, 3, 3]. layers.flatten() makes one axis of all.",
    );
    expect(() => layers.dot().apply([a, b])).toThrow("dot: expected two inputs with as many features");
    expect(() => sequential([layers.add()], { seed: 1 }).predict([[1]])).toThrow("add_1: expected two inputs or more");
    expect(() => (layers as unknown as Record<string, () => unknown>).concatenate?.()).toThrow(
      'Did you mean "concat"?',
    );
  });
});

describe("a residual block", () => {
  it("adds what it is given to what its layers make of it", () => {
    const block = layers.residual([layers.dense(2, { activation: "relu", kernelInitializer: "ones" })]);
    const net = sequential([block], { seed: 1 });
    expect(
      net
        .predict([
          [1, 2],
          [-1, -2],
        ])
        .toArray(),
    ).toEqual([
      [4, 5],
      [-1, -2],
    ]);
  });

  it("lists its layers with names, weights and gradients of their own", async () => {
    const block = () => layers.residual([layers.dense(4, { activation: "relu" }), layers.dense(4)]);
    const net = sequential([layers.dense(4), block(), block(), layers.dense(1)]);
    net.compile({ loss: "mse", optimizer: "sgd" });
    const run = await net.fit(filled([12, 3], new Random(1)), filled([12, 1], new Random(2)), { epochs: 2 });
    const names = ["dense_1", "dense_2", "dense_3", "residual_1", "dense_4", "dense_5", "residual_2", "dense_6"];
    expect(net.layers.map(({ name }) => name)).toEqual(names);
    expect(run.layers.map(({ name }) => name)).toEqual(names);
    expect(net.shapes[3]?.takes).toEqual(["dense_1", "dense_3"]);
    expect(
      run.layers.filter(({ parameters }) => parameters > 0).every(({ series }) => series.meanAbs.length === 2),
    ).toBe(true);
    expect(net.weights).toHaveLength(12);
  });

  it("gives the first layer as much gradient through depth as a block around nothing would", () => {
    const depth = 20;
    const squash = () => layers.dense(8, { activation: "sigmoid" });
    const gradientOf = (hidden: Layer[]) => {
      const net = sequential([layers.dense(8), ...hidden, layers.dense(1)], { seed: 3 });
      net.compile({ loss: "mse", optimizer: "sgd" });
      net.trainOnBatch(filled([16, 4], new Random(1)), filled([16, 1], new Random(2)));
      return Math.max(...(net.weights[0]?.grad?.abs().data ?? []));
    };
    const plain = gradientOf(Array.from({ length: depth }, squash));
    const residual = gradientOf(Array.from({ length: depth }, () => layers.residual([squash()])));
    expect(residual).toBeGreaterThan(1000 * plain);
  });

  it("asks for a projection where shapes differ, and learns one", () => {
    expect(() => sequential([layers.dense(8, { inputShape: 4 }), layers.residual([layers.dense(3)])])).toThrow(
      "residual_1: expected inner layers to give what they are given, [batch, 8], got [batch, 3]. Change the last of them, or let the input be projected: layers.residual([…], { projection: true }).",
    );
    const wide = sequential([layers.residual([layers.dense(3)], { projection: true })], { seed: 1 });
    expect(wide.predict([[1, 2, 3, 4]]).shape).toEqual([1, 3]);
    expect(wide.layers.map(({ name }) => name)).toEqual(["dense_1", "projection_1", "residual_1"]);
    expect(wide.weights.map(({ shape }) => shape)).toEqual([[4, 3], [3], [4, 3]]);
    const own = layers.residual([layers.flatten()], { projection: layers.flatten({ name: "around" }) });
    expect(own.apply(input([2, 3])).shape).toEqual([6]);
    expect(() => layers.residual([layers.flatten()], { projection: true }).apply(input([2, 3]))).toThrow(
      "projection: expected inner layers to give [batch, 2, units], got [batch, 6]. A projection changes the last axis alone.",
    );
  });

  it("nests, and takes the input's shape from its first layer", () => {
    const inner = layers.residual([layers.dense(4, { activation: "tanh" })], { name: "inner" });
    const net = sequential([layers.residual([layers.dense(4, { inputShape: 4 }), inner], { name: "outer" })], {
      seed: 1,
    });
    expect(net.isBuilt).toBe(true);
    expect(net.layers.map(({ name }) => name)).toEqual(["dense_1", "dense_2", "inner", "outer"]);
  });

  it("refuses what it cannot hold", () => {
    expect(() => layers.residual([])).toThrow("layers.residual: expected an array of layers, got none.");
    expect(() => layers.residual(layers.dense(2) as never)).toThrow(
      "layers.residual: expected an array of layers, got a Dense.",
    );
    expect(() => layers.residual([layers.dense(2)], { projection: 3 as never })).toThrow(
      "projection as true, false, a layer or a model, got 3",
    );
    expect(() => layers.residual([layers.dense(2)], { projecton: true } as never)).toThrow(
      'Did you mean "projection"?',
    );
  });
});
