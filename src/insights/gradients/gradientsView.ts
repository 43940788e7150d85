// The gradients view of one to five runs: what each layer got at each recorded step, and the verdict in words.

import { type LayerTrace, type RunRecord, ValueError } from "../../engine/index.ts";
import { thinnedIndices } from "../../engine/training/trace/trace.ts";
import { toViewNumber, type ViewNumber } from "../../shared/json.ts";
import type {
  GradientsLayer,
  GradientsRun,
  GradientsView,
  GradientVerdict,
  LayerInfo,
  LayerSeries,
  Sentence,
  Tone,
} from "../../shared/views.ts";
import type { InsightWordId } from "../../shared/words/insightWords.ts";
import type { Argument, Message } from "../../shared/words/message.ts";
import { count, gravest, number, roughly, say, times } from "../parts/say.ts";
import { gradientCause, gradientCure, gradientCures } from "./gradientAdvice.ts";
import { gradientDistributions, nearZeroShares } from "./gradientDistribution.ts";
import {
  explodingSize,
  gradientVerdict,
  isDead,
  layerMedians,
  layersWithWeights,
  lostUpdate,
  sharedSlopeBound,
  stoppingLayer,
  underflownLayers,
} from "./gradientVerdict.ts";
import { type JudgedRun, layerDepths } from "./layerDepth.ts";
import { layerSentence } from "./layerSentence.ts";

/** A run and the id under which its pictures know it. */
export interface NamedRun {
  readonly run: RunRecord;
  readonly runId: string;
}

/** The most runs a view compares. */
export const comparedRunsLimit = 5;

/** What a view keeps: the most telling first. Very many layers leave room only for the first of them. */
const seriesMeasures = [
  "meanAbs",
  "l2",
  "max",
  "updateRatio",
  "signalMeanAbs",
  "saturatedShare",
  "deadShare",
  "zeroShare",
  "activationMean",
  "activationStd",
  "std",
  "weightStd",
  "mean",
  "weightMean",
  "signalL2",
  "signalMax",
] as const satisfies readonly (keyof LayerSeries)[];
/** So many of them are kept in any case, at so many steps; all of them at as many as wanted where the room allows. */
const leastMeasures = 5;
const leastSteps = 24;
const wantedSteps = 32;

/** Significant digits of a recorded number, and the bytes it takes at most ("-1.234e-10, "). */
const recordedDigits = 4;
const bytesPerNumber = 12;
/** A view is kept in the file: it may not grow with the training. More for comparisons, and for very many layers. */
const shownStepsLimit = 120;
const viewBytes = { one: 190_000, several: 360_000, most: 640_000 };
/** What the distributions may take beside them. */
const distributionBytes = { one: 40_000, several: 80_000 };

/**
 * The view of one run or of several; `names` replace the runs' own names. Long traces are thinned to at most 120 steps
 * (first, last and outliers stay, see `thinnedIndices`), to fewer for many layers: 20 stay below 256 KB.
 *
 * @throws ValueError for no run, or more than five.
 */
export function gradientsView(runs: readonly NamedRun[], names?: readonly string[]): GradientsView {
  if (runs.length === 0 || runs.length > comparedRunsLimit) {
    throw new ValueError({
      op: "show.gradients",
      expected: `1 to ${comparedRunsLimit} runs`,
      got: `${runs.length}`,
      hint: "Give those to compare: show.gradients([first, second]).",
    });
  }
  const shown = distinctNames(runs.map(({ run }, index) => ({ run, name: names?.[index] ?? run.name })));
  const share = (of: { readonly one: number; readonly several: number }) =>
    runs.length === 1 ? of.one : of.several / runs.length;
  const bytes = {
    series: share(viewBytes),
    most: viewBytes.most / runs.length,
    distributions: share(distributionBytes),
  };
  return {
    kind: "gradients",
    version: 1,
    sentence: runs.length === 1 ? singleSentence(runs[0]?.run) : comparisonSentence(runs, shown),
    runs: runs.map(({ run, runId }, index) => gradientsRun(run, runId, shown[index] ?? run.name, bytes)),
  };
}

/** A run with what was recorded of it when. */
export type RecordedRun = JudgedRun & Pick<RunRecord, "state" | "trace">;

/** The verdict on one run in words, without its name: the training view ends with it too. */
export function verdictSentence(run: RecordedRun): Sentence {
  return { tone: verdictTone(run), messages: verdictMessages(run, null) };
}

function singleSentence(run: RunRecord | undefined): Sentence {
  if (run === undefined) return { tone: "info", messages: [say("gradientsUnknown")] };
  const { tone, messages } = verdictSentence(run);
  return { tone, messages: [...messages, ...gradientCause(run), ...gradientCure(run)] };
}

