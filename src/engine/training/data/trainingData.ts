// What `fit`, `evaluate` and `predict` take as data, read into tensors, with everything checked that would fail later.

import { Dataset, rowsOf } from "../../datasets/dataset.ts";
import { SplitDataset } from "../../datasets/split.ts";
import { checkedNumber, describeValue, ShapeError, saying, ValueError } from "../../errors.ts";
import { type Floats, maths } from "../../intrinsics.ts";
import { isRecord } from "../../plainObjects.ts";
import { isPrivate } from "../../privateNumbers.ts";
import { formatShape, isSameShape, type Shape, sizeOf } from "../../shape.ts";
import { asTensor, Tensor, type TensorLike } from "../../tensor.ts";
import { valuesByName } from "../model/byName.ts";
import { type Graph, inputShapesOf } from "../model/graph.ts";
import type { Batch } from "../step.ts";
import { withSampleWeights } from "./exampleWeights.ts";

/** Numbers for the inputs of a model, or for its outputs: one tensor (or array), one for each in order, or by name. */
export type TensorSet = TensorLike | readonly TensorLike[] | Readonly<Record<string, TensorLike>>;

/** Examples with their targets: a data set, one of its parts, or inputs and targets as tensors (or arrays). */
export type Examples =
  | Dataset
  | {
      readonly x: TensorSet;
      readonly y: TensorSet;
      /** How many times each example counts in the loss; see the option `sampleWeight` of `fit`. */
      readonly sampleWeight?: TensorLike | Readonly<Record<string, TensorLike>>;
    }
  | readonly [x: TensorSet, y: TensorSet];

/** What `fit` learns from; of a split data set it watches the validation part too. */
export type TrainingData = Examples | SplitDataset;

/** A tensor for each input and each output, all with as many rows, all finite. */
export interface ExampleSet extends Batch {
  /** The names of the columns of the inputs, where known: for messages. */
  readonly featureNames: readonly string[];
}

/** How many examples. */
export function countOf({ xs }: Pick<Batch, "xs">): number {
  return xs[0]?.shape[0] ?? 0;
}

/** The given examples of a batch. */
export function batchRows({ xs, ys, weights }: Batch, rows: ArrayLike<number>): Batch {
  const take = (tensors: readonly Tensor[]) => tensors.map((each) => rowsOf(each, rows));
  return { xs: take(xs), ys: take(ys), ...(weights !== undefined && { weights: take(weights) }) };
}

/** The examples meant by `fit`'s arguments, to learn from and to watch. `op` is who asks, for errors. */
export function readTrainingData(
  graph: Graph,
  data: TrainingData | TensorSet,
  y: TensorSet | undefined,
  op = "fit",
): { train: ExampleSet; validation: ExampleSet | null } {
  if (data instanceof SplitDataset) {
    return {
      train: readExamples(graph, op, data.train),
      validation: data.hasValidation ? readExamples(graph, op, data.validation, "validation") : null,
    };
  }
  if (y === undefined && Array.isArray(data) && !isPair(data)) {
    throw new ValueError({
      op,
      expected: "data with x and y",
      got: "x alone",
      hint: `Give both: ${op === "fit" ? "fit(x, y, options)" : callWithBoth(op)}.`,
    });
  }
  const examples = y === undefined ? (data as Examples) : { x: data as TensorSet, y };
  return { train: readExamples(graph, op, examples), validation: null };
}

/** @throws ValueError for data of another kind, ShapeError for lengths that differ, ValueError for NaN. */
export function readExamples(graph: Graph, op: string, examples: Examples | SplitDataset, part = ""): ExampleSet {
  const read = readUncheckedInputs(graph, op, examples, part);
  checkInputs(graph, op, read, part);
  return read;
}

/** The same, but the numbers of the inputs are not looked at: that is left to `checkInputs`. */
export function readUncheckedInputs(
  graph: Graph,
  op: string,
  examples: Examples | SplitDataset,
  part = "",
): ExampleSet {
  if (examples instanceof SplitDataset) return readUncheckedInputs(graph, op, examples.train, part);
  const pair = isPair(examples) ? { x: examples[0], y: examples[1] } : examples;
  if (typeof pair !== "object" || pair === null || !("x" in pair) || !("y" in pair)) {
    throw new ValueError({
      op,
      expected: "data with x and y",
      got: examples instanceof Tensor ? "one tensor" : describeValue(examples),
      hint: `Give a data set, or both: ${callWithBoth(op)}.`,
    });
  }
  const featureNames = pair instanceof Dataset ? pair.featureNames : [];
  const prefix = part === "" ? "" : `${part} `;
  const xs = readSet(op, `${prefix}x`, pair.x as TensorSet, namesOf(graph.inputs));
  const ys = readSet(op, `${prefix}y`, pair.y as TensorSet, namesOf(graph.outputs));
  checkCounts(op, prefix, xs, ys);
  for (const { what, tensor } of ys) checkFinite(op, what, tensor, []);
  const read = { xs: xs.map(({ tensor }) => tensor), ys: ys.map(({ tensor }) => tensor), featureNames };
  const sampleWeight = "sampleWeight" in pair ? pair.sampleWeight : undefined;
  return withSampleWeights(op, graph, read, sampleWeight);
}

