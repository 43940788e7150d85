// The gradients of recurrent and attention layers against finite differences, for random sizes, and how far back in time they reach.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Layer,
  layers,
  type MultiHeadAttention,
  Random,
  type Recurrent,
  type Shape,
  Tensor,
} from "../../src/engine/index.ts";
import { expectGradients, expectSecondGradients } from "../support/finiteDifferences.ts";

const random = new Random(4711);

function randomTensor(shape: Shape, scale = 1): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(shape, random.uniformFloats(size, -scale, scale));
}

/** The layer with random numbers for all weights, biases too. */
function prepared<Made extends Layer>(layer: Made, inputShapes: readonly Shape[]): Made {
  layer.buildAll(inputShapes, random);
  for (const weight of layer.weights) weight.assign(randomTensor(weight.shape, 0.9));
  return layer;
}

/** Fails when the gradient of a weight differs from central differences of `Σ output²`. */
function expectWeightGradients(layer: Layer, output: () => Tensor): void {
  const loss = () => output().square().sum();
  for (const weight of layer.weights) weight.zeroGrad();
  loss().backward();
  const step = 2 ** -7;
  for (const weight of layer.weights)
    weight.data.forEach((value, at) => {
      weight.data[at] = value + step;
      const above = loss().item();
      weight.data[at] = value - step;
      const below = loss().item();
      weight.data[at] = value;
      const wanted = (above - below) / (2 * step);
      const got = weight.grad?.data[at] ?? Number.NaN;
      const isClose = Math.abs(got - wanted) <= 5e-3 * (1 + Math.abs(wanted));
      if (!isClose) expect.fail(`${weight.name} ${at}: gradient ${got}, differences say ${wanted}`);
    });
}

const someOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const runs = { seed: 7, numRuns: 4 };

describe("recurrent layers", () => {
  const sizes = fc.record({
    batch: someOf(1, 3),
    steps: someOf(1, 2, 5),
    features: someOf(1, 3, 7),
    units: someOf(1, 3, 5),
    returnSequences: fc.boolean(),
    goBackwards: fc.boolean(),
    useBias: fc.boolean(),
  });
  type Common = { readonly returnSequences: boolean; readonly goBackwards: boolean; readonly useBias: boolean };
  const kinds: Readonly<Record<string, (units: number, options: Common) => Recurrent>> = {
    simpleRnn: (units, options) => layers.simpleRnn(units, options),
    "simpleRnn with sigmoid": (units, options) => layers.simpleRnn(units, { ...options, activation: "sigmoid" }),
    lstm: (units, options) => layers.lstm(units, options),
    "lstm with softsign throughout": (units, options) =>
      layers.lstm(units, { ...options, activation: "softsign", recurrentActivation: "softsign" }),
    "gru, reset after": (units, options) => layers.gru(units, options),
    "gru, reset before": (units, options) => layers.gru(units, { ...options, resetAfter: false }),
  };

  it.each(Object.entries(kinds))("%s has the gradients that differences show", (_, make) => {
    fc.assert(
      fc.property(sizes, ({ batch, steps, features, units, ...options }) => {
        const layer = prepared(make(units, options), [[steps, features]]);
        const x = randomTensor([batch, steps, features]);
        const hasCell = layer.type === "lstm";
        const states = [randomTensor([batch, units]), ...(hasCell ? [randomTensor([batch, units])] : [])];
        const call = (...inputs: Tensor[]) => layer.callAll(inputs, { training: true, random });
        expectGradients(call, [x, ...states], random, 4e-3);
        expectWeightGradients(layer, () => call(x));
        // The last states alone reach everything too.
        expectGradients(
          (input, hidden, cell) => {
            const run = layer.run(input ?? x, { initialState: { ...(hidden && { hidden }), ...(cell && { cell }) } });
            return run.lastCell === null ? run.lastHidden : run.lastHidden.add(run.lastCell);
          },
          [x, ...states],
          random,
          4e-3,
        );
      }),
      runs,
    );
  });

  it.each(["concat", "sum", "mul", "ave"])(
    "bidirectional with %s has the gradients that differences show",
    (mergeMode) => {
      fc.assert(
        fc.property(sizes, ({ batch, steps, features, units, ...options }) => {
          const layer = prepared(layers.bidirectional(layers.gru(units, options), { mergeMode }), [[steps, features]]);
          const x = randomTensor([batch, steps, features]);
          const call = (input: Tensor) => layer.call(input, { training: true, random });
          expectGradients(call, [x], random, 4e-3);
          expectWeightGradients(layer, () => call(x));
        }),
        { ...runs, numRuns: 2 },
      );
    },
  );
});

