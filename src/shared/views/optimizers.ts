// A race: how the loss of each variant fell, over several seeds, and who is ahead, with how sure that is.

import type { ViewNumber } from "../json.ts";
import type { Message } from "../words/message.ts";
import type { BackpropUpdate } from "./backprop.ts";
import type { Sentence } from "./common.ts";

export interface OptimizersView {
  readonly kind: "optimizers";
  readonly version: 1;
  readonly raceId: string;
  readonly state: "running" | "finished" | "stopped" | "failed";
  readonly sentence: Sentence;
  /** What was the same for all, how numbers were made, and what was not fair or exact. */
  readonly notes: readonly Message[];
  readonly seeds: number;
  /** The loss's name: "categoricalCrossentropy". */
  readonly lossName: string;
  readonly hasValidation: boolean;
  /** The loss that was to be reached; `null` for none. */
  readonly target: number | null;
  /** Up to this step lines are drawn from the start. */
  readonly plannedSteps: number;
  /** In the order they were given. */
  readonly racers: readonly Racer[];
}

/** A loss this many times as large as any began with lies outside the picture. */
export const runawayFactor = 100;

export interface Racer {
  readonly name: string;
  /** "adam". */
  readonly optimizer: string;
  /** `null` where a schedule says it. */
  readonly learningRate: number | null;
  /** One more than how many are clearly better, and never behind one of a higher mean; `null` where it cannot be told. */
  readonly rank: number | null;
  readonly isShared: boolean;
  /** The shown steps, counted from 1; the lists below have a value for each, or none at all. */
  readonly steps: readonly number[];
  /** The mean over the seeds of the smoothed training loss; geometric where all losses are above zero. */
  readonly mean: readonly ViewNumber[];
  /** The ends of its 95 % interval; empty with one seed. */
  readonly low: readonly ViewNumber[];
  readonly high: readonly ViewNumber[];
  readonly final: RacerEstimate | null;
  readonly best: RacerEstimate | null;
  /** On the validation data at the end. */
  readonly validation: RacerEstimate | null;
  /** Steps to the target, of the runs that came there. */
  readonly target: RacerEstimate | null;
  /** How many runs came to the target. */
  readonly reached: number;
  readonly msPerStep: number | null;
  /** What its optimizer did to one weight, in the run of the first seed; left out before that has ended. */
  readonly closeUps?: RacerCloseUps | undefined;
  /** How many steps each of its runs is planned for, where that is not the longest of the race's. */
  readonly plannedSteps?: number | undefined;
  /** How many runs have ended, and how many of them diverged. */
  readonly ended: number;
  readonly diverged: number;
}

/** One weight, and what became of it at a few steps. */
export interface RacerCloseUps {
  readonly layer: string;
  /** "kernel". */
  readonly parameter: string;
  /** Its place in the parameter, from 0. */
  readonly index: readonly number[];
  readonly updates: readonly RacerUpdate[];
}

export interface RacerUpdate extends BackpropUpdate {
  /** Counted from 1. */
  readonly step: number;
  readonly before: ViewNumber;
  readonly gradient: ViewNumber;
}

/** A mean with its 95 % interval; without one where a single run cannot tell. */
export interface RacerEstimate {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}
