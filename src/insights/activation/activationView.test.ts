// The activation view: curves with their kinks, jumps and flat stretches, and how a trained layer lies on them.

import { describe, expect, it } from "vitest";
import { syntheticLayer } from "../../../test/support/syntheticRun.ts";
import { activationNames, type LayerTrace } from "../../engine/index.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import { activationView, viewText } from "../index.ts";
import { activationCurve } from "./activationCurves.ts";
import { worstLayer } from "./worstLayer.ts";

const only = (name: string) => {
  const curve = activationCurve(name);
  const variant = curve.variants[curve.initial];
  if (variant === undefined) throw new Error(`${name} has no curve`);
  return variant;
};

function trainedLayer(
  activation: string,
  saturatedShare: number,
  { name = "dense_4", deadUnits = [3] }: { name?: string; deadUnits?: number[] } = {},
): LayerTrace {
  const edges = Array.from({ length: 49 }, (_, index) => -6 + index / 4);
  const shares = edges.slice(1).map(() => 1 / 48);
  return syntheticLayer(name, [0.1], {
    activation,
    preActivations: { alpha: null, edges, shares, saturatedShare, units: 16, unitMeans: [], deadUnits, examples: 320 },
  });
}

describe("curves", () => {
  it.each(activationNames)("%s: z ascends, all numbers are there, alpha's own value is shown first", (name) => {
    const curve = activationCurve(name);
    for (const variant of curve.variants) {
      expect(variant.value).toHaveLength(variant.z.length);
      expect(variant.slope).toHaveLength(variant.z.length);
      expect(variant.z.every((z, index) => index === 0 || z >= (variant.z[index - 1] ?? 0))).toBe(true);
      expect([...variant.value, ...variant.slope].every((value) => typeof value === "number")).toBe(true);
    }
    const alphas = curve.variants.map(({ alpha }) => alpha);
    expect(alphas).toEqual([...alphas].sort((left, right) => (left ?? 0) - (right ?? 0)));
    expect(curve.variants[curve.initial]).toBeDefined();
  });

  it("draw a jump and a kink from both sides, with what the engine computes between them", () => {
    const step = only("step");
    const jump = step.z.indexOf(0);
    expect(step.z.slice(jump, jump + 3)).toEqual([0, 0, 0]);
    expect(step.value.slice(jump, jump + 3)).toEqual([0, 1, 1]);
    const relu = only("relu");
    const kink = relu.z.indexOf(0);
    expect(relu.slope.slice(kink, kink + 3)).toEqual([0, 0, 1]);
  });

  it("know where their slope is below a tenth of its largest", () => {
    // tanh′ = 1 − tanh², a tenth at ±1.818; sigmoid′ = 0.025 at ±3.637.
    expect(only("tanh").saturated).toEqual([
      [-6, -1.82],
      [1.82, 6],
    ]);
    expect(only("sigmoid").saturated).toEqual([
      [-6, -3.64],
      [3.64, 6],
    ]);
    expect(only("relu").saturated).toEqual([[-6, 0]]);
    expect(only("linear").saturated).toEqual([]);
    expect(only("step").saturated).toEqual([[-6, 6]]);
    expect(only("exponential")).toMatchObject({ largestSlope: null, saturated: [] });
  });
});

