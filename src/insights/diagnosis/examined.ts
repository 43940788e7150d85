// A run as the checks of a diagnosis look at it: what other insights say of it already, worked out once, and how it learned.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import type { DiagnosisFinding, FindingKind, GradientVerdict } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { gradientVerdict, layersWithWeights } from "../gradients/gradientVerdict.ts";
import { say } from "../parts/say.ts";
import { median } from "../parts/statistics.ts";
import { clearlyAbove, epochsToJudge, outcomeSentence, stuckSentences } from "../training/outcome.ts";

/** What a check found in one run, before it is told what follows from what. */
export type Found = Omit<DiagnosisFinding, "run" | "follows">;

/** `null`: it could not be judged (nothing recorded, too early, no such layers). */
export type Check = (examined: Examined) => Found | "passed" | null;

export interface Examined {
  readonly run: RunRecord;
  readonly verdict: GradientVerdict;
  /** What the training's outcome says, by id. */
  readonly outcome: ReadonlyMap<string, Message>;
  /** Whether the loss does not move, rose, or is that of guessing. `null`: too early to tell. */
  readonly isStuck: boolean | null;
  /** The mean loss of the last epoch (or the newest step's), and of the first. */
  readonly firstLoss: number | null;
  readonly lastLoss: number | null;
  /** Layers whose weights training moves, where some have a size that steps can be measured by: those. */
  readonly moving: readonly LayerTrace[];
}

export function examine(run: RunRecord): Examined {
  const outcome = new Map((outcomeSentence(run)?.messages ?? []).map((message) => [message.id, message]));
  const epochs = (run.history[0]?.train ?? []).filter((value) => Number.isFinite(value));
  const isEarly = epochs.length < epochsToJudge;
  const isStuck = stuckSentences.some((id) => outcome.has(id));
  return {
    run,
    verdict: gradientVerdict(run),
    outcome,
    isStuck: run.divergence !== null || isEarly ? null : isStuck,
    firstLoss: epochs[0] ?? null,
    lastLoss: epochs.at(-1) ?? null,
    moving: movingLayers(run),
  };
}

/** Beside weights that start at zero every step is large, however small the rate: they count only where all others do so too. */
function movingLayers(run: RunRecord): readonly LayerTrace[] {
  const moving = layersWithWeights(run).filter(({ series }) => series.updateRatio.some((ratio) => (ratio ?? 0) > 0));
  const sized = moving.filter(({ series }) => series.weightNorm[0] !== 0);
  return sized.length > 0 ? sized : moving;
}

/** Whether the training shows that something is wrong: also by a loss that ends above that of guessing, though it falls. */
export function isTroubled(examined: Examined): boolean {
  const { isStuck, run, verdict } = examined;
  const isLost = run.divergence !== null || verdict.kind === "vanishing" || verdict.kind === "exploding";
  return isStuck === true || isLost || endsAboveGuess(examined);
}

function endsAboveGuess({ isStuck, lastLoss, run: { guessLoss } }: Examined): boolean {
  return isStuck !== null && guessLoss !== null && guessLoss > 0 && (lastLoss ?? 0) > clearlyAbove * guessLoss;
}

/** Said where a finding did no harm. */
export function learnsAll(examined: Examined): readonly Message[] {
  return learns(examined) ? [say("learnsAll")] : [];
}

/** The end of a training that keeps this share of the loss of guessing explains little of what it was shown: a rule of thumb. */
export const highShare = 0.75;

/** Whether the loss got well below that of guessing, or where that is unknown below half of what it was. */
export function learns(examined: Examined): boolean {
  const { isStuck, lastLoss, firstLoss, run } = examined;
  if (isStuck !== false || lastLoss === null || isTroubled(examined)) return false;
  // Where all targets are alike, guessing loses nothing, and tells nothing.
  return lastLoss < (run.guessLoss === null || run.guessLoss <= 0 ? (firstLoss ?? 0) / 2 : highShare * run.guessLoss);
}

/** The finite ones. */
export function finiteOf(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null && Number.isFinite(value)) as number[];
}

/**
 * How far a step moves a layer relative to the size of its weights: the median of the steps, or of their first quarter where it
 * is larger. A training that has arrived, or whose rate fell by a schedule, is judged by the time when it still went on.
 */
export function typicalMove({ series }: LayerTrace): number {
  const ratios = finiteOf(series.updateRatio);
  if (ratios.length === 0) return 0;
  return Math.max(median(ratios), median(ratios.slice(0, Math.max(1, Math.ceil(ratios.length / 4)))));
}

/** Causes before their consequences: what each kind may follow from. Of several, the first that was found. */
export const causesOf: Readonly<Partial<Record<FindingKind, readonly FindingKind[]>>> = {
  exploding: ["unscaledInputs", "unscaledTargets"],
  rateTooHigh: ["unscaledInputs", "unscaledTargets", "exploding"],
  saturatedOutput: ["lossMismatch", "unscaledInputs", "exploding"],
  deadUnits: ["symmetricStart", "unscaledInputs", "unscaledTargets", "rateTooHigh"],
  saturated: ["unscaledInputs", "unscaledTargets", "exploding", "rateTooHigh"],
  vanishing: ["lossMismatch", "noSlope", "symmetricStart", "deadUnits", "saturated"],
  notFinite: ["lossMismatch", "unscaledInputs", "unscaledTargets", "exploding", "rateTooHigh"],
  noProgress: [
    "nothingToLearn",
    "lossMismatch",
    "noSlope",
    "symmetricStart",
    "unscaledInputs",
    "unscaledTargets",
    "exploding",
    "rateTooHigh",
    "saturatedOutput",
    "deadUnits",
    "saturated",
    "vanishing",
    "rateTooLow",
    "classImbalance",
  ],
  slowLayer: ["noSlope", "symmetricStart", "deadUnits", "saturated", "vanishing"],
  underfitting: [
    "nothingToLearn",
    "lossMismatch",
    "noSlope",
    "symmetricStart",
    "unscaledInputs",
    "unscaledTargets",
    "exploding",
    "rateTooHigh",
    "saturatedOutput",
    "deadUnits",
    "saturated",
    "vanishing",
    "rateTooLow",
    "classImbalance",
  ],
};
