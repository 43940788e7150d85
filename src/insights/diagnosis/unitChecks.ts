// Checks of what units give: dead ones, saturated layers, outputs that are too sure.

import { activationInfo, type LayerTrace, type RunRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { Remedy } from "../../shared/views.ts";
import { isConvolution, isSigmoidal, noticedDeadShare, noticedSaturatedShare } from "../gradients/layerSentence.ts";
import { scaledInputs } from "../parts/inputScale.ts";
import { count, number, say, share } from "../parts/say.ts";
import { median, newestQuarter } from "../parts/statistics.ts";
import { type Check, type Examined, finiteOf, isTroubled, learns, learnsAll } from "./examined.ts";
import { lossEvidence } from "./outcomeChecks.ts";
import { rateTooLow, slowLayer } from "./rateChecks.ts";
import {
  addBatchNorm,
  hiddenLayers,
  lowerRate,
  quoted,
  remedy,
  setOnLayers,
  standardize,
  useRelu,
} from "./remedies.ts";

/** From half of a layer's units on, dead ones are more than thrift (Glorot et al. 2011 find half of a healthy ReLU layer silent for one example, none for all). */
const gravelyDead = 0.5;

/** Whether what a layer does not pass on shows: in the training, or in a layer that is left behind for it. */
function isHarmful(examined: Examined): boolean {
  return isTroubled(examined) || (!learns(examined) && isFound(slowLayer(examined)));
}

export const deadUnits: Check = (examined) => {
  const { run } = examined;
  // A unit that fired for one of the newest batches is not dead: the smallest share counts.
  const layers = run.layers.flatMap((layer) => {
    const shares = finiteOf(newestQuarter(layer.series.deadShare));
    return shares.length === 0 ? [] : [{ layer, dead: Math.min(...shares) }];
  });
  if (layers.length === 0) return null;
  const noticed = layers.filter(({ dead }) => dead >= noticedDeadShare);
  if (noticed.length === 0) return "passed";
  const worst = noticed.reduce((most, entry) => (entry.dead > most.dead ? entry : most));
  const units = worst.layer.outputShape.at(-1) ?? 0;
  const isGrave = isHarmful(examined) && worst.dead >= gravelyDead;
  const relus = noticed.map(({ layer }) => layer).filter(({ activation }) => activation === "relu");
  const args = { dead: count(Math.round(worst.dead * units)), units: count(units) };
  return {
    kind: "deadUnits",
    tone: isGrave ? "warning" : "info",
    title: say("foundDeadUnits", { layer: worst.layer.name }),
    messages: [
      say(isConvolution(worst.layer) ? "deadFiltersAre" : "deadAre", args),
      ...(noticed.length > 1 ? [say("alsoIn", { layers: count(noticed.length) })] : []),
      ...learnsAll(examined),
    ],
    layer: worst.layer.name,
    evidence: { kind: "units", marked: Math.round(worst.dead * units), total: units },
    remedies: [
      ...(relus.length === 0
        ? []
        : [remedy("useLeakyRelu", [setOnLayers(relus, "activation", quoted("relu"), quoted("leakyRelu"))])]),
      // What moves too little as it is was not thrown there by a step too large.
      ...(learns(examined) || isFound(rateTooLow(examined)) ? [] : lowerRate(run)),
    ],
  };
};

function isFound(result: ReturnType<Check>): boolean {
  return result !== null && result !== "passed";
}

/** Hidden layers: an output layer that is sure of itself has learned something. */
export const saturated: Check = (examined) => {
  const hidden = examined.run.layers
    .slice(0, -1)
    .filter(({ activation }) => activation !== null && isSigmoidal(activation));
  const layers = hidden.flatMap((layer) => {
    const shares = finiteOf(newestQuarter(layer.series.saturatedShare));
    return shares.length === 0 ? [] : [{ layer, flat: median(shares) }];
  });
  if (layers.length === 0) return null;
  const noticed = layers.filter(({ flat }) => flat >= noticedSaturatedShare);
  if (noticed.length === 0) return "passed";
  const worst = noticed.reduce((most, entry) => (entry.flat > most.flat ? entry : most));
  const { name, activation } = worst.layer;
  return {
    kind: "saturated",
    tone: isHarmful(examined) ? "warning" : "info",
    title: say("foundSaturated", { layer: name }),
    messages: [
      say("saturatedAre", { share: share(worst.flat), activation: activationInfo(activation ?? "").label }),
      ...(noticed.length > 1 ? [say("alsoIn", { layers: count(noticed.length) })] : []),
      ...learnsAll(examined),
    ],
    layer: name,
    evidence: { kind: "share", share: toViewNumber(worst.flat, 3) },
    remedies: [...useRelu(noticed.map(({ layer }) => layer)), ...addBatchNorm(noticed.map(({ layer }) => layer))],
  };
};

/**
 * A softmax or sigmoid output whose first loss is this many times that of guessing is sure of what it cannot know: it is saturated
 * from the start (A. Karpathy 2019, "A Recipe for Training Neural Networks": "verify loss @ init"). Small and random first
 * weights begin within a factor of two.
 */
const sureFromTheStart = 3;

export const saturatedOutput: Check = (examined: Examined) => {
  const { run } = examined;
  const last = run.layers.at(-1);
  const [first] = run.loss;
  const isProbability = last?.activation === "softmax" || last?.activation === "sigmoid";
  if (!isProbability || first === undefined || run.guessLoss === null || run.guessLoss <= 0) return null;
  if (!/crossentropy/i.test(run.lossName)) return null;
  // Rare classes make guessing cheap; first weights know nothing of that and lose what an even guess does.
  const classes = last?.activation === "softmax" ? (last.outputShape.at(-1) ?? 2) : 2;
  const guess = Math.max(run.guessLoss, Math.log(Math.max(2, classes)));
  if (!(first >= sureFromTheStart * guess)) return "passed";
  return {
    kind: "saturatedOutput",
    tone: isTroubled(examined) ? "warning" : "info",
    title: say("foundSaturatedOutput"),
    messages: [say("startsAbove", { first: number(first), guess: number(guess) }), ...learnsAll(examined)],
    layer: last?.name ?? null,
    evidence: lossEvidence(run, "step"),
    remedies: last === undefined ? [] : calmerStart(run, last),
  };
};

/** First weights spread so many times as wide as glorotUniform's are why an output is sure; heNormal's are below it. */
const wideStart = 2;
/** Features of this size and more (root mean square) make an output sure that has usual weights; standardized ones have 1. */
const liftingInput = 2;

/** Against the output's own first weights where they are wide, or those before it, else against what comes into it. */
function calmerStart(run: RunRecord, last: LayerTrace): readonly Remedy[] {
  const [fanIn, fanOut] = [last.inputShape.at(-1) ?? 1, last.outputShape.at(-1) ?? 1];
  const usual = Math.sqrt(2 / (fanIn + fanOut));
  const [spread] = finiteOf(last.series.weightStd);
  if (spread === undefined || spread >= wideStart * usual)
    return [remedy("randomStart", [setOnLayers([last], "kernelInitializer", null, quoted("glorotUniform"))])];
  const wide = hiddenLayers(run).filter(({ type, inputShape, series }) => {
    const [start = 0] = finiteOf(series.weightStd);
    return type === "dense" && start >= wideStart * Math.sqrt(2 / (inputShape.at(-1) ?? 1));
  });
  if (wide.length > 0) {
    const isSmooth = wide.every(({ activation }) => activation !== null && isSigmoidal(activation));
    const start = setOnLayers(wide, "kernelInitializer", null, quoted(isSmooth ? "glorotUniform" : "heNormal"));
    return [remedy(isSmooth ? "randomStart" : "heStart", [start])];
  }
  if (scaledInputs(run).some(({ largestSize }) => largestSize >= liftingInput)) return [standardize()];
  return addBatchNorm(hiddenLayers(run).slice(-1));
}
