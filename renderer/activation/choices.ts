// What a reader may choose in the activation view: which functions (each in a lasting colour), which alpha, which layer. No DOM.

import type {
  ActivationCurve,
  ActivationVariant,
  ActivationView,
  PreActivations,
  Sentence,
  Tone,
} from "../../src/shared/views.ts";
import type { InsightWordId } from "../../src/shared/words/insightWords.ts";
import type { Message } from "../../src/shared/words/message.ts";
import { variantAt } from "./readCurve.ts";

export const mostFunctions = 5;

/** The best known functions, offered first. */
const wellKnown = ["sigmoid", "tanh", "relu", "leakyRelu", "elu", "gelu", "silu", "softplus", "linear", "step"];

export interface ChosenCurve {
  readonly curve: ActivationCurve;
  readonly variant: ActivationVariant;
  /** Which of the run colours it has. It keeps it as long as it is chosen. */
  readonly slot: number;
}

/** The functions to offer at once, and those behind "more". What is chosen at first is never hidden. */
export function offeredFunctions(view: ActivationView): {
  readonly first: readonly ActivationCurve[];
  readonly more: readonly ActivationCurve[];
} {
  const isFirst = (curve: ActivationCurve) => wellKnown.includes(curve.name) || view.chosen.includes(curve.name);
  const rank = (curve: ActivationCurve) => {
    const at = wellKnown.indexOf(curve.name);
    return at === -1 ? wellKnown.length : at;
  };
  return {
    first: view.functions.filter(isFirst).sort((left, right) => rank(left) - rank(right)),
    more: view.functions.filter((curve) => !isFirst(curve)),
  };
}

/** The slots after `name` was pressed: it takes the first free colour, or that of the one chosen longest ago; the last one stays. */
export function toggled(
  slots: readonly string[],
  order: readonly string[],
  name: string,
): { readonly slots: readonly string[]; readonly order: readonly string[] } {
  if (order.includes(name)) {
    if (order.length === 1) return { slots, order };
    return {
      slots: slots.map((taken) => (taken === name ? "" : taken)),
      order: order.filter((other) => other !== name),
    };
  }
  const kept = order.length >= mostFunctions ? order.slice(1) : order;
  const free = Array.from({ length: mostFunctions }, (_, slot) => {
    const taken = slots[slot] ?? "";
    return kept.includes(taken) ? taken : "";
  });
  const slot = free.indexOf("");
  return { slots: free.map((taken, at) => (at === slot ? name : taken)), order: [...kept, name] };
}

export class Choices {
  readonly view: ActivationView;
  slots: readonly string[];
  order: readonly string[];
  /** `null` until the slider is moved: each function stands at its own first value. */
  alpha: number | null = null;
  layer: PreActivations | null;
  /** Where the reading line stands. */
  z: number;

  constructor(view: ActivationView) {
    this.view = view;
    const known = view.chosen
      .filter((name) => view.functions.some((curve) => curve.name === name))
      .slice(0, mostFunctions);
    this.order = known.length > 0 ? known : view.functions.slice(0, 1).map((curve) => curve.name);
    this.slots = this.order;
    this.layer = view.layers.find((layer) => layer.name === view.layer) ?? null;
    this.z = 1.5;
  }

  toggle(name: string): void {
    ({ slots: this.slots, order: this.order } = toggled(this.slots, this.order, name));
  }

  get chosen(): readonly ChosenCurve[] {
    return this.slots.flatMap((name, slot) => {
      const curve = this.view.functions.find((candidate) => candidate.name === name);
      const variant = curve === undefined ? null : this.variantOf(curve);
      return curve === undefined || variant === null ? [] : [{ curve, variant, slot }];
    });
  }

  /** A curve at the chosen alpha: its nearest variant. */
  variantOf(curve: ActivationCurve): ActivationVariant | null {
    const { alpha } = this;
    if (alpha === null) return variantAt(curve, undefined);
    const distance = (variant: ActivationVariant) => Math.abs((variant.alpha ?? alpha) - alpha);
    return curve.variants.reduce<ActivationVariant | null>(
      (best, variant) => (best === null || distance(variant) < distance(best) ? variant : best),
      null,
    );
  }

  /** Every alpha that a chosen function offers, ascending; empty when none has one. */
  get alphas(): readonly number[] {
    const offered = this.chosen.flatMap(({ curve }) =>
      curve.variants.flatMap(({ alpha }) => (alpha === null ? [] : [alpha])),
    );
    return [...new Set(offered)].sort((left, right) => left - right);
  }

  /** The verdict on what is chosen now; the view's own for its first choice. */
  get sentence(): Sentence {
    const { view, layer } = this;
    const asMade =
      this.alpha === null && layer?.name === (view.layer ?? undefined) && this.order.join() === view.chosen.join();
    return asMade ? view.sentence : wordChoice(view, layer, this.chosen);
  }
}

/** From this share of saturated values on, a layer whose function is flat on both sides is warned about. */
const manySaturated = 0.25;

function wordChoice(view: ActivationView, layer: PreActivations | null, chosen: readonly ChosenCurve[]): Sentence {
  const about = layer === null ? null : layerMessage(view, layer);
  const narrow = chosen.find(
    ({ curve, variant: { largestSlope } }) =>
      curve.name !== layer?.activation && largestSlope !== null && largestSlope > 0 && largestSlope < 1,
  );
  const named = narrow ?? (about === null ? chosen[0] : undefined);
  return {
    tone: about?.tone ?? (chosen.some(({ variant }) => variant.largestSlope === 0) ? "warning" : "info"),
    messages: [...(about === null ? [] : [about.message]), ...(named === undefined ? [] : [slopeMessage(named)])],
  };
}

function layerMessage(
  view: ActivationView,
  { name, activation, saturatedShare }: PreActivations,
): { readonly tone: Tone; readonly message: Message<InsightWordId> } | null {
  if (typeof saturatedShare !== "number") return null;
  const args = { layer: name, activation, share: { kind: "share", value: saturatedShare } } as const;
  const curve = view.functions.find((candidate) => candidate.name === activation);
  const saturated = curve === undefined ? [] : (variantAt(curve, undefined)?.saturated ?? []);
  const onBothSides = saturated.some(([, to]) => to < 0) && saturated.some(([from]) => from > 0);
  if (!onBothSides) return { tone: "info", message: { id: "activationFlatHere", args } };
  return saturatedShare >= manySaturated
    ? { tone: "warning", message: { id: "activationSaturatedHere", args } }
    : { tone: "good", message: { id: "activationPassesHere", args } };
}

function slopeMessage({ curve, variant: { largestSlope } }: ChosenCurve): Message<InsightWordId> {
  const args = { activation: curve.name, bound: { kind: "number", value: largestSlope } } as const;
  if (largestSlope === null) return { id: "slopeUnbounded", args };
  if (largestSlope === 0) return { id: "slopeZero", args };
  if (largestSlope < 1) return { id: "slopeNeverAbove", args };
  return { id: largestSlope > 1.0005 ? "slopeAboveOne" : "slopeOne", args };
}
