// How a training stands or ended, in one to four sentences.

import type { RunHistory, RunRecord } from "../../engine/index.ts";
import type { Sentence, Tone } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { verdictSentence } from "../gradients/gradientsView.ts";
import { gradientVerdict } from "../gradients/gradientVerdict.ts";
import { noteMessages } from "../parts/noteMessages.ts";
import { count, gravest, number, say } from "../parts/say.ts";
import { significant } from "../parts/statistics.ts";
import { overfitEpoch } from "./overfitEpoch.ts";

/** Within this share of the loss of guessing, a loss "is" the loss of guessing: the noise of batches alone moves an epoch's mean by about that much. */
const guessTolerance = 0.02;
/** From this share of the loss of guessing on, a loss is above it beyond the noise of batches. */
export const clearlyAbove = 1.05;
/** A loss that changed by less than this share since the first epoch "stays": at that pace, halving it takes seventy times as long. */
const stayTolerance = 0.01;
/** A loss of less than half that of guessing that rose by less than this wavers: the noise of batches grows beside a small loss. */
const wavering = 1.1;
/** Before this many epochs nothing is said about a loss that does not move: two give one difference, which is no trend. */
export const epochsToJudge = 3;
/** A loss that grew this many times over its smallest value before it failed did explode: no noise of batches is a power of ten. */
const growthFactor = 10;
/** A larger learning rate is not advised: after one that is far too large, a tenth of it would be no help. */
const largestUsualRate = 0.1;

/** The sentences about a loss that came nowhere. */
export const stuckSentences: readonly string[] = ["lossStaysAtGuess", "lossFellToGuess", "lossStays", "lossRose"];

/** `null` before there is anything to say. */
export function outcomeSentence(run: RunRecord): Sentence | null {
  const notes = noteMessages(run.notes);
  const noteTone: Tone = notes.length > 0 ? "warning" : "good";
  if (run.divergence !== null) return { tone: "error", messages: [...divergedSentences(run), ...notes] };
  const verdict = gradientVerdict(run);
  const trouble =
    verdict.kind === "vanishing" || verdict.kind === "exploding" ? verdictSentence(run).messages.slice(0, 1) : [];
  const troubleTone: Tone = trouble.length > 0 ? "warning" : "good";
  switch (run.state) {
    case "running": {
      const messages = [
        ...trouble,
        ...(run.epochs.done >= epochsToJudge ? lossSentences(run, trouble.length > 0) : []),
        ...notes,
      ];
      return messages.length === 0 ? null : { tone: gravest(["info", noteTone, troubleTone]), messages };
    }
    case "failed":
      return { tone: "error", messages: [say("failed", { step: count(run.steps.done + 1) }), ...notes] };
    case "stopped": {
      const epoch = Math.min(run.epochs.done + 1, run.epochs.planned);
      const stopped = say("stoppedAt", { epoch: count(epoch), planned: count(run.epochs.planned) });
      return {
        tone: gravest(["info", noteTone, troubleTone]),
        messages: [stopped, ...trouble, ...lossSentences(run, trouble.length > 0), ...notes],
      };
    }
    case "finished":
    case "diverged": {
      const { tone, messages } = finishedSentences(run, trouble.length > 0);
      const early = earlyEndSentences(run);
      return { tone: gravest([tone, noteTone, troubleTone]), messages: [...trouble, ...messages, ...early, ...notes] };
    }
  }
}

/** Why it has fewer epochs than were planned; nothing where it has all of them. */
function earlyEndSentences({ earlyEnd, epochs }: RunRecord): readonly Message[] {
  if (earlyEnd === null) return [];
  const { by, monitor, patience, bestEpoch, restoresBest } = earlyEnd;
  const when = { epoch: count(epochs.done), planned: count(epochs.planned) };
  if (by !== "earlyStopping") return [say(by === "budget" ? "endedByBudget" : "endedByCallback", when)];
  const why = say("endedByEarlyStopping", { ...when, monitor: monitor ?? "loss", patience: count(patience ?? 0) });
  return restoresBest && bestEpoch !== null ? [why, say("keptEpoch", { epoch: count(bestEpoch) })] : [why];
}

function finishedSentences(run: RunRecord, isTroubled: boolean): { tone: Tone; messages: Message[] } {
  const messages = lossSentences(run, isTroubled);
  if (messages.some(({ id }) => stuckSentences.includes(id))) return { tone: "warning", messages };
  const best = bestValidation(run);
  if (best !== null) messages.push(best);
  const overfitSince = overfitEpoch(run.history[0]);
  // Early stopping says the rest.
  const id = run.earlyEnd?.by === "earlyStopping" ? "overfitsSince" : "overfits";
  if (overfitSince !== null) messages.push(say(id, { epoch: count(overfitSince) }));
  const holds = messages.some(({ id }) => id === "lossHolds" || id === "lossEarly");
  return { tone: overfitSince === null && !holds ? "good" : "info", messages };
}

