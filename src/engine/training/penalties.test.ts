// Penalties on weights and outputs, and constraints: part of the loss, of gradients and of planned steps.

import { afterEach, describe, expect, it } from "vitest";
import {
  constraints,
  type Layer,
  layers,
  optimizers,
  type Regularizer,
  regularizers,
  sequential,
  tensor,
  useBackend,
} from "../index.ts";
import { expectTwins, inside, residentCount } from "./plans/twins.testing.ts";

afterEach(() => void useBackend("plain"));

const kernel = { kernelRegularizer: "l1l2", kernelConstraint: constraints.maxNorm(0.5) } as const;
const bias = { biasRegularizer: regularizers.l2(0.1), biasConstraint: "nonNeg" } as const;
const recurrent = { recurrentRegularizer: "l2", recurrentConstraint: constraints.unitNorm() } as const;
const sides = { ...kernel, ...bias };
const normed = { gammaRegularizer: "l2", gammaConstraint: "nonNeg", betaRegularizer: "l1", betaConstraint: "nonNeg" };
const window = { ...bias, kernelSize: 2, padding: "same" } as const;

const cases: Readonly<Record<string, { make: () => readonly Layer[]; x: number[]; y: number[] }>> = {
  dense: { make: () => [layers.dense(4, { ...sides, activityRegularizer: "l2" })], x: [3], y: [4] },
  conv1d: { make: () => [layers.conv1d({ filters: 3, ...kernel, ...window })], x: [5, 2], y: [5, 3] },
  conv2d: {
    make: () => [
      layers.conv2d({ filters: 3, ...window, kernelConstraint: constraints.maxNorm(0.1, { axis: [0, 1, 2] }) }),
    ],
    x: [3, 3, 2],
    y: [3, 3, 3],
  },
  conv2dTranspose: {
    make: () => [layers.conv2dTranspose({ filters: 3, ...kernel, ...window })],
    x: [3, 3, 2],
    y: [3, 3, 3],
  },
  depthwiseConv2d: {
    make: () => [layers.depthwiseConv2d({ ...window, depthwiseRegularizer: "l1", depthwiseConstraint: "nonNeg" })],
    x: [3, 3, 2],
    y: [3, 3, 2],
  },
  separableConv2d: {
    make: () => [
      layers.separableConv2d({ filters: 3, ...window, pointwiseRegularizer: "l2", pointwiseConstraint: "nonNeg" }),
    ],
    x: [3, 3, 2],
    y: [3, 3, 3],
  },
  simpleRnn: { make: () => [layers.simpleRnn(3, { ...sides, ...recurrent })], x: [3, 2], y: [3] },
  lstm: { make: () => [layers.lstm(3, { ...sides, ...recurrent })], x: [3, 2], y: [3] },
  gru: { make: () => [layers.gru(3, { ...sides, ...recurrent, activityRegularizer: "l1" })], x: [3, 2], y: [3] },
  bidirectional: {
    make: () => [layers.bidirectional(layers.gru(3, { ...sides, ...recurrent, activityRegularizer: "l1" }))],
    x: [3, 2],
    y: [6],
  },
  multiHeadAttention: { make: () => [layers.multiHeadAttention(2, { keyDim: 2, ...sides })], x: [3, 4], y: [3, 4] },
  batchNorm: { make: () => [layers.dense(4), layers.batchNorm(normed)], x: [3], y: [4] },
  layerNorm: { make: () => [layers.dense(4), layers.layerNorm(normed)], x: [3], y: [4] },
  rmsNorm: { make: () => [layers.dense(4), layers.rmsNorm({ gammaRegularizer: "l2" })], x: [3], y: [4] },
  custom: {
    make: () => [
      layers.custom({
        weights: { factor: { shape: ([features = 1]) => [features], regularizer: "l2", constraint: "nonNeg" } },
        forward: (x, { factor }) => x.mul(factor),
        activityRegularizer: "l2",
      }),
      layers.dense(4, kernel),
    ],
    x: [3],
    y: [4],
  },
};

/** What the names of regularizers mean by default. */
const penaltyOf = (layer: Layer) =>
  layer.trainableWeights.reduce((sum, weight) => sum + (weight.regularizer?.penalty(weight).item() ?? 0), 0);

