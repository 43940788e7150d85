// What the editor knows of a layer after (or during) a run: shown in a hover over the call that made the layer.

import type { ViewNumber } from "./json.ts";
import type { DiagnosisFinding, GradientVerdict, LayerInfo, Sentence } from "./views.ts";

/** A place in a cell's source as the user sees it. Lines and columns count from 1. */
export interface CellPlace {
  readonly cellId: string;
  readonly line: number;
  readonly column: number;
}

/** The state of one run, small enough to send at every epoch's end. */
export interface RunReport {
  readonly runId: string;
  readonly name: string;
  readonly state: "running" | "finished" | "stopped" | "diverged" | "failed";
  readonly epochs: { readonly done: number; readonly planned: number };
  readonly loss: ViewNumber;
  readonly verdict: GradientVerdict;
  readonly layers: readonly LayerReport[];
  /** What its diagnosis found wrong, causes alone; empty while it runs. */
  readonly findings: readonly RunFinding[];
}

export type RunFinding = Pick<DiagnosisFinding, "kind" | "tone" | "title" | "messages" | "layer" | "remedies">;

export interface LayerReport {
  readonly layer: LayerInfo;
  /** The call that made the layer; `null` when it was not made in a cell. */
  readonly place: CallPlace | null;
  /** The verdict the chart shows, `null` for layers without weights. */
  readonly sentence: Sentence | null;
  readonly firstStep: number;
  readonly lastStep: number;
  /** Rows of the table: at the first and at the last recorded step. */
  readonly rows: readonly LayerReportRow[];
  /** mean |g| by recorded step, thinned to at most 60 points. */
  readonly sparkline: readonly ViewNumber[];
}

/** Where a call stands: the start of its name (`layers.dense` → the `d`). */
export type CallPlace = CellPlace;

export interface LayerReportRow {
  readonly measure: "meanAbs" | "updateRatio" | "activation" | "saturatedShare" | "deadShare";
  readonly first: ViewNumber;
  readonly last: ViewNumber;
  /** Standard deviations, where the measure is a mean (`activation`). */
  readonly firstStd?: ViewNumber;
  readonly lastStd?: ViewNumber;
}
