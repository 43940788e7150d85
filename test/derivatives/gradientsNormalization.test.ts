// Gradients of normalization, noise, reshape and embedding layers against finite differences, over random odd shapes.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Layer, layers, Random, type Shape, Tensor } from "../../src/engine/index.ts";
import { normalize, statisticsOf } from "../../src/engine/layers/normalization/normalize.ts";
import { embedOp } from "../../src/engine/ops/embedding.ts";
import { runOp } from "../../src/engine/tensor.ts";
import { expectGradients, expectSecondGradients } from "../support/finiteDifferences.ts";

const lengths = fc.constantFrom(1, 3, 5, 7, 9, 17);
/** `[rows, …, width]` of at most 200 numbers: each is moved twice. */
const shapes = fc
  .tuple(lengths, fc.array(fc.constantFrom(1, 2, 3), { maxLength: 2 }), lengths)
  .map(([rows, between, width]) => [rows, ...between, width])
  .filter((shape) => sizeOf(shape) <= 200);
const runs = { numRuns: 25 };
// Large enough that numbers which happen to lie close together do not make the function too steep for the differences.
const epsilon = 0.5;

function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

function numbers(shape: Shape, random: Random, min = -2, max = 2): Tensor {
  return new Tensor(shape, random.uniformFloats(sizeOf(shape), min, max));
}

/** Checks the gradients of the input and of every trainable weight. */
function expectLayerGradients(layer: Layer, x: Tensor, random: Random, training = true): void {
  layer.build(x.shape.slice(1), random);
  for (const weight of layer.weights)
    weight.assign(numbers(weight.shape, random, weight.name === "movingVariance" ? 0.5 : -2));
  const context = { training, random };
  expectGradients((input) => layer.call(input, context), [x], random);
  for (const weight of layer.weights.filter(({ isTrainable }) => isTrainable))
    expectWeightGradient(weight, () => layer.call(x, context).square().sum(), weight.name);
}

function expectWeightGradient(weight: Tensor, loss: () => Tensor, name: string): void {
  weight.zeroGrad();
  loss().backward();
  weight.data.forEach((value, at) => {
    weight.data[at] = value + 2 ** -7;
    const above = loss().item();
    weight.data[at] = value - 2 ** -7;
    const wanted = (above - loss().item()) / 2 ** -6;
    weight.data[at] = value;
    const got = weight.grad?.data[at] ?? Number.NaN;
    if (!(Math.abs(got - wanted) < 5e-3 * (1 + Math.abs(wanted))))
      expect.fail(`${name} ${at}: gradient ${got}, differences say ${wanted}`);
  });
}

describe("the normalizing operation", () => {
  const parts = fc.record({ hasGamma: fc.boolean(), hasBeta: fc.boolean(), hasMeans: fc.boolean() });

  it("has the gradients that differences show, by the statistics of its own columns and rows", () => {
    fc.assert(
      fc.property(shapes, parts, fc.constantFrom("columns", "rows"), fc.nat(), (shape, has, group, seed) => {
        const random = new Random(seed);
        const width = shape.at(-1) ?? 1;
        const kind = group === "columns" || has.hasMeans ? "centred" : "meanSquares";
        const optional = [has.hasGamma, has.hasBeta].filter((isThere) => isThere).map(() => numbers([width], random));
        expectGradients(
          (x, ...rest) =>
            normalize(x, statisticsOf(x, group, kind), {
              group,
              epsilon,
              areStatisticsOfX: true,
              gamma: has.hasGamma ? rest.shift() : undefined,
              beta: has.hasBeta ? rest.shift() : undefined,
            }),
          [numbers(shape, random), ...optional],
          random,
        );
      }),
      runs,
    );
  });

  it("has the gradients that differences show, by given statistics of columns", () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        const random = new Random(seed);
        const width = shape.at(-1) ?? 1;
        const given = { means: numbers([width], random), variances: numbers([width], random, 0.5) };
        expectGradients(
          (x, gamma, beta) => normalize(x, given, { group: "columns", epsilon, areStatisticsOfX: false, gamma, beta }),
          [numbers(shape, random), numbers([width], random), numbers([width], random)],
          random,
        );
      }),
      runs,
    );
  });
});