/** @throws ValueError for a number that is not finite. */
export function checkInputs(graph: Graph, op: string, { xs, featureNames }: ExampleSet, part = ""): void {
  const what = part === "" ? "x" : `${part} x`;
  xs.forEach((x, index) => {
    checkFinite(op, calledBy(what, namesOf(graph.inputs), index), x, featureNames);
  });
}

/** How inputs and targets are given to `op`: as arguments, or of races as an option. */
function callWithBoth(op: string): string {
  return op === "compare" ? "compare({ data: { x, y }, … })" : `${op}(x, y)`;
}

/** `[x, y]`; two rows of numbers are not one, they are examples without targets. */
function isPair(examples: unknown): examples is readonly [TensorSet, TensorSet] {
  if (!Array.isArray(examples) || examples.length !== 2) return false;
  return examples.some(
    (part) =>
      part instanceof Tensor ||
      ArrayBuffer.isView(part) ||
      isRecord(part) ||
      (Array.isArray(part) && (Array.isArray(part[0]) || part[0] instanceof Tensor)),
  );
}

/** Inputs alone, for `predict`. */
export function readInputs(graph: Graph, op: string, inputs: Dataset | TensorSet): readonly Tensor[] {
  const names = inputs instanceof Dataset ? inputs.featureNames : [];
  const xs = readSet(op, "x", inputs instanceof Dataset ? inputs.x : inputs, namesOf(graph.inputs));
  checkCounts(op, "", xs, []);
  for (const { what, tensor } of xs) checkFinite(op, what, tensor, names);
  return xs.map(({ tensor }) => tensor);
}

interface ReadTensor {
  /** "x", or "x "image"" where there are several. */
  readonly what: string;
  readonly tensor: Tensor;
}

/** A tensor for each name. A single one may stand by itself, in a list of one tensor, or under its name. */
function readSet(op: string, what: string, set: TensorSet, names: readonly string[]): readonly ReadTensor[] {
  const isListed = names.length > 1 || (Array.isArray(set) && set.length === 1 && set[0] instanceof Tensor);
  if (!isListed && !isRecord(set)) return [{ what, tensor: readRows(op, what, set) }];
  if (!isRecord(set) && (!Array.isArray(set) || set instanceof Tensor))
    throw new ValueError({
      op,
      expected: `${what} for ${names.map((name) => `"${name}"`).join(", ")}`,
      got: describeValue(set),
      hint: `Give a list in this order, or an object: { ${names[0]}: …, ${names[1]}: … }.`,
    });
  const values = valuesByName<unknown>(op, what, set as readonly unknown[] | Readonly<Record<string, unknown>>, names);
  return values.map((value, index) => {
    const called = calledBy(what, names, index);
    return { what: called, tensor: readRows(op, called, value) };
  });
}

function readRows(op: string, what: string, values: unknown): Tensor {
  const tensor = saying(`This is ${what} of ${op}.`, () => asTensor(values as TensorLike));
  return asRows(op, tensor);
}

/** x, or x "image" where there are several. */
function calledBy(what: string, names: readonly string[], index: number): string {
  return names.length === 1 ? what : `${what} "${names[index]}"`;
}

function namesOf(ends: Graph["inputs"]): readonly string[] {
  return ends.map(({ name }) => name);
}

/** All must have as many rows, and at least one. */
function checkCounts(op: string, prefix: string, xs: readonly ReadTensor[], ys: readonly ReadTensor[]): void {
  const count = xs[0]?.tensor.shape[0] ?? 0;
  const other = [...xs, ...ys].find(({ tensor }) => tensor.shape[0] !== count);
  if (other !== undefined) {
    const isSimple = xs.length === 1 && ys.length === 1;
    throw new ShapeError({
      op,
      what: isSimple ? `${prefix}x and y` : `${xs[0]?.what} and ${other.what}`,
      expected: "with equally many rows",
      got: `${count} and ${other.tensor.shape[0]}`,
      hint: ys.includes(other) ? "Each example needs its target." : "Each example needs a row in every input.",
    });
  }
  if (count === 0 && ys.length > 0) throw new ValueError({ op, expected: `${prefix}examples`, got: "none" });
}

