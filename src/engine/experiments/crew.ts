// Carries out trainings, of a race or of its trials: on workers what can be sent to them, in this thread the rest.

import { backendName } from "../backend/choose.ts";
import { saying, ValueError } from "../errors.ts";
import { type CallPlace, engineHost } from "../host.ts";
import type { Model } from "../training/model/model.ts";
import type { Packing } from "../training/model/modelRecipe.ts";
import { forgetJobs } from "./hands.ts";
import { type Job, type JobSettings, type SharedExamples, Training, trainingOf } from "./job.ts";
import { type JobListener, JobPool } from "./jobPool.ts";
import { type MutableLap, takeProgress, takeResult } from "./race.ts";
import { variantSentence } from "./variants.ts";

/** A training to be carried out. */
export interface Work {
  /** Of its job. */
  readonly id: number;
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

let newestId = 0;

/** The trainings of one race that were stopped: what goes on later, and where. */
export class Held {
  /** Of all its jobs, also those that workers hold. */
  readonly #ids: number[] = [];
  /** Those of this thread. */
  readonly here = new Map<number, Training>();

  constructor() {
    // Workers hold trainings only as long as there is somebody who may go on with them.
    forgotten.register(this, this.#ids);
  }

  /** The id of a new job. */
  newId(): number {
    const id = ++newestId;
    this.#ids.push(id);
    return id;
  }

  /** The race has ended. */
  clear(): void {
    this.here.clear();
    forgetJobs(this.#ids);
  }
}

const forgotten = new FinalizationRegistry(forgetJobs);

/** Whoever carries out the trainings of one race, until it ends or is stopped. */
export class Crew {
  readonly #workers: number;
  readonly #examples: SharedExamples;
  readonly #held: Held;
  readonly #tell: () => void;
  readonly #failed: (variant: string, error: unknown) => void;
  #pool: JobPool | null = null;
  #isStopping = false;
  readonly #failures = new Map<string, unknown>();

  /**
   * @param tell Called when a training has come further, or has ended.
   * @param failed Called when the first training of a variant has failed.
   */
  constructor(
    given: { readonly workers: number; readonly examples: SharedExamples; readonly held: Held },
    tell: () => void,
    failed: (variant: string, error: unknown) => void,
  ) {
    this.#workers = given.workers;
    this.#examples = given.examples;
    this.#held = given.held;
    this.#tell = tell;
    this.#failed = failed;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** What the first training of each variant threw that failed, in the order in which they failed: none of its others begins then. */
  get failures(): ReadonlyMap<string, unknown> {
    return this.#failures;
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

  /** Carries out those that have not ended and whose variant has not failed, or what is done of them before a stop. */
  async carryOut(all: readonly Work[]): Promise<void> {
    const works = all.filter(
      ({ lap, variant }) => lap.state !== "finished" && lap.state !== "diverged" && !this.#failures.has(variant),
    );
    // What goes on keeps its losses.
    for (const { lap } of works) Object.assign(lap, { state: "waiting", loss: [...lap.loss], run: null });
    if (this.#workers > 0) await this.#sendOut(works);
    for (const work of works) {
      if (this.#isStopping) return;
      if (work.lap.state === "waiting" && !this.#failures.has(work.variant)) await this.#doHere(work);
    }
  }

  async #sendOut(works: readonly Work[]): Promise<void> {
    const jobs = works.flatMap(({ id, packing, settings }): Job[] =>
      packing.kind === "packed" ? [{ id, model: packing.packed, settings }] : [],
    );
    const byId = new Map(works.map((work) => [work.id, work]));
    const listener: JobListener = {
      progressed: (id, progress) => {
        const lap = byId.get(id)?.lap;
        if (lap !== undefined) takeProgress(lap, progress);
        this.#tell();
      },
      done: (id, result) => {
        const work = byId.get(id);
        if (work !== undefined) takeResult(work.lap, result, work.places);
        this.#tell();
      },
      failed: (id, error) => {
        const work = byId.get(id);
        if (work !== undefined) this.#fail(work, error);
      },
      isWanted: (id) => !this.#failures.has(byId.get(id)?.variant ?? ""),
      shouldStop: () => this.#shouldStop(),
    };
    this.#pool ??= new JobPool(this.#workers, backendOption(), this.#examples);
    await this.#pool.run(jobs, listener);
  }

  async #doHere(work: Work): Promise<void> {
    const { id, lap, places } = work;
    const { here } = this.#held;
    const held = here.get(id);
    here.delete(id);
    let training = held ?? this.#newTraining(work);
    const carryOn = () =>
      training.carryOn((progress) => {
        takeProgress(lap, progress);
        this.#tell();
      });
    try {
      const done = await carryOn().catch((error: unknown) => {
        // Somebody trained its model on, or changed it.
        if (held === undefined || !(error instanceof ValueError && error.op === "resume")) throw error;
        training = this.#newTraining(work);
        return carryOn();
      });
      takeResult(lap, done, places);
      if (lap.state === "stopped") here.set(id, training);
    } catch (error) {
      this.#fail(work, error);
    }
    if (lap.state === "stopped") this.stop();
    this.#tell();
  }

  #fail({ lap, variant }: Work, error: unknown): void {
    lap.state = "failed";
    if (!this.#failures.has(variant)) {
      this.#failed(variant, error);
      this.#failures.set(variant, error instanceof Error ? explained(variant, error) : error);
    }
    this.#tell();
  }

  #newTraining({ packing, make, settings }: Work): Training {
    return packing.kind === "packed"
      ? trainingOf({ model: packing.packed, settings }, this.#examples)
      : new Training(make(), settings, this.#examples);
  }

  #shouldStop(): boolean {
    if (engineHost().shouldStop()) this.stop();
    return this.#isStopping;
  }
}

/** The error, with the variant it came from; also one that a loss, a layer or a callback of the user's own threw. */
function explained(variant: string, error: Error): Error {
  const sentence = variantSentence(variant);
  try {
    return saying(sentence, () => {
      throw error;
    });
  } catch {
    const isSaid = error.message.includes(sentence);
    if (!isSaid && !Object.isFrozen(error)) error.message = `${error.message} ${sentence}`.trim();
    return error;
  }
}

/** What a worker asks for, to compute as this thread does. */
function backendOption(): "plain" | "simd" | "simdBaseline" {
  const name = backendName();
  return name === "plain" ? "plain" : name === "simd-baseline" ? "simdBaseline" : "simd";
}
