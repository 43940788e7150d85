// Trainings that no kernel holds any more: what the outputs in a notebook still tell of them, from an earlier session or before a restart.

import type * as vscode from "vscode";
import type { LayerStatisticsAtStep, RunDiagnosis, RunStatistics } from "../../shared/peekProtocol.ts";
import { runDiagnosis } from "../../shared/runDiagnosis.ts";
import {
  type DiagnosisView,
  type GradientsRun,
  type GradientsView,
  type LayerSeries,
  type TrainingView,
  viewMimeTypes,
} from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";

/** A training as far as outputs show it. */
export interface SavedRun {
  readonly runId: string;
  readonly name: string;
  /** The first cell that shows it, counted from 1. */
  readonly cell: number;
  readonly training: TrainingView | null;
  readonly gradients: GradientsRun | null;
  readonly diagnosis: { readonly view: DiagnosisView; readonly place: number } | null;
}

/** What goes with every answer that is read of an output. */
export const savedNote =
  "Read from outputs that stand in the notebook: no kernel holds this run any more, and the code may have changed since.";

/** The trainings that outputs show, the last one in the notebook first. */
export function savedRunsOf(notebook: vscode.NotebookDocument): readonly SavedRun[] {
  const runs = new Map<string, SavedRun>();
  const add = (runId: string, cell: number, about: Partial<SavedRun>) => {
    const blank = { runId, name: runId, cell, training: null, gradients: null, diagnosis: null };
    runs.set(runId, { ...(runs.get(runId) ?? blank), ...about });
  };
  for (const { index, outputs } of notebook.getCells()) {
    for (const item of outputs.flatMap(({ items }) => items)) {
      const view = readView(item);
      if (view?.kind === "training") add(view.runId, index + 1, { training: view });
      else if (view?.kind === "gradients")
        for (const run of view.runs) add(run.runId, index + 1, { gradients: run, name: run.name });
      else if (view?.kind === "diagnosis")
        view.runs.forEach(({ runId, name }, place) => {
          add(runId, index + 1, { diagnosis: { view, place }, name });
        });
    }
  }
  return [...runs.values()].reverse();
}

/** `null` when there is no picture of its layers. */
export function savedStatistics(run: SavedRun, step: number | null, locale: Locale): RunStatistics | null {
  const { runId, name, training, gradients } = run;
  const steps = gradients?.steps ?? training?.history?.steps ?? [];
  const index = Math.max(
    0,
    steps.findLastIndex((recorded) => recorded <= (step ?? Number.POSITIVE_INFINITY)),
  );
  const layers = gradients ? gradientLayers(gradients, index, locale) : stripLayers(training, index);
  if (layers.length === 0 || steps.length === 0) return null;
  return {
    ...{ runId, name, state: training?.state ?? "finished", epochs: training?.epochs ?? { done: 0, planned: 0 } },
    step: steps[index] ?? 0,
    recordedSteps: { first: steps[0] ?? 0, last: steps.at(-1) ?? 0, count: steps.length },
    loss: training?.metrics[0]?.train.at(-1) ?? null,
    verdict: gradients?.verdict.kind ?? (training?.sentence ? sentenceText(training.sentence, locale) : "unknown"),
    layers,
    layerCount: layers.length,
  };
}

/** `null` when no output shows its diagnosis. */
export function savedDiagnosis({ diagnosis }: SavedRun, locale: Locale): RunDiagnosis | null {
  return diagnosis && runDiagnosis(diagnosis.view, diagnosis.place, locale);
}

function gradientLayers({ layers }: GradientsRun, index: number, locale: Locale): readonly LayerStatisticsAtStep[] {
  return layers.map(({ sentence, series, trainable: _, distribution: __, ...layer }) => {
    const measures = (Object.keys(series) as (keyof LayerSeries)[]).flatMap((measure) => {
      const value = series[measure][index] ?? null;
      return value === null ? [] : [[measure, value] as const];
    });
    return { ...layer, verdict: sentenceText(sentence, locale), measures: Object.fromEntries(measures) };
  });
}

/** The picture of a training knows the size of each gradient, and nothing else of the layers. */
function stripLayers(training: TrainingView | null, index: number): readonly LayerStatisticsAtStep[] {
  return (training?.layers ?? []).map(({ name, type }, place) => ({
    ...{ name, type, activation: null, inputShape: [], outputShape: [], parameters: 0, verdict: null },
    measures: { meanAbs: training?.history?.gradients[place]?.[index] ?? null },
  }));
}

const mimes: readonly string[] = [viewMimeTypes.training, viewMimeTypes.gradients, viewMimeTypes.diagnosis];

/** Files come from anywhere: what is not as it should be tells nothing. */
function readView(item: vscode.NotebookCellOutputItem): TrainingView | GradientsView | DiagnosisView | null {
  if (!mimes.includes(item.mime)) return null;
  try {
    const view = JSON.parse(new TextDecoder().decode(item.data)) as TrainingView | GradientsView | DiagnosisView;
    return view.version === 1 && isWhole(view) ? view : null;
  } catch {
    return null;
  }
}

function isWhole(view: TrainingView | GradientsView | DiagnosisView): boolean {
  switch (view.kind) {
    case "training":
      return typeof view.runId === "string" && areLists(view.layers, view.metrics) && typeof view.epochs === "object";
    case "gradients":
      return (
        areLists(view.runs) &&
        view.runs.every(
          ({ runId, steps, layers, verdict }) =>
            typeof runId === "string" &&
            areLists(steps, layers) &&
            typeof verdict === "object" &&
            layers.every(({ series, sentence }) => areLists(...Object.values(series), sentence.messages)),
        )
      );
    case "diagnosis":
      return (
        areLists(view.runs, view.findings, view.passed, view.sentence.messages) &&
        view.findings.every(({ messages, remedies }) => areLists(messages, remedies))
      );
  }
}

function areLists(...values: readonly unknown[]): boolean {
  return values.every(Array.isArray);
}
