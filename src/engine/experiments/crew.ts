// Carries out trainings, of a race or of its trials: on workers what can be sent to them, in this thread the rest.

import { backendName } from "../backend/choose.ts";
import { saying } from "../errors.ts";
import { type CallPlace, engineHost } from "../host.ts";
import type { Model } from "../training/model.ts";
import type { Packing } from "../training/modelRecipe.ts";
import { type Job, type JobSettings, runJob, type SharedExamples, trainJob } from "./job.ts";
import { type JobListener, JobPool } from "./jobPool.ts";
import { type MutableLap, takeProgress, takeResult } from "./race.ts";
import { variantSentence } from "./variants.ts";

/** A training to be carried out. */
export interface Work {
  /** The variant, for errors. */
  readonly variant: string;
  readonly packing: Packing;
  /** Makes the model where it cannot be sent. */
  readonly make: () => Model<unknown>;
  readonly settings: JobSettings;
  readonly places: readonly (CallPlace | null)[];
  /** Where its course is written down. */
  readonly lap: MutableLap;
}

/** Whoever carries out the trainings of one race, until it ends or is stopped. */
export class Crew {
  readonly #workers: number;
  readonly #examples: SharedExamples;
  readonly #tell: () => void;
  #pool: JobPool | null = null;
  #isStopping = false;

  /** @param tell Called when a training has come further, or has ended. */
  constructor(workers: number, examples: SharedExamples, tell: () => void) {
    this.#workers = workers;
    this.#examples = examples;
    this.#tell = tell;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Ends all trainings between two steps; what has not begun does not. */
  stop(): void {
    this.#isStopping = true;
    this.#pool?.stop();
  }

  /** Lets the workers go. */
  end(): void {
    this.#pool?.end();
    this.#pool = null;
  }

  /** Carries out all of them, or what is done of them before a stop. @throws what a training throws */
  async carryOut(works: readonly Work[]): Promise<void> {
    if (this.#workers > 0) await this.#sendOut(works);
    for (const work of works) {
      if (this.#isStopping) return;
      if (work.lap.state === "waiting") await this.#doHere(work);
    }
  }

  async #sendOut(works: readonly Work[]): Promise<void> {
    const jobs = works.flatMap(({ packing, settings }, id): Job[] =>
      packing.kind === "packed" ? [{ id, model: packing.packed, settings }] : [],
    );
    const listener: JobListener = {
      progressed: (id, progress) => {
        const lap = works[id]?.lap;
        if (lap !== undefined) takeProgress(lap, progress);
        this.#tell();
      },
      done: (id, result) => {
        const work = works[id];
        if (work !== undefined) takeResult(work.lap, result, work.places);
        this.#tell();
      },
      explain: (id, error) => explained(works[id]?.variant ?? "", error),
      shouldStop: () => this.#shouldStop(),
    };
    this.#pool ??= new JobPool(this.#workers, backendOption(), this.#examples);
    await this.#pool.run(jobs, listener);
  }

  async #doHere({ variant, packing, make, settings, places, lap }: Work): Promise<void> {
    const tell = (progress: Parameters<typeof takeProgress>[1]) => {
      takeProgress(lap, progress);
      this.#tell();
    };
    try {
      const done =
        packing.kind === "packed"
          ? await runJob({ model: packing.packed, settings }, this.#examples, tell)
          : await trainJob(make(), settings, this.#examples, tell);
      takeResult(lap, done, places);
    } catch (error) {
      throw error instanceof Error ? explained(variant, error) : error;
    }
    if (lap.state === "stopped") this.stop();
    this.#tell();
  }

  #shouldStop(): boolean {
    if (engineHost().shouldStop()) this.stop();
    return this.#isStopping;
  }
}

/** The error, with the variant it came from. */
function explained(variant: string, error: Error): Error {
  try {
    return saying(variantSentence(variant), () => {
      throw error;
    });
  } catch {
    return error;
  }
}

/** What a worker asks for, to compute as this thread does. */
function backendOption(): "plain" | "simd" | "simdBaseline" {
  const name = backendName();
  return name === "plain" ? "plain" : name === "simd-baseline" ? "simdBaseline" : "simd";
}
