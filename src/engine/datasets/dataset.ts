// A data set as the user holds it: examples, targets, names, and the ways to prepare it. Every step gives a new data set.

import { checkedNumber, checkOptions, counted, describeValue, ValueError } from "../errors.ts";
import { Floats, maths } from "../intrinsics.ts";
import { Random } from "../random.ts";
import { checkedList } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { DatasetDescription } from "./description.ts";
import { SplitDataset, type SplitOptions, splitRows } from "./split.ts";

/** What there is to learn. */
export type Task = "classification" | "binary" | "regression";

/** Where data come from. */
export interface DatasetOrigin {
  /** "iris", "moons". */
  readonly name: string;
  /** One sentence on what the examples are. */
  readonly what: string;
  /** Who made them, and where they can be found. */
  readonly source: string;
  readonly licence: string;
  /** Which values are missing, and what was done about it; said of real data. */
  readonly missing?: string;
}

/** All that a data set holds; `rows` are the examples' numbers, row by row. */
export interface DatasetParts {
  readonly origin: DatasetOrigin;
  readonly task: Task;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly labels: readonly number[];
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
  readonly steps: readonly string[];
}

/** The mean and standard deviation of each feature. */
export interface FeatureScale {
  /** What was subtracted from each feature. */
  readonly means: readonly number[];
  /** What each feature was divided by. */
  readonly deviations: readonly number[];
}

/**
 * Examples with their targets.
 *
 * `x` is `[examples, features]`. `y` is `[examples, classes]`, one-hot, for several classes; `[examples, 1]` of 0 and 1 for
 * two; `[examples, 1]` of numbers for regression.
 *
 * @example datasets.digits().standardize().split({ validation: 0.2, seed: 1 })
 */
export class Dataset {
  /** "iris", "moons". */
  readonly name: string;
  /** The examples, `[examples, features]`. */
  readonly x: Tensor;
  /** The targets, a row for each example. */
  readonly y: Tensor;
  /** "classification" (several classes), "binary" (two, as 0 and 1) or "regression". */
  readonly task: Task;
  /** The class of each example as a number from 0; empty for regression. */
  readonly labels: readonly number[];
  /** The names of the classes; empty for regression. */
  readonly classNames: readonly string[];
  /** The names of the columns of `x`. */
  readonly featureNames: readonly string[];
  readonly #parts: DatasetParts;

  constructor(parts: DatasetParts) {
    this.#parts = parts;
    this.name = parts.origin.name;
    this.x = parts.x;
    this.y = parts.y;
    this.task = parts.task;
    this.labels = parts.labels;
    this.classNames = parts.classNames;
    this.featureNames = parts.featureNames;
  }

  /** The number of examples. */
  get size(): number {
    return this.x.shape[0] ?? 0;
  }

  /**
   * Shifts and scales every feature to mean 0 and standard deviation 1, over all examples of this data set.
   * A feature that never changes becomes 0. After `split`, `standardize` takes mean and deviation from the training part alone.
   */
  standardize(): Dataset {
    return this.scaleBy(this.featureScale());
  }

