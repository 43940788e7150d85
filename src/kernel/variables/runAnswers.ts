// What a training recorded, for whoever asks by its id: the numbers of its layers at a step, and the diagnosis.

import type { Run } from "../../engine/index.ts";
import { layerMeasures } from "../../engine/training/trace/trace.ts";
import { diagnosisView, layerSentence, verdictSentence } from "../../insights/index.ts";
import { toViewNumber, type ViewNumber } from "../../shared/json.ts";
import type { LayerStatisticsAtStep, RunDiagnosis, RunStatistics } from "../../shared/peekProtocol.ts";
import { runDiagnosis } from "../../shared/runDiagnosis.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";

/** The run of an id; `null` when it is gone, or never was. */
export type FindRun = (runId: string) => Run | null;

const mostLayers = 60;
const digits = 4;

export function readStatistics(
  run: Run | null,
  { runId, step }: { readonly runId: string; readonly step: number | null },
  locale: Locale,
): RunStatistics | null {
  if (run === null) return null;
  const { steps } = run.trace;
  const wanted = step ?? Number.POSITIVE_INFINITY;
  const found = steps.findLastIndex((recorded) => recorded <= wanted);
  const index = Math.max(0, found);
  const at = steps[index] ?? 0;
  return {
    ...{ runId, name: run.name, state: run.state, epochs: { ...run.epochs }, step: at },
    recordedSteps: { first: steps[0] ?? 0, last: steps.at(-1) ?? 0, count: steps.length },
    loss: toViewNumber(run.loss[at - 1], digits),
    verdict: sentenceText(verdictSentence(run), locale),
    layers: run.layers.slice(0, mostLayers).map((layer): LayerStatisticsAtStep => {
      const { name, type, activation, inputShape, outputShape, parameters } = layer;
      const measures: Record<string, ViewNumber> = {};
      for (const measure of layerMeasures) {
        const value = toViewNumber(layer.series[measure][index], digits);
        if (value !== null) measures[measure] = value;
      }
      const isJudged = parameters > 0 && steps.length > 0;
      const verdict = isJudged ? sentenceText(layerSentence(run, layer), locale) : null;
      const shapes = { inputShape: [...inputShape], outputShape: [...outputShape] };
      return { name, type, activation, ...shapes, parameters, verdict, measures };
    }),
    layerCount: run.layers.length,
  };
}

export function diagnoseRun(run: Run | null, runId: string, locale: Locale): RunDiagnosis | null {
  return run && runDiagnosis(diagnosisView([{ run, runId }]), 0, locale);
}