describe("penalties and constraints", () => {
  it.each(Object.entries(cases))("of %s do the same in planned steps, to the bit", (_, { make, x, y }) => {
    for (const backend of ["plain", "simd", "simdBaseline"] as const) {
      useBackend(backend);
      const { planned, hasLearned } = expectTwins({ make, x, y });
      expect(hasLearned).toBe(true);
      expect(planned.weights.some(({ regularizer }) => regularizer !== null)).toBe(true);
    }
  });

  it("of nnbook's layers stand in the plan", () => {
    const { planned } = expectTwins(cases.dense as NonNullable<typeof cases.dense>);
    expect(residentCount(planned)).toBe(2);
  });

  it("written in a cell are computed anew at every step", () => {
    const own: Regularizer = {
      ...regularizers.l2(),
      isPlannable: false,
      penalty: (weights) => tensor(weights).mul(tensor(weights).toArray().flat().length).square().sum(),
    };
    const { planned } = expectTwins({ make: () => [layers.dense(2, { kernelRegularizer: own })], x: [3], y: [2] });
    expect(residentCount(planned)).toBe(0);
    expect(inside(planned).steps).toBeDefined();
  });

  it("add to loss, history, validation loss and evaluate, as in Keras", async () => {
    const make = (isPenalized: boolean) => {
      const rules = isPenalized ? { kernelRegularizer: regularizers.l2(0.5), activityRegularizer: "l1" } : {};
      const model = sequential([layers.dense(1, rules)], { seed: 2 });
      model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 1e-12 }), metrics: ["mse"] });
      model.build(2);
      model.setWeights([[[2], [-1]], [0]]);
      return model;
    };
    const [x, y] = [
      tensor([
        [1, 1],
        [1, 0],
        [0, 1],
        [2, 1],
      ]),
      tensor([[1], [1], [0], [0]]),
    ];
    // ½·(4 + 1), and 0.01 · (1 + 2 + 1 + 3) / 4.
    const penalty = 2.5 + (0.01 * 7) / 4;
    const options = { epochs: 1, batchSize: 4, validationData: { x, y } };
    const plain = await make(false).fit(x, y, options);
    const model = make(true);
    const run = await model.fit(x, y, options);
    const at = (name: string) => run.history.find((history) => history.name === name);
    expect(run.loss[0]).toBeCloseTo((plain.loss[0] ?? 0) + penalty, 5);
    expect(at("loss")?.train[0]).toBeCloseTo((plain.loss[0] ?? 0) + penalty, 5);
    expect(at("loss")?.validation?.[0]).toBeCloseTo((plain.loss[0] ?? 0) + penalty, 5);
    expect(at("mse")?.train[0]).toBeCloseTo(plain.loss[0] ?? 0, 5);
    expect(model.evaluate(x, y).loss).toBeCloseTo((plain.loss[0] ?? 0) + penalty, 5);
    expect(model.trainOnBatch(x, y).loss).toBeCloseTo((plain.loss[0] ?? 0) + penalty, 5);
  });

  it("give gradients of their own, and none to frozen layers", () => {
    const frozen = layers.dense(2, { kernelRegularizer: "l2", trainable: false });
    const model = sequential([frozen, layers.dense(1, { kernelRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }) })]);
    model.compile({
      loss: (predictions) => predictions.mul(0).sum(),
      optimizer: optimizers.sgd({ learningRate: 0.5 }),
    });
    model.build(2);
    model.setWeights([
      [
        [9, 9],
        [9, 9],
      ],
      [0, 0],
      [[2], [-1]],
      [0],
    ]);
    const { loss } = model.trainOnBatch([[1, 1]], [[0]]);
    expect(loss).toBeCloseTo(0.1 * 3 + 0.2 * 5, 5);
    // w − ½·(0.1·sign w + 0.4·w)
    expect(model.getWeights()[2]?.toArray()).toEqual([[expect.closeTo(1.55, 5)], [expect.closeTo(-0.75, 5)]]);
    expect(model.getWeights()[0]?.toArray()).toEqual([
      [9, 9],
      [9, 9],
    ]);
    expect(penaltyOf(frozen)).toBe(0);
  });

  it("hold after every update", async () => {
    const layer = layers.dense(3, { kernelConstraint: constraints.maxNorm(0.25), biasConstraint: "nonNeg" });
    const model = sequential([layer], { seed: 1 });
    model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.5 }) });
    const longest: number[] = [];
    await model.fit(
      [
        [1, 2],
        [3, -1],
      ],
      [
        [5, -5, 1],
        [-2, 4, 3],
      ],
      {
        epochs: 5,
        batchSize: 1,
        callbacks: [
          {
            onStepEnd() {
              const [weights, biases] = layer.weights;
              longest.push(...(weights?.norm(0).data ?? []));
              expect(Math.min(...(biases?.data ?? []))).toBeGreaterThanOrEqual(0);
            },
          },
        ],
      },
    );
    expect(longest).toHaveLength(30);
    expect(Math.max(...longest)).toBeLessThanOrEqual(0.25 + 1e-6);
    expect(Math.max(...longest)).toBeGreaterThan(0.2);
  });

  it("are refused when they are not known or do not fit", () => {
    expect(() => layers.dense(1, { kernelRegularizer: "l3" })).toThrow(/l3.*l1/);
    expect(() => layers.lstm(1, { recurrentConstraint: "maxnorms" })).toThrow('Did you mean "maxNorm"?');
    expect(() => layers.dense(1, { kernelRegularizer: 0.01 as never })).toThrow("regularizers.l2(0.001)");
    const model = sequential([layers.dense(1, { biasConstraint: constraints.maxNorm(1, { axis: 1 }) })]);
    expect(() => model.build(2)).toThrow(/maxNorm/);
  });

  it("are those of a copy too", async () => {
    const model = sequential([layers.dense(1, { ...sides, activityRegularizer: "l2" })], { seed: 1 });
    model.build(2);
    const [copied] = model.clone().layers;
    expect(copied?.weights[0]?.regularizer).toMatchObject({ name: "l1l2" });
    expect(copied?.weights[1]?.constraint).toMatchObject({ name: "nonNeg" });
    expect(copied?.activityRegularizer?.name).toBe("l2");
  });
});
