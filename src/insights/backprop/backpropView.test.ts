// The numbers of the backpropagation view are those of a training: its gradients, its finite differences, its update.

import { describe, expect, it } from "vitest";
import {
  constraints,
  datasets,
  type Loss,
  layers,
  losses,
  type Model,
  optimizers,
  type Regularizer,
  regularizers,
  sequential,
  type TensorLike,
  tensor,
} from "../../engine/index.ts";
import { formulaText } from "../../shared/formulaText.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { BackpropView } from "../../shared/views.ts";
import { viewText } from "../text/viewText.ts";
import { type BackpropExample, backpropView } from "./backpropView.ts";

type Kind = "mse" | "binaryCrossentropy" | "sparseCategoricalCrossentropy";
const batch = {
  x: [
    [1, 0.5],
    [-0.3, 0.8],
    [0.4, -1.1],
  ],
};
const cases: readonly (readonly [Kind, string, number, BackpropExample])[] = [
  [
    "mse",
    "linear",
    2,
    {
      ...batch,
      y: [
        [1, 0],
        [0, 2],
        [0.5, -1],
      ],
    },
  ],
  [
    "mse",
    "softmax",
    2,
    {
      ...batch,
      y: [
        [1, 0],
        [0, 1],
        [0.5, 0.5],
      ],
    },
  ],
  ["binaryCrossentropy", "sigmoid", 1, { ...batch, y: [1, 0, 1] }],
  ["sparseCategoricalCrossentropy", "softmax", 3, { ...batch, y: [2, 0, 1] }],
];

function net(loss: Kind, activation: string, outputs: number, hidden = "tanh"): Model {
  const model = sequential(
    [
      layers.dense(3, { activation: hidden, inputShape: 2 }),
      layers.dense(2, { activation: "softplus" }),
      layers.dense(outputs, { activation }),
    ],
    { seed: 5 },
  );
  model.compile({ loss, optimizer: optimizers.adam({ learningRate: 0.05 }) });
  return model;
}

/** A penalty as a cell may write it: the sum of w⁴. */
const fourthPowers: Regularizer = {
  ...regularizers.l2(1),
  formula: "Σw⁴",
  penalty: (weights: TensorLike) => tensor(weights).square().square().sum(),
};

/** A weight's numbers in the engine's order. */
function engineOrder(view: BackpropView, pick: (weight: BackpropView["weights"][number]) => unknown): number[] {
  return view.weights.map((weight) => Number(pick(weight)));
}