function lossSentences(run: RunRecord, isTroubled: boolean): Message[] {
  const train = run.history[0]?.train ?? [];
  const first = train[0];
  const last = train.at(-1) ?? run.loss.at(-1);
  if (last === undefined) return [];
  const { guessLoss } = run;
  const isAtGuess = guessLoss !== null && guessLoss > 0 && Math.abs(last - guessLoss) <= guessTolerance * guessLoss;
  // From well below, it rose there.
  if (isAtGuess && train.length >= epochsToJudge && (first ?? last) * clearlyAbove >= guessLoss)
    return first !== undefined && first > clearlyAbove * guessLoss
      ? [say("lossFellToGuess", { first: number(first), last: number(last) })]
      : [say("lossStaysAtGuess", { last: number(last) })];
  if (first === undefined || train.length < 2) return [say("lossNow", { last: number(last) })];
  const isUnmoved = Math.abs(last - first) <= stayTolerance * Math.abs(first);
  if (isUnmoved && train.length < epochsToJudge)
    return [say("lossEarly", { last: number(last), epochs: count(train.length) })];
  if (isUnmoved && isTroubled) return [say("lossStays", { last: number(last) })];
  if (isUnmoved || isWavering(first, last, guessLoss)) return [say("lossHolds", { last: number(last) })];
  return [say(last <= first ? "lossFell" : "lossRose", { first: number(first), last: number(last) })];
}

/** Whether a net that has learned long since wavers. */
function isWavering(first: number, last: number, guess: number | null): boolean {
  const isLearned = guess !== null && first <= guess / 2;
  return isLearned && last > first && last <= wavering * first;
}

/** The metric that matters: the first one beside the loss, else the loss, where there is validation data. */
function judged(run: RunRecord): RunHistory | null {
  const history = run.history[1] ?? run.history[0];
  return history?.validation ? history : null;
}

function bestValidation(run: RunRecord): Message | null {
  const history = judged(run);
  const values = history?.validation ?? [];
  const epoch = bestIndex(values, history?.better ?? "lower");
  const value = values[epoch];
  if (history === null || value === undefined || values.length < 2) return null;
  const args = { epoch: count(epoch + 1), value: number(value) };
  if (history.name === "accuracy") return say("validationAccuracyBest", args);
  return history.name === "loss"
    ? say("validationLossBest", args)
    : say("validationBest", { metric: history.name, ...args });
}

function bestIndex(values: readonly number[], better: RunHistory["better"]): number {
  let best = -1;
  values.forEach((value, index) => {
    const record = values[best];
    const isBetter = record === undefined || (better === "lower" ? value < record : value > record);
    if (Number.isFinite(value) && isBetter) best = index;
  });
  return best;
}

function divergedSentences(run: RunRecord): Message[] {
  const divergence = run.divergence;
  if (divergence === null) return [];
  const ids = {
    activation: "divergedInActivation",
    gradient: "divergedInGradient",
    weights: "divergedInWeights",
    loss: "divergedInLoss",
  } as const;
  const args = { step: count(divergence.step), layer: divergence.layer ?? "loss" };
  const kept =
    divergence.restoredEpoch === 0 ? say("keptStart") : say("keptEpoch", { epoch: count(divergence.restoredEpoch) });
  return [say(ids[divergence.where], args), causeSentence(run), kept];
}

function causeSentence(run: RunRecord): Message {
  const finite = run.loss.filter((value) => Number.isFinite(value));
  const smallest = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const largest = finite.slice(-3).reduce((most, value) => Math.max(most, value), 0);
  if (!didGrow(run) && !(largest > growthFactor * smallest)) return say("divergedByData");
  if (run.learningRate === null) return say("divergedByGrowth");
  return say("divergedByRate", {
    rate: String(run.learningRate),
    better: String(smallerRate(run.learningRate)),
  });
}

/** What to try instead of a rate that is too large. */
export function smallerRate(rate: number): number {
  return significant(Math.min(rate / 10, largestUsualRate), 2);
}

/** Whether some layer's gradient or weights grew by the same factor before the end. */
function didGrow(run: RunRecord): boolean {
  return run.layers.some(({ series }) =>
    [series.max, series.weightNorm].some((values) => {
      const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
      const smallest = Math.min(...finite.filter((value) => value > 0));
      const last = Math.max(...finite.slice(-3));
      const isInfinite = values.some((value) => value === Number.POSITIVE_INFINITY);
      return isInfinite || (finite.length > 1 && last > growthFactor * growthFactor * smallest);
    }),
  );
}
