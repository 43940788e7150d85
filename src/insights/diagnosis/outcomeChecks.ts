// Checks of how the training came out: numbers that broke, a loss that does not fall or stays high, overfitting.

import type { RunRecord } from "../../engine/index.ts";
import { thinnedIndices } from "../../engine/training/trace/trace.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { FindingEvidence } from "../../shared/views.ts";
import { number, say } from "../parts/say.ts";
import { clearlyAbove, stuckSentences } from "../training/outcome.ts";
import { type Check, highShare } from "./examined.ts";
import { hiddenLayers, lowerRate, remedy, setOn, standardize } from "./remedies.ts";

/** The most points of a small picture. */
const shownPoints = 60;

/** The loss by epoch; by step where that shows more (what happened at the start, or before an epoch had ended). */
export function lossEvidence(run: RunRecord, by: "epoch" | "step"): FindingEvidence {
  const guess = toViewNumber(run.guessLoss, 4);
  const history = run.history[0];
  if (by === "epoch" && history !== undefined && history.train.length > 1) {
    const kept = thinnedIndices(history.train, shownPoints);
    const pick = (values: readonly number[]) => kept.map((index) => toViewNumber(values[index], 4));
    const validation = history.validation === null ? null : pick(history.validation);
    return { kind: "loss", by, train: pick(history.train), validation, guess };
  }
  const kept = thinnedIndices(run.loss, shownPoints);
  const train = kept.map((index) => toViewNumber(run.loss[index], 4));
  return { kind: "loss", by: "step", train, validation: null, guess };
}

/** Where the first number that is not finite appeared, as the outcome tells it. Why, where it is not the rate: see `rateTooHigh`. */
export const notFinite: Check = ({ run, outcome }) => {
  const { divergence } = run;
  if (run.steps.done === 0 && divergence === null) return null;
  if (divergence === null) return "passed";
  const ids = ["divergedInActivation", "divergedInGradient", "divergedInWeights", "divergedInLoss", "divergedByData"];
  return {
    kind: "notFinite",
    tone: "error",
    title: divergence.layer === null ? say("foundNotFinite") : say("foundNotFiniteIn", { layer: divergence.layer }),
    messages: ids.flatMap((id) => {
      const message = outcome.get(id);
      return message === undefined ? [] : [message];
    }),
    layer: divergence.layer,
    evidence: lossEvidence(run, "step"),
    remedies: outcome.has("divergedByData") ? [remedy("lookAtData"), standardize()] : [],
  };
};

export const noProgress: Check = ({ run, outcome, isStuck }) => {
  if (isStuck === null) return null;
  const said = stuckSentences.flatMap((id) => outcome.get(id) ?? []);
  if (said.length === 0) return "passed";
  return {
    kind: "noProgress",
    tone: "warning",
    title: say(outcome.has("lossFellToGuess") ? "foundNoBetterThanGuess" : "foundNoProgress"),
    messages: said,
    layer: null,
    evidence: lossEvidence(run, "epoch"),
    remedies: [...(outcome.has("lossRose") ? lowerRate(run) : []), moreUnits()],
  };
};

/** A loss that fell by this share over the last quarter of the epochs still falls: twice what counts as standing still. */
const fallsShare = 0.02;

export const underfitting: Check = ({ run, isStuck, lastLoss }) => {
  if (run.state !== "finished" || run.guessLoss === null || run.guessLoss <= 0) return null;
  if (isStuck !== false || lastLoss === null) return null;
  const left = lastLoss / run.guessLoss;
  if (left < highShare) return "passed";
  const train = run.history[0]?.train ?? [];
  const before = train[Math.floor((train.length - 1) * 0.75)] ?? lastLoss;
  const falls = before - lastLoss >= fallsShare * before;
  const epochs = run.epochs.planned;
  return {
    kind: "underfitting",
    // More than a guess loses: it learned the wrong thing, or has just begun.
    tone: left > clearlyAbove ? "warning" : "info",
    title: say("foundUnderfitting"),
    messages: [
      say("staysAbove", { last: number(lastLoss), guess: number(run.guessLoss) }),
      ...(falls ? [say("stillFalls")] : []),
    ],
    layer: null,
    evidence: lossEvidence(run, "epoch"),
    remedies: falls
      ? [remedy("moreEpochs", [setOn("fit", "epochs", String(epochs), String(epochs * 4))]), moreUnits()]
      : [moreUnits()],
  };
};

function moreUnits() {
  return remedy("moreUnits");
}

/** The outcome's own judgement. */
export const overfitting: Check = ({ run, outcome }) => {
  if (run.history[0]?.validation == null || run.epochs.done < 2 || run.divergence !== null) return null;
  const said = outcome.get("overfits");
  if (said === undefined) return "passed";
  const last = hiddenLayers(run).at(-1);
  const ids = ["validationAccuracyBest", "validationLossBest", "validationBest"] as const;
  const [best] = ids.flatMap((id) => outcome.get(id) ?? []);
  const callback = "[callbacks.earlyStopping({ patience: 5 })]";
  return {
    kind: "overfitting",
    tone: "info",
    title: say("foundOverfitting"),
    messages: best === undefined ? [said] : [said, best],
    layer: null,
    evidence: lossEvidence(run, "epoch"),
    remedies: [
      remedy("stopEarly", [setOn("fit", "callbacks", null, callback)]),
      ...(last === undefined
        ? []
        : [remedy("addDropout", [{ kind: "insertAfter", layers: [last.name], code: "layers.dropout(0.3)" }])]),
    ],
  };
};
