// Weights of classes and of single examples: Keras' sums, in fit, evaluate and trainOnBatch, planned and eager.

import { afterEach, describe, expect, it } from "vitest";
import { readFixture } from "../../../../test/support/fixtures.ts";
import { plainBackend } from "../../backend/plain.ts";
import {
  input,
  type Layer,
  type Loss,
  type LossOption,
  layers,
  losses,
  lossNames,
  model,
  sequential,
  type Tensor,
  tensor,
  useBackend,
} from "../../index.ts";
import { bitsOf, eagerStep, numbers } from "../plans/twins.testing.ts";

afterEach(() => void useBackend("plain"));

const classes = [0, 1, 2, 2, 1, 0, 2];
const weights = [0.5, 2, 0, 1, 3, 1, 0.25];

/** Logits and class numbers, as they are: the model has nothing to learn. */
function judge(loss: LossOption, metrics: readonly string[] = ["acc"]) {
  const net = sequential([layers.activation("linear")]);
  net.compile({ loss, metrics });
  return net;
}

describe("weights of classes", () => {
  interface Case {
    readonly name: string;
    readonly pred: { readonly shape: number[]; readonly data: number[] };
    readonly target: { readonly data: number[] };
    readonly class_weight?: { readonly data: number[] };
    readonly value: number;
    readonly grad: { readonly data: number[] };
  }
  const found = readFixture<{ cases: readonly Case[] }>("losses.json").cases.find(
    ({ name }) => name === "cce_logits_class_weight_keras",
  ) as Case;
  const byClass = found.class_weight?.data ?? [];

  it("give the loss and the gradient of the reference", () => {
    const prediction = tensor(found.pred.data, { shape: found.pred.shape, requiresGrad: true });
    const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true });
    const { data } = found.target;
    const value = judge(loss).evaluate(prediction.detach(), data, { classWeight: byClass }).loss;
    expect(value).toBeCloseTo(found.value, 5);
    const each = tensor(data.map((number) => byClass[number] ?? 0));
    loss.computeWeighted?.(prediction, tensor(data), each).backward();
    prediction.grad?.data.forEach((number, at) => void expect(number).toBeCloseTo(found.grad.data[at] ?? 0, 6));
  });

  it("may be a list, by number, or those that do not count once", () => {
    const [x, y] = [numbers([7, 3]), tensor(classes)];
    const net = judge(losses.sparseCategoricalCrossentropy({ fromLogits: true }));
    const lossOf = (classWeight: object) => net.evaluate(x, y, { classWeight: classWeight as never }).loss;
    expect(lossOf([1, 5, 2])).toBe(lossOf({ 0: 1, 1: 5, 2: 2 }));
    expect(lossOf([1, 5, 2])).toBe(lossOf({ 1: 5, 2: 2 }));
    expect(lossOf([1, 5, 2])).not.toBe(lossOf([1, 5, 1]));
    const onehot = judge(losses.categoricalCrossentropy({ fromLogits: true }));
    const rows = classes.map((number) => [0, 1, 2].map((at) => (at === number ? 1 : 0)));
    expect(onehot.evaluate(x, rows, { classWeight: [1, 5, 2] }).loss).toBeCloseTo(lossOf([1, 5, 2]) ?? 0, 6);
  });

  it("of two classes are those of 0 and 1, or of −1 and 1", () => {
    const [x, y] = [numbers([4, 1]), [0, 1, 1, 0]];
    const byNumber = judge("mse").evaluate(x, y, { classWeight: { 1: 4 } }).loss;
    expect(byNumber).toBe(judge("mse").evaluate(x, y, { sampleWeight: [1, 4, 4, 1] }).loss);
    const signs = judge("hinge").evaluate(x, [-1, 1, 1, -1], { classWeight: [2, 1] }).loss;
    expect(signs).toBe(judge("hinge").evaluate(x, y, { sampleWeight: [2, 1, 1, 2] }).loss);
  });

  it("that make no sense are refused", () => {
    const [x, y] = [numbers([7, 3]), tensor(classes)];
    const net = judge(losses.sparseCategoricalCrossentropy({ fromLogits: true }));
    const weigh = (classWeight: unknown) => () => net.evaluate(x, y, { classWeight: classWeight as never });
    expect(weigh({ 3: 1 })).toThrow('evaluate: expected classWeight for classes from 0 to 2, got class "3".');
    expect(weigh({ setosa: 1 })).toThrow('got class "setosa"');
    expect(weigh([1, 2])).toThrow("expected classWeight with 3 numbers, one for each class, got 2.");
    expect(weigh({ 1: -1 })).toThrow("each classWeight as a finite number, 0 or more, got -1 for class 1");
    expect(weigh({ 1: Number.NaN })).toThrow("got NaN for class 1");
    expect(weigh(3)).toThrow("classWeight as a list or by class number");
    expect(() => judge("mse").evaluate([[1], [2]], [0.5, 1], { classWeight: [1, 2] })).toThrow("sampleWeight");
    const several = () => judge("binaryCrossentropy").evaluate([[0.1, 0.9]], [[1, 1]], { classWeight: [1, 2] });
    expect(several).toThrow("one class for each example");
  });
});

