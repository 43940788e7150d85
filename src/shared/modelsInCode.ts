// What the cells say of models before they run, for the editor: the shapes at each layer's call, and what cannot be right.

import type { CodeChange, TextSpan } from "./codePlaces.ts";
import type { CallPlace } from "./layerReport.ts";
import type { ExampleShape } from "./modelRules.ts";

export interface ModelsInCode {
  readonly layers: readonly LayerInCode[];
  readonly problems: readonly ModelProblem[];
  /** Where `fit` stands in calls of models. */
  readonly fits: readonly { readonly cellId: string; readonly offset: number }[];
}

/** A call that makes a layer. */
export interface LayerInCode {
  readonly place: CallPlace;
  /** Where the call ends: an offset in its cell. */
  readonly end: number;
  /** "dense" of `layers.dense(…)`. */
  readonly name: string;
  /** `null` for none, and where the code does not tell. */
  readonly activation: string | null;
  /** What it takes, of several inputs the first. Like the others `null` where the code alone does not tell, or tells several. */
  readonly inputShape: ExampleShape | null;
  readonly outputShape: ExampleShape | null;
  /** How many numbers its weights hold; of several layers that it makes, of each. */
  readonly parameters: number | null;
}

/** What the checks are called in the list of problems; `docs/problems.md` has a heading for each. */
export const problemCodes = [
  "layer-input",
  "layer-options",
  "targets",
  "not-compiled",
  "output-loss",
  "deep-sigmoid",
  "unscaled-data",
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** What cannot be right, or learns badly, as the code alone shows it. */
export interface ModelProblem {
  readonly cellId: string;
  readonly span: TextSpan;
  /** "error": it would be refused when it runs. */
  readonly severity: "error" | "warning" | "info";
  readonly code: ProblemCode;
  /** In the reader's language. */
  readonly message: string;
  readonly fixes: readonly CodeFix[];
}

export interface CodeFix {
  /** In the reader's language. */
  readonly title: string;
  readonly changes: readonly CodeChange[];
}

/** What the code at a place is about, whose numbers a run may know. Layers are named by the places of their calls. */
export type CodeSubject =
  | { readonly kind: "layer"; readonly span: TextSpan; readonly place: CallPlace }
  | { readonly kind: "model" | "loss" | "optimizer"; readonly span: TextSpan; readonly layers: readonly CallPlace[] }
  | {
      readonly kind: "run";
      readonly span: TextSpan;
      /** The cell in which it was trained; `null` where a function trains it, which any cell may call. */
      readonly cellId: string | null;
      /** The text that the call that gave it was given, which may be the run's name; `null` without one. */
      readonly name: string | null;
      readonly layers: readonly CallPlace[];
    }
  | {
      readonly kind: "race";
      readonly span: TextSpan;
      /** The cell that runs it. */
      readonly cellId: string;
      /** Which of the races that its cell runs, from 0; `null` where the code does not tell. */
      readonly index: number | null;
      /** The variant that the code names there; `null` for all of them. */
      readonly variant: string | null;
    };
