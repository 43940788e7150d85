// What `fit`, `evaluate` and `predict` take as data, read into two tensors, with everything checked that would fail later.

import { Dataset, rowsOf } from "../datasets/dataset.ts";
import { SplitDataset } from "../datasets/split.ts";
import { describeValue, ShapeError, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import { formatShape, isSameShape, type Shape, sizeOf } from "../shape.ts";
import { asTensor, Tensor, type TensorLike } from "../tensor.ts";

/** Examples with their targets: a data set, one of its parts, or two tensors (or arrays). */
export type Examples =
  | Dataset
  | { readonly x: TensorLike; readonly y: TensorLike }
  | readonly [x: TensorLike, y: TensorLike];

/** What `fit` learns from; of a split data set it watches the validation part too. */
export type TrainingData = Examples | SplitDataset;

/** Two tensors with as many rows, all finite. */
export interface ExamplePair {
  readonly x: Tensor;
  readonly y: Tensor;
  /** The names of the columns of `x`, where known: for messages. */
  readonly featureNames: readonly string[];
}

/** The training and validation pairs meant by `fit`'s arguments. */
export function readTrainingData(
  data: TrainingData | TensorLike,
  y: TensorLike | undefined,
): { train: ExamplePair; validation: ExamplePair | null } {
  if (data instanceof SplitDataset) {
    return {
      train: readExamples("fit", data.train),
      validation: data.hasValidation ? readExamples("fit", data.validation, "validation") : null,
    };
  }
  if (y === undefined && Array.isArray(data) && !isPair(data)) {
    throw new ValueError({
      op: "fit",
      expected: "data with x and y",
      got: "x alone",
      hint: "Give both: fit(x, y, options).",
    });
  }
  const examples = y === undefined ? (data as Examples) : { x: data as TensorLike, y };
  return { train: readExamples("fit", examples), validation: null };
}

/** @throws ValueError for data of another kind, ShapeError for lengths that differ, ValueError for NaN. */
export function readExamples(op: string, examples: Examples | SplitDataset, part = ""): ExamplePair {
  if (examples instanceof SplitDataset) return readExamples(op, examples.train, part);
  const pair = isPair(examples) ? { x: examples[0], y: examples[1] } : examples;
  if (typeof pair !== "object" || pair === null || !("x" in pair) || !("y" in pair)) {
    throw new ValueError({
      op,
      expected: "data with x and y",
      got: examples instanceof Tensor ? "one tensor" : describeValue(examples),
      hint: `Give a data set, or both: ${op}(x, y).`,
    });
  }
  const featureNames = pair instanceof Dataset ? pair.featureNames : [];
  const prefix = part === "" ? "" : `${part} `;
  const x = asRows(asTensor(pair.x as TensorLike));
  const y = asRows(asTensor(pair.y as TensorLike));
  const count = x.shape[0] ?? 0;
  if (count !== y.shape[0]) {
    throw new ShapeError({
      op,
      what: `${prefix}x and y`,
      expected: "with equally many rows",
      got: `${count} and ${y.shape[0]}`,
      hint: "Each example needs its target.",
    });
  }
  if (count === 0) throw new ValueError({ op, expected: `${prefix}examples`, got: "none" });
  checkFinite(op, `${prefix}x`, x, featureNames);
  checkFinite(op, `${prefix}y`, y, []);
  return { x, y, featureNames };
}

/** `[x, y]`; two rows of numbers are not one, they are examples without targets. */
function isPair(examples: unknown): examples is readonly [TensorLike, TensorLike] {
  if (!Array.isArray(examples) || examples.length !== 2) return false;
  return examples.some((part) => part instanceof Tensor || ArrayBuffer.isView(part) || Array.isArray(part?.[0]));
}

/** Inputs alone, for `predict`. */
export function readInputs(op: string, inputs: Dataset | TensorLike): Tensor {
  const x = asRows(asTensor(inputs instanceof Dataset ? inputs.x : inputs));
  checkFinite(op, "x", x, inputs instanceof Dataset ? inputs.featureNames : []);
  return x;
}

/** The last `share` of the rows, apart: Keras' `validationSplit`, taken before any shuffling. */
export function splitOffEnd(pair: ExamplePair, share: number): { train: ExamplePair; validation: ExamplePair } {
  const count = pair.x.shape[0] ?? 0;
  const start = maths.floor(count * (1 - share));
  if (!(share > 0 && share < 1) || start === 0 || start === count) {
    throw new ValueError({
      op: "fit",
      expected: "validationSplit as a share that leaves examples on both sides",
      got: `${share} of ${count} examples`,
    });
  }
  const part = (from: number, to: number): ExamplePair => {
    const rows = Array.from({ length: to - from }, (_, index) => from + index);
    return { x: rowsOf(pair.x, rows), y: rowsOf(pair.y, rows), featureNames: pair.featureNames };
  };
  return { train: part(0, start), validation: part(start, count) };
}

/** Examples must have the shape a model's first layer was made for. @throws ShapeError */
export function checkSamples(op: string, first: Layer, x: Tensor): void {
  const sample = x.shape.slice(1);
  const expected = first.inputShape ?? first.givenInputShape;
  if (expected === null || isSameShape(expected, sample)) return;
  throw new ShapeError({
    op,
    what: `input of ${first.name}`,
    expected: formatShape(expected, true),
    got: formatShape(sample, true),
    hint:
      sizeOf(expected) === (x.shape[0] ?? 0) && sizeOf(sample) === 1
        ? "A single example stands in a list of its own: [[…]]."
        : `${first.name} takes ${describeSample(expected)} an example, the data have ${describeSample(sample)}.`,
  });
}

function describeSample(shape: Shape): string {
  if (shape.length !== 1) return `shape ${formatShape(shape)}`;
  return shape[0] === 1 ? "1 feature" : `${shape[0]} features`;
}

/** Whether an argument is data rather than options. */
export function isTensorLike(value: unknown): value is TensorLike {
  return value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value);
}

/** A list of numbers is one column. */
function asRows(values: Tensor): Tensor {
  if (values.rank === 0) {
    throw new ShapeError({
      op: "fit",
      what: "data",
      expected: "[examples, …]",
      got: values.shape,
      hint: "Put the numbers in an array, one row an example.",
    });
  }
  return values.rank === 1 ? values.reshape([values.size, 1]).detach() : values.detach();
}

function checkFinite(op: string, what: string, values: Tensor, names: readonly string[]): void {
  const { data } = values;
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
}