describe("attention", () => {
  const sizes = fc.record({
    batch: someOf(1, 3),
    queries: someOf(1, 2, 5),
    keys: someOf(1, 3, 5),
    features: someOf(1, 3, 7),
    memoryFeatures: someOf(1, 5),
    numHeads: someOf(1, 3),
    keyDim: someOf(1, 5),
    valueDim: someOf(1, 3),
    useBias: fc.boolean(),
    causal: fc.boolean(),
  });
  const attend = (layer: MultiHeadAttention) => (query: Tensor, value: Tensor, key: Tensor) =>
    layer.attend(query, value, key).output;

  it("to itself has the gradients that differences show", () => {
    fc.assert(
      fc.property(sizes, ({ batch, queries, features, keys: _, memoryFeatures: __, ...options }) => {
        const layer = prepared(layers.multiHeadAttention(options), [[queries, features]]);
        const x = randomTensor([batch, queries, features]);
        const call = (input: Tensor) => layer.call(input, { training: true, random });
        expectGradients(call, [x], random, 4e-3);
        expectWeightGradients(layer, () => call(x));
        expectGradients((input) => layer.attend(input, input).attention, [x], random, 4e-3);
      }),
      runs,
    );
  });

  it("to another sequence has the gradients that differences show", () => {
    fc.assert(
      fc.property(sizes, ({ batch, queries, keys, features, memoryFeatures, ...options }) => {
        const shapes = [
          [queries, features],
          [keys, memoryFeatures],
          [keys, features],
        ];
        const layer = prepared(layers.multiHeadAttention(options), shapes);
        const inputs = shapes.map((shape) => randomTensor([batch, ...shape]));
        expectGradients(attend(layer), inputs, random, 4e-3);
        expectWeightGradients(layer, () => layer.callAll(inputs, { training: true, random }));
      }),
      runs,
    );
  });
});

describe("second derivatives", () => {
  it("of recurrent layers are those that differences show", () => {
    for (const each of [
      layers.simpleRnn(2, { returnSequences: true }),
      layers.lstm(2),
      layers.gru(2),
      layers.gru(2, { resetAfter: false, returnSequences: true }),
    ]) {
      const layer = prepared(each, [[3, 2]]);
      const inputs = [randomTensor([2, 3, 2]), randomTensor([2, 2])];
      expectSecondGradients((...given) => layer.callAll(given, { training: true, random }), inputs, random, 1e-2);
    }
  });

  it("of attention are those that differences show", () => {
    const layer = prepared(layers.multiHeadAttention(2, { keyDim: 1, causal: true }), [
      [2, 3],
      [3, 2],
    ]);
    const inputs = [randomTensor([2, 2, 3]), randomTensor([2, 3, 2])];
    expectSecondGradients((...given) => layer.callAll(given, { training: true, random }), inputs, random, 1e-2);
  });
});

describe("gradients through time", () => {
  const steps = 60;
  const x = new Tensor([4, steps, 2], new Random(3).uniformFloats(4 * steps * 2, -1, 1));

  /** For each step, the length of the gradient of the last state with respect to that step's input. */
  function reach(layer: Recurrent, fill: Readonly<Record<string, (at: number) => number | null>> = {}): number[] {
    layer.build([steps, 2], new Random(5));
    for (const weight of layer.weights)
      weight.data.forEach((value, at) => {
        weight.data[at] = fill[weight.name]?.(at) ?? value;
      });
    const input = new Tensor(x.shape, x.data.slice(), { requiresGrad: true });
    layer.call(input, { training: true, random }).sum().backward();
    const grad = input.grad ?? expect.fail("no gradient");
    return Array.from({ length: steps }, (_, step) =>
      Math.sqrt(
        grad
          .slice(step, step + 1, 1)
          .square()
          .sum()
          .item(),
      ),
    );
  }

  const units = 8;
  // A forget gate that is wide open: sigmoid(5) = 0.993.
  const remembering = (at: number) => (at >= units && at < 2 * units ? 5 : null);

  it("vanish in a simpleRnn and last in an LSTM that remembers", () => {
    const plain = reach(layers.simpleRnn(units));
    const lstm = reach(layers.lstm(units), { bias: remembering });
    const share = (lengths: number[]) => (lengths[0] ?? Number.NaN) / (lengths.at(-1) ?? Number.NaN);
    expect(share(plain)).toBeLessThan(1e-3);
    expect(share(lstm)).toBeGreaterThan(0.05);
  });

  it("are 0 for no step, and the last step's is the largest of a simpleRnn", () => {
    const plain = reach(layers.simpleRnn(units));
    expect(Math.min(...plain)).toBeGreaterThan(0);
    expect(plain.indexOf(Math.max(...plain))).toBeGreaterThan(steps - 5);
  });

  it("explode in a linear recurrence with weights above 1, exactly as 1.5ⁿ", () => {
    const layer = layers.simpleRnn(1, { activation: "linear", useBias: false });
    const lengths = reach(layer, { kernel: () => 1, recurrentKernel: () => 1.5 });
    const ratio = (lengths[0] ?? Number.NaN) / (lengths[steps - 1] ?? Number.NaN);
    expect(ratio / 1.5 ** (steps - 1)).toBeCloseTo(1, 4);
  });
});
