// A race: several variants of a training, each over several seeds, with what came out. It grows while it is run.

import type { CallPlace } from "../host.ts";
import type { Model } from "../training/model/model.ts";
import { unpackModel } from "../training/model/unpackModel.ts";
import { Run, type RunRecord, type RunState } from "../training/run.ts";
import type { CloseUpRecord } from "./closeUps.ts";
import type { DoneJob, JobProgress, JobResult } from "./job.ts";
import { type Standing, standingsOf } from "./standings.ts";

/** How far a race is. */
export type RaceState = "running" | "finished" | "stopped" | "failed";

/** Something worth knowing of a race. */
export interface RaceNote {
  /** What it is about. With "otherLoss", "otherPenalty" or "otherNoise" losses are not the same measure, and nobody has a rank. */
  readonly kind:
    | "ownThread"
    | "ownSeed"
    | "ownModels"
    | "otherLoss"
    | "otherPenalty"
    | "otherNoise"
    | "failed"
    | "timeBudget"
    | "tuned"
    | "edgeOfGrid"
    | "notTuned";
  /** `null` where it is about all of them. */
  readonly variant: string | null;
  /** A sentence in English for the console. */
  readonly text: string;
  /** With "failed", what was thrown. */
  readonly problem?: string;
}

/** How a learning rate was chosen. */
export interface Tuning {
  /** The grid, with the mean final loss over the seeds that were tried; `null` where a trial diverged. */
  readonly trials: readonly { readonly learningRate: number; readonly loss: number | null }[];
  /** The learning rate the race was run with. */
  readonly chosen: number;
  /** Whether it is the smallest or largest of the grid: the best may lie beyond. */
  readonly isAtEdge: boolean;
  /** How many steps each trial had. */
  readonly steps: number;
  /** How many seeds were tried for each rate. */
  readonly seeds: number;
}

/** One training of a race, from before it begins. */
export interface Lap {
  /** Chose its weights and batches. */
  readonly seed: number;
  /** "waiting" before it begins, then as that of a run. */
  readonly state: "waiting" | RunState;
  /** Of each step, in order. */
  readonly loss: readonly number[];
  /** How long its steps took so far; `null` without a clock. */
  readonly ms: number | null;
  /** The run; `null` until it has ended. */
  readonly run: Run | null;
  /** What its optimizer did to one weight at a few steps; only for the first seed, `null` until it has ended. */
  readonly closeUps: CloseUpRecord | null;
}

export type MutableLap = { -readonly [Field in keyof Lap]: Lap[Field] } & { loss: number[] };

/** One variant of a race. */
export class RaceVariant {
  /** What pictures and standings call it. */
  readonly name: string;
  /** "adam". */
  readonly optimizer: string;
  /** Examples a step. */
  readonly batchSize: number;
  /** Its updates of the weights. */
  readonly steps: {
    /** How many an epoch has. */
    readonly perEpoch: number;
    /** How many each run makes at most; `null` where time is the budget. */
    readonly planned: number | null;
  };
  /** Its learning rate; `null` where a schedule says it. */
  learningRate: number | null;
  /** How its learning rate was chosen; `null` where it was given. */
  tuning: Tuning | null = null;
  /** Its trainings in the order of the seeds, also those that have not ended. */
  readonly laps: readonly MutableLap[];

  /** Made by `compare`. */
  constructor(
    given: Pick<RaceVariant, "name" | "optimizer" | "batchSize" | "steps" | "learningRate">,
    seeds: readonly number[],
  ) {
    this.name = given.name;
    this.optimizer = given.optimizer;
    this.batchSize = given.batchSize;
    this.steps = given.steps;
    this.learningRate = given.learningRate;
    this.laps = seeds.map((seed) => ({ seed, state: "waiting", loss: [], ms: null, run: null, closeUps: null }));
  }

  /** The runs that have ended, in the order of the seeds: each with its model, loss and traces. */
  get runs(): readonly Run[] {
    return this.laps.flatMap(({ run }) => run ?? []);
  }
}

/** What a race was asked. */
export interface RacePlan {
  readonly seeds: readonly number[];
  readonly lossName: string;
  readonly hasValidation: boolean;
  readonly target: number | null;
  readonly workers: number;
  readonly hasTimeBudget: boolean;
}

