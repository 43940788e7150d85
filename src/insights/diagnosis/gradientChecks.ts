// Checks of the gradients: whether they vanish or explode on their way back.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { FindingEvidence } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { gradientCause } from "../gradients/gradientAdvice.ts";
import { type RecordedRun, verdictSentence } from "../gradients/gradientsView.ts";
import { blockedLayers, gradientVerdict, layerMedians, layersWithWeights } from "../gradients/gradientVerdict.ts";
import type { JudgedRun } from "../gradients/layerDepth.ts";
import { isConvolution, isSigmoidal } from "../gradients/layerSentence.ts";
import { say } from "../parts/say.ts";
import type { Check } from "./examined.ts";
import {
  addBatchNorm,
  clipGradients,
  hiddenLayers,
  lowerRate,
  quoted,
  remedy,
  setOnLayers,
  useRelu,
} from "./remedies.ts";

/** The verdict and its cause; what to try stands in the remedies. */
function verdictMessages(run: RecordedRun): readonly Message[] {
  const causes = gradientCause(run);
  return [...verdictSentence(run).messages, ...causes];
}

export const vanishing: Check = ({ run, verdict }) => {
  if (verdict.kind === "unknown" || verdict.kind === "notFinite") return null;
  if (verdict.kind !== "vanishing") return "passed";
  const hidden = hiddenLayers(run);
  const smooth = hidden.filter(({ activation }) => activation !== null && isSigmoidal(activation));
  return {
    kind: "vanishing",
    tone: "warning",
    title: say("foundVanishing"),
    messages: verdictMessages(run),
    layer: faintest(run),
    evidence: stripOf(run),
    remedies: [...useRelu(smooth), ...addBatchNorm(hidden)],
  };
};

export const exploding: Check = ({ run: whole, verdict }) => {
  if (verdict.kind === "unknown") return null;
  const hasBroken = verdict.kind === "notFinite";
  // Where numbers broke, what the steps did before is as likely their rate's doing. The first gradients are the net's own.
  const run: RecordedRun = hasBroken ? atFirstStep(whole) : whole;
  const { kind } = hasBroken ? gradientVerdict(run) : verdict;
  if (kind !== "exploding") return hasBroken ? null : "passed";
  const medians = layerMedians(run);
  const largest = medians.reduce((best, entry) => (entry.median > best.median ? entry : best));
  const hidden = hiddenLayers(run).filter(({ type }) => type === "dense" || isConvolution({ type } as LayerTrace));
  const start =
    hidden.length === 0
      ? []
      : [remedy("heStart", [setOnLayers(hidden, "kernelInitializer", null, quoted("heNormal"))])];
  return {
    kind: "exploding",
    tone: "warning",
    title: say("foundExploding"),
    messages: [...verdictMessages(run), ...(hasBroken ? [say("fromFirstStep")] : [])],
    layer: largest.layer.name,
    evidence: stripOf(whole),
    remedies: [...start, clipGradients(), ...(start.length > 0 ? [] : lowerRate(whole))],
  };
};

/** What the first step recorded of a run, as if nothing had broken later. */
function atFirstStep({ layers, state, trace, model }: RecordedRun): RecordedRun {
  const first = layers.map((layer) => {
    const series = Object.entries(layer.series).map(([measure, values]) => [measure, values.slice(0, 1)]);
    return { ...layer, series: Object.fromEntries(series) as LayerTrace["series"] };
  });
  return { layers: first, divergence: null, state, trace, ...(model === undefined ? {} : { model }) };
}

/** The layer that gets the least, or nothing. */
function faintest(run: RunRecord): string | null {
  const blocked = blockedLayers(run).at(-1);
  if (blocked !== undefined) return blocked.name;
  const medians = layerMedians(run);
  return medians.length === 0
    ? null
    : medians.reduce((least, entry) => (entry.median < least.median ? entry : least)).layer.name;
}

function stripOf(run: JudgedRun): FindingEvidence {
  const medians = new Map(layerMedians(run).map((entry) => [entry.layer, entry.median]));
  const layers = layersWithWeights(run).map((layer) => ({
    name: layer.name,
    type: layer.type,
    gradient: toViewNumber(medians.get(layer), 3),
  }));
  return { kind: "strip", layers };
}
