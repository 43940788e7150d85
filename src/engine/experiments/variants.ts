// The variants of a race: what each trains and how, settled from the options, checked before anything runs.

import { describeValue, saying, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { resolveOptimizer } from "../optimizers/optimizers.ts";
import { isRecord } from "../plainObjects.ts";
import { makeAgain, makeByName, makingCall } from "../remake.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Compiled, CompileOptions } from "../training/compile.ts";
import { Model } from "../training/model/model.ts";
import type { CompareOptions, ModelOption, RacingOptimizer, VariantOptions } from "./compareOptions.ts";

/** A variant that can be made any number of times. */
export interface Entrant {
  readonly name: string;
  readonly options: VariantOptions;
  /** A new compiled model, without weights unless the model came with them. @throws what is wrong with its options */
  readonly make: (learningRate?: number) => Model<unknown>;
}

/** @throws ValueError or UnknownNameError, with the variant's name where it is about one. */
export function readEntrants(options: CompareOptions): readonly Entrant[] {
  const { variants = {} } = options;
  if (!isRecord(variants))
    throw new ValueError({
      op: "compare",
      expected: "variants as an object, each by its name",
      got: describeValue(variants),
      hint: "For example variants: { relu: { model: () => … }, tanh: { model: () => … } }.",
    });
  const given = [...optimizerVariants(options), ...Object.entries(variants)];
  if (given.length === 0)
    throw new ValueError({
      op: "compare",
      expected: "optimizers or variants",
      got: "none",
      hint: 'For example optimizers: ["sgd", "adam"], or variants: { relu: { model: () => … }, tanh: { model: () => … } }.',
    });
  const names = given.map(([name]) => name);
  if (names.includes(""))
    throw new ValueError({ op: "compare", expected: "a name for each variant", got: "an empty one" });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ValueError({
      op: "compare",
      expected: "a name of its own for each variant",
      got: `"${twice}" twice`,
      hint: "Give optimizers as an object: { slow: optimizers.sgd(), fast: optimizers.sgd({ learningRate: 0.1 }) }.",
    });
  return given.map(([name, variant]) => ({
    name,
    options: variant,
    make: (learningRate) => saying(variantSentence(name), () => makeModel(options, variant, learningRate)),
  }));
}

/** The first that was said. Others than `??`, which takes null for not said: null is refused where it is read. */
export function firstSaid<Option>(...options: readonly Option[]): Option | undefined {
  return options.find((option) => option !== undefined);
}

/** What errors say of a variant. */
export function variantSentence(name: string): string {
  return `This is in the variant "${name}".`;
}

function optimizerVariants({ optimizers: given }: CompareOptions): readonly (readonly [string, VariantOptions])[] {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null || given instanceof Optimizer)
    throw new ValueError({
      op: "compare",
      expected: "optimizers as a list, or by name: { fast: optimizers.adam({ learningRate: 0.01 }) }",
      got: describeValue(given),
    });
  if (!Array.isArray(given)) return Object.entries(given).map(([name, optimizer]) => [name, { optimizer }]);
  return (given as readonly RacingOptimizer[]).map((optimizer) => [
    typeof optimizer === "string" ? optimizer : freshOptimizer(optimizer).name,
    { optimizer },
  ]);
}

function makeModel(options: CompareOptions, variant: VariantOptions, tuned: number | undefined): Model<unknown> {
  const model = freshModel(firstSaid(variant.model, options.model));
  const base = model.compiled;
  const loss = firstSaid(variant.loss, options.loss);
  const optimizer = variant.optimizer === undefined ? base?.optimizer : freshOptimizer(variant.optimizer);
  if (loss === undefined && base === null)
    throw new ValueError({
      op: "compare",
      expected: "a loss",
      got: "none",
      hint: 'Give one: compare({ loss: "categoricalCrossentropy", … }), or let the model be compiled.',
    });
  if (optimizer === undefined)
    throw new ValueError({
      op: "compare",
      expected: "an optimizer",
      got: "none",
      hint: 'Give the variant one: { optimizer: "adam" }, or let the model be compiled.',
    });
  const { metrics = base === null ? [] : metricsOf(base, model.graph.outputs.length) } = options;
  const rate = firstSaid(tuned, variant.learningRate);
  model.compile({
    ...(loss === undefined && base !== null ? lossesOf(base) : { loss: loss as CompileOptions["loss"] }),
    metrics,
    optimizer: rate === undefined ? optimizer : withRate(optimizer, rate),
  });
  return model;
}

function freshModel(option: ModelOption | undefined): Model<unknown> {
  const made: unknown = typeof option === "function" ? option() : option;
  if (made instanceof Model) return typeof option === "function" ? made : made.clone();
  throw new ValueError({
    op: "compare",
    expected: "model as a function that makes one",
    got: made === undefined && typeof option === "function" ? "a function that gives none" : describeValue(made),
    hint: 'For example model: () => sequential([layers.dense(16, { activation: "relu" }), layers.dense(1)]).',
  });
}

function freshOptimizer(option: RacingOptimizer): Optimizer {
  if (typeof option === "function") {
    const made: unknown = option();
    if (made instanceof Optimizer) return made;
    throw new ValueError({ op: "compare", expected: "a function that makes an optimizer", got: describeValue(made) });
  }
  const optimizer = resolveOptimizer(option);
  if (typeof option === "string") return optimizer;
  const copy = makeAgain(optimizer);
  if (!(copy instanceof Optimizer))
    throw new ValueError({
      op: "compare",
      expected: "an optimizer that can be made anew for each run",
      got: `a ${optimizer.constructor.name} made by new`,
      hint: "Give a function that makes one: () => new Mine().",
    });
  if (copy.schedule === null) copy.learningRate = optimizer.learningRate;
  return copy;
}

/** The same optimizer with another learning rate. */
function withRate(optimizer: Optimizer, learningRate: number | Schedule): Optimizer {
  if (learningRate === null)
    throw new ValueError({ op: "compare", expected: "learningRate as a number or a schedule", got: "null" });
  if (typeof learningRate === "number" && optimizer.schedule === null) {
    if (!(Number.isFinite(learningRate) && learningRate > 0))
      throw new ValueError({ op: "compare", expected: "learningRate above 0", got: describeValue(learningRate) });
    optimizer.learningRate = learningRate;
    return optimizer;
  }
  const call = makingCall(optimizer);
  const again = call && makeByName({ name: call.name, values: [{ ...Object(call.values[0]), learningRate }] });
  if (again instanceof Optimizer) return again;
  throw new ValueError({
    op: "compare",
    expected: "an optimizer of nnbook's where a variant has a learningRate",
    got: `a ${optimizer.constructor.name} made by new`,
    hint: "Say the rate where the optimizer is made.",
  });
}

function lossesOf({ losses }: Compiled): Pick<CompileOptions, "loss" | "lossWeights"> {
  return { loss: losses.map(({ loss }) => loss), lossWeights: losses.map(({ weight }) => weight) };
}

function metricsOf({ metrics }: Compiled, outputCount: number): NonNullable<CompileOptions["metrics"]> {
  return Array.from({ length: outputCount }, (_, output) =>
    metrics.filter((each) => each.output === output).map(({ metric }) => metric),
  );
}

/** Half decades around a rate, two to each side, at two digits: 0.001 → 0.0001, 0.00032, 0.001, 0.0032, 0.01. */
export function halfDecadesAround(rate: number): readonly number[] {
  return [-1, -0.5, 0, 0.5, 1].map((power) => Number((rate * maths.pow(10, power)).toPrecision(2)));
}
