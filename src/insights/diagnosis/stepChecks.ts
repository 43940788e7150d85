// Checks of what the steps did: gradients, sizes of updates, units that died or saturated, numbers that broke.

import { activationInfo, type LayerTrace, type RunRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { FindingEvidence, Remedy } from "../../shared/views.ts";
import type { Argument, Message } from "../../shared/words/message.ts";
import { gradientCause } from "../gradients/gradientAdvice.ts";
import { type RecordedRun, verdictSentence } from "../gradients/gradientsView.ts";
import { blockedLayers, gradientVerdict, layerMedians, layersWithWeights } from "../gradients/gradientVerdict.ts";
import type { JudgedRun } from "../gradients/layerDepth.ts";
import { isConvolution, isSigmoidal, noticedDeadShare, noticedSaturatedShare } from "../gradients/layerSentence.ts";
import { scaledInputs } from "../parts/inputScale.ts";
import { count, number, roughly, say, share } from "../parts/say.ts";
import { median, newestQuarter } from "../parts/statistics.ts";
import { clearlyAbove } from "../training/outcome.ts";
import { type Check, type Examined, finiteOf, isTroubled, learns, learnsAll, typicalMove } from "./examined.ts";
import { lossEvidence } from "./outcomeChecks.ts";
import {
  addBatchNorm,
  clipGradients,
  hiddenLayers,
  lowerRate,
  quoted,
  raiseRate,
  remedy,
  setOnLayers,
  standardize,
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

/**
 * One step usually moves weights by about a thousandth of their size (A. Karpathy, "CS231n: Neural Networks Part 3", "Ratio of
 * weights:updates"). Ten times less or more is common; only beyond that, and where the loss shows it too, is the rate called wrong.
 */
const usualMoves: readonly [from: number, to: number] = [1e-4, 1e-2];

/** Too high: the loss is stuck, rises, jumps, or overflowed, and weights moved by more than a hundredth a step. */
export const rateTooHigh: Check = (examined) => {
  const { run, outcome, isStuck, moving } = examined;
  const grew = outcome.get("divergedByRate") ?? outcome.get("divergedByGrowth");
  const moves = moving.map(typicalMove);
  if (grew === undefined && (isStuck === null || moves.length === 0)) return null;
  const typical = moves.length === 0 ? 0 : median(moves);
  const jumps = jumpsOf(run);
  // Calm at the loss of guessing, weights may be small because nothing else helps: then steps are large beside them.
  const isCalm = (outcome.has("lossStaysAtGuess") || outcome.has("lossFellToGuess")) && !hasSpiked(run);
  const isHarmed = (isStuck === true && !isCalm) || jumps !== null || isThrownOff(examined);
  // A tenth a step replaces the weights before they can be judged: then any trouble is enough.
  const isFast =
    typical > usualMoves[1] && (isHarmed || (typical > 10 * usualMoves[1] && isTroubled(examined) && !isCalm));
  if (grew === undefined && !isFast) return "passed";
  const evidence: FindingEvidence =
    typical > usualMoves[1]
      ? { kind: "range", measure: "updateRatio", value: toViewNumber(typical, 3), usual: usualMoves }
      : lossEvidence(run, "step");
  return {
    kind: "rateTooHigh",
    tone: "warning",
    title: say("foundRateTooHigh"),
    messages: [
      ...(grew === undefined ? [] : [grew]),
      ...(typical > usualMoves[1] ? [say("updatesAre", { ratio: number(typical) })] : []),
      ...(grew === undefined && jumps !== null ? [say("lossJumps", jumps)] : []),
    ],
    layer: null,
    evidence,
    remedies: lowerRate(run).length > 0 ? lowerRate(run) : [clipGradients()],
  };
};

/** Whether the loss was thrown above that of guessing, and is on its way back at best: it falls from epoch to epoch then. */
function isThrownOff({ run, lastLoss }: Examined): boolean {
  const { guessLoss } = run;
  return guessLoss !== null && guessLoss > 0 && (lastLoss ?? 0) > clearlyAbove * guessLoss && hasSpiked(run);
}

/** Whether some step lost twice what the first one or a guess did. */
function hasSpiked({ loss, guessLoss }: RunRecord): boolean {
  const usual = Math.max(loss[0] ?? 0, guessLoss ?? 0);
  return loss.some((value) => value > 2 * usual);
}

/** Epochs of the second half in which the loss rose by a tenth or more: one in three is not the noise of batches any more. */
const jump = 1.1;
const jumpShare = 1 / 3;

/** How often the loss jumped; `null` where it went down calmly, or is next to nothing by now. */
function jumpsOf(run: RunRecord): { readonly jumps: Argument; readonly epochs: Argument } | null {
  const train = finiteOf(run.history[0]?.train ?? []);
  const late = train.slice(Math.floor(train.length / 2));
  if (late.length < 4) return null;
  const jumps = late.filter((value, index) => index > 0 && value > jump * (late[index - 1] ?? value)).length;
  const isFar = run.guessLoss === null || (late.at(-1) ?? 0) > 0.1 * run.guessLoss;
  const epochs = late.length - 1;
  return isFar && jumps >= jumpShare * epochs ? { jumps: count(jumps), epochs: count(epochs) } : null;
}

/**
 * Too low: no layer moves by a ten-thousandth a step, though all gradients arrive, and the loss is not even half way down. Not where
 * some step threw the loss up: beside the weights that it left behind the later steps are small.
 */
export const rateTooLow: Check = ({ run, verdict, isStuck, firstLoss, lastLoss, moving }) => {
  const moves = moving.map(typicalMove);
  if (isStuck === null || moves.length === 0 || firstLoss === null || lastLoss === null) return null;
  const fastest = Math.max(...moves);
  const start = Math.max(firstLoss, run.loss[0] ?? firstLoss);
  const isHalfWay = lastLoss <= 0.5 * (run.guessLoss === null ? start : Math.min(run.guessLoss, start));
  const isElsewhere = verdict.kind === "vanishing" || verdict.kind === "exploding" || hasSpiked(run);
  if (fastest >= usualMoves[0] || isHalfWay || isElsewhere) return "passed";
  return {
    kind: "rateTooLow",
    tone: "warning",
    title: say("foundRateTooLow"),
    messages: [say("updatesAre", { ratio: number(fastest) })],
    layer: null,
    evidence: { kind: "range", measure: "updateRatio", value: toViewNumber(fastest, 3), usual: usualMoves },
    remedies: raiseRate(run, fastest),
  };
};

/** A layer moves this many times less than the fastest, and less than is usual: what the others learn in an epoch takes it a hundred. */
const leftBehind = 100;

export const slowLayer: Check = ({ run, moving, isStuck }) => {
  if (isStuck === null || moving.length < 2) return null;
  const moves = moving.map((layer) => ({ layer, move: typicalMove(layer) }));
  const slowest = moves.reduce((least, entry) => (entry.move < least.move ? entry : least));
  const fastest = Math.max(...moves.map(({ move }) => move));
  // The layers of a normalisation start at 1 and may stay there.
  const isOwn = ["batchNorm", "layerNorm", "rmsNorm", "embedding"].includes(slowest.layer.type);
  if (isOwn || slowest.move * leftBehind > fastest || slowest.move >= usualMoves[0] / 10) return "passed";
  return {
    kind: "slowLayer",
    tone: "warning",
    title: say("foundSlowLayer", { layer: slowest.layer.name }),
    messages: [
      say("updatesAre", { ratio: number(slowest.move) }),
      // Nothing is a number of times what does not move at all.
      ...(slowest.move > 0 ? [say("othersMove", { times: roughly(fastest / slowest.move) })] : []),
    ],
    layer: slowest.layer.name,
    evidence: { kind: "range", measure: "updateRatio", value: toViewNumber(slowest.move, 3), usual: usualMoves },
    remedies: addBatchNorm(hiddenLayers(run)),
  };
};

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
