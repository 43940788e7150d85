// What a reader may choose in the activation view: which functions (each in a lasting colour), which alpha, which layer. No DOM.

import { activationSentence } from "../../src/shared/activationSentence.ts";
import type {
  ActivationCurve,
  ActivationVariant,
  ActivationView,
  PreActivations,
  Sentence,
} from "../../src/shared/views.ts";
import type { Range } from "../time/timeZoom.ts";
import { variantAt } from "./readCurve.ts";

export const mostFunctions = 5;

/** The best known functions, offered first. */
const wellKnown = ["sigmoid", "tanh", "relu", "leakyRelu", "elu", "gelu", "silu", "softplus", "linear", "step"];

export type CurveLayout = "overlaid" | "multiples";

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
  /** By function: the alpha that its slider was moved to. The others stand at that of the chosen layer, or their own first value. */
  readonly alphas = new Map<string, number>();
  layer: PreActivations | null;
  /** The stretch of z that the reader zoomed into; `null` for all. */
  range: Range | null = null;
  /** Where the reading line stands. */
  z: number;
  /** All functions in one drawing, or a drawing for each. */
  layout: CurveLayout = "overlaid";

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

  /** Its z stand under its own function: that one is chosen too, in the place of the layer's before. */
  chooseLayer(layer: PreActivations | null): void {
    const before = this.layer?.activation ?? "";
    const name = layer?.activation ?? "";
    this.layer = layer;
    if (this.order.includes(name) || !this.view.functions.some((curve) => curve.name === name)) return;
    const replaced = (names: readonly string[]) => names.map((other) => (other === before ? name : other));
    if (this.order.includes(before)) [this.slots, this.order] = [replaced(this.slots), replaced(this.order)];
    else this.toggle(name);
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
    return nearestVariant(curve, this.alphas.get(curve.name) ?? this.#alphaOfLayer(curve));
  }

  #alphaOfLayer(curve: ActivationCurve): number | undefined {
    return this.layer?.activation === curve.name ? this.layer.alpha : undefined;
  }

  /** The chosen functions that have an alpha to choose. */
  get adjustable(): readonly ChosenCurve[] {
    return this.chosen.filter(({ curve, variant }) => variant.alpha !== null && curve.variants.length > 1);
  }

  /** The verdict on what is chosen now; the view's own for its first choice. */
  get sentence(): Sentence {
    const { view, layer } = this;
    const asMade =
      this.alphas.size === 0 && layer?.name === (view.layer ?? undefined) && this.order.join() === view.chosen.join();
    if (asMade) return view.sentence;
    const curve = view.functions.find(({ name }) => name === layer?.activation);
    const variant = curve === undefined ? null : nearestVariant(curve, this.#alphaOfLayer(curve));
    const own = curve === undefined || variant === null ? null : { curve, variant };
    return activationSentence(this.chosen, layer === null || own === null ? null : { values: layer, own });
  }
}

/** The variant nearest to an alpha; the first one shown where there is none to go by. */
function nearestVariant(curve: ActivationCurve, alpha: number | undefined): ActivationVariant | null {
  if (alpha === undefined) return variantAt(curve, undefined);
  const distance = (variant: ActivationVariant) => Math.abs((variant.alpha ?? alpha) - alpha);
  return curve.variants.reduce<ActivationVariant | null>(
    (best, variant) => (best === null || distance(variant) < distance(best) ? variant : best),
    null,
  );
}