describe("weights of examples", () => {
  const probabilities = () => numbers([5, 3], 0.1, 0.9).softmax().detach();

  /** Predictions and targets that a loss can judge. */
  function pairFor(loss: Loss): readonly [Tensor, Tensor] {
    const { targetKind } = loss;
    if (targetKind === "classNumbers") return [probabilities(), tensor([0, 2, 1, 1, 0])];
    if (targetKind === "classes")
      return [probabilities(), tensor([0, 2, 1, 1, 0].map((at) => [0, 1, 2].map((place) => Number(place === at))))];
    if (targetKind === "binary")
      return [numbers([5, 3], 0.1, 0.9), tensor(numbers([5, 3], 0, 1).toArray()).greater(0.5)];
    return [numbers([5, 3], 0.1, 0.9), numbers([5, 3], 0.1, 0.9)];
  }

  it.each(["plain", "simd"] as const)("count in the sum of every loss, and its gradient, on %s", (backend) => {
    useBackend(backend);
    const all = [
      ...lossNames.map((name) => losses[name]() as Loss),
      losses.cosineSimilarity({ convention: "torch" }),
      losses.custom((p, t) => p.sub(t).pow(4).mean()),
    ];
    for (const loss of all) {
      const [predictions, targets] = pairFor(loss);
      const own = [2, 0, 0.5, 1, 3];
      const [weighed, each] = [0, 1].map(() => tensor(predictions, { requiresGrad: true })) as [Tensor, Tensor];
      const value = loss.computeWeighted?.(weighed, targets, tensor(own));
      const single = own.map((weight, at) =>
        loss.compute(each.slice(at, at + 1), targets.slice(at, at + 1)).mul(weight / own.length),
      );
      const sum = single.reduce((total, part) => total.add(part));
      expect((value?.item() ?? 0) / sum.item(), loss.name).toBeCloseTo(1, 5);
      value?.backward();
      sum.backward();
      // Some losses have gradients in the hundreds.
      weighed.grad?.data.forEach((number, at) => {
        const wanted = each.grad?.data[at] ?? Number.NaN;
        expect((number - wanted) / (1 + Math.abs(wanted)), loss.name).toBeCloseTo(0, 5);
      });
    }
  });

  it("count in second derivatives", () => {
    const own = tensor([2, 0, 0.5, 1, 3]);
    for (const name of ["mse", "categoricalCrossentropy"] as const) {
      const loss = losses[name]();
      const [predictions, targets] = pairFor(loss);
      const [weighed, each] = [0, 1].map(() => tensor(predictions, { requiresGrad: true })) as [Tensor, Tensor];
      const sum = [0, 1, 2, 3, 4]
        .map((at) => loss.compute(each.slice(at, at + 1), targets.slice(at, at + 1)).mul((own.data[at] ?? 0) / 5))
        .reduce((total, part) => total.add(part));
      for (const [x, value] of [
        [weighed, loss.computeWeighted?.(weighed, targets, own)],
        [each, sum],
      ] as const) {
        value?.backward({ createGraph: true });
        const penalty = x.grad?.square().sum();
        x.zeroGrad();
        penalty?.backward();
      }
      weighed.grad?.data.forEach((number, at) => void expect(number).toBeCloseTo(each.grad?.data[at] ?? 9, 4));
    }
  });

  it("of 1 change nothing, and of 0 leave an example out", async () => {
    const make = () => {
      const net = sequential([layers.dense(3, { activation: "softmax" })], { seed: 2 });
      net.compile({ loss: "sparseCategoricalCrossentropy", metrics: ["acc"] });
      return net;
    };
    const x = numbers([7, 3]);
    const [plain, ones, zeros] = [make(), make(), make()];
    const run = await plain.fit(x, classes, { epochs: 2, batchSize: 3 });
    const weighed = await ones.fit(x, classes, {
      epochs: 2,
      batchSize: 3,
      sampleWeight: classes.map(() => 1),
      classWeight: {},
    });
    expect(weighed.loss).toEqual(run.loss);
    expect(bitsOf(ones)).toEqual(bitsOf(plain));
    expect([run.guessLoss === null, weighed.guessLoss]).toEqual([false, null]);
    // Whatever stands in a row that does not count.
    const others = [
      x,
      x.add([
        [0, 0, 0],
        [0, 0, 0],
        [9, 9, 9],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ];
    const left = await Promise.all(
      others.map(async (each) => {
        const net = make();
        await net.fit(each, classes, { epochs: 2, sampleWeight: weights });
        return bitsOf(net);
      }),
    );
    expect(left[0]).toEqual(left[1]);
    expect(zeros.evaluate(x, classes, { sampleWeight: classes.map(() => 0) }).loss).toBe(0);
  });

  it("do not reach metrics, as in Keras", () => {
    const net = judge("mse", ["mse"]);
    const [x, y] = [
      [[1], [2]],
      [0, 0],
    ];
    expect(net.evaluate(x, y, { sampleWeight: [3, 0] })).toEqual({ loss: 1.5, mse: 2.5 });
  });

  it("are multiplied with those of their classes, split with the validation split, and follow the shuffled rows", async () => {
    const x = numbers([7, 1]);
    const y = [0, 1, 1, 0, 1, 0, 1];
    const both = weights.map((weight, at) => weight * ([2, 3][y[at] ?? 0] ?? 1));
    const train = async (options: object) => {
      const net = sequential([layers.dense(1, { activation: "sigmoid" })], { seed: 1 });
      net.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
      const run = await net.fit(x, y, { epochs: 3, batchSize: 2, validationSplit: 0.3, ...options });
      return { loss: run.loss, history: run.history, bits: bitsOf(net) };
    };
    const separate = await train({ sampleWeight: weights, classWeight: [2, 3] });
    const multiplied = await train({ sampleWeight: both });
    expect(separate.loss).toEqual(multiplied.loss);
    expect(separate.bits).toEqual(multiplied.bits);
    // The weights of classes do not reach what is watched, those of the examples do.
    expect(separate.history[0]?.validation).not.toEqual(multiplied.history[0]?.validation);
    const [first, second] = [x.slice(0, 4), x.slice(4)];
    const net = sequential([layers.dense(1, { activation: "sigmoid" })], { seed: 1 });
    net.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
    const validationData = { x: second, y: y.slice(4), sampleWeight: weights.slice(4) };
    const data = { x: first, y: y.slice(0, 4), sampleWeight: weights.slice(0, 4) };
    const run = await net.fit(data, { epochs: 3, batchSize: 2, validationData, classWeight: [2, 3] });
    expect(run.history).toEqual(separate.history);
  });

  it.each([
    ["a loss of nnbook", "mse"],
    ["a loss written in a cell", (predictions: Tensor, targets: Tensor) => predictions.sub(targets).pow(4).mean()],
    ["the focal loss", "binaryFocalCrossentropy"],
  ] as const)("do the same in planned steps with %s, to the bit", (_, loss) => {
    for (const name of ["plain", "simd"] as const) {
      useBackend(name);
      const make = (): readonly Layer[] => [
        layers.dense(4, { activation: "tanh" }),
        layers.dense(2, { activation: "sigmoid" }),
      ];
      const [planned, eager] = [0, 1].map(() => {
        const net = sequential(make(), { seed: 3 });
        net.compile({ loss: loss as LossOption, optimizer: "adam" });
        net.build(3);
        return net;
      });
      if (planned === undefined || eager === undefined) throw new Error("There are two.");
      [5, 5, 3, 5].forEach((size, step) => {
        const [x, y] = [numbers([size, 3]), numbers([size, 2], 0.1, 0.9)];
        const own = numbers([size], 0, 2);
        const result = planned.trainOnBatch(x, y, { sampleWeight: own });
        expect(result.loss).toBe(eagerStep(eager, x, y, step, own));
        expect(bitsOf(planned)).toEqual(bitsOf(eager));
        // With and without weights are different plans.
        planned.trainOnBatch(x, y);
        eagerStepAgain(eager, x, y, planned);
      });
    }
  });

  /** The step without weights, whose randomness does not matter here. */
  function eagerStepAgain(
    eager: ReturnType<typeof sequential>,
    x: Tensor,
    y: Tensor,
    planned: ReturnType<typeof sequential>,
  ) {
    eagerStep(eager, x, y, 0);
    expect(bitsOf(planned)).toEqual(bitsOf(eager));
  }

  it("go by the names of several outputs", async () => {
    const x = input(3);
    const [kind, size] = [layers.dense(2, { activation: "softmax", name: "kind" }), layers.dense(1, { name: "size" })];
    const net = model({ inputs: x, outputs: { kind: kind.apply(x), size: size.apply(x) }, seed: 1 });
    net.compile({
      loss: { kind: "sparseCategoricalCrossentropy", size: "mse" },
      lossWeights: { size: 0.5 },
      metrics: { kind: "acc" },
    });
    const data = { x: numbers([7, 3]), y: { kind: [0, 1, 1, 0, 1, 0, 1], size: numbers([7, 1]) } };
    const plain = net.evaluate(data);
    const named = net.evaluate(data, { classWeight: { kind: { 1: 3 } }, sampleWeight: { size: weights } });
    const shared = net.evaluate(data, { sampleWeight: weights });
    expect(named.kindLoss).not.toBe(plain.kindLoss);
    expect(named.sizeLoss).toBe(shared.sizeLoss);
    expect(named.kindAccuracy).toBe(plain.kindAccuracy);
    expect(named.loss).toBeCloseTo((named.kindLoss ?? 0) + 0.5 * (named.sizeLoss ?? 0), 5);
    const run = await net.fit(data, {
      epochs: 1,
      batchSize: 7,
      shuffle: false,
      classWeight: { kind: [1, 3] },
      sampleWeight: { size: weights },
    });
    expect(run.loss[0]).toBeCloseTo(named.loss ?? 0, 5);
    expect(() => net.evaluate(data, { classWeight: [1, 3] })).toThrow(
      'by the names of the outputs: "kind", "size", got a list. For example classWeight: { kind: { 1: 5 } }.',
    );
    expect(() => net.evaluate(data, { classWeight: { kinds: [1, 3] } })).toThrow('Did you mean "kind"?');
    expect(() => net.evaluate(data, { sampleWeight: { sizes: weights } })).toThrow('Did you mean "size"?');
  });

  it("that make no sense are refused", async () => {
    const net = judge("mse");
    const weigh = (sampleWeight: unknown) => () =>
      net.evaluate([[1], [2]], [1, 2], { sampleWeight: sampleWeight as never });
    expect(weigh([1])).toThrow(
      "evaluate: expected sampleWeight with a number for each of the 2 examples, [2], got [1].",
    );
    expect(weigh([1, -1])).toThrow("sampleWeight of finite numbers, 0 or more, got -1 for example 1");
    expect(weigh([Number.NaN, 1])).toThrow("got NaN for example 0");
    await expect(net.fit([[1], [2]], [1, 2], { sampleWeight: [1, 2, 3] })).rejects.toThrow(
      "fit: expected sampleWeight",
    );
    expect(() => net.trainOnBatch([[1]], [1], { sampleWeights: [1] } as never)).toThrow('Did you mean "sampleWeight"?');
    const { computeWeighted: _, ...without } = losses.mse();
    expect(() => judge(without).evaluate([[1]], [1], { sampleWeight: [1] })).toThrow("no computeWeighted");
  });

  it("of a routine suit samples of several rows", () => {
    const output = new Float32Array(1);
    const pair = {
      prediction: new Float32Array([1, 2, 3, 4]),
      target: new Float32Array(4),
      weights: new Float32Array([2, 1]),
    };
    plainBackend.weightedLoss("mse", pair, output, { width: 1, divisor: 4, parameter: 0 });
    expect(output[0]).toBe((2 * (1 + 4) + 9 + 16) / 4);
  });
});
