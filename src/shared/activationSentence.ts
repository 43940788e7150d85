// The verdict on functions and on what reaches a trained layer: one rule for the view as it is made and for what a reader chooses in it.

import type { ActivationCurve, ActivationVariant, PreActivations, Sentence, Tone } from "./views.ts";
import type { InsightWordId } from "./words/insightWords.ts";
import type { Argument, Message } from "./words/message.ts";

/** From this share (0–1) of saturated values on, a layer whose function is flat on both sides is warned about: z with a mean of 0 has fewer beyond ±1.8, where tanh gets flat, unless it spreads wider than inputs of size 1 do. */
const warnedShare = 0.25;
/** A largest slope nearer to 1 than this is 1. */
const slopeTolerance = 0.0005;

/** A function and the alpha it is looked at with. */
export interface JudgedCurve {
  readonly curve: ActivationCurve;
  readonly variant: ActivationVariant;
}

/** The sentence on the chosen functions; `layer` is the layer whose values lie under them, with its own function. */
export function activationSentence(
  chosen: readonly JudgedCurve[],
  layer: { readonly values: PreActivations; readonly own: JudgedCurve } | null,
): Sentence {
  const about = layer === null ? null : layerVerdict(layer.values, layer.own);
  const others = chosen.filter(({ curve }) => curve.name !== layer?.values.activation);
  const damping = others.find(({ variant: { largestSlope } }) => isDamping(largestSlope));
  const named = damping ?? (about === null ? chosen[0] : undefined);
  const hasNoSlope = chosen.some(({ variant }) => variant.largestSlope === 0);
  return {
    tone: about?.tone ?? (hasNoSlope ? "warning" : "info"),
    messages: [
      ...(about === null ? [] : [about.message]),
      ...(named === undefined ? [] : [slopeMessage(named, about === null)]),
    ],
  };
}

function layerVerdict(values: PreActivations, own: JudgedCurve): { tone: Tone; message: Message } | null {
  const { saturatedShare, name: layer } = values;
  if (typeof saturatedShare !== "number") return null;
  const { largestSlope } = own.variant;
  const args = { layer, activation: own.curve.label, share: { kind: "share", value: saturatedShare } } as const;
  if (isFlatOnBothSides(own.variant)) {
    if (saturatedShare >= warnedShare) return { tone: "warning", message: say("activationSaturatedHere", args) };
    if (!isDamping(largestSlope)) return { tone: "good", message: say("activationPassesHere", args) };
    return { tone: "info", message: say("activationDampsHere", { ...args, bound: bound(largestSlope) }) };
  }
  if (saturatedShare === 1) return { tone: "warning", message: say("activationFlatEverywhere", args) };
  return { tone: "info", message: say(saturatedShare === 0 ? "activationFlatNowhere" : "activationFlatHere", args) };
}

/** Whether a function saturates below 0 and above: values there are lost from the gradient, which no healthy layer wants. */
export function isFlatOnBothSides({ saturated }: ActivationVariant): boolean {
  return saturated.some(([, to]) => to < 0) && saturated.some(([from]) => from > 0);
}

/** Whether a function makes every gradient smaller. */
function isDamping(largestSlope: number | null): largestSlope is number {
  return largestSlope !== null && largestSlope > 0 && largestSlope < 1 - slopeTolerance;
}

function slopeMessage({ curve, variant: { largestSlope } }: JudgedCurve, isAlone: boolean): Message {
  const args = { activation: curve.label, bound: bound(largestSlope) };
  if (largestSlope === null) return say("slopeUnbounded", args);
  if (largestSlope === 0) return say("slopeZero", args);
  if (!isDamping(largestSlope)) return say(largestSlope > 1 + slopeTolerance ? "slopeAboveOne" : "slopeOne", args);
  if (!isAlone) return say("slopeNeverAbove", args);
  return say("slopeTenLayers", { ...args, left: bound(largestSlope ** 10) });
}

function bound(value: number | null): Argument {
  return { kind: "number", value };
}

function say(id: InsightWordId, args: Readonly<Record<string, Argument>>): Message<InsightWordId> {
  return { id, args };
}
