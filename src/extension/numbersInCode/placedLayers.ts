// The layers of runs that a call in a cell made, found by the call's own place, wherever edits have moved it since.

import type { CellPlace, LayerReport, RunReport } from "../../shared/layerReport.ts";
import type { Tone } from "../../shared/views.ts";
import { followOffset, offsetAt } from "../runs/editedText.ts";
import type { KnownRun } from "../runs/runStore.ts";

export interface PlaceQuestion {
  /** Newest first. */
  readonly runs: readonly KnownRun[];
  /** The call's place in the cell as it is now. */
  readonly place: CellPlace;
  readonly textOf: (cellId: string) => string | undefined;
  /** Whether the code has changed since a run. */
  readonly isOld: (run: KnownRun) => boolean;
}

/** The layers of one run that a call made. */
export interface PlacedLayers {
  readonly run: KnownRun;
  readonly report: RunReport;
  readonly worst: LayerReport;
  readonly layers: readonly LayerReport[];
}

/** For each run that knows of the call, the newest first. */
export function findPlacedLayers(question: Omit<PlaceQuestion, "isOld">): readonly PlacedLayers[] {
  return question.runs.flatMap((run) => layersOf(run, question));
}

function layersOf(run: KnownRun, question: Omit<PlaceQuestion, "isOld">): readonly PlacedLayers[] {
  const report = run.report;
  if (!report) return [];
  const layers = report.layers.filter((layer) => layer.place && isSamePlace(layer.place, run, question));
  const worst = worstLayer(layers);
  return worst ? [{ run, report, worst, layers }] : [];
}

/** Places are of the text that ran; an edit since then may have moved the call. */
export function isSamePlace(
  made: CellPlace,
  run: KnownRun,
  { place, textOf }: Pick<PlaceQuestion, "place" | "textOf">,
): boolean {
  if (made.cellId !== place.cellId) return false;
  const before = run.sources.get(made.cellId);
  const after = textOf(made.cellId);
  if (before === undefined || after === undefined) return false;
  const moved = followOffset(before, after, offsetAt(before, made.line, made.column));
  return moved === offsetAt(after, place.line, place.column);
}

/** The same place of the same text. */
export function isSameCallPlace(a: CellPlace, b: CellPlace): boolean {
  return a.cellId === b.cellId && a.line === b.line && a.column === b.column;
}

const badness: Readonly<Record<Tone, number>> = { error: 3, warning: 2, info: 1, good: 0 };

export function worstLayer(layers: readonly LayerReport[]): LayerReport | undefined {
  return [...layers].sort((a, b) => badness[b.sentence?.tone ?? "good"] - badness[a.sentence?.tone ?? "good"])[0];
}
