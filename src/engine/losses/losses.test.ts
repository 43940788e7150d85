// Losses refuse what they cannot judge, and say how to go on.

import { describe, expect, it } from "vitest";
import { layers, sequential } from "../index.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { zeros } from "../tensorFunctions.ts";
import { losses, lossNames } from "./losses.ts";
import { resolveLoss } from "./lossOption.ts";

describe("losses by name", () => {
  it.each([
    ["mse", "mse"],
    ["mean_squared_error", "mse"],
    ["MAE", "mae"],
    ["binary_crossentropy", "binaryCrossentropy"],
    ["bce", "binaryCrossentropy"],
    ["sparse_categorical_crossentropy", "sparseCategoricalCrossentropy"],
    ["kl_divergence", "klDivergence"],
  ])("%s means %s", (written, meant) => expect(resolveLoss(written).name).toBe(meant));

  it("a wrong name offers the nearest right one", () => {
    expect(() => resolveLoss("binaryCrossentropi")).toThrow('Did you mean "binaryCrossentropy"?');
    expect(() => resolveLoss("mea")).toThrow('Unknown loss "mea".');
  });

  it("every loss has words and a formula", () => {
    for (const name of lossNames)
      expect(Object.values([resolveLoss(name).label, resolveLoss(name).formula]).every((text) => text !== "")).toBe(
        true,
      );
  });
});

describe("targets outside a loss's domain", () => {
  it("binary cross-entropy wants 0 to 1 and names the row", () => {
    const check = () => losses.binaryCrossentropy().checkTargets(tensor([0, 1, 0, 0, 1, 2]), [1]);
    expect(check).toThrow("binaryCrossentropy: expected targets from 0 to 1, got 2 at row 5.");
    expect(() => losses.binaryCrossentropy().checkTargets(tensor([[0], [0.5]]), [1])).not.toThrow();
  });

  it("categorical cross-entropy explains class numbers", () => {
    for (const labels of [tensor([0, 2, 1]), tensor([[0], [2], [1]])])
      expect(() => losses.categoricalCrossentropy().checkTargets(labels, [3])).toThrow(
        /expected targets \[batch, 3\] \(one-hot rows\), got class numbers of shape .*Use loss: "sparseCategoricalCrossentropy", or oneHot\(y, 3\)\./,
      );
  });

  it("categorical cross-entropy wants rows that sum to 1", () => {
    expect(() =>
      losses.categoricalCrossentropy().checkTargets(
        tensor([
          [1, 0],
          [1, 1],
        ]),
        [2],
      ),
    ).toThrow("got a sum of 2 at row 1");
  });

  it("sparse categorical cross-entropy explains one-hot rows and classes that are not there", () => {
    const loss = losses.sparseCategoricalCrossentropy();
    expect(() => loss.checkTargets(tensor([[1, 0, 0]]), [3])).toThrow(
      'For one-hot rows use loss: "categoricalCrossentropy".',
    );
    expect(() => loss.checkTargets(tensor([0, 3]), [3])).toThrow(
      "expected class numbers from 0 to 2, got 3 at row 1. The last layer has 3 units",
    );
    expect(() => loss.checkTargets(tensor([1, 2, 3]), [3])).toThrow("classes are numbered from 0");
    expect(() => loss.checkTargets(tensor([[0], [2]]), [3])).not.toThrow();
  });

  it.each([[[3]], [[3, 1]]])("sparse categorical cross-entropy judges sequences of one step by targets %j", (shape) => {
    const scores = [0.2, 0.5, 0.1, 0.2, 0.7, 0.1, 0.1, 0.1, 0.3, 0.3, 0.2, 0.2];
    const flat = losses.sparseCategoricalCrossentropy().compute(tensor(scores, { shape: [3, 4] }), tensor([1, 0, 3]));
    const steps = tensor(scores, { shape: shape.length === 1 ? [3, 4] : [3, 1, 4] });
    const loss = losses.sparseCategoricalCrossentropy().compute(steps, tensor([1, 0, 3], { shape }));
    expect(loss.item()).toBe(flat.item());
  });

  it("a model of one step learns from class numbers, one for each step", async () => {
    const model = sequential([layers.reshape([1, 2]), layers.dense(3, { activation: "softmax" })]);
    model.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam", metrics: ["accuracy"] });
    const [x, y] = [
      tensor([
        [1, 0],
        [0, 1],
        [1, 1],
      ]),
      tensor([[0], [1], [2]]),
    ];
    const run = await model.fit(x, y, { epochs: 300, seed: 1, sampleWeight: [1, 1, 2] });
    expect(run.history[0]?.train.at(-1)).toBeLessThan(run.history[0]?.train[0] ?? 0);
    expect(model.evaluate(x, y)).toMatchObject({ accuracy: expect.any(Number) });
  });

  it("hinge, Poisson and msle know their domains", () => {
    expect(() => losses.hinge().checkTargets(tensor([1, -1, 2]), [1])).toThrow(
      "expected targets −1 and 1 (or 0 and 1), got 2 at row 2",
    );
    expect(() => losses.poisson().checkTargets(tensor([-1]), [1])).toThrow("expected targets of 0 or more");
    expect(() => losses.msle().checkTargets(tensor([-1]), [1])).toThrow("expected targets above −1");
  });

  it("no loss takes a missing value", () => {
    for (const name of lossNames)
      expect(() => resolveLoss(name).checkTargets(tensor([[0], [Number.NaN]]), [1]), name).toThrow(
        "targets that are finite numbers, got NaN at row 1",
      );
  });

  it("targets of another width say what to change", () => {
    expect(() => losses.mse().checkTargets(zeros([5, 2]), [3])).toThrow(
      "mse: expected targets [batch, 3], got [5, 2]. The last layer has 3 units: make it 2, or give 3 numbers for each of the 5 examples.",
    );
  });
});