function comparisonSentence(runs: readonly NamedRun[], names: readonly string[]): Sentence {
  const named = runs.map(({ run }, index) => ({ run, name: names[index] ?? run.name }));
  return {
    tone: gravest(runs.map(({ run }) => verdictTone(run))),
    messages: [
      ...named.flatMap(({ run, name }) => [...verdictMessages(run, name), ...gradientCause(run)]),
      ...gradientCures(named),
    ],
  };
}

function verdictTone(run: JudgedRun): Tone {
  const tone = toneOfVerdict(gradientVerdict(run));
  return tone === "good" && lostUpdate(run) !== null ? "info" : tone;
}

/** How good or bad a verdict is. */
export function toneOfVerdict({ kind, shrinkPerLayer, range }: GradientVerdict): Tone {
  switch (kind) {
    case "vanishing":
    case "exploding":
      return "warning";
    case "notFinite":
      return "error";
    case "healthy":
      return isUneven(shrinkPerLayer, range) ? "info" : "good";
    case "unknown":
      return "info";
  }
}

/** Healthy by the slope, yet the layers lie far apart: not praised, only described. */
function isUneven(shrinkPerLayer: number | null, range: number | null): boolean {
  return shrinkPerLayer !== null && range !== null && range >= 100;
}

function verdictMessages(run: RecordedRun, name: string | null): Message[] {
  const { kind, shrinkPerLayer, range } = gradientVerdict(run);
  const about = (alone: InsightWordId, compared: InsightWordId, args: Record<string, Argument> = {}) =>
    name === null ? say(alone, args) : say(compared, { run: name, ...args });
  const medians = layerMedians(run);
  switch (kind) {
    case "vanishing": {
      const stopping = stoppingLayer(run);
      if (stopping !== null) {
        const args = { layer: stopping.name };
        return isDead(stopping)
          ? [about("gradientsDie", "runGradientsDie", args)]
          : [about("gradientsBlocked", "runGradientsBlocked", args)];
      }
      const underflown = underflownLayers(run);
      const factor = times(shrinkPerLayer ?? 1);
      const less =
        underflown > 1
          ? [say("firstLayersUnderflow", { count: count(underflown) })]
          : underflown === 1
            ? [say("firstLayerUnderflows")]
            : firstAgainstOutput(run);
      return [about("gradientsShrink", "runGradientsShrink", { factor }), ...less];
    }
    case "exploding": {
      const isHuge = medians.some(({ median }) => median > explodingSize);
      if (shrinkPerLayer !== null && shrinkPerLayer < (isHuge ? 1 / 1.5 : 1)) {
        const factor = times(1 / shrinkPerLayer);
        return [about("gradientsGrow", "runGradientsGrow", { factor }), ...firstAgainstOutput(run)];
      }
      const largest = medians.reduce((best, entry) => (entry.median > best.median ? entry : best));
      const args = { size: number(largest.median), layer: largest.layer.name };
      return [about("gradientsHuge", "runGradientsHuge", args)];
    }
    case "healthy": {
      const lost = lostUpdate(run);
      if (range === null) {
        const size = number(medians[0]?.median ?? null);
        if (lost !== null) return [about("gradientAlone", "runGradientAlone", { size }), barelyMoves(lost)];
        return [about("gradientHealthyAlone", "runGradientHealthyAlone", { size })];
      }
      const args = { range: times(range) };
      if (lost !== null) return [about("gradientsAlike", "runGradientsAlike", args), barelyMoves(lost)];
      if (isUneven(shrinkPerLayer, range)) return [about("gradientsUneven", "runGradientsUneven", args)];
      return [about("gradientsHealthy", "runGradientsHealthy", args)];
    }
    case "notFinite":
      return [about("gradientsNotFinite", "runGradientsNotFinite")];
    case "unknown":
      if (range === null) return [unknownGradients(run, about)];
      return [about("gradientsTooFew", "runGradientsTooFew", { range: times(range) })];
  }
}

function barelyMoves(ratio: number): Message {
  return say("gradientsBarelyMove", { ratio: number(ratio) });
}

/** Nothing is known: of a run that goes on, not yet; of another there is a reason. */
function unknownGradients(
  run: RecordedRun,
  about: (alone: InsightWordId, compared: InsightWordId) => Message,
): Message {
  const learns = layersWithWeights(run).some(({ trainableParameters }) => trainableParameters > 0);
  if (!learns) return about("gradientsOfNone", "runGradientsOfNone");
  if (run.trace.steps.length === 0 && run.state === "finished")
    return about("gradientsNotRecorded", "runGradientsNotRecorded");
  return about("gradientsUnknown", "runGradientsUnknown");
}