/** The last `share` of the rows, apart: Keras' `validationSplit`, taken before any shuffling. */
export function splitOffEnd(all: ExampleSet, share: number): { train: ExampleSet; validation: ExampleSet } {
  const count = countOf(all);
  const start = maths.floor(count * (1 - checkedNumber("fit", "validationSplit", share)));
  if (!(share > 0 && share < 1) || start === 0 || start === count) {
    throw new ValueError({
      op: "fit",
      expected: "validationSplit as a share that leaves examples on both sides",
      got: `${share} of ${count} examples`,
    });
  }
  const part = (from: number, to: number): ExampleSet => ({
    ...batchRows(
      all,
      Array.from({ length: to - from }, (_, index) => from + index),
    ),
    featureNames: all.featureNames,
  });
  return { train: part(0, start), validation: part(start, count) };
}

/** Examples must have the shapes the model's inputs were made for. @throws ShapeError */
export function checkSamples(op: string, graph: Graph, xs: readonly Tensor[]): void {
  inputShapesOf(graph).forEach((expected, index) => {
    const x = xs[index];
    const sample = x?.shape.slice(1) ?? [];
    if (expected === null || x === undefined || isSameShape(expected, sample)) return;
    // In a row of layers the input has no name of its own: the first layer is what the user knows.
    const name = graph.isChain ? (graph.layers[0]?.name ?? "") : (graph.inputs[index]?.name ?? "");
    throw new ShapeError({
      op,
      what: `input of ${name}`,
      expected: formatShape(expected, true),
      got: formatShape(sample, true),
      hint:
        sizeOf(expected) === (x.shape[0] ?? 0) && sizeOf(sample) === 1
          ? "A single example stands in a list of its own: [[…]]."
          : `${name}${graph.isChain ? " (layers[0])" : ""} takes ${describeSample(expected)} an example, the data have ${describeSample(sample)}.`,
    });
  });
}

function describeSample(shape: Shape): string {
  if (shape.length !== 1) return `shape ${formatShape(shape)}`;
  return shape[0] === 1 ? "1 feature" : `${shape[0]} features`;
}

/** Whether an argument is data rather than options: numbers, or targets by the names of the outputs. */
export function isTensorSet(value: unknown, graph: Graph): value is TensorSet {
  if (value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value)) return true;
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.some((key) => graph.outputs.some(({ name }) => name === key));
}

/** A list of numbers is one column. */
function asRows(op: string, values: Tensor): Tensor {
  if (values.rank === 0) {
    throw new ShapeError({
      op,
      what: "data",
      expected: "[examples, …]",
      got: values.shape,
      hint: "Put the numbers in an array, one row an example.",
    });
  }
  if (values.size === 0 && values.shape.slice(1).includes(0))
    throw new ShapeError({ op, what: "data", expected: "with at least one number an example", got: values.shape });
  const rows = values.rank === 1 ? values.reshape([values.size, 1]) : values;
  return rows.needsGradient ? rows.detach() : rows;
}

/** Numbers that were found finite, and that nobody writes to. */
const knownFinite = new WeakSet<Tensor>();

/** Data whose numbers were looked at before, and stay: each training of a race need not look again. */
export function markFinite(values: Tensor): Tensor {
  knownFinite.add(values);
  return values;
}

/** Whether nobody can write to these numbers any more. */
export function staysAsItIs(values: Tensor): boolean {
  return knownFinite.has(values) || isPrivate(values.numbers);
}

/** Numbers that were found finite: they still are as long as they are private. */
const seenFinite = new WeakSet<Floats>();

function checkFinite(op: string, what: string, values: Tensor, names: readonly string[]): void {
  const { numbers: data } = values;
  if (knownFinite.has(values) || (seenFinite.has(data) && isPrivate(data))) return;
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    if (value * 0 === 0) continue;
    const width = data.length / maths.max(1, values.shape[0] ?? 1);
    const column = index % width;
    const place = `row ${maths.floor(index / width)}, column ${names[column] === undefined ? column : `${column} (${names[column]})`}`;
    throw new ValueError({
      op,
      expected: `finite numbers in ${what}`,
      got: `${value} at ${place}`,
      hint: "Rows and columns count from 0. Leave the row out, or fill in a number.",
    });
  }
  if (isPrivate(data)) seenFinite.add(data);
}

/** Whether all numbers are finite: quicker than `checkFinite`, which tells the first that is not. */
export function isEveryFinite(numbers: Floats): boolean {
  for (let index = 0; index < numbers.length; index++) if (!Number.isFinite(numbers[index])) return false;
  return true;
}
