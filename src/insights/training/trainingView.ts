// The training view: how a fit stands or ended, by epoch, with the newest gradient of each layer and the outcome in words.

import type { RunRecord } from "../../engine/index.ts";
import { thinnedIndices } from "../../engine/training/trace/trace.ts";
import { toViewNumber } from "../../shared/json.ts";
import { thinEpochs } from "../../shared/keptEpochs.ts";
import type { StepRate, TrainingFrame } from "../../shared/rendererProtocol.ts";
import type {
  Divergence,
  StripHistory,
  StripLayer,
  TrainingMetric,
  TrainingRates,
  TrainingView,
} from "../../shared/views.ts";
import { layersWithWeights } from "../gradients/gradientVerdict.ts";
import { outcomeSentence } from "./outcome.ts";

/** The whole view of a run as it stands. */
export function trainingView(run: RunRecord, runId: string): TrainingView {
  const view: TrainingView = {
    kind: "training",
    version: 1,
    runId,
    state: run.state,
    ...(run.earlyEnd === null ? {} : { endedBy: run.earlyEnd.by }),
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
    ...(run.state === "running" ? {} : { history: stripHistory(run) }),
    ...(hasRates(run) ? { rates: rates(run) } : {}),
    sentence: outcomeSentence(run),
    divergence: divergenceOf(run),
  };
  // Live frames go on where a whole view ends; what is saved stays small.
  return run.state === "running" ? view : thinEpochs(view);
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
    ...(hasRates(run) && run.learningRates.length > 0 ? { rate: newestRate(run) } : {}),
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

/** A view is kept in the file: so many moments of the strip and of the rates tell enough. */
const keptMoments = 60;
const keptRates = 200;

function stripHistory(run: RunRecord): StripHistory {
  const layers = layersWithWeights(run);
  const sizes = run.trace.steps.map((_, index) => Math.max(0, ...layers.map(({ series }) => series.max[index] ?? 0)));
  const kept = thinnedIndices(sizes, keptMoments);
  return {
    steps: kept.map((index) => run.trace.steps[index] ?? 0),
    gradients: layers.map(({ series }) => kept.map((index) => toViewNumber(series.meanAbs[index], 3))),
  };
}

function hasRates({ learningRate, momenta }: RunRecord): boolean {
  return learningRate === null || momenta !== null;
}

function rates({ learningRates, momenta }: RunRecord): TrainingRates {
  const kept = thinnedIndices(learningRates, keptRates);
  return {
    steps: kept.map((index) => index + 1),
    learningRates: kept.map((index) => toViewNumber(learningRates[index], 4)),
    momenta: momenta && kept.map((index) => toViewNumber(momenta[index], 4)),
  };
}

function newestRate({ learningRates, momenta }: RunRecord): StepRate {
  return {
    step: learningRates.length,
    learningRate: toViewNumber(learningRates.at(-1), 4),
    momentum: toViewNumber(momenta?.at(-1), 4),
  };
}

function divergenceOf(run: RunRecord): Divergence | null {
  if (run.divergence === null) return null;
  const { step, epoch, layer, where } = run.divergence;
  return { step, epoch, layer, where };
}