/**
 * What `compare` gives: a fair race. Seed by seed, all variants start from the same weights and see the same batches; where they
 * have models of their own, those layers start alike that agree in place, shape and initializer, and where batch sizes differ,
 * the order of the examples is the same.
 *
 * @example race.standings[0]?.name // whose final loss is lowest
 */
export class Race {
  /** The variants in the order they were given. */
  readonly variants: readonly RaceVariant[];
  /** The seeds in their order. */
  readonly seeds: readonly number[];
  /** "mse", "categoricalCrossentropy" … of the first variant. */
  readonly lossName: string;
  /** Whether validation data was watched. */
  readonly hasValidation: boolean;
  /** The loss that was to be reached; `null` for none. */
  readonly target: number | null;
  /** How many trainings ran at once in threads of their own; 0 for none. */
  readonly workers: number;
  /** Whether time ended the runs: such a race is not repeatable. */
  readonly hasTimeBudget: boolean;
  /** "running", "finished", "stopped" (it can be resumed) or "failed". */
  state: RaceState = "running";
  /** The trials of learning rates that are under way. */
  trials: readonly Lap[] = [];
  #notes: readonly RaceNote[] = [];
  readonly #resume: () => Promise<Race>;

  /** Made by `compare`. */
  constructor(variants: readonly RaceVariant[], plan: RacePlan, resume: () => Promise<Race>) {
    this.variants = variants;
    this.seeds = plan.seeds;
    this.lossName = plan.lossName;
    this.hasValidation = plan.hasValidation;
    this.target = plan.target;
    this.workers = plan.workers;
    this.hasTimeBudget = plan.hasTimeBudget;
    this.#resume = resume;
  }

  /** What to know of how it was run. */
  get notes(): readonly RaceNote[] {
    return this.#notes;
  }

  /** The variants by their final loss, lowest first, each with how sure that is. */
  get standings(): readonly Standing[] {
    return standingsOf(this);
  }

  /**
   * Goes on after a stop: trainings that had ended stay, the others go on where they were, to the same bits as without the
   * stop. (One whose worker is gone, or trains for another race now, begins again, and comes to the same numbers.)
   */
  async resume(): Promise<Race> {
    return this.#resume();
  }

  /** @internal */
  note(note: RaceNote): void {
    this.#notes = [...this.#notes, note];
  }

  /** @internal What failed is tried again. */
  forgetFailures(): void {
    this.#notes = this.#notes.filter(({ kind }) => kind !== "failed");
  }

  /** How a kernel knows what to show. */
  get [Symbol.for("nnbook.display")](): { readonly kind: "race"; readonly race: Race } {
    return { kind: "race", race: this };
  }

  toString(): string {
    const runs = `${this.variants.length} variants × ${this.seeds.length} seeds`;
    return `Race: ${this.state}, ${runs}: ${this.variants.map(({ name }) => name).join(", ")}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** @internal Takes in how far a training is. */
export function takeProgress(lap: MutableLap, { from, losses, ms }: JobProgress): void {
  lap.state = "running";
  lap.ms = ms;
  for (let index = lap.loss.length - from; index < losses.length; index++) lap.loss.push(losses[index] ?? Number.NaN);
}

/** @internal Takes in how a training ended. `places`: where its model's layers were made in cells. */
export function takeResult(lap: MutableLap, result: JobResult | DoneJob, places: readonly (CallPlace | null)[]): void {
  lap.run = runOf(result, places);
  lap.state = result.record.state;
  // Never written to from here on: a lap that is run again begins with a list of its own.
  lap.loss = result.record.loss as number[];
  lap.ms = result.ms;
  lap.closeUps = result.closeUps;
}

function runOf(result: JobResult | DoneJob, places: readonly (CallPlace | null)[]): Run {
  const { model: packed, record, snapshots } = result;
  if (packed === null) {
    if ("run" in result) return result.run;
    throw new TypeError("A trained model stayed in a thread that has ended.");
  }
  const layers = record.layers.map((layer, index) => ({ ...layer, place: places[index] ?? null }));
  const placed: RunRecord = { ...record, layers };
  const run: Run = new Run(
    () => {
      const model = unpackModel(packed, { places });
      model.run = run;
      // A run is shown and asked alike whatever its model predicts.
      return model as Model;
    },
    placed,
    "one that was trained in a race",
    () => snapshots,
  );
  return run;
}
