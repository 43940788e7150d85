// What `compare` is asked: its options, with the words that users read on them.

import type { LossOption } from "../losses/lossOption.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { OptimizerOption } from "../optimizers/optimizers.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { CompileOptions } from "../training/compile.ts";
import type { TrainingData } from "../training/data/trainingData.ts";
import type { FitOptions } from "../training/fitPlan.ts";
import type { Model } from "../training/model/model.ts";

/** A function that makes the model anew, or a model, of which each run gets a copy. */
export type ModelOption = Model<unknown> | (() => Model<unknown>);

/** An optimizer, by name or made, or for a class of your own a function that makes one. */
export type RacingOptimizer = OptimizerOption | (() => Optimizer);

/** What a variant of a race has of its own; the rest it has from `compare`. */
export interface VariantOptions {
  /** Another model: other activations, initializers, another depth. */
  readonly model?: ModelOption;
  /** Another optimizer. Default: the one the model is compiled with. */
  readonly optimizer?: RacingOptimizer;
  /** The optimizer's learning rate, or a schedule, in place of its own. */
  readonly learningRate?: number | Schedule;
  /** Another loss; its values are then not comparable with those of others. */
  readonly loss?: CompileOptions["loss"];
  /** Another number of examples a step. */
  readonly batchSize?: number;
  /** Another number of passes over the data. */
  readonly epochs?: number;
}

/** Where each run ends. A number counts steps. `ms` measures time, which other programs change: such a race is neither exact nor repeatable. */
export type BudgetOption =
  | number
  | { readonly steps: number }
  | { readonly examples: number }
  | { readonly ms: number };

/** How the learning rates are tuned. */
export interface TuneOptions {
  /** The grid. Default: half decades around the optimizer's own rate, two to each side. */
  readonly rates?: readonly number[];
  /** How many steps each trial trains. Default: a quarter of the race, at least 20. */
  readonly steps?: number;
  /** How many of the seeds, from the first on, are tried. Default: all. */
  readonly seeds?: number;
}

/** What `compare` takes. */
export interface CompareOptions {
  /** What is trained: a function that makes the model. Not needed where each variant has its own. */
  readonly model?: ModelOption;
  /** What is learned from; of a split data set the validation part is watched. */
  readonly data: TrainingData;
  /** Optimizers that race, by name, or by names of your own. */
  readonly optimizers?: readonly RacingOptimizer[] | Readonly<Record<string, RacingOptimizer>>;
  /** What else races: each differs from the others by what it says. */
  readonly variants?: Readonly<Record<string, VariantOptions>>;
  /** As for `compile`; not needed where the model is compiled. */
  readonly loss?: CompileOptions["loss"] | LossOption;
  /** As for `compile`: measured by epoch in all runs. */
  readonly metrics?: CompileOptions["metrics"];
  /** How many seeds, or which. Each chooses the initial weights and the order of the batches, the same ones for all variants. Default 3. */
  readonly seeds?: number | readonly number[];
  /** Passes over the data. Default 1, or as many as the budget needs. */
  readonly epochs?: number;
  /** Examples a step. Default 32. */
  readonly batchSize?: number;
  /** Whether every epoch has another order, the same one for all variants. Default true. */
  readonly shuffle?: boolean;
  /** Where each run ends before its epochs are done: a number of steps, or `{ examples }`, or `{ ms }`, which is not exact. Default: nowhere. */
  readonly budget?: BudgetOption;
  /** A loss: how many steps does each variant need until its smoothed training loss is there? */
  readonly target?: number;
  /** How many trainings run at once, in threads of their own. 0: one after the other in the thread of the cells. Those that have nothing left to do help with the trainings that still run. Default: as many as there are cores. */
  readonly workers?: number;
  /** Gives each optimizer its own best learning rate of a grid first. Default false: each has the rate it was given. */
  readonly tune?: boolean | TuneOptions;
  /** What is recorded of the layers; see `fit`. Default "summary". */
  readonly trace?: FitOptions["trace"];
  /**
   * How many snapshots of its weights each run keeps, for `show.landscape(race, data)`: 2 to 60, or `true` for as many as fit into
   * 8 MB. They take 4 bytes a weight each, for every variant and seed. Default false: none.
   */
  readonly snapshots?: FitOptions["snapshots"];
  /** As for `fit`: how much examples of each class count in the loss. */
  readonly classWeight?: FitOptions["classWeight"];
}
