// The training view: how a fit stands or ended, by epoch, with the newest gradient of each layer and the outcome in words.

import type { RunRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { TrainingFrame } from "../../shared/rendererProtocol.ts";
import type { Divergence, StripLayer, TrainingMetric, TrainingView } from "../../shared/views.ts";
import { layersWithWeights } from "../gradients/gradientVerdict.ts";
import { outcomeSentence } from "./outcome.ts";

/** The whole view of a run as it stands. */
export function trainingView(run: RunRecord, runId: string): TrainingView {
  return {
    kind: "training",
    version: 1,
    runId,
    state: run.state,
    epochs: { done: run.epochs.done, planned: run.epochs.planned },
    steps: { done: run.steps.done, perEpoch: run.steps.perEpoch },
    metrics: run.history.map(
      ({ name, measure, better, train, validation }): TrainingMetric => ({
        name,
        measure,
        better,
        train: train.map((value) => toViewNumber(value)),
        validation: validation === null ? null : validation.map((value) => toViewNumber(value)),
      }),
    ),
    layers: strip(run),
    sentence: outcomeSentence(run),
    divergence: divergenceOf(run),
  };
}

/**
 * What a live picture needs that already has the first `epochsSent` epochs. The clock is the caller's: it adds `sequence`,
 * `stepsPerSecond` and `secondsLeft`.
 */
export function trainingFrame(
  run: RunRecord,
  runId: string,
  epochsSent: number,
): Omit<TrainingFrame, "sequence" | "stepsPerSecond" | "secondsLeft"> {
  return {
    runId,
    epochsDone: run.epochs.done,
    stepsDone: run.steps.done,
    appended: run.history.map(({ train, validation }) => ({
      train: train.slice(epochsSent).map((value) => toViewNumber(value)),
      validation: validation === null ? null : validation.slice(epochsSent).map((value) => toViewNumber(value)),
    })),
    layers: strip(run),
    sentence: outcomeSentence(run),
  };
}

function strip(run: RunRecord): StripLayer[] {
  return layersWithWeights(run).map(({ name, type, epochGradient }) => ({
    name,
    type,
    gradient: toViewNumber(epochGradient, 3),
  }));
}

function divergenceOf(run: RunRecord): Divergence | null {
  if (run.divergence === null) return null;
  const { step, epoch, layer, where } = run.divergence;
  return { step, epoch, layer, where };
}