  /** The mean and (population) standard deviation of each feature. */
  featureScale(): FeatureScale {
    const { data } = this.x;
    const width = this.featureNames.length;
    const columns = Array.from({ length: width }, (_, column) => column);
    const means = columns.map((column) => this.#columnMean(data, column, (value) => value));
    const deviations = columns.map((column) => {
      const mean = means[column] ?? 0;
      return maths.sqrt(this.#columnMean(data, column, (value) => (value - mean) * (value - mean)));
    });
    return { means, deviations };
  }

  /**
   * Shifts and scales the features by a mean and deviation measured elsewhere: on the training part, for example.
   *
   * @throws ValueError for anything but a mean and a deviation of each feature.
   * @example mine.scaleBy(datasets.iris().featureScale())
   */
  scaleBy(scale: FeatureScale): Dataset {
    const width = this.featureNames.length;
    checkOptions("scaleBy", scale, ["means", "deviations"]);
    checkScale("means", scale.means, width);
    checkScale("deviations", scale.deviations, width);
    const scaled = this.x.data.map((value, index) => {
      const deviation = scale.deviations[index % width] ?? 0;
      return (value - (scale.means[index % width] ?? 0)) / (deviation > 1e-12 ? deviation : 1);
    });
    return this.#with({ x: new Tensor(this.x.shape, scaled) }, "standardized");
  }

  /** Targets as one column a class, 1 for the class and 0 elsewhere: for `categoricalCrossentropy`. Several classes come so by default. */
  oneHot(): Dataset {
    this.#expectClasses("oneHot");
    return this.#with({ y: oneHotTargets(this.labels, this.classNames.length), task: "classification" }, "one-hot");
  }

  /** Targets as the number of the class in one column `[examples, 1]`: for `sparseCategoricalCrossentropy`. */
  sparse(): Dataset {
    this.#expectClasses("sparse");
    return this.#with({ y: columnOf(this.labels) }, "class numbers");
  }

  /**
   * Divides the examples, in random order, into `.train`, `.validation` and `.test`.
   *
   * @param options `validation` and `test` are shares between 0 and 1 (default 0); `seed` (default 1) chooses the order.
   * @throws ValueError when the shares leave nothing to train on, or a share asked for is too small for one example.
   * @example data.split({ validation: 0.2, test: 0.1, seed: 1 }).train.x.shape
   */
  split(options: SplitOptions = {}): SplitDataset {
    const rows = splitRows(this.size, options);
    const pick = (which: readonly number[]) => (which.length === 0 ? null : this.rows(which));
    return new SplitDataset(this.rows(rows.train), pick(rows.validation), pick(rows.test));
  }

  /** A data set of these examples (counted from 0), in this order. @throws ValueError for one that is not there. */
  rows(indices: readonly number[]): Dataset {
    for (const index of checkedList("rows", "the numbers of the examples", indices))
      if (!Number.isInteger(index) || index < 0 || index >= this.size)
        throw new ValueError({
          op: "rows",
          expected: `examples from 0 to ${this.size - 1}`,
          got: describeValue(index),
        });
    const labels = this.labels.length === 0 ? [] : indices.map((index) => this.labels[index] ?? 0);
    return this.#with({ x: rowsOf(this.x, indices), y: rowsOf(this.y, indices), labels }, null);
  }

  /**
   * The examples in batches of `size` (default 32), in an order chosen by `seed`; without a seed in their own order. The last may be smaller.
   *
   * @example for (const { x, y } of data.batches(16, { seed: 1 })) console.log(x.shape, y.shape);
   */
  *batches(size = 32, options: { readonly seed?: number } = {}): Generator<{ readonly x: Tensor; readonly y: Tensor }> {
    checkOptions("batches", options, ["seed"]);
    if (!Number.isInteger(size) || size < 1) {
      throw new ValueError({
        op: "batches",
        expected: "a whole number of examples, 1 or more",
        got: describeValue(size),
      });
    }
    const order = Array.from({ length: this.size }, (_, index) => index);
    if (options.seed !== undefined) new Random(options.seed).shuffle(order);
    for (let start = 0; start < order.length; start += size) {
      const indices = order.slice(start, start + size);
      yield { x: rowsOf(this.x, indices), y: rowsOf(this.y, indices) };
    }
  }

  /** What the data are, where they come from, under which licence, and how many there are. */
  about(): DatasetDescription {
    return this.describe([{ name: "examples", size: this.size }]);
  }

  /** @internal The description with the sizes of the parts it is divided into. */
  describe(sizes: readonly { readonly name: string; readonly size: number }[]): DatasetDescription {
    return new DatasetDescription(this.#parts, sizes);
  }

  #columnMean(data: ArrayLike<number>, column: number, of: (value: number) => number): number {
    const width = this.featureNames.length;
    let sum = 0;
    for (let index = column; index < data.length; index += width) sum += of(data[index] ?? 0);
    return sum / maths.max(1, this.size);
  }

  #expectClasses(op: string): void {
    if (this.task !== "regression") return;
    throw new ValueError({
      op,
      expected: "targets that are classes",
      got: `the numbers of "${this.name}"`,
      hint: "Regression needs no encoding.",
    });
  }

  #with(changed: Partial<DatasetParts>, step: string | null): Dataset {
    const steps = step === null ? this.#parts.steps : [...this.#parts.steps, step];
    return new Dataset({ ...this.#parts, ...changed, steps });
  }
}

/** One row a label, 1 at the label's place. */
export function oneHotTargets(labels: readonly number[], classes: number): Tensor {
  const data = new Floats(labels.length * classes);
  labels.forEach((label, row) => {
    data[row * classes + label] = 1;
  });
  return new Tensor([labels.length, classes], data);
}

/** Numbers as one column. */
export function columnOf(values: readonly number[]): Tensor {
  return new Tensor([values.length, 1], new Floats(values));
}

/** The given rows of a tensor, along its first axis. */
export function rowsOf(source: Tensor, indices: ArrayLike<number>): Tensor {
  const width = source.data.length / maths.max(1, source.shape[0] ?? 1);
  const data = new Floats(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const start = (indices[row] ?? 0) * width;
    data.set(source.data.subarray(start, start + width), row * width);
  }
  return new Tensor([indices.length, ...source.shape.slice(1)], data);
}

/** @throws ValueError */
function checkScale(name: string, numbers: readonly number[], width: number): void {
  if (checkedList("scaleBy", name, numbers).length !== width)
    throw new ValueError({
      op: "scaleBy",
      expected: `${counted(width, "number")} as ${name}`,
      got: `${numbers.length}`,
    });
  Array.from(numbers).forEach((each, index) => void checkedNumber("scaleBy", `${name}[${index}]`, each));
}
