// Models written as plain data and made again: the same weights, and the same training to the bit.

import { describe, expect, it } from "vitest";
import {
  constraints,
  initializers,
  layers,
  losses,
  type Model,
  metrics,
  Optimizer,
  optimizers,
  regularizers,
  schedules,
  sequential,
  type Tensor,
} from "../src/engine/index.ts";
import { type PackedModel, packModel } from "../src/engine/training/model/modelRecipe.ts";
import { unpackModel } from "../src/engine/training/model/unpackModel.ts";
import { randomTraining } from "./support/randomModels/randomTrainings.ts";
import { difference, trainOnBatches } from "./support/randomModels/waysToTrain.ts";

const count = Number(process.env.MODELS ?? 30);
const trainings = Array.from({ length: count }, (_, index) => randomTraining(index));

/** As it comes out of a file. */
const written = ({ recipe, weights }: PackedModel): PackedModel => ({
  recipe: JSON.parse(JSON.stringify(recipe)),
  weights,
});

/** Without weights: they follow from the seed. */
const unbuilt = ({ recipe }: PackedModel): PackedModel => ({
  recipe: { ...recipe, layers: recipe.layers.map((layer) => ({ ...layer, builtFor: null })) },
  weights: [],
});

const packed = (model: Model<unknown>): PackedModel => {
  const packing = packModel(model);
  return packing.kind === "packed" ? packing.packed : expect.fail(packing.obstacles.join());
};

const obstacles = (model: Model<unknown>) => {
  const packing = packModel(model);
  return packing.kind === "packed" ? [] : packing.obstacles;
};

it(`${count} random models train the same to the bit, made again from their recipes`, () => {
  let compared = 0;
  for (const training of trainings) {
    const packing = packModel(training.make());
    if (packing.kind === "unportable") {
      expect(packing.obstacles.join()).toContain("function written in a cell");
      continue;
    }
    compared++;
    const wanted = trainOnBatches(training);
    for (const form of [written(packing.packed), unbuilt(packing.packed)]) {
      const again = { ...training, make: () => unpackModel(form) as Model<Tensor[]> };
      expect(difference(trainOnBatches(again), wanted), training.name).toBeNull();
    }
  }
  expect(compared).toBeGreaterThan(count / 3);
});

describe("a recipe", () => {
  const everything = () => {
    const net = sequential(
      [
        layers.dense(5, {
          inputShape: 4,
          kernelInitializer: initializers.varianceScaling({ scale: 2 }),
          kernelRegularizer: regularizers.l1l2({ l1: 0.001 }),
          biasConstraint: constraints.maxNorm(3),
        }),
        layers.residual([layers.dense(7, { activation: "tanh", name: "inside" })], { projection: true }),
        layers.dropout(0.1),
        layers.dense(3, { activation: "softmax", trainable: false }),
      ],
      { seed: 4, name: "everything" },
    );
    net.compile({
      loss: losses.categoricalCrossentropy({ labelSmoothing: 0.1 }),
      optimizer: optimizers.adam({
        learningRate: schedules.warmUp({
          steps: 3,
          after: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 50 }),
        }),
      }),
      metrics: ["acc", metrics.f1({ average: "macro" }), "auc"],
    });
    return net;
  };

  it("holds all that catalogues make, with names, places and what was changed since", () => {
    const net = everything();
    const copy = unpackModel(written(packed(net)), { places: [{ cellId: "a", line: 2, column: 3 }] });
    expect(copy.layers.map(({ name, type, trainable }) => [name, type, trainable])).toEqual(
      net.layers.map(({ name, type, trainable }) => [name, type, trainable]),
    );
    expect(copy.name).toBe("everything");
    expect(copy.layers[0]?.place).toEqual({ cellId: "a", line: 2, column: 3 });
    expect(copy.compiled?.measureNames).toEqual(net.compiled?.measureNames);
    expect(copy.compiled?.optimizer.config).toEqual(net.compiled?.optimizer.config);
    expect(copy.getWeights().map(String)).toEqual(net.getWeights().map(String));
    const changed = sequential([layers.dense(1)]);
    changed.compile({ loss: "mse", optimizer: "nesterov" });
    if (changed.compiled !== null) changed.compiled.optimizer.learningRate = 0.3;
    const rate = unpackModel(written(packed(changed))).compiled?.optimizer;
    expect(rate?.learningRate).toBe(0.3);
    expect(rate?.config).toMatchObject({ momentum: 0.9, nesterov: true });
  });

  it("can be written of a clone too, whatever its layers were given", () => {
    expect(packed(everything().clone()).recipe).toEqual(packed(everything()).recipe);
  });

  it("keeps the weights of layers that are built in a model that is not", () => {
    const encoder = sequential([layers.dense(3, { inputShape: 2 })], { seed: 9 });
    const head = sequential([...encoder.layers, layers.dense(1)]);
    const copy = unpackModel(written(packed(head)));
    expect(copy.isBuilt).toBe(false);
    expect(String(copy.layers[0]?.weights[0])).toBe(String(encoder.layers[0]?.weights[0]));
  });

  it("names what cannot be written", () => {
    class Mine extends Optimizer {
      readonly name = "mine";
      protected updateParameter(): void {}
    }
    const net = sequential([
      layers.custom({ name: "own", forward: (x: Tensor) => x }),
      layers.dense(1, { kernelInitializer: { name: "ramp", make: () => new Float32Array(4) } }),
    ]);
    net.compile({
      loss: (predictions, targets) => predictions.sub(targets).square().mean(),
      optimizer: new Mine({}, 0.1),
      metrics: [metrics.custom(() => 1, { name: "one" })],
    });
    expect(obstacles(net)).toMatchInlineSnapshot(`
      [
        "the layer dense_1 (kernelInitializer.make: a function written in a cell)",
        "the layer own_1 (forward: a function written in a cell)",
        "the loss loss (a function written in a cell)",
        "the optimizer mine (a Mine made by new)",
        "the metric one (a function written in a cell)",
      ]
    `);
    net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: (step) => 1 / (1 + step) }) });
    expect(obstacles(net)).toMatchInlineSnapshot(`
      [
        "the layer dense_1 (kernelInitializer.make: a function written in a cell)",
        "the layer own_1 (forward: a function written in a cell)",
        "the optimizer sgd (learningRate: a function written in a cell)",
      ]
    `);
  });

  it("names a layer once, whatever of it cannot be written", () => {
    const scale = layers.custom({
      name: "scale",
      weights: { factor: { shape: ([features = 1]) => [features] } },
      forward: (x, { factor }) => x.mul(factor),
    });
    expect(obstacles(sequential([scale]))).toEqual([
      "the layer scale_1 (weights.factor.shape, forward: a function written in a cell)",
    ]);
  });

  it("makes nothing that is not in a catalogue", () => {
    const { recipe, weights } = packed(everything());
    const forged = JSON.parse(JSON.stringify(recipe).replaceAll("layers.dense", "layers.constructor"));
    expect(() => unpackModel({ recipe: forged, weights })).toThrow('Unknown part of a model "layers.constructor"');
  });
});
