// One layer's verdict in words: the same in the layer card, in the hover over its call and in the text version.

import { activationInfo, type LayerTrace, type RunRecord } from "../../engine/index.ts";
import type { Sentence } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { count, number, say, share, times } from "../parts/say.ts";
import {
  blockedLayers,
  explodingSize,
  gradientVerdict,
  layerMedians,
  layersWithWeights,
  troublingRange,
} from "./gradientVerdict.ts";
import type { JudgedRun } from "./layerDepth.ts";

/**
 * From this share (0–1) of dead units on, a layer is said to have them: more than the odd unit that a start leaves out, and well before
 * the 40 % that a rate too high is known to kill (A. Karpathy, "CS231n: Neural Networks Part 1", ReLU).
 */
export const noticedDeadShare = 0.1;
/** From this share (0–1) of saturated outputs on, a layer is called saturated: the typical value, the median, then lies where less than a tenth of the slope is left. */
export const noticedSaturatedShare = 0.5;

/** How a layer fares in its run. */
export type LayerVerdict = "unknown" | "notFinite" | "vanishing" | "exploding" | "healthy";

type Run = JudgedRun & Pick<RunRecord, "trace">;

/**
 * A layer vanishes when the run's gradients vanish and this layer's median is below a hundredth of the largest layer's;
 * it explodes when they explode and its median is a hundred times the smallest layer's, or above 1000.
 */
function layerVerdict(run: Run, layer: LayerTrace): LayerVerdict {
  const newest = layer.series.meanAbs.at(-1) ?? null;
  if (newest === null) return "unknown";
  if (!Number.isFinite(newest)) return "notFinite";
  const medians = layerMedians(run);
  const own = medians.find((entry) => entry.layer === layer)?.median;
  if (own === undefined) return "unknown";
  const sizes = medians.map(({ median }) => median);
  const kind = gradientVerdict({
    layers: run.layers,
    divergence: null,
    ...(run.loss === undefined ? {} : { loss: run.loss }),
    ...(run.model === undefined ? {} : { model: run.model }),
  }).kind;
  if (own > explodingSize) return "exploding";
  if (blockedLayers(run).includes(layer)) return "vanishing";
  if (kind === "vanishing" && own * troublingRange <= Math.max(...sizes)) return "vanishing";
  if (kind === "exploding" && own >= troublingRange * Math.min(...sizes)) return "exploding";
  return "healthy";
}

/** The verdict on a layer with weights, gradient first, then dead or saturated units, then how far a step moves it. */
export function layerSentence(run: Run, layer: LayerTrace): Sentence {
  const verdict = layerVerdict(run, layer);
  const units = unitSentences(layer);
  const moves = updateSentence(layer);
  if (isHeld(layer)) return { tone: "info", messages: [say("layerHeld"), ...units] };
  switch (verdict) {
    case "unknown":
      return { tone: "info", messages: [say("layerUnknown")] };
    case "notFinite":
      return { tone: "error", messages: notFiniteSentences(run, layer) };
    case "vanishing":
      return { tone: "warning", messages: [vanishingSentence(run, layer), ...units, ...moves] };
    case "exploding":
      return {
        tone: "warning",
        messages: [say("layerExplodes", { size: number(newestGradient(layer)) }), ...units, ...moves],
      };
    case "healthy":
      return {
        tone: units.length > 0 ? "warning" : "good",
        messages: [...units, say("layerHealthy", { size: number(newestGradient(layer)) }), ...moves],
      };
  }
}

/** Gradients came, or none were found because it is frozen, and no step moved its weights. */
function isHeld({ series }: LayerTrace): boolean {
  const got = series.meanAbs.some((value) => value !== null && value > 0);
  const isFrozen = series.meanAbs.every((value) => value === null);
  return (got || isFrozen) && series.updateRatio.length > 0 && series.updateRatio.every((ratio) => ratio === 0);
}

function newestGradient(layer: LayerTrace): number {
  return layer.series.meanAbs.at(-1) ?? Number.NaN;
}

function vanishingSentence(run: Run, layer: LayerTrace): Message {
  const size = newestGradient(layer);
  if (size === 0) return say("layerGetsNothing");
  const layers = layersWithWeights(run);
  const after = layers.slice(layers.indexOf(layer) + 1);
  // The next layer usually gets more; where it does not at this very step, the output layer makes the point.
  for (const other of [after[0], after.at(-1)]) {
    if (other === undefined) continue;
    const ratio = newestGradient(other) / size;
    if (ratio > 1 && Number.isFinite(ratio)) {
      return say("layerVanishes", { size: number(size), times: times(ratio), next: other.name });
    }
  }
  return say("layerVanishesAlone", { size: number(size) });
}

function notFiniteSentences(run: Run, layer: LayerTrace): Message[] {
  const first = layer.series.meanAbs.findIndex((value) => value !== null && !Number.isFinite(value));
  const step = run.trace.steps[first];
  const size = say("layerNotFinite", { size: number(newestGradient(layer)) });
  return step === undefined ? [size] : [say("layerNotFiniteSince", { step: count(step) })];
}

function unitSentences(layer: LayerTrace): Message[] {
  const dead = layer.series.deadShare.at(-1) ?? 0;
  const saturated = layer.series.saturatedShare.at(-1) ?? 0;
  const units = layer.outputShape.at(-1) ?? 0;
  const messages: Message[] = [];
  if (layer.activation === "step") messages.push(say("layerBehindStep"));
  if (dead >= noticedDeadShare) {
    // A unit of a convolution is a filter, wherever in the image it looks.
    const id = isConvolution(layer) ? "layerDeadFilters" : "layerDead";
    messages.push(say(id, { dead: count(dead * units), units: count(units) }));
  } else if (saturated >= noticedSaturatedShare && layer.activation !== null && isSigmoidal(layer.activation)) {
    messages.push(
      say("layerSaturated", { share: share(saturated), activation: activationInfo(layer.activation).label }),
    );
  }
  return messages;
}

export function isConvolution({ type }: LayerTrace): boolean {
  return /conv/i.test(type);
}

/** Half of a ReLU's outputs being flat is how it works; of a sigmoid's, it is trouble. */
export function isSigmoidal(activation: string): boolean {
  return ["sigmoid", "tanh", "softsign", "hardSigmoid", "hardTanh", "relu6"].includes(activation);
}

function updateSentence(layer: LayerTrace): Message[] {
  const ratio = layer.series.updateRatio.at(-1) ?? null;
  return ratio !== null && Number.isFinite(ratio) ? [say("layerMoves", { ratio: number(ratio) })] : [];
}