/** "The first layers get about 410,000 times less than the output." */
function firstAgainstOutput(run: Pick<JudgedRun, "layers" | "model">): Message[] {
  const depths = layerDepths(run);
  const byDepth = [...layerMedians(run)].sort((a, b) => (depths.get(a.layer) ?? 0) - (depths.get(b.layer) ?? 0));
  const first = byDepth[0]?.median ?? 0;
  const output = byDepth.at(-1)?.median ?? 0;
  if (first <= 0 || output <= 0) return [];
  if (output / first >= 10) return [say("firstLayersGetLess", { times: roughly(output / first) })];
  if (first / output >= 10) return [say("firstLayersGetMore", { times: roughly(first / output) })];
  return [];
}

/** One run alone, as another view holds it. */
export function singleRun(run: RunRecord, runId: string): GradientsRun {
  return gradientsRun(run, runId, run.name, { series: viewBytes.one, most: viewBytes.one, distributions: 0 });
}

interface RunBytes {
  readonly series: number;
  /** What the series may take where very many layers need more. */
  readonly most: number;
  readonly distributions: number;
}

function gradientsRun(run: RunRecord, runId: string, name: string, bytes: RunBytes): GradientsRun {
  const layers = layersWithWeights(run);
  const perMeasure = Math.max(1, layers.length) * bytesPerNumber;
  const wanted = perMeasure * seriesMeasures.length * wantedSteps;
  const seriesBytes = Math.max(bytes.series, Math.min(bytes.most, wanted));
  const room = Math.floor(seriesBytes / (perMeasure * leastSteps));
  const measures = seriesMeasures.slice(0, Math.max(leastMeasures, room));
  const steps = Math.floor(seriesBytes / (perMeasure * measures.length));
  const sizes = run.trace.steps.map((_, index) => Math.max(...layers.map((layer) => layer.series.max[index] ?? 0)));
  const kept = thinnedIndices(sizes, Math.min(shownStepsLimit, Math.max(leastSteps, steps)));
  const distributions = gradientDistributions(run, layers, bytes.distributions);
  return {
    runId,
    name,
    steps: kept.map((index) => run.trace.steps[index] ?? 0),
    stepsPerEpoch: run.steps.perEpoch,
    batchSize: run.batchSize,
    seed: run.seed,
    verdict: roundedVerdict(run),
    slopeBound: sharedSlopeBound(run),
    layers: layers.map((layer, index) => {
      const distribution = distributions[index];
      const made = gradientsLayer(run, layer, { kept, measures });
      return distribution === undefined ? made : { ...made, distribution };
    }),
  };
}

/** The verdict with its numbers rounded for the file. Infinite or missing numbers are `null`. */
export function roundedVerdict(run: JudgedRun): GradientsRun["verdict"] {
  const { kind, shrinkPerLayer, range } = gradientVerdict(run);
  const round = (value: number | null) =>
    value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(4));
  return { kind, shrinkPerLayer: round(shrinkPerLayer), range: round(range) };
}

interface KeptSeries {
  /** Indices of recorded steps. */
  readonly kept: readonly number[];
  readonly measures: readonly (typeof seriesMeasures)[number][];
}

function gradientsLayer(run: RunRecord, layer: LayerTrace, { kept, measures }: KeptSeries): GradientsLayer {
  const series: Record<string, ViewNumber[]> = {};
  const keep = (measure: keyof LayerSeries, recorded: readonly (number | null)[]) => {
    const values = kept.map((index) => toViewNumber(recorded[index], recordedDigits));
    series[measure] = values.every((value) => value === null) ? [] : values;
  };
  for (const measure of seriesMeasures) keep(measure, measures.includes(measure) ? layer.series[measure] : []);
  keep("nearZeroShare", measures.length < seriesMeasures.length ? [] : nearZeroShares(layer));
  return {
    ...layerInfo(layer),
    trainable: layer.trainableParameters,
    sentence: layerSentence(run, layer),
    series: series as unknown as LayerSeries,
  };
}

/** What a view says of a layer itself. */
export function layerInfo(layer: LayerInfo): LayerInfo {
  const { name, type, activation, inputShape, outputShape, parameters } = layer;
  return { name, type, activation, inputShape: [...inputShape], outputShape: [...outputShape], parameters };
}

/** Names under which the runs can be told apart: where two are the same, what differs is added, else their number. */
export function distinctNames(runs: readonly { readonly run: RunRecord; readonly name: string }[]): string[] {
  const isShared = (name: string) => runs.filter((other) => other.name === name).length > 1;
  const rivals = (name: string) => runs.filter((other) => other.name === name).map(({ run }) => run);
  const extended = runs.map(({ run, name }) => {
    if (!isShared(name)) return name;
    const differs = (value: (run: RunRecord) => unknown) => new Set(rivals(name).map(value)).size > 1;
    if (differs((each) => each.optimizerName)) return `${name}, ${run.optimizerName}`;
    if (differs((each) => each.learningRate)) return `${name}, ${run.learningRate ?? "schedule"}`;
    if (differs((each) => each.seed)) return `${name}, seed ${run.seed}`;
    return name;
  });
  return extended.map((name, index) => {
    const before = extended.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
