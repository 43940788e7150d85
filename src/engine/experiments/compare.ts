// `compare`: fair races of several variants of a training, over several seeds, on as many workers as there are.

import { readArguments } from "../argumentCounts.ts";
import { engineHost } from "../host.ts";
import { maths } from "../intrinsics.ts";
import { packModel } from "../training/model/modelRecipe.ts";
import { closeUpSteps } from "./closeUps.ts";
import type { CompareOptions } from "./compareOptions.ts";
import { Crew, Held, type Work } from "./crew.ts";
import { longestFirst } from "./jobOrder.ts";
import { type MutableLap, Race, RaceVariant } from "./race.ts";
import { failureNote, notesOn, tuningNote } from "./raceNotes.ts";
import { type SettledRace, type Starter, settleRace } from "./racePlan.ts";
import { type Trials, trialsOf } from "./tuning.ts";

/**
 * Lets optimizers, or anything else that may differ, race on the same problem: from the same initial weights and over the
 * same batches, seed by seed, on as many workers as there are cores. The numbers are the same for any number of workers.
 *
 * A cell that is stopped meanwhile leaves its race in `newestRace()`: what had ended is kept, and `race.resume()` goes on.
 *
 * @returns The race: `race.variants[i].runs[j]` are runs like those of `fit`, `race.standings` says who is ahead and how sure
 *   that is.
 * @throws UnknownNameError or ValueError for options that cannot be; what a training throws, with the name of its variant,
 *   once the others have ended: `newestRace()` holds their runs.
 * @example
 * const race = await compare({
 *   model: () => sequential([layers.dense(32, { activation: "relu" }), layers.dense(10, { activation: "softmax" })]),
 *   data: datasets.digits().standardize().split({ validation: 0.2, seed: 1 }),
 *   loss: "categoricalCrossentropy",
 *   optimizers: { sgd: optimizers.sgd({ learningRate: 0.1 }), adam: "adam" },
 *   seeds: 5,
 *   epochs: 3,
 * });
 */
export async function compare(options: CompareOptions): Promise<Race>;
export async function compare(...given: [CompareOptions]): Promise<Race> {
  return new Runner(settleRace(...readArguments("compare", 1, given, allInOne))).run();
}

const allInOne = "Give all in one object: compare({ model, data, optimizers }).";

let newest: Race | null = null;

/** The race that was begun last, also when its cell was stopped before `compare` could give it back; `null` for none. */
export function newestRace(): Race | null;
export function newestRace(...given: []): Race | null {
  readArguments("newestRace", 0, given);
  return newest;
}

/** A training that has not ended. */
interface OpenLap {
  readonly starter: Starter;
  readonly variant: RaceVariant;
  readonly lap: MutableLap;
}

class Runner {
  readonly #settled: SettledRace;
  readonly #race: Race;
  /** The trainings of each variant as they are run, once its learning rate is settled. */
  readonly #ready: Map<RaceVariant, Pick<Work, "packing" | "make">> = new Map();
  readonly #held = new Held();
  /** What is tried of each variant whose learning rate is not settled yet; `null` for nothing. */
  readonly #trials: Map<RaceVariant, Trials | null> = new Map();
  readonly #works: Map<MutableLap, Work> = new Map();
  #crew: Crew | null = null;
  #attempt = 0;

  constructor(settled: SettledRace) {
    this.#settled = settled;
    const { starters, seeds } = settled;
    const portable = starters.filter(({ packing }) => packing.kind === "packed").length * seeds.length;
    const variants = starters.map((starter) => new RaceVariant(describe(starter), seeds));
    const plan = {
      seeds,
      lossName: starters[0]?.template.compiled?.lossName ?? "",
      hasValidation: settled.examples.validation !== null,
      target: settled.target,
      workers: maths.min(settled.workers, portable),
      hasTimeBudget: settled.hasTimeBudget,
    };
    this.#race = new Race(variants, plan, () => this.run());
    for (const note of notesOn(settled)) this.#race.note(note);
  }

