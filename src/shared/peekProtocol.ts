// What can be asked of a kernel at any moment, also while a cell runs: how its variables stand, and what a training recorded.
// Answers are plain data, bounded in size; to find them no code of the user's runs.

import type { JsonValue, ViewNumber } from "./json.ts";
import type { LayerInfo } from "./views/common.ts";
import type { TensorWindow } from "./views/tensor.ts";
import type { TableView, TensorView, Tone } from "./views.ts";

/**
 * The way to a variable, or to a part of one: `[]` is all variables, then one {@link VariableInfo.step} after the other. It
 * names a place, not a value: what stands there may be another one the next time.
 */
export type VariablePath = readonly string[];

export type VariableOrder = "defined" | "name";

export type PeekQuestion =
  /** The parts of each of these; the variables themselves are the parts of `[]`. */
  | { readonly kind: "listParts"; readonly paths: readonly VariablePath[]; readonly order: VariableOrder }
  /** A value as text, longer than in a list. */
  | { readonly kind: "writeValue"; readonly path: VariablePath }
  /** The numbers or rows of a value as a picture. `window`: of a tensor this part, number by number. */
  | { readonly kind: "drawGrid"; readonly path: VariablePath; readonly window: TensorWindow | null }
  /** What a run recorded of its layers at a step (the newest recorded one before it); `null`: at its newest. */
  | { readonly kind: "readStatistics"; readonly runId: string; readonly step: number | null }
  | { readonly kind: "diagnoseRun"; readonly runId: string };

/** The answer to each kind of question. `null`: there is no such value, or no such run. */
export interface PeekAnswers {
  /** One list for each path, in order; `null` where there is nothing (any more), or no time was left. */
  readonly listParts: readonly (VariableParts | null)[];
  readonly writeValue: string | null;
  readonly drawGrid: TensorView | TableView | null;
  readonly readStatistics: RunStatistics | null;
  readonly diagnoseRun: RunDiagnosis | null;
}

/** How asking ended. */
export type Peeked<Kind extends PeekQuestion["kind"]> =
  /** `tookMs`: how long the kernel was held up. */
  | { readonly kind: "answered"; readonly answer: PeekAnswers[Kind]; readonly tookMs: number }
  /** No kernel runs. */
  | { readonly kind: "noKernel" }
  /** It did not answer in time: it is in a long native call. Ask again later. */
  | { readonly kind: "noAnswer" };

export interface VariableParts {
  readonly parts: readonly VariableInfo[];
}

/** What a value is, for its icon and for what can be done with it. */
export type VariableKind =
  | "nothing"
  | "boolean"
  | "number"
  | "string"
  | "symbol"
  | "function"
  | "class"
  | "object"
  | "list"
  | "tensor"
  | "dataset"
  | "model"
  | "layer"
  | "run"
  /** Some of very many parts. */
  | "range"
  /** Variables of one sort: functions, imports. */
  | "group"
  /** A property that code computes: not asked. */
  | "getter";

export interface VariableInfo {
  /** The last step of its path. */
  readonly step: string;
  readonly name: string;
  readonly kind: VariableKind;
  /** "number", "Tensor", "Map"; the class's name of an instance. Empty for ranges and groups. */
  readonly type: string;
  /** Sizes, outermost first; `null` where it has none, or the batch axis is open. */
  readonly shape: readonly (number | null)[] | null;
  /** The value in a few words, in the reader's language where it is ours. */
  readonly value: string;
  /** More about it: the verdict on a layer. */
  readonly note: string | null;
  /** How it fares, of layers and runs. */
  readonly tone: Tone | null;
  readonly hasParts: boolean;
  /** Whether it can be drawn as a grid. */
  readonly hasGrid: boolean;
  /** The cell that declared the variable last; `null` for parts, and for what no declaration made. */
  readonly cellId: string | null;
}

/** What a run recorded of its layers at one step. */
export interface RunStatistics {
  readonly runId: string;
  readonly name: string;
  readonly state: string;
  readonly epochs: { readonly done: number; readonly planned: number };
  /** The recorded step that is told, counted from 1, and the first and last there are. */
  readonly step: number;
  readonly recordedSteps: { readonly first: number; readonly last: number; readonly count: number };
  readonly loss: ViewNumber;
  readonly verdict: string;
  /** Input first; at most sixty, of `layerCount`. */
  readonly layers: readonly LayerStatisticsAtStep[];
  readonly layerCount: number;
}

/** A layer at that step. */
export interface LayerStatisticsAtStep extends LayerInfo {
  readonly verdict: string | null;
  /** By the engine's names of measures ("meanAbs", "updateRatio"); those not recorded are left out. */
  readonly measures: Readonly<Record<string, ViewNumber>>;
}

export interface RunDiagnosis {
  readonly runId: string;
  readonly name: string;
  readonly sentence: string;
  readonly findings: readonly DiagnosisEntry[];
  readonly passed: readonly string[];
}

export interface DiagnosisEntry {
  readonly kind: string;
  readonly tone: Tone;
  readonly title: string;
  /** The evidence in words, and as numbers. */
  readonly text: string;
  readonly evidence: JsonValue;
  readonly layer: string | null;
  /** The kind of the finding it follows from; `null` for a cause. */
  readonly follows: string | null;
  readonly remedies: readonly { readonly title: string; readonly edits: JsonValue }[];
}
