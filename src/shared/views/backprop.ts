// One step of learning of a small net, number by number: forward, loss, backward, update.

import type { ViewNumber } from "../json.ts";
import type { Message } from "../words/message.ts";
import type { Sentence } from "./common.ts";

export interface BackpropView {
  readonly kind: "backprop";
  readonly version: 1;
  readonly sentence: Sentence;
  /** Input first; the last one gives the prediction. */
  readonly columns: readonly BackpropColumn[];
  readonly loss: { readonly name: string; readonly value: ViewNumber };
  /** Forward, loss, backward and update, in the order in which they are computed. */
  readonly steps: readonly BackpropStep[];
  /** Every weight and bias, in the order of the layers. */
  readonly weights: readonly BackpropWeight[];
  /** How many examples the batch has, and which of them (from 0) is shown. */
  readonly batch: { readonly size: number; readonly example: number };
  /** `null` where the model has none. */
  readonly optimizer: { readonly name: string; readonly step: number } | null;
}

/** The units of an input or of a layer. */
export interface BackpropColumn {
  readonly name: string;
  readonly activation: string | null;
  /** What each unit gives: x for an input, else a. */
  readonly values: readonly ViewNumber[];
  /** What reaches each unit's activation; empty for the input. */
  readonly sums: readonly ViewNumber[];
  /** dL/da of each unit; `null` where loss and activation are taken together. Empty for the input. */
  readonly valueGradients: readonly ViewNumber[];
  /** dL/dz of each unit; empty for the input. */
  readonly sumGradients: readonly ViewNumber[];
}

export type BackpropPhase = "forward" | "loss" | "backward" | "update";

/**
 * Quantities have ids: `x.1`, `z.2.1`, `a.2.1` (column, unit), `L`, `w.2.1.3` (column, from, to), `b.2.1`; a gradient has `d` in
 * front (`dz.2.1`), what an update makes has `new` (`new w.2.1.3`).
 */
export interface BackpropStep {
  readonly phase: BackpropPhase;
  readonly title: Message;
  readonly lines: readonly BackpropLine[];
  /** What is known after this step and was not before. */
  readonly sets: readonly string[];
  /** What the step takes. */
  readonly uses: readonly string[];
}

/** "∂L/∂z₁ = ∂L/∂a₁ · f′(z₁)", the same with numbers, and what comes out. */
export interface BackpropLine {
  readonly symbols: Formula;
  readonly numbers: Formula;
  readonly result: ViewNumber;
  /** How many digits of the result are shown; three where it is left out. */
  readonly digits?: number | undefined;
  /** The same by finite differences, where it was tried. */
  readonly check: FiniteDifference | null;
}

export interface FiniteDifference {
  readonly value: ViewNumber;
  /** Whether it agrees within what single precision allows. */
  readonly agrees: boolean;
}

/** A weight or bias: its gradient as a product, and what the optimizer makes of it. */
export interface BackpropWeight {
  readonly id: string;
  readonly symbol: FormulaPart;
  readonly value: ViewNumber;
  /** dL/dw for the example shown. */
  readonly gradient: ViewNumber;
  /** The factors of that product. */
  readonly factors: readonly { readonly symbols: Formula; readonly value: ViewNumber }[];
  readonly check: FiniteDifference;
  /** Mean over the batch: what the optimizer is given. */
  readonly batchGradient: ViewNumber;
  /** What it is the mean of: dL/dw of each example; empty for one example, and for more than can be read. */
  readonly exampleGradients: readonly ViewNumber[];
  /** `null` without an optimizer, and where training leaves the weight as it is. */
  readonly update: BackpropUpdate | null;
}

export interface BackpropUpdate {
  readonly after: ViewNumber;
  /** The rule with its numbers; empty for a rule that has no formula here. */
  readonly lines: readonly BackpropLine[];
  /** What the optimizer remembers of the weight. */
  readonly memory: readonly { readonly name: string; readonly before: ViewNumber; readonly after: ViewNumber }[];
}

export type Formula = readonly FormulaPart[];

export type FormulaPart = FormulaSign & {
  /** Whether it is, with those beside it that are raised too, the exponent of what stands before. */
  readonly raised?: boolean | undefined;
};

export type FormulaSign =
  /** A letter with what stands below and above it; `partial` for ∂L/∂ of it. */
  | {
      readonly kind: "symbol";
      readonly base: string;
      readonly sub: string;
      readonly sup: string;
      readonly partial: boolean;
    }
  /** `digits`: how many to show, where three are too few to follow the sum. */
  | { readonly kind: "number"; readonly value: ViewNumber; readonly digits?: number | undefined }
  /** An operator, a bracket, the name of a function. */
  | { readonly kind: "text"; readonly text: string };
