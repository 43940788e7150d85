// How much each example counts in the loss: by its class, by a number of its own, or both; read and checked.

import { describeValue, ShapeError, ValueError } from "../../errors.ts";
import { Floats, maths } from "../../intrinsics.ts";
import type { Loss } from "../../losses/loss.ts";
import { isRecord } from "../../plainObjects.ts";
import type { Shape } from "../../shape.ts";
import { asTensor, Tensor, type TensorLike } from "../../tensor.ts";
import { valuesByName } from "../model/byName.ts";
import { type Graph, outputLayers } from "../model/graph.ts";
import type { WeightedLoss } from "../step.ts";
import type { ExampleSet } from "./trainingData.ts";

/** How much examples of each class count: a list in the order of the classes, or by their numbers; those left out count once. */
export type ClassWeights = readonly number[] | Readonly<Record<number, number>>;

/** Options of all that measures a loss over examples. */
export interface ExampleWeightOptions {
  /**
   * How many times examples of each class count in the loss, for classes of which one is rare: `[1, 5]` or `{ 1: 5 }`; of a
   * model with several outputs by their names: `{ kind: { 2: 5 } }`. As in Keras the sum is divided by the number of
   * examples, and metrics count all alike. Default: all count once.
   */
  readonly classWeight?: ClassWeights | Readonly<Record<string, ClassWeights>>;
  /**
   * How many times each example counts in the loss, a number of 0 or more for each; of a model with several outputs also by
   * their names. Multiplied with the weight of its class, where both are given. Default: all count once.
   */
  readonly sampleWeight?: TensorLike | Readonly<Record<string, TensorLike>>;
}

/** The names of these options, for checking. */
export const exampleWeightNames = ["classWeight", "sampleWeight"] as const;

/** The examples with weights of their own times those they have. @throws ShapeError for another number; ValueError for NaN or less than 0. */
export function withSampleWeights(
  op: string,
  graph: Graph,
  examples: ExampleSet,
  option: ExampleWeightOptions["sampleWeight"],
): ExampleSet {
  if (option === undefined) return examples;
  if (option === null) throw new ValueError({ op, expected: "sampleWeight as a number for each example", got: "null" });
  const names = graph.outputs.map(({ name }) => name);
  const isByName = isRecord(option);
  if (isByName && Object.keys(option).length === 0)
    throw new ValueError({
      op,
      expected: `sampleWeight as a number for each example${names.length === 1 ? "" : ", also by the names of the outputs"}`,
      got: "an empty object",
    });
  const weights = isByName
    ? someByName<TensorLike>(op, "sampleWeight", option as Readonly<Record<string, TensorLike>>, names)
    : names.map(() => option as TensorLike);
  const read = weights.map((values, index) => {
    const what = isByName ? `sampleWeight of "${names[index]}"` : "sampleWeight";
    return values === null ? null : readSampleWeights(op, what, values, countOf(examples));
  });
  return multiplied(examples, read);
}

/** The examples with the weights of their classes. @throws ValueError for classes the output has not, and targets that are none. */
function withClassWeights(
  op: string,
  graph: Graph,
  examples: ExampleSet,
  { losses, option }: { losses: readonly WeightedLoss[]; option: ExampleWeightOptions["classWeight"] },
): ExampleSet {
  if (option === undefined) return examples;
  const shapes = outputLayers(graph).map(({ outputShape }) => outputShape ?? []);
  const read = readClassWeights(op, graph, option).map((weights, index) => {
    const [y, loss] = [examples.ys[index], losses[index]?.loss];
    if (weights === null || y === undefined || loss === undefined) return null;
    const classes = classCountOf(shapes[index] ?? []);
    const byClass = weightsByClass(op, weights, classes);
    return classesOf(op, y, { loss, classes }).map((number) => byClass[number] ?? 1);
  });
  return multiplied(examples, read);
}

/** The examples with all weights that are asked for, which the losses take. @throws ShapeError or ValueError */
export function weighed(
  op: string,
  graph: Graph,
  examples: ExampleSet,
  {
    losses,
    options: { classWeight, sampleWeight },
  }: {
    readonly losses: readonly WeightedLoss[];
    readonly options: { readonly [Name in keyof ExampleWeightOptions]: ExampleWeightOptions[Name] | undefined };
  },
): ExampleSet {
  const sampled = withSampleWeights(op, graph, examples, sampleWeight);
  const all = withClassWeights(op, graph, sampled, { losses, option: classWeight });
  checkLossesTakeWeights(op, all, losses);
  return all;
}

/** @throws ValueError when examples have weights that a loss does not take. */
export function checkLossesTakeWeights(
  op: string,
  { weights = [] }: ExampleSet,
  losses: readonly WeightedLoss[],
): void {
  const other = weights.length === 0 ? undefined : losses.find(({ loss }) => loss.computeWeighted === undefined);
  if (other === undefined) return;
  throw new ValueError({
    op,
    expected: "a loss that takes weights of examples",
    got: `"${other.loss.name}", which has no computeWeighted`,
    hint: "Take losses.custom(…) or one of nnbook's losses, or leave classWeight and sampleWeight out.",
  });
}

function countOf({ xs }: ExampleSet): number {
  return xs[0]?.shape[0] ?? 0;
}

function multiplied(examples: ExampleSet, factors: readonly (ArrayLike<number> | null)[]): ExampleSet {
  const count = countOf(examples);
  const weights = factors.map((factor, index) => {
    const before = examples.weights?.[index];
    const numbers = before === undefined ? new Floats(count).fill(1) : new Floats(before.numbers);
    if (factor !== null) for (let row = 0; row < count; row++) numbers[row] = (numbers[row] ?? 1) * (factor[row] ?? 1);
    return new Tensor([count], numbers);
  });
  return { ...examples, weights };
}

