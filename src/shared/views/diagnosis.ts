// What is wrong with one or several runs: findings with their evidence and remedies, causes before consequences.

import type { ViewNumber } from "../json.ts";
import type { Message } from "../words/message.ts";
import type { Sentence, Tone } from "./common.ts";
import type { StripLayer } from "./training.ts";

export interface DiagnosisView {
  readonly kind: "diagnosis";
  readonly version: 1;
  readonly sentence: Sentence;
  /** One to five runs. */
  readonly runs: readonly { readonly runId: string; readonly name: string }[];
  /** Run by run; in a run a cause stands before what follows from it. */
  readonly findings: readonly DiagnosisFinding[];
  /** What was looked at in a run and is in order. */
  readonly passed: readonly PassedCheck[];
}

/** The kinds of findings, causes before their usual consequences. */
export const findingKinds = [
  "nothingToLearn",
  "lossMismatch",
  "noSlope",
  "symmetricStart",
  "unscaledInputs",
  "unscaledTargets",
  "classImbalance",
  "exploding",
  "rateTooHigh",
  "saturatedOutput",
  "deadUnits",
  "saturated",
  "vanishing",
  "rateTooLow",
  "notFinite",
  "noProgress",
  "slowLayer",
  "underfitting",
  "overfitting",
] as const;

/** What a finding is about. */
export type FindingKind = (typeof findingKinds)[number];

export interface PassedCheck {
  /** Place in `runs`. */
  readonly run: number;
  readonly kind: FindingKind;
  readonly title: Message;
}

export interface DiagnosisFinding {
  readonly kind: FindingKind;
  /** Place in `runs`. */
  readonly run: number;
  readonly tone: Tone;
  /** One short sentence. */
  readonly title: Message;
  /** The evidence in words. */
  readonly messages: readonly Message[];
  /** The layer it is about, or shows best in; `null` when it is about the whole run. */
  readonly layer: string | null;
  readonly evidence: FindingEvidence;
  /** Place in `findings` of the cause it follows from; `null` for a cause. */
  readonly follows: number | null;
  /** None where it follows from another finding: that one's help here too. */
  readonly remedies: readonly Remedy[];
}

/** A small picture of what was found. */
export type FindingEvidence =
  | { readonly kind: "none" }
  /** mean |g| of each layer (median of all steps), input first. */
  | { readonly kind: "strip"; readonly layers: readonly StripLayer[] }
  /** The loss, by epoch or step; `guess`: the loss of guessing. At most 60 points, spikes among them. */
  | {
      readonly kind: "loss";
      readonly by: "epoch" | "step";
      readonly train: readonly ViewNumber[];
      readonly validation: readonly ViewNumber[] | null;
      readonly guess: ViewNumber;
    }
  /** One number on a log axis, with the stretch that is usual. */
  | {
      readonly kind: "range";
      readonly measure: "updateRatio" | "inputSize" | "targetSize";
      readonly value: ViewNumber;
      readonly usual: readonly [from: number, to: number];
    }
  /** Some of a layer's units. */
  | { readonly kind: "units"; readonly marked: number; readonly total: number }
  /** A share (0–1) of a layer's outputs. */
  | { readonly kind: "share"; readonly share: ViewNumber }
  /** Examples of each class. */
  | { readonly kind: "classes"; readonly counts: readonly number[] };

/** The kinds of remedies. */
export const remedyKinds = [
  "useRelu",
  "addBatchNorm",
  "useLeakyRelu",
  "clipGradients",
  "heStart",
  "randomStart",
  "smallerRate",
  "largerRate",
  "standardize",
  "scaleTargets",
  "weighClasses",
  "changeLoss",
  "changeActivation",
  "train",
  "stopEarly",
  "addDropout",
  "moreEpochs",
  "moreUnits",
  "lookAtData",
] as const;

/** What a remedy does. */
export type RemedyKind = (typeof remedyKinds)[number];

/** What to try, with the changes of code that do it; no changes where only a person can tell. */
export interface Remedy {
  readonly kind: RemedyKind;
  readonly title: Message;
  readonly edits: readonly RemedyEdit[];
}

/** A change of the user's code, as data: an editor finds the place by the run and the names of layers. */
export type RemedyEdit =
  /** Sets an option of a call: of the calls that made these layers, of `optimizers.…`, of `compile` or of `fit`. */
  | {
      readonly kind: "setOption";
      readonly call: "layer" | "optimizer" | "compile" | "fit";
      readonly layers: readonly string[];
      readonly option: string;
      /** The code of the value it has, where known. */
      readonly was: string | null;
      /** The code of its new value. */
      readonly value: string;
    }
  /** Adds a line after each of these layers. */
  | { readonly kind: "insertAfter"; readonly layers: readonly string[]; readonly code: string }
  /** Adds a call to the data set that `fit` takes. */
  | { readonly kind: "callOnData"; readonly code: string };
