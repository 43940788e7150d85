// The options of `compare`, checked and settled: who races, over which seeds, for how long.

import {
  checkedCount,
  checkedFlag,
  checkedNumber,
  checkOptions,
  describeValue,
  UnknownNameError,
  ValueError,
} from "../errors.ts";
import { engineHost } from "../host.ts";
import { maths } from "../intrinsics.ts";
import { countOf, readTrainingData } from "../training/data/trainingData.ts";
import { readTraceLevel } from "../training/fitPlan.ts";
import type { Model } from "../training/model/model.ts";
import { type Packing, packModel } from "../training/model/modelRecipe.ts";
import { readSnapshots } from "../training/snapshots.ts";
import type { BudgetOption, CompareOptions, TuneOptions, VariantOptions } from "./compareOptions.ts";
import { type Budget, type JobSettings, type SharedExamples, shareExamples } from "./job.ts";
import { type Entrant, firstSaid, readEntrants } from "./variants.ts";

/** An entrant with all that its trainings need. */
export interface Starter {
  readonly entrant: Entrant;
  /** A model of it, which is not trained itself: it shows what the others are. */
  readonly template: Model<unknown>;
  readonly packing: Packing;
  readonly settings: Omit<JobSettings, "name" | "seed" | "closeUps">;
  readonly perEpoch: number;
  /** How many steps each run takes; `null` where time decides. */
  readonly planned: number | null;
}

export interface SettledRace {
  readonly starters: readonly Starter[];
  readonly examples: SharedExamples;
  readonly seeds: readonly number[];
  readonly target: number | null;
  readonly workers: number;
  readonly tune: TuneOptions | null;
  readonly hasTimeBudget: boolean;
}

const optionNames = [
  "model",
  "data",
  "optimizers",
  "variants",
  "loss",
  "metrics",
  "seeds",
  "epochs",
  "batchSize",
  "shuffle",
  "budget",
  "target",
  "workers",
  "tune",
  "trace",
  "snapshots",
  "classWeight",
];

const variantOptionNames = ["model", "optimizer", "learningRate", "loss", "batchSize", "epochs"];

const defaultSeeds = 3;
const defaultBatchSize = 32;
/** Where time decides, epochs do not. */
const endlessEpochs = 1_000_000;

/** @throws UnknownNameError or ValueError, before anything is trained. */
export function settleRace(options: CompareOptions): SettledRace {
  checkOptions("compare", options, optionNames);
  checkVariants(options.variants);
  for (const [name, variant] of Object.entries(options.variants ?? {})) checkVariant(name, variant);
  const entrants = readEntrants(options);
  const templates = entrants.map(({ make }) => make());
  const [first] = templates;
  if (first === undefined) throw new RangeError("A race has a variant.");
  if (options.data === undefined)
    throw new ValueError({
      op: "compare",
      expected: "data",
      got: "none",
      hint: "For example data: datasets.moons().split({ validation: 0.2 }).",
    });
  const { train, validation } = readTrainingData(first.graph, options.data, undefined, "compare");
  const budget = readBudget(options.budget);
  const count = countOf(train);
  const starters = entrants.map((entrant, index) =>
    settleStarter(options, entrant, { template: templates[index] ?? first, budget, count }),
  );
  const { seeds: seedsOption = defaultSeeds, tune = false } = options;
  const seeds = readSeeds(seedsOption);
  return {
    starters,
    examples: shareExamples(train, validation),
    seeds,
    target: options.target === undefined ? null : checkedNumber("compare", "target", options.target),
    workers: readWorkers(options.workers),
    tune: readTune(tune, seeds.length),
    hasTimeBudget: "ms" in budget,
  };
}

function settleStarter(
  options: CompareOptions,
  entrant: Entrant,
  { template, budget, count }: { template: Model<unknown>; budget: ReadBudget; count: number },
): Starter {
  const batchSize = checkedCount(
    "compare",
    "batchSize",
    firstSaid(entrant.options.batchSize, options.batchSize, defaultBatchSize),
    1,
  );
  const perEpoch = maths.ceil(count / batchSize);
  const steps = stepsOf(budget, batchSize);
  const ms = "ms" in budget ? budget.ms : null;
  const enough = steps !== null ? maths.ceil(steps / perEpoch) : ms !== null ? endlessEpochs : 1;
  const epochs = checkedCount("compare", "epochs", firstSaid(entrant.options.epochs, options.epochs, enough), 1);
  const { trace = "summary", shuffle = true, snapshots = false, classWeight = null } = options;
  readSnapshots(snapshots, "compare");
  const all = epochs * perEpoch;
  return {
    entrant,
    template,
    packing: packModel(template),
    settings: {
      epochs,
      batchSize,
      shuffle: checkedFlag("compare", "shuffle", shuffle),
      trace: readTraceLevel("compare", trace),
      snapshots,
      classWeight,
      budget: { steps, ms } satisfies Budget,
    },
    perEpoch,
    planned: ms !== null ? null : maths.min(all, steps ?? all),
  };
}

type ReadBudget =
  | { readonly steps: number }
  | { readonly examples: number }
  | { readonly ms: number }
  | Record<never, never>;