  async run(): Promise<Race> {
    const race = this.#race;
    const { raceObserver } = engineHost();
    const attempt = ++this.#attempt;
    // One whose work was ended from outside, in the middle of anything, may still have its workers.
    this.#crew?.end();
    const given = { workers: race.workers, examples: this.#settled.examples, held: this.#held };
    const crew = new Crew(
      given,
      () => {
        if (attempt === this.#attempt) raceObserver?.progressed(race);
      },
      (variant, error) => race.note(failureNote(variant, error)),
    );
    this.#crew = crew;
    newest = race;
    race.state = "running";
    race.forgetFailures();
    raceObserver?.started(race, () => this.#abandon());
    try {
      await this.#tune(crew);
      if (!crew.isStopping) await this.#runLaps(crew);
      // Here, when all others have ended: one that cannot be trained does not take their runs away.
      if (crew.failures.size > 0) throw crew.failures.values().next().value;
      race.state = this.#open().length === 0 ? "finished" : "stopped";
      if (race.state === "finished") this.#held.clear();
    } catch (error) {
      race.state = "failed";
      throw error;
    } finally {
      crew.end();
      if (attempt === this.#attempt) raceObserver?.ended(race);
    }
    // Whoever waited for it was ended from outside.
    if (attempt !== this.#attempt) await new Promise(() => {});
    return race;
  }

  /** Whoever ran it was ended from outside: trainings end between two steps, and nobody is told. */
  #abandon(): void {
    this.#attempt++;
    if (this.#race.state === "running") this.#race.state = "stopped";
    this.#crew?.stop();
  }

  /** The trainings that have not ended. */
  #open(): readonly OpenLap[] {
    return this.#pairs().flatMap(([starter, variant]) =>
      variant.laps
        .filter(({ state }) => state !== "finished" && state !== "diverged")
        .map((lap) => ({ starter, variant, lap })),
    );
  }

  #pairs(): readonly (readonly [Starter, RaceVariant])[] {
    return this.#settled.starters.flatMap((starter, index) => {
      const variant = this.#race.variants[index];
      return variant === undefined ? [] : [[starter, variant] as const];
    });
  }

  async #tune(crew: Crew): Promise<void> {
    const { tune: options } = this.#settled;
    const waiting = this.#pairs().filter(([, variant]) => !this.#ready.has(variant));
    const trials = waiting.map(([starter, variant]) => ({ starter, variant, tried: this.#trialsOf(starter, variant) }));
    const works = trials.flatMap(({ tried }) => tried?.works ?? []);
    if (works.length > 0) this.#race.trials = works.map(({ lap }) => lap);
    await crew.carryOut(works);
    if (crew.isStopping) return;
    this.#race.trials = [];
    for (const { starter, variant, tried } of trials) {
      if (crew.failures.has(variant.name)) continue;
      const tuning = tried?.choose() ?? null;
      this.#ready.set(variant, tuning === null ? plainOf(starter) : tunedOf(starter, tuning.chosen));
      this.#trials.delete(variant);
      if (options === null) continue;
      if (tuning !== null) variant.learningRate = tuning.chosen;
      variant.tuning = tuning;
      this.#race.note(tuningNote(variant, tried === null));
    }
  }

  #trialsOf(starter: Starter, variant: RaceVariant): Trials | null {
    const { tune: options, seeds } = this.#settled;
    const rate = variant.learningRate;
    if (options === null || rate === null) return null;
    const known = this.#trials.get(variant);
    if (known !== undefined) return known;
    const made = trialsOf(starter, variant, rate, { options, seeds, newId: () => this.#held.newId() });
    this.#trials.set(variant, made);
    return made;
  }

  async #runLaps(crew: Crew): Promise<void> {
    const open = this.#open();
    const inputShapes = this.#settled.examples.train.xs.map(({ shape }) => shape.slice(1));
    // Seed by seed: all variants come forward together.
    const sorted = this.#race.seeds.flatMap((seed) =>
      longestFirst(
        open.filter(({ lap }) => lap.seed === seed),
        inputShapes,
      ),
    );
    await crew.carryOut(sorted.map((each) => this.#workOf(each)));
  }

  #workOf({ starter, variant, lap }: OpenLap): Work {
    const known = this.#works.get(lap);
    if (known !== undefined) return known;
    // One run of each variant is enough to see what its rule does. A rule of somebody's own is not to be rehearsed: it may count.
    const isLookedAt = lap === variant.laps[0] && starter.packing.kind === "packed";
    const closeUps = isLookedAt ? closeUpSteps(starter.planned ?? 1000) : [];
    const name = this.#race.seeds.length === 1 ? variant.name : `${variant.name}, seed ${lap.seed}`;
    const work: Work = {
      ...(this.#ready.get(variant) ?? plainOf(starter)),
      id: this.#held.newId(),
      variant: variant.name,
      settings: { ...starter.settings, name, seed: lap.seed, closeUps },
      places: starter.template.layers.map(({ place }) => place),
      lap,
    };
    this.#works.set(lap, work);
    return work;
  }
}

function plainOf({ packing, entrant }: Starter): Pick<Work, "packing" | "make"> {
  return { packing, make: () => entrant.make() };
}

function tunedOf({ entrant }: Starter, learningRate: number): Pick<Work, "packing" | "make"> {
  return { packing: packModel(entrant.make(learningRate)), make: () => entrant.make(learningRate) };
}

function describe({ entrant, template, settings, perEpoch, planned }: Starter) {
  const optimizer = template.compiled?.optimizer;
  return {
    name: entrant.name,
    optimizer: optimizer?.name ?? "",
    batchSize: settings.batchSize,
    steps: { perEpoch, planned },
    learningRate: optimizer === undefined || optimizer.schedule !== null ? null : optimizer.learningRate,
  };
}