describe("layers", () => {
  const made: Record<string, () => Layer> = {
    batchNorm: () => layers.batchNorm({ epsilon }),
    "batchNorm by PyTorch's convention": () => layers.batchNorm({ epsilon, convention: "torch" }),
    "batchNorm without γ and β": () => layers.batchNorm({ epsilon, scale: false, center: false }),
    layerNorm: () => layers.layerNorm({ epsilon }),
    rmsNorm: () => layers.rmsNorm({ epsilon }),
    dropout: () => layers.dropout(0.4),
    gaussianNoise: () => layers.gaussianNoise(0.5),
    reshape: () => layers.reshape([1, -1]),
    flatten: () => layers.flatten(),
  };
  for (const [name, make] of Object.entries(made))
    it.each([true, false])(`${name} has the gradients that differences show, training %s`, (training) => {
      fc.assert(
        fc.property(shapes, fc.nat(), (shape, seed) => {
          const random = new Random(seed);
          // Passing everything on, a layer gives its input itself; the product starts the tape.
          const layer = make();
          if (name === "dropout" || name === "gaussianNoise")
            expectGradients((x) => layer.call(x, { training, random }).mul(1), [numbers(shape, random)], random);
          else expectLayerGradients(layer, numbers(shape, random), random, training);
        }),
        { numRuns: 10 },
      );
    });

  it("an embedding's table has the gradient that differences show, summed over repeated ids", () => {
    fc.assert(
      fc.property(lengths, lengths, fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }), (rows, width, drawn) => {
        const random = new Random(rows);
        const ids = new Tensor([1, drawn.length], new Float32Array(drawn.map((id) => id % rows)));
        const layer = layers.embedding(rows, width);
        layer.build(ids.shape.slice(1), random);
        const [table] = layer.weights;
        if (table === undefined) expect.fail("no table");
        expectWeightGradient(table, () => layer.call(ids, { training: true, random }).square().sum(), "table");
      }),
      runs,
    );
  });
});

describe("second derivatives", () => {
  const few = { numRuns: 8 };
  const parts = fc.record({ hasMeans: fc.boolean(), hasScale: fc.boolean(), hasShift: fc.boolean() });

  it("through the statistics of columns and rows are those that differences show", () => {
    fc.assert(
      fc.property(shapes, parts, fc.constantFrom("columns", "rows"), fc.nat(), (shape, has, group, seed) => {
        const random = new Random(seed);
        const width = shape.at(-1) ?? 1;
        const kind = group === "columns" || has.hasMeans ? "centred" : "meanSquares";
        const optional = [has.hasScale, has.hasShift].filter((isThere) => isThere).map(() => numbers([width], random));
        expectSecondGradients(
          (x, ...rest) => {
            const gamma = has.hasScale ? rest.shift() : undefined;
            const beta = has.hasShift ? rest.shift() : undefined;
            const setting = { group, epsilon, areStatisticsOfX: true, gamma, beta };
            return normalize(x, statisticsOf(x, group, kind), setting).square();
          },
          [numbers(shape, random), ...optional],
          random,
          2e-2,
        );
      }),
      few,
    );
  });

  it("by given statistics, and of an embedding's table, are those that differences show", () => {
    const random = new Random(3);
    const given = { means: numbers([5], random), variances: numbers([5], random, 0.5) };
    expectSecondGradients(
      (x, gamma, beta) =>
        normalize(x, given, { group: "columns", epsilon, areStatisticsOfX: false, gamma, beta }).square(),
      [numbers([3, 2, 5], random), numbers([5], random), numbers([5], random)],
      random,
    );
    const ids = new Tensor([4], new Float32Array([2, 0, 2, 1]));
    const refuse = () => expect.fail("all ids are in the table");
    expectSecondGradients(
      (table) => runOp(embedOp, [table, ids], { refuse }).square(),
      [numbers([3, 5], random)],
      random,
    );
  });
});