function readBudget(option: BudgetOption | undefined): ReadBudget {
  if (option === undefined) return {};
  if (typeof option === "number") return { steps: checkedCount("compare", "budget", option, 1) };
  checkOptions("budget", option, ["steps", "examples", "ms"]);
  const entries = Object.entries(option);
  const [name, value] = entries[0] ?? [];
  if (name === undefined || entries.length > 1)
    throw new ValueError({
      op: "compare",
      expected: "budget as steps, examples or ms",
      got: describeValue(option),
      hint: "For example budget: { steps: 500 }.",
    });
  if (name === "ms" && engineHost().now === null)
    throw new ValueError({ op: "compare", expected: "a clock for a budget of ms", got: "none here" });
  checkedCount("compare", `budget.${name}`, value, 1);
  return option;
}

function stepsOf(budget: ReadBudget, batchSize: number): number | null {
  if ("steps" in budget) return budget.steps;
  return "examples" in budget ? maths.ceil(budget.examples / batchSize) : null;
}

/** @throws ValueError for anything but an object with what each variant says. */
function checkVariants(variants: unknown): void {
  if (variants === undefined || (typeof variants === "object" && variants !== null && !Array.isArray(variants))) return;
  throw new ValueError({
    ...{ op: "compare", expected: "variants by name", got: describeValue(variants) },
    hint: "For example variants: { slow: { learningRate: 0.01 }, fast: { learningRate: 0.1 } }.",
  });
}

/** @throws UnknownNameError that says how a variant of the net itself is written, where no option is meant. */
function checkVariant(name: string, variant: VariantOptions): void {
  const what = `the variant "${name}"`;
  try {
    checkOptions(what, variant, variantOptionNames);
  } catch (error) {
    if (!(error instanceof UnknownNameError) || error.suggestion !== null) throw error;
    const hint =
      'What differs in the net itself is a model of its own: { model: () => sequential([layers.dense(16, { activation: "relu" }), …]) }.';
    throw new UnknownNameError({ what: error.what, unknown: error.unknown, known: error.known, hint });
  }
}

/** Each is a training of every variant, and all their runs are kept. */
const mostSeeds = 1000;

function readSeeds(option: number | readonly number[]): readonly number[] {
  const count = Array.isArray(option) ? option.length : option;
  if (typeof count === "number" && count > mostSeeds)
    throw new ValueError({
      ...{ op: "compare", expected: `${mostSeeds} seeds at most`, got: String(count) },
      hint: "Five to twenty tell optimizers apart.",
    });
  if (typeof option === "number")
    return Array.from({ length: checkedCount("compare", "seeds", option, 1) }, (_, index) => index + 1);
  if (!Array.isArray(option) || option.length === 0)
    throw new ValueError({
      op: "compare",
      expected: "seeds as a number of them, or a list",
      got: describeValue(option),
      hint: "seeds: 5, or seeds: [1, 2, 3].",
    });
  for (const seed of option) checkedNumber("compare", "each of seeds", seed);
  const twice = option.find((seed, index) => option.indexOf(seed) !== index);
  if (twice !== undefined)
    throw new ValueError({
      op: "compare",
      expected: "seeds that differ",
      got: `${twice} twice`,
      hint: "The same seed gives the same run: it would only look more certain.",
    });
  return option;
}

function readWorkers(option: number | undefined): number {
  const { jobWorkers } = engineHost();
  if (option !== undefined) checkedCount("compare", "workers", option);
  return jobWorkers === null ? 0 : (option ?? jobWorkers.count());
}

function readTune(option: boolean | TuneOptions, seedCount: number): TuneOptions | null {
  if (typeof option === "boolean") return option ? {} : null;
  if (typeof option !== "object" || option === null)
    throw new ValueError({
      ...{ op: "compare", expected: "tune as true or false, or how to tune", got: describeValue(option) },
      hint: "For example tune: { rates: [0.001, 0.01, 0.1] }.",
    });
  checkOptions("tune", option, ["rates", "steps", "seeds"]);
  const { rates, steps, seeds } = option;
  if (steps !== undefined) checkedCount("compare", "tune.steps", steps, 1);
  if (seeds !== undefined && checkedCount("compare", "tune.seeds", seeds, 1) > seedCount)
    throw new ValueError({
      ...{ op: "compare", expected: `tune.seeds of at most the ${seedCount} of the race`, got: String(seeds) },
      hint: "Leave it out to try all of them.",
    });
  if (rates !== undefined) checkRates(rates);
  return option;
}

function checkRates(rates: unknown): void {
  const isList = Array.isArray(rates) && rates.length > 0;
  const at = isList ? rates.findIndex((rate) => !(Number.isFinite(rate) && rate > 0)) : -1;
  const twice = isList ? rates.find((rate, index) => rates.indexOf(rate) !== index) : undefined;
  if (isList && at === -1 && twice !== undefined)
    throw new ValueError({ op: "compare", expected: "tune.rates that differ", got: `${twice} twice` });
  if (isList && at === -1) return;
  throw new ValueError({
    op: "compare",
    expected: isList ? `tune.rates[${at}] as a number above 0` : "tune.rates as a list of rates above 0",
    got: describeValue(isList ? rates[at] : rates),
    hint: "Leave tune.rates out for half decades around each optimizer's own rate.",
  });
}