function readSampleWeights(op: string, what: string, values: TensorLike, count: number): Floats {
  const { shape, numbers } = asTensor(values);
  if (numbers.length !== count || shape[0] !== count)
    throw new ShapeError({
      op,
      what,
      expected: `with a number for each of the ${count} examples, [${count}]`,
      got: shape,
      hint: "Of a split data set they are those of its training part.",
    });
  const wrong = numbers.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong === -1) return numbers;
  throw new ValueError({
    op,
    expected: `${what} of finite numbers, 0 or more`,
    got: `${numbers[wrong]} for example ${wrong}`,
    hint: "Examples count from 0. A weight of 0 leaves an example out.",
  });
}

/** What is given for each output; `null` for none. */
function readClassWeights(
  op: string,
  graph: Graph,
  option: NonNullable<ExampleWeightOptions["classWeight"]>,
): readonly (ClassWeights | null)[] {
  const names = graph.outputs.map(({ name }) => name);
  if (isRecord(option) && Object.values(option).some((value) => typeof value === "object"))
    return someByName<ClassWeights>(op, "classWeight", option as Readonly<Record<string, ClassWeights>>, names);
  if (!isRecord(option) && !Array.isArray(option))
    throw new ValueError({
      op,
      expected: "classWeight as a list or by class number",
      got: describeValue(option),
      hint: "For example classWeight: [1, 5] or { 1: 5 }.",
    });
  if (names.length === 1) return [option as ClassWeights];
  throw new ValueError({
    op,
    expected: `classWeight by the names of the outputs: ${names.map((name) => `"${name}"`).join(", ")}`,
    got: Array.isArray(option) ? "a list" : "numbers by class",
    hint: `For example classWeight: { ${names[0]}: { 1: 5 } }.`,
  });
}

/** In the order of `names`; `null` for those that are left out. @throws ValueError for null that was given */
function someByName<Value>(
  op: string,
  what: string,
  given: Readonly<Record<string, Value>>,
  names: readonly string[],
): readonly (Value | null)[] {
  const wrong = Object.keys(given).find((name) => given[name] === null);
  if (wrong !== undefined)
    throw new ValueError({ op, expected: `${what} for "${wrong}" given or left out`, got: "null" });
  const leftOut = Object.fromEntries(names.map((name) => [name, null]));
  return valuesByName<Value | null>(op, what, { ...leftOut, ...given }, names);
}

/** How many classes an output tells apart: two where it is one number. */
function classCountOf(outputShape: Shape): number {
  const width = outputShape.at(-1) ?? 1;
  return width === 1 ? 2 : width;
}

function weightsByClass(op: string, weights: ClassWeights, classes: number): readonly number[] {
  const isList = Array.isArray(weights);
  if (isList && weights.length !== classes)
    throw new ValueError({
      op,
      expected: `classWeight with ${classes} numbers, one for each class`,
      got: `${weights.length}`,
      hint: "By class number only those need one that do not count once: { 1: 5 }.",
    });
  const byClass = Array.from({ length: classes }, () => 1);
  for (const [key, weight] of Object.entries(weights) as [string, unknown][]) {
    const number = Number(key);
    if (!(key.trim() !== "" && Number.isInteger(number) && number >= 0 && number < classes))
      throw new ValueError({
        op,
        expected: `classWeight for classes from 0 to ${classes - 1}`,
        got: `class ${JSON.stringify(key)}`,
        hint: "Classes are called by their numbers, in the order of the last layer's outputs.",
      });
    if (!(typeof weight === "number" && weight >= 0 && Number.isFinite(weight)))
      throw new ValueError({
        op,
        expected: "each classWeight as a finite number, 0 or more",
        got: `${describeValue(weight)} for class ${number}`,
      });
    byClass[number] = weight;
  }
  return byClass;
}

/** The class of each example: the number itself, or the place of the largest share in its row. */
function classesOf(op: string, y: Tensor, { loss, classes }: { loss: Loss; classes: number }): number[] {
  const rows = y.shape[0] ?? 0;
  const width = y.size / maths.max(1, rows);
  const isClass = width === 1 || (y.rank === 2 && width === classes && loss.targetKind !== "binary");
  if (!isClass)
    throw new ValueError({
      op,
      expected: "one class for each example, to give it the weight of its class",
      got: `targets of ${width} numbers an example for "${loss.name}"`,
      hint: "Give each example a weight of its own: sampleWeight.",
    });
  return Array.from({ length: rows }, (_, row) => {
    const numbers = y.numbers.subarray(row * width, (row + 1) * width);
    const found = width === 1 ? classNumber(numbers[0] ?? 0, classes) : classOfRow(numbers, loss);
    if (found !== null) return found;
    throw new ValueError({
      op,
      expected: `targets that are classes from 0 to ${classes - 1}, to give them the weight of their class`,
      got: `${[...numbers].join(", ")} for example ${row}`,
      hint: "Give each example a weight of its own: sampleWeight.",
    });
  });
}

/** Hinge losses call the first of two classes −1. */
function classNumber(value: number, classes: number): number | null {
  if (value === -1 && classes === 2) return 0;
  return Number.isInteger(value) && value >= 0 && value < classes ? value : null;
}

/** The largest share; where targets are values rather than shares, the only 1 among zeros. */
function classOfRow(numbers: Floats, { targetKind }: Loss): number | null {
  const largest = numbers.indexOf(numbers.reduce((most, value) => maths.max(most, value), 0));
  if (targetKind === "classes") return largest === -1 ? null : largest;
  return numbers.every((value, at) => value === (at === largest ? 1 : 0)) ? largest : null;
}
