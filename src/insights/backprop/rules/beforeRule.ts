// What comes before an optimizer's rule: clipping shortens the gradient, weight decay shrinks the weight or adds to the gradient.

import { digitsBeside } from "../../../shared/numbers.ts";
import type { BackpropLine, FormulaPart } from "../../../shared/views.ts";
import { bracketed, symbol, text, value } from "../formulas.ts";
import { fineLine, line } from "../stepParts.ts";

/** A weight and its gradient before the rule. */
export interface Unprepared {
  readonly w: FormulaPart;
  readonly before: number;
  /** As backpropagation found it. */
  readonly gradient: number;
  /** As clipping left it. */
  readonly clipped: number;
  readonly rate: number;
}

export interface Prepared {
  readonly lines: readonly BackpropLine[];
  /** What the rule begins with. */
  readonly before: number;
  readonly gradient: number;
}

type Config = Readonly<Record<string, number | boolean | string>>;

export function prepare(optimizer: { readonly name: string; readonly config: Config }, weight: Unprepared): Prepared {
  const lines: BackpropLine[] = [];
  const { w, before, gradient: found, clipped, rate } = weight;
  const [g, lambda] = [symbol("g"), symbol("λ")];
  const isClipped = found !== 0 && Math.abs(clipped - found) > 1e-5 * Math.abs(found);
  if (isClipped) {
    const kept = clipped / found;
    lines.push(
      line([g, text(" ← "), symbol("c"), text("·"), g], [value(kept), text("·"), ...bracketed(found)], clipped),
    );
  }
  const gradient = isClipped ? clipped : found;
  const decay = Number(optimizer.config.weightDecay ?? 0);
  if (decay === 0) return { lines, before, gradient };
  if (isDecoupled(optimizer)) {
    const shrunk = before * (1 - rate * decay);
    const digits = digitsBeside(before, shrunk - before);
    lines.push(
      fineLine(
        [w, text(" ← "), w, text(" − "), symbol("η"), text("·"), lambda, text("·"), w],
        [value(before, digits), text(" − "), value(rate), text("·"), value(decay), text("·"), ...bracketed(before)],
        shrunk,
        digits,
      ),
    );
    return { lines, before: shrunk, gradient };
  }
  const decayed = gradient + decay * before;
  lines.push(
    line(
      [g, text(" ← "), g, text(" + "), lambda, text("·"), w],
      [value(gradient), text(" + "), value(decay), text("·"), ...bracketed(before)],
      decayed,
    ),
  );
  return { lines, before, gradient: decayed };
}

/** Whether decay goes past the gradient: Keras' way, and AdamW's everywhere. */
export function isDecoupled({ name, config }: { readonly name: string; readonly config: Config }): boolean {
  if (typeof config.decoupledWeightDecay === "boolean") return config.decoupledWeightDecay;
  return name === "adamW" || config.convention !== "torch";
}
