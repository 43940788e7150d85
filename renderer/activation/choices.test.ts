// What a reader may choose in the activation view, without a page.

import { describe, expect, test } from "vitest";
import type { ActivationCurve, ActivationView } from "../../src/shared/views.ts";
import { Choices, offeredFunctions, toggled } from "./choices.ts";
import { linePoints, ticksAroundZero } from "./curvePlots.ts";

const curve = (
  name: string,
  alphas: readonly (number | null)[] = [null],
  largestSlope: number | null = 1,
): ActivationCurve => ({
  name,
  label: name,
  variants: alphas.map((alpha) => ({
    alpha,
    z: [-6, 6],
    value: [0, 1],
    slope: [0, 0],
    largestSlope,
    saturated: [
      [-6, -2],
      [2, 6],
    ],
  })),
  initial: 0,
});

const view: ActivationView = {
  kind: "activation",
  version: 1,
  sentence: { tone: "info", messages: [{ id: "slopeOne", args: { activation: "tanh" } }] },
  chosen: ["tanh"],
  functions: [curve("mish"), curve("tanh"), curve("leakyRelu", [0.01, 0.1, 0.3]), curve("sigmoid", [null], 0.25)],
  layers: [
    { name: "dense_1", activation: "tanh", units: 4, edges: [-1, 1], shares: [1], saturatedShare: 0.4, examples: 9 },
    { name: "dense_2", activation: "tanh", units: 4, edges: [-1, 1], shares: [1], saturatedShare: 0.1, examples: 9 },
  ],
  layer: null,
};

describe("choosing functions", () => {
  test("offers the best known first, and always the chosen", () => {
    const offered = offeredFunctions({ ...view, chosen: ["mish"] });
    expect(offered.first.map(({ name }) => name)).toEqual(["sigmoid", "tanh", "leakyRelu", "mish"]);
    expect(offeredFunctions(view).more.map(({ name }) => name)).toEqual(["mish"]);
  });

  test("keeps each function's colour while others come and go", () => {
    const added = toggled(["tanh", "sigmoid"], ["tanh", "sigmoid"], "mish");
    expect(added.slots.indexOf("mish")).toBe(2);
    const removed = toggled(added.slots, added.order, "tanh");
    expect(removed.slots.indexOf("sigmoid")).toBe(1);
    expect(toggled(removed.slots, removed.order, "relu").slots.indexOf("relu")).toBe(0);
  });

  test("keeps the last function, and lets the oldest of five go", () => {
    expect(toggled(["tanh"], ["tanh"], "tanh").order).toEqual(["tanh"]);
    const five = ["a", "b", "c", "d", "e"];
    expect(toggled(five, five, "f")).toEqual({ slots: ["f", "b", "c", "d", "e"], order: ["b", "c", "d", "e", "f"] });
  });

  test("falls back to a function it has when the chosen ones are unknown", () => {
    expect(new Choices({ ...view, chosen: ["nothing"] }).chosen.map((entry) => entry.curve.name)).toEqual(["mish"]);
  });
});

describe("alpha", () => {
  test("takes the nearest curve", () => {
    const choices = new Choices({ ...view, chosen: ["leakyRelu", "tanh"] });
    expect(choices.adjustable.map(({ curve }) => curve.variants.map(({ alpha }) => alpha))).toEqual([[0.01, 0.1, 0.3]]);
    choices.alphas.set(choices.adjustable[0]?.curve.name ?? "", 0.25);
    expect(choices.chosen.map(({ variant }) => variant.alpha)).toEqual([0.3, null]);
  });

  test("stands at that of the chosen layer, until its slider is moved", () => {
    const layer = {
      name: "a",
      activation: "leakyRelu",
      units: 4,
      edges: [-1, 1],
      shares: [1],
      saturatedShare: 0,
      examples: 9,
    };
    const layers = [
      { ...layer, alpha: 0.3 },
      { ...layer, name: "b", alpha: 0.1 },
    ];
    const choices = new Choices({ ...view, chosen: ["leakyRelu"], layers, layer: "a" });
    const alpha = () => choices.chosen.map(({ variant }) => variant.alpha);
    expect(alpha()).toEqual([0.3]);
    choices.layer = layers[1] ?? null;
    expect(alpha()).toEqual([0.1]);
    choices.alphas.set("leakyRelu", 0.01);
    expect(alpha()).toEqual([0.01]);
  });
});

test("a layer that is chosen brings its function, in the place of that of the layer before", () => {
  const layer = { units: 4, edges: [-1, 1], shares: [1], saturatedShare: 0, examples: 9 };
  const layers = ["tanh", "leakyRelu", "unknown"].map((activation) => ({ ...layer, name: activation, activation }));
  const [first, second, third] = layers;
  const choices = new Choices({ ...view, chosen: ["sigmoid", "tanh"], layers, layer: "tanh" });
  const names = () => choices.chosen.map(({ curve, slot }) => [curve.name, slot]);
  choices.chooseLayer(second ?? null);
  expect(names()).toEqual([
    ["sigmoid", 0],
    ["leakyRelu", 1],
  ]);
  choices.chooseLayer(third ?? null);
  choices.chooseLayer(null);
  choices.chooseLayer(first ?? null);
  expect(names()).toEqual([
    ["sigmoid", 0],
    ["leakyRelu", 1],
    ["tanh", 2],
  ]);
});

describe("the sentence", () => {
  test("is the view's own until something else is chosen", () => {
    const choices = new Choices(view);
    expect(choices.sentence).toBe(view.sentence);
    choices.layer = view.layers[0] ?? null;
    expect(choices.sentence.tone).toBe("warning");
    expect(choices.sentence.messages.map(({ id }) => id)).toEqual(["activationSaturatedHere"]);
    choices.layer = view.layers[1] ?? null;
    choices.toggle("sigmoid");
    expect(choices.sentence.tone).toBe("good");
    expect(choices.sentence.messages.map(({ id }) => id)).toEqual(["activationPassesHere", "slopeNeverAbove"]);
  });
});

test("lines break at a jump and where there is no number", () => {
  expect(linePoints({ z: [-1, 0, 0, 1], series: [0, 0, 1, "Infinity"] })).toEqual([
    { x: -1, y: 0 },
    { x: 0, y: 0 },
    { x: 0, y: Number.NaN },
    { x: 0, y: 1 },
    { x: 1, y: Number.NaN },
  ]);
});

test("ticks stand on both sides of zero, fewer on a narrow page", () => {
  expect(ticksAroundZero(-6, 6, 640)).toEqual([-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]);
  expect(ticksAroundZero(-6, 6, 180)).toEqual([-6, -3, 0, 3, 6]);
});