describe("backpropagation", () => {
  it.each(cases)(
    "of %s with %s: gradients and update are those of a training step",
    (loss, activation, outputs, data) => {
      const [model, twin] = [net(loss, activation, outputs), net(loss, activation, outputs)];
      for (const each of [model, twin]) each.trainOnBatch(data.x, data.y);
      const before = model.getWeights().map(String);
      const view = backpropView(model, data);
      expect(view.sentence.messages[0]?.id).toBe("backpropChecked");
      expect(model.getWeights().map(String)).toEqual(before);
      twin.trainOnBatch(data.x, data.y);
      const gradients = twin.weights.flatMap((weight) => Array.from(weight.grad?.data ?? []));
      const after = twin.weights.flatMap((weight) => Array.from(weight.data));
      engineOrder(view, ({ batchGradient }) => batchGradient).forEach((each, at) => {
        expect(each).toBeCloseTo(gradients[at] ?? Number.NaN, 5);
      });
      engineOrder(view, ({ update }) => update?.after).forEach((each, at) => {
        expect(each).toBeCloseTo(after[at] ?? Number.NaN, 4);
      });
      // Adam's rule is written out, and comes to the same number.
      for (const { update } of view.weights) expect(update?.lines).toHaveLength(4);
      // The product is the gradient.
      for (const { factors, gradient } of view.weights) {
        const product = factors.reduce((sofar, { value }) => sofar * Number(value), 1);
        expect(product).toBeCloseTo(Number(gradient), 4);
      }
    },
  );

  it("goes forward, judges, goes back and updates, and takes only what is known", () => {
    for (const [loss, activation, outputs, data] of cases) {
      const view = backpropView(net(loss, activation, outputs), { ...data, example: 2 });
      const phases = [...new Set(view.steps.map(({ phase }) => phase))];
      expect(phases).toEqual(["forward", "loss", "backward", "update"]);
      const known = new Set(view.weights.map(({ id }) => id));
      for (const { sets, uses } of view.steps) {
        for (const id of uses) expect(known).toContain(id);
        for (const id of sets) expect(known).not.toContain(id);
        for (const id of sets) known.add(id);
      }
      for (const { id } of view.weights) expect(known).toContain(`d${id}`);
    }
  });

  it("writes a small update with as many digits as its sum needs, and a batch's mean example by example", () => {
    const model = net("mse", "linear", 2);
    model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 1e-4 }) });
    const view = backpropView(model, {
      ...batch,
      y: [
        [1, 0],
        [0, 2],
        [0.5, -1],
      ],
    });
    const sums = view.steps.filter(({ phase }) => phase === "update").flatMap(({ lines }) => lines);
    for (const { numbers, result, digits } of sums) {
      const [before] = numbers;
      const shown = digits === undefined ? {} : { digits };
      expect(formatNumber(result, shown)).not.toBe(before?.kind === "number" && formatNumber(before.value, shown));
    }
    for (const { exampleGradients, batchGradient } of view.weights) {
      expect(exampleGradients).toHaveLength(3);
      const mean = exampleGradients.reduce<number>((sum, each) => sum + Number(each), 0) / 3;
      expect(mean).toBeCloseTo(Number(batchGradient), 4);
    }
  });

  it.each([
    ["a penalty", { kernelRegularizer: "l1l2", biasRegularizer: regularizers.l2(0.3) }, {}],
    ["a penalty, and clipping", { kernelRegularizer: regularizers.l2(0.5) }, { clipValue: 0.1 }],
    ["a constraint", { kernelConstraint: "nonNeg" }, {}],
    ["both", { kernelRegularizer: "l2", kernelConstraint: constraints.maxNorm(0.5) }, { momentum: 0.9 }],
    ["a penalty written in a cell", { kernelRegularizer: fourthPowers }, {}],
  ])("updates a weight with %s as a training step does, and writes all of it out", (_, asked, settings) => {
    const make = () => {
      const model = sequential([layers.dense(3, { ...asked, inputShape: 2, activation: "tanh" }), layers.dense(1)], {
        seed: 5,
      });
      model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.2, ...settings }) });
      return model;
    };
    const [model, twin] = [make(), make()];
    const data = { ...batch, y: [1, 0, -1] };
    const view = backpropView(model, data);
    twin.trainOnBatch(data.x, data.y);
    const after = twin.weights.flatMap((weight) => Array.from(weight.data));
    engineOrder(view, ({ update }) => update?.after).forEach((each, at) => {
      expect(each).toBeCloseTo(after[at] ?? Number.NaN, 4);
    });
    for (const { update } of view.weights) {
      const last = update?.lines.findLast(({ symbols: [letter] }) => letter?.kind === "symbol" && letter.base !== "u");
      expect(Number(last?.result)).toBeCloseTo(Number(update?.after), 4);
    }
    expect(view.steps.at(-1)?.lines[0]?.result).toBe(view.weights.find(({ id }) => id === "w.2.1.1")?.update?.after);
  });

  it("takes the mean over a batch in steps of its own, which the update uses", () => {
    const view = backpropView(net("binaryCrossentropy", "sigmoid", 1), { ...batch, y: [1, 0, 1] });
    const means = view.steps.filter(({ title }) => title.id === "backpropMean");
    expect(means).toHaveLength(3);
    const lines = means.flatMap(({ lines: own }) => own);
    expect(lines.map(({ result }) => result)).toEqual(view.weights.map(({ batchGradient }) => batchGradient));
    expect(viewText(view, "en")).toMatch(
      /Mean over the 3 examples of the batch: dense_3\n {2}g\(w⁽³⁾₁₁\) = \(.* \+ .*\) \/ 3 = /,
    );
    const used = view.steps.filter(({ phase }) => phase === "update").flatMap(({ uses }) => uses);
    expect(used).toEqual(means.flatMap(({ sets }) => sets));
    const alone = backpropView(net("binaryCrossentropy", "sigmoid", 1), { x: [1, 0.5], y: 1 });
    expect(alone.steps.some(({ title }) => title.id === "backpropMean")).toBe(false);
  });

  it("takes one example as plain numbers, and means its batch by it", () => {
    const view = backpropView(net("binaryCrossentropy", "sigmoid", 1), { x: [1, 0.5], y: 1 });
    expect(view.batch).toEqual({ size: 1, example: 0 });
    for (const { gradient, batchGradient } of view.weights) expect(batchGradient).toBe(gradient);
    expect(viewText(view, "en")).toMatch(/∂L\/∂z⁽³⁾₁ = a⁽³⁾₁ − t = /);
    expect(viewText(view, "ko")).toContain("유한 차분과 일치합니다");
  });

  it("writes a loss and its slope in numbers only where they come to what the engine found", () => {
    const told = (loss: Loss, outputs: number, y: number | number[]) => {
      const model = sequential([layers.dense(outputs, { inputShape: 2 })], { seed: 5 });
      model.compile({ loss, optimizer: "sgd" });
      const { steps } = backpropView(model, { x: [1, 0.5], y });
      const line = (phase: string) => steps.find((step) => step.phase === phase)?.lines[0];
      const [judged, slope] = [line("loss"), line("backward")];
      return [formulaText(judged?.numbers ?? [], "en"), formulaText(slope?.numbers ?? [], "en")].join("; ");
    };
    const scores = losses.binaryCrossentropy({ fromLogits: true });
    expect(told(scores, 1, 1)).toMatch(/^−log sigmoid\(−?\d\S+\); sigmoid\(−?\d\S+\) − 1\.00$/);
    expect(told(scores, 1, 0)).toMatch(/^−log \(1 − sigmoid\(−?\d\S+\)\); sigmoid\(−?\d\S+\) − 0$/);
    expect(told(losses.categoricalCrossentropy({ fromLogits: true }), 2, [0, 1])).toMatch(
      /^−log softmax₂\(\S+, \S+\); softmax₁\(\S+, \S+\) − 0$/,
    );
    expect(told(losses.mae(), 2, [9, -9])).toMatch(/^\(\|.+\| \+ \|.+\|\) \/ 2; sign\(.+ − 9\.00\) \/ 2$/);
    expect(told(losses.huber(), 1, 9)).toMatch(/^; sign\(.+ − 9\.00\)$/);
    // Smoothed targets are others than the example's.
    expect(told(losses.binaryCrossentropy({ fromLogits: true, labelSmoothing: 0.2 }), 1, 1)).toBe("; ");
  });

  it("names the first number that is not finite, instead of an update without sense", () => {
    const model = sequential(
      [layers.dense(2, { activation: "exponential", kernelInitializer: "ones", name: "first" }), layers.dense(1)],
      { seed: 5 },
    );
    model.compile({ loss: "mse", optimizer: "sgd" });
    expect(() => backpropView(model, { x: [100, 1], y: 1 })).toThrow("got ∞ as the output of first, unit 1");
  });

  it("knows a step function's slope of 0, and weights that training leaves alone", () => {
    const model = net("mse", "linear", 2, "step");
    const [first] = model.layers;
    if (first !== undefined) first.trainable = false;
    const { weights } = backpropView(model, { x: [1, 0.5], y: [0, 1] });
    const frozen = weights.filter(({ update }) => update === null);
    expect(frozen.map(({ id }) => id.split(".")[1])).toEqual(Array.from({ length: 9 }, () => "1"));
    for (const { gradient } of frozen) expect(gradient).toBe(0);
  });

  it("makes the weights of a model without an input shape, those that fit starts with; none where it refuses", () => {
    const made = () => {
      const model = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(1)]);
      model.compile({ loss: "mse" });
      return model;
    };
    const model = made();
    expect(() => backpropView(model, { x: [1, 0.5, 2], y: [1, 2] })).toThrow("1 for one example");
    expect(model.isBuilt).toBe(false);
    const { columns, weights } = backpropView(model, { x: [1, 0.5], y: 1 });
    expect(columns.map(({ values }) => values.length)).toEqual([2, 2, 1]);
    const other = made();
    other.predict([[1, 0.5]]);
    expect(model.layers[0]?.weights[0]?.data).toEqual(other.layers[0]?.weights[0]?.data);
    expect(weights).toHaveLength(9);
    expect(() => backpropView(made(), { x: 3, y: 1 })).not.toThrow();
  });

  it("refuses what cannot be followed, and says why", () => {
    const shown =
      (model: Model, example: BackpropExample = { x: [1, 0.5], y: 1 }) =>
      () =>
        backpropView(model, example);
    const compiled = (model: Model) => {
      model.compile({ loss: "mse" });
      return model;
    };
    const good = net("mse", "linear", 1);
    expect(shown(sequential([layers.dense(1, { inputShape: 2 })], { seed: 1 }))).toThrow("compile");
    expect(shown(compiled(sequential([layers.dense(9, { inputShape: 2 })], { seed: 1 })))).toThrow("9 units");
    const dropped = sequential([layers.dense(2, { inputShape: 2 }), layers.dropout(0.5)], { seed: 1 });
    expect(shown(compiled(dropped))).toThrow("dropout");
    const quiet = sequential([layers.dense(2, { inputShape: 2, activityRegularizer: "l2" })], { seed: 1 });
    expect(shown(compiled(quiet))).toThrow("dense_1, whose outputs have a penalty on them");
    const doubled = net("mse", "linear", 1);
    doubled.compile({ loss: "mse", lossWeights: [2] });
    expect(shown(doubled)).toThrow("got lossWeights of 2");
    expect(shown(good, { x: [1, 2, 3], y: 1 })).toThrow("[2] or [examples, 2]");
    expect(shown(good, { x: [1, 2], y: [1, 2] })).toThrow("1 for one example");
    expect(shown(good, { x: [1, 2], y: 1, example: 1 })).toThrow("example from 0 to 0");
    expect(shown(good, datasets.moons({ samples: 3 }))).not.toThrow();
    expect(shown(good, { x: [1, 2], y: 1, exampel: 0 } as BackpropExample)).toThrow(/exampel.*example/);
    expect(shown(good, { x: [1, Number.NaN], y: 1 })).toThrow("expected finite numbers in x, got NaN at place 1");
    expect(shown(good, null as unknown as BackpropExample)).toThrow("show.backprop(model, { x: [1, 0.5], y: 1 })");
  });
});