describe("forms of a loss", () => {
  it("cross-entropies fuse with the activation they go with, and only with it", () => {
    expect(losses.categoricalCrossentropy().fusedWith("softmax")?.fromLogits).toBe(true);
    expect(losses.sparseCategoricalCrossentropy().fusedWith("softmax")?.fromLogits).toBe(true);
    expect(losses.binaryCrossentropy().fusedWith("sigmoid")?.fromLogits).toBe(true);
    expect(losses.binaryCrossentropy().fusedWith("softmax")).toBeNull();
    expect(losses.mse().fusedWith("linear")).toBeNull();
    expect(losses.binaryCrossentropy({ fromLogits: true }).fusedWith("linear")).toBeNull();
  });

  it("the fused form gives the same value where nothing is clipped, and stays finite where the other is clipped", () => {
    const logits = tensor([[2, -1, 0.5]]);
    const targets = tensor([[0, 1, 0]]);
    const plain = losses.categoricalCrossentropy().compute(logits.softmax(), targets).item();
    const fused = losses.categoricalCrossentropy({ fromLogits: true });
    expect(fused.compute(logits, targets).item()).toBeCloseTo(plain, 5);
    const far = tensor([[200, -200, 0]], { requiresGrad: true });
    const value = fused.compute(far, targets);
    value.backward();
    expect(value.item()).toBe(400);
    expect(far.grad?.toArray()).toEqual([[1, -1, 0]]);
  });

  it("targets without the unit axis fit a single unit", () => {
    expect(
      losses
        .mse()
        .compute(tensor([[1], [2]]), tensor([0, 0]))
        .item(),
    ).toBe(2.5);
    expect(() => losses.mse().compute(tensor([[1, 2]]), tensor([0, 0]))).toThrow(
      "mse: expected targets [1, 2], got [2].",
    );
  });

  it("a custom loss is differentiated and must return one number", () => {
    const quartic = resolveLoss((p, t) => p.sub(t).pow(4).mean());
    const p = tensor([[2]], { requiresGrad: true });
    quartic.compute(p, tensor([[0]])).backward();
    expect(p.grad?.toArray()).toEqual([[32]]);
    expect(() => losses.custom((p) => p, { name: "mine" }).compute(zeros([2, 1]), zeros([2, 1]))).toThrow(
      "mine: expected the function to return a tensor with one number, got [2, 1]",
    );
    const waiting = losses.custom((async () => zeros([])) as unknown as () => Tensor);
    expect(() => waiting.compute(zeros([2, 1]), zeros([2, 1]))).toThrow("with one number, got a Promise");
  });

  it("wrong settings are refused", () => {
    expect(() => losses.huber({ delta: 0 })).toThrow("losses.huber: expected delta above 0, got 0.");
    expect(() => losses.binaryCrossentropy({ labelSmoothing: 1 })).toThrow("labelSmoothing from 0 to below 1");
    expect(() => losses.huber({ dleta: 1 } as object)).toThrow('Did you mean "delta"?');
  });
});
