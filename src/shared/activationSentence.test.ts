// The verdict on what reaches a trained layer: what it says must be true of the function, not only of its flat ends.

import { describe, expect, it } from "vitest";
import { activationSentence } from "./activationSentence.ts";
import type { ActivationCurve } from "./views.ts";
import { insightWords } from "./words/insightWords.ts";
import { type Locale, plainMessage } from "./words/message.ts";

function judged(label: string, largestSlope: number | null, saturated: readonly (readonly [number, number])[]) {
  const variant = { alpha: null, z: [], value: [], slope: [], largestSlope, saturated };
  const curve: ActivationCurve = { name: label, label, variants: [variant], initial: 0 };
  return { curve, variant };
}
const sigmoid = judged("sigmoid", 0.25, [
  [-6, -3.64],
  [3.64, 6],
]);
const tanh = judged("tanh", 1, [
  [-6, -1.82],
  [1.82, 6],
]);
const relu = judged("ReLU", 1, [[-6, 0]]);

function verdict(own: typeof sigmoid, saturatedShare: number, locale: Locale = "en"): string {
  const values = {
    name: "dense_1",
    activation: own.curve.name,
    units: 4,
    edges: [],
    shares: [],
    saturatedShare,
    examples: 9,
  };
  const { tone, messages } = activationSentence([own], { values, own });
  return `${tone}: ${messages.map((message) => plainMessage(insightWords, message, locale)).join(" ")}`;
}

describe("the verdict on a layer's values", () => {
  it("does not praise a sigmoid that is nowhere saturated: its slope stays at 0.25 or below", () => {
    expect(verdict(sigmoid, 0)).toBe(
      "info: 0 % of the values that reach dense_1 lie where sigmoid is saturated; yet its slope never passes 0.250: each such layer leaves at most 0.250 of a gradient.",
    );
    expect(verdict(sigmoid, 0, "ko")).toContain("미분값은 최대 0.250이므로");
  });

  it("praises tanh away from its flat ends, and warns where it is saturated", () => {
    expect(verdict(tanh, 0.05)).toContain("good: 5 % of the values");
    expect(verdict(tanh, 0.4)).toContain("warning: 40 % of the values");
    expect(verdict(sigmoid, 0.4)).toContain("warning: 40 %");
  });

  it("does not say that others pass where there are none", () => {
    expect(verdict(relu, 1)).toBe(
      "warning: All values that reach dense_1 lie where the slope of ReLU is (nearly) 0: no gradient passes.",
    );
    expect(verdict(relu, 0)).toBe("info: No value that reaches dense_1 lies where the slope of ReLU is (nearly) 0.");
    expect(verdict(relu, 0.999)).toContain("> 99 % of the values");
    expect(verdict(relu, 0.5)).toContain("the others pass");
  });
});

describe("the verdict on functions alone", () => {
  it("counts ten layers of the one that shrinks gradients", () => {
    const { messages } = activationSentence([tanh, sigmoid], null);
    expect(messages.map(({ id }) => id)).toEqual(["slopeTenLayers"]);
    expect(activationSentence([tanh], null).messages.map(({ id }) => id)).toEqual(["slopeOne"]);
    expect(activationSentence([judged("step", 0, [[-6, 6]])], null).tone).toBe("warning");
    expect(activationSentence([judged("exponential", null, [])], null).messages[0]?.id).toBe("slopeUnbounded");
  });
});
