// Numbers that stop being finite: the step, the layer and the place are named, and the model gets whole weights back.

import { describe, expect, it } from "vitest";
import { initializers, layers, losses, type Model, optimizers, sequential, tensor } from "../index.ts";

const x = tensor([
  [1, 2],
  [3, -1],
  [-2, 0.5],
  [0.3, 0.7],
]);
const y = tensor([[1], [-1], [2], [0]]);

function deepLinear(learningRate: number): Model {
  const model = sequential([layers.dense(6, { activation: "relu" }), layers.dense(6), layers.dense(1)]);
  model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate }) });
  return model;
}

describe("a diverging training", () => {
  it("ends at the first step that is not finite and says where", async () => {
    const model = deepLinear(30);
    const run = await model.fit(x, y, { epochs: 200, batchSize: 2, seed: 2 });
    expect(run.state).toBe("diverged");
    const divergence = run.divergence;
    expect(divergence?.step).toBe(run.steps.done);
    expect(run.loss).toHaveLength(run.steps.done);
    expect(run.loss.slice(0, -1).every(Number.isFinite)).toBe(true);
    expect(divergence?.epoch).toBe(Math.ceil(run.steps.done / 2));
    expect(run.trace.steps.at(-1)).toBe(run.steps.done);
    expect(["dense_1", "dense_2", "dense_3", null]).toContain(divergence?.layer);
  });

  it("gives the model the weights of the last whole epoch, which work", async () => {
    const model = deepLinear(30);
    const run = await model.fit(x, y, { epochs: 200, batchSize: 2, seed: 2 });
    expect(run.divergence?.restoredEpoch).toBe(run.epochs.done);
    expect(model.weights.every(({ data }) => data.every(Number.isFinite))).toBe(true);
    const again = deepLinear(30);
    if (run.epochs.done > 0) {
      const before = await again.fit(x, y, { epochs: run.epochs.done, batchSize: 2, seed: 2 });
      expect(before.state).toBe("finished");
      expect(again.getWeights()).toEqual(model.getWeights());
    } else {
      again.build(2, { seed: 2 });
      expect(again.getWeights()).toEqual(model.getWeights());
    }
  });

  it("names the layer whose output overflows first", async () => {
    const model = deepLinear(0.01);
    model.build(2);
    const weights = model.getWeights();
    // float32 ends at 3.4e38: the second layer's products pass it, the first layer's do not.
    model.setWeights(weights.map((weight, index) => (index <= 2 && index !== 1 ? weight.mul(0).add(1e30) : weight)));
    const run = await model.fit(x, y, { batchSize: 4 });
    expect(run.divergence).toEqual({ step: 1, epoch: 1, layer: "dense_2", where: "activation", restoredEpoch: 0 });
  });

  it("names the loss when all layers are finite", async () => {
    const model = sequential([layers.dense(1)]);
    model.compile({ loss: losses.custom((predictions) => predictions.mul(0).log().mean().mul(0)), optimizer: "sgd" });
    const run = await model.fit(x, y);
    expect(run.divergence).toMatchObject({ step: 1, layer: null, where: "loss" });
  });

  it("names the layer whose gradient is not finite first on the way back", async () => {
    const model = sequential([layers.dense(3), layers.dense(1, { name: "out" })]);
    // √0 is 0, its slope is infinite.
    model.compile({ loss: losses.custom((predictions) => predictions.mul(0).sqrt().mean()), optimizer: "sgd" });
    const run = await model.fit(x, y);
    expect(run.divergence).toMatchObject({ step: 1, layer: "out", where: "gradient" });
  });

  it("names the layer whose weights an update breaks", async () => {
    const model = sequential([layers.dense(2), layers.dense(1)]);
    model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 1e39 }) });
    const run = await model.fit(x, y);
    expect(run.divergence).toMatchObject({ step: 1, layer: "dense_1", where: "weights", restoredEpoch: 0 });
    expect(model.weights.every(({ data }) => data.every(Number.isFinite))).toBe(true);
  });

  it.each([
    ["a learning rate that is too large", () => deepLinear(30)],
    [
      "a layer that overflows, behind dropout",
      () => {
        const huge = { kernelInitializer: initializers.constant(1e15) };
        const hidden = [layers.dense(4, huge), layers.dropout(0.2), layers.dense(4, huge), layers.dense(4, huge)];
        const model = sequential([...hidden, layers.dense(1)]);
        model.compile({ loss: "mse", optimizer: "sgd" });
        return model;
      },
    ],
    [
      "a gradient that a clipped update would hide",
      () => {
        const model = sequential([layers.dense(3), layers.dense(1, { name: "out" })]);
        const loss = losses.custom((predictions) => predictions.sub(predictions.detach()).sqrt().mean());
        model.compile({ loss, optimizer: optimizers.sgd({ clipValue: 1 }) });
        return model;
      },
    ],
    [
      "an update that breaks weights",
      () => {
        const model = sequential([layers.dense(2), layers.dense(1)]);
        model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 1e39 }) });
        return model;
      },
    ],
  ])("says the same of %s, whether layers are recorded or not", async (_, make) => {
    const options = { epochs: 50, batchSize: 2, seed: 2 };
    const [recorded, bare] = [await make().fit(x, y, options), await make().fit(x, y, { ...options, trace: false })];
    expect(recorded.state).toBe("diverged");
    expect(bare.divergence).toEqual(recorded.divergence);
    expect(bare.loss).toEqual(recorded.loss);
  });
});