describe("the activation view", () => {
  const sentence = (...args: Parameters<typeof activationView>) => {
    const view = activationView(...args);
    return `${view.sentence.tone}: ${sentenceText(view.sentence, "en")}`;
  };

  it("says what ten layers leave of a gradient", () => {
    expect(sentence("sigmoid")).toBe(
      "info: sigmoid has a slope of at most 0.250: through ten layers 9.54×10⁻⁷ of a gradient is left at best.",
    );
    expect(sentence("step")).toBe(
      "warning: step has slope 0 wherever it has one: no gradient passes, so nothing can be learned through it.",
    );
    expect(sentence(["relu", "tanh"])).toBe("info: ReLU passes a gradient on undiminished where its slope is 1.");
  });

  it("says how much of a trained layer is saturated", () => {
    expect(sentence(["tanh", "sigmoid", "leakyRelu"], { layer: trainedLayer("tanh", 0.42) })).toBe(
      "warning: 42 % of the values that reach dense_4 lie where tanh is saturated: there the gradient loses more than nine tenths. sigmoid never passes more than 0.250 of a gradient.",
    );
    expect(sentence("relu", { layer: trainedLayer("relu", 0.5) })).toBe(
      "info: 50 % of the values that reach dense_4 lie where the slope of ReLU is (nearly) 0; the gradients of the others pass.",
    );
  });

  it("shows what was asked for, the layer's own function among it, and offers others", () => {
    const view = activationView(["sigmoid", "relu"], { layer: trainedLayer("tanh", 0.1) });
    expect(view.chosen).toEqual(["tanh", "sigmoid", "relu"]);
    expect(view.layer).toBe("dense_4");
    expect(view.functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["tanh", "sigmoid", "relu", "leakyRelu", "step"]),
    );
    expect(activationView("swish").chosen).toEqual(["silu"]);
    expect(JSON.stringify(view).length).toBeLessThan(128 * 1024);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  it("finds a layer of a run by name", () => {
    const run = { layers: [trainedLayer("tanh", 0.1), syntheticLayer("dense_5", [0.1], { activation: "linear" })] };
    expect(activationView("tanh", { run, layer: "dense_4" }).layer).toBe("dense_4");
    expect(() => activationView("tanh", { run, layer: "dense_9" })).toThrow('one of dense_4, dense_5, got "dense_9"');
    expect(() => activationView("tanh", { layer: "dense_9" })).toThrow("a layer of a run, such as run.layers[0]");
  });

  it("draws the curve of a layer with the layer's own alpha, and offers those of all", () => {
    const leaky = (name: string, alpha: number) => {
      const layer = trainedLayer("leakyRelu", 0, { name, deadUnits: [] });
      return { ...layer, preActivations: layer.preActivations && { ...layer.preActivations, alpha } };
    };
    const run = { layers: [leaky("first", 0.35), leaky("second", 0.02)] };
    const curveOf = (view: ReturnType<typeof activationView>) =>
      view.functions.find(({ name }) => name === "leakyRelu") ?? expect.fail("no curve");
    const view = activationView([], { run, layer: "second" });
    const curve = curveOf(view);
    expect(curve.variants[curve.initial]?.alpha).toBe(0.02);
    expect(curve.variants.map(({ alpha }) => alpha)).toEqual(expect.arrayContaining([0.02, 0.35]));
    expect(view.layers.map(({ alpha }) => alpha)).toEqual([0.35, 0.02]);
    expect(viewText(view, "en")).toMatch(/leaky ReLU \(α 0\.02\) +−0\.0400 /);
    // Without a layer the function's own is shown; the layers' are there to be chosen.
    const unchosen = curveOf(activationView([], { run }));
    expect(unchosen.variants[unchosen.initial]?.alpha).toBe(0.2);
    expect(unchosen.variants.map(({ alpha }) => alpha)).toContain(0.35);
  });

  it("keeps the layers of a run in their order, whichever is shown", () => {
    const run = { layers: [trainedLayer("tanh", 0.1, { name: "dense_1" }), trainedLayer("tanh", 0.1)] };
    const names = (layer: string | LayerTrace) => activationView("tanh", { run, layer }).layers.map(({ name }) => name);
    expect(names("dense_4")).toEqual(["dense_1", "dense_4"]);
    expect(names(trainedLayer("tanh", 0, { name: "other" }))).toEqual(["other", "dense_1", "dense_4"]);
  });

  it("begins with the layer that lets least through", () => {
    const layer = (name: string, activation: string, saturatedShare: number, ...deadUnits: number[]) =>
      trainedLayer(activation, saturatedShare, { name, deadUnits });
    const worst = (...layers: LayerTrace[]) => worstLayer(layers)?.name;
    expect(worst(layer("first", "sigmoid", 0.1), layer("second", "sigmoid", 0.4))).toBe("second");
    // Half of a ReLU's values in its flat half are no illness; units that never answer are.
    expect(worst(layer("first", "relu", 0.6), layer("second", "tanh", 0.3))).toBe("second");
    expect(worst(layer("first", "tanh", 0.3), layer("second", "relu", 0.6, 0, 1, 2, 3, 4, 5, 6, 7))).toBe("second");
    expect(worst(layer("first", "relu", 0.4), layer("second", "relu", 0.6), layer("third", "relu", 0.5))).toBe(
      "second",
    );
    expect(worst(layer("first", "tanh", 0), layer("second", "tanh", 0))).toBe("first");
    expect(worst(syntheticLayer("dense_5", [0.1], { activation: "linear" }))).toBeUndefined();
  });

  it("refuses unknown functions with the nearest, and more than five", () => {
    expect(() => activationView("sigmod")).toThrow('Did you mean "sigmoid"?');
    expect(() => activationView(["relu", "elu", "selu", "celu", "gelu", "silu"])).toThrow(
      "show.activation: expected at most 5 functions, got 6. More are hard to tell apart",
    );
    expect(() => activationView("relu", { layer: "dense_1" })).toThrow(
      'show.activation: expected layer to be a layer of a run, such as run.layers[0], got "dense_1". A name needs its run',
    );
  });

  it("refuses a layer of which nothing was recorded, and says why", () => {
    const silent = (activation: string) => syntheticLayer("last", [0.1], { activation, preActivations: null });
    expect(() => activationView(["relu"], { layer: silent("linear") })).toThrow(/got last, .* not linear/s);
    expect(() => activationView([], { layer: silent("softmax") })).toThrow(/got last, .* softmax takes all values/s);
  });

  it("is a table of numbers as text", () => {
    const text = viewText(activationView(["sigmoid", "exponential"], { layer: trainedLayer("sigmoid", 0.1) }), "en");
    expect(text).toMatch(/sigmoid +0\.119 +0\.500 +0\.881 +0\.105 +0\.250 +0\.105 +0\.250 +−6 … −3\.64, 3\.64 … 6/);
    expect(text).toContain("no bound");
    expect(text).toContain(
      "dense_4: sigmoid, 10 % of 320 examples' values saturated\nDead units of dense_4, which gave 0 for every example: 4.",
    );
  });
});
