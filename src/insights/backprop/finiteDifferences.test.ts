// The finite differences beside gradients can be believed: small ones too, beside a kink, and with a loss of one's own.

import { expect, test } from "vitest";
import { initializers, layers, losses, type Model, sequential } from "../../engine/index.ts";
import type { LossOption } from "../../engine/losses/lossOption.ts";
import { type BackpropExample, backpropView } from "./backpropView.ts";

function compiled(parts: Parameters<typeof sequential>[0], loss: LossOption): Model {
  const model = sequential(parts, { seed: 1 });
  model.compile({ loss, optimizer: "sgd" });
  return model;
}

/** How far difference and gradient of each weight lie apart, as a share of the gradient, where it is not 0. */
function distances(model: Model, example: BackpropExample): number[] {
  return backpropView(model, example).weights.flatMap(({ gradient, check }) =>
    Number(gradient) === 0 ? [] : [Math.abs(Number(check.value) / Number(gradient) - 1)],
  );
}

const said = (model: Model, example: BackpropExample) => backpropView(model, example).sentence.messages[0]?.id;

test("gradients that vanish are met to a thousandth, not only near enough to 0", () => {
  const deep = Array.from({ length: 6 }, () => layers.dense(2, { activation: "sigmoid" }));
  const model = compiled(
    [layers.dense(2, { activation: "sigmoid", inputShape: 1 }), ...deep, layers.dense(1, { activation: "sigmoid" })],
    "mse",
  );
  const { weights } = backpropView(model, { x: [1], y: 1 });
  expect(Math.min(...weights.map(({ gradient }) => Math.abs(Number(gradient))))).toBeLessThan(1e-7);
  expect(Math.max(...distances(model, { x: [1], y: 1 }))).toBeLessThan(1e-3);
  expect(said(model, { x: [1], y: 1 })).toBe("backpropChecked");
});

test.each<[string, string, number, number[]]>([
  ["mae", "tanh", 2, [0.3, -0.4]],
  ["binaryCrossentropy", "sigmoid", 2, [1, 0]],
  ["categoricalCrossentropy", "softmax", 3, [0, 0.25, 0.75]],
  ["sparseCategoricalCrossentropy", "softmax", 3, [2]],
])("of %s after %s they have the four digits that are kept", (loss, activation, units, y) => {
  const model = compiled(
    [layers.dense(3, { activation: "gelu", inputShape: 2 }), layers.dense(units, { activation })],
    loss,
  );
  expect(Math.max(...distances(model, { x: [0.5, -1], y }))).toBeLessThan(6e-4);
});

test("a loss with options or of one's own is measured as the engine computes it", () => {
  const parts = () => [layers.dense(3, { activation: "tanh", inputShape: 2 }), layers.dense(1)];
  const quartic = losses.custom((p, t) => p.sub(t).pow(4).mean());
  for (const loss of [quartic, losses.huber({ delta: 0.1 }), losses.binaryCrossentropy({ fromLogits: true })]) {
    const model = compiled(parts(), loss);
    expect(said(model, { x: [0.5, -1], y: 1 })).toBe("backpropChecked");
    expect(Math.max(...distances(model, { x: [0.5, -1], y: 1 }))).toBeLessThan(0.01);
  }
});

test("a kink near by does not disturb them; one that the example stands on does", () => {
  const beside = (bias: number) =>
    compiled(
      [
        layers.dense(1, {
          activation: "relu",
          inputShape: 1,
          kernelInitializer: "ones",
          biasInitializer: initializers.constant(bias),
        }),
        layers.dense(1, { kernelInitializer: "ones" }),
      ],
      "mse",
    );
  expect(said(beside(-0.99), { x: [1], y: 1 })).toBe("backpropChecked");
  expect(said(beside(-1.01), { x: [1], y: 1 })).toBe("backpropChecked");
  expect(said(beside(-1), { x: [1], y: 1 })).toBe("backpropKinks");
});
