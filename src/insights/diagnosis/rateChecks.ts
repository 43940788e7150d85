// Checks of the sizes of the steps: a learning rate that is too high or too low, a layer that is left behind.

import type { RunRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { FindingEvidence } from "../../shared/views.ts";
import type { Argument } from "../../shared/words/message.ts";
import { count, number, roughly, say } from "../parts/say.ts";
import { median } from "../parts/statistics.ts";
import { clearlyAbove } from "../training/outcome.ts";
import { type Check, type Examined, finiteOf, isTroubled, typicalMove } from "./examined.ts";
import { lossEvidence } from "./outcomeChecks.ts";
import { addBatchNorm, clipGradients, hiddenLayers, lowerRate, raiseRate } from "./remedies.ts";

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
