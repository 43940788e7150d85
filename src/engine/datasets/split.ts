// Dividing a data set into a part to train on, one to watch and one to judge by.

import { checkOptions, describeValue, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { Random } from "../random.ts";
import type { Dataset } from "./dataset.ts";
import type { DatasetDescription } from "./description.ts";

/** How to divide. */
export interface SplitOptions {
  /** Share of the examples (0–1) to watch during training. Default 0. */
  readonly validation?: number;
  /** Share of the examples (0–1) kept for the end. Default 0. */
  readonly test?: number;
  /** Chooses the order. Default 1. */
  readonly seed?: number;
}

/** Which rows go where. */
export function splitRows(size: number, options: SplitOptions): Record<"train" | "validation" | "test", number[]> {
  checkOptions("split", options, ["validation", "test", "seed"]);
  const { validation = 0, test = 0, seed = 1 } = options;
  const validationSize = partSize("validation", validation, size);
  const testSize = partSize("test", test, size);
  if (validation + test >= 1 || validationSize + testSize >= size) {
    throw new ValueError({
      op: "split",
      expected: "shares that add up to less than 1",
      got: `validation ${validation} + test ${test}`,
      hint: "What is left is the training part: for example split({ validation: 0.2, test: 0.1 }).",
    });
  }
  const order = new Random(seed).permutation(size);
  return {
    validation: order.slice(0, validationSize),
    test: order.slice(validationSize, validationSize + testSize),
    train: order.slice(validationSize + testSize),
  };
}

function partSize(name: string, share: number, size: number): number {
  if (typeof share !== "number" || !(share >= 0 && share < 1)) {
    throw new ValueError({
      op: "split",
      expected: `${name} as a share from 0 to below 1`,
      got: describeValue(share),
      hint: "0.2 is a fifth of the examples.",
    });
  }
  const count = maths.round(share * size);
  if (share > 0 && count === 0) {
    throw new ValueError({
      op: "split",
      expected: `${name} to hold an example`,
      got: `a share of ${share} of ${size} examples`,
      hint: "Give it a larger share.",
    });
  }
  return count;
}

/** A data set in parts. `fit` takes it whole: it trains on `.train` and watches `.validation`. */
export class SplitDataset {
  /** What `fit` learns from. */
  readonly train: Dataset;
  readonly #validation: Dataset | null;
  readonly #test: Dataset | null;

  constructor(train: Dataset, validation: Dataset | null, test: Dataset | null) {
    this.train = train;
    this.#validation = validation;
    this.#test = test;
  }

  /** What `fit` measures after every epoch without learning from it. @throws ValueError when the split has none. */
  get validation(): Dataset {
    return this.#part("validation", this.#validation);
  }

  /** What nothing has seen until you evaluate it. @throws ValueError when the split has none. */
  get test(): Dataset {
    return this.#part("test", this.#test);
  }

  /** Whether there is a validation part. */
  get hasValidation(): boolean {
    return this.#validation !== null;
  }

  /** Whether there is a test part. */
  get hasTest(): boolean {
    return this.#test !== null;
  }

  /** The name of the data set. */
  get name(): string {
    return this.train.name;
  }

  /** The names of the classes; empty for regression. */
  get classNames(): readonly string[] {
    return this.train.classNames;
  }

  /** The names of the columns of `x`. */
  get featureNames(): readonly string[] {
    return this.train.featureNames;
  }

  /** Shifts and scales every feature by the mean and standard deviation of the *training* part, in all parts alike. */
  standardize(): SplitDataset {
    const scale = this.train.featureScale();
    return this.#map((part) => part.scaleBy(scale));
  }

  /** Targets as one column a class, in all parts. */
  oneHot(): SplitDataset {
    return this.#map((part) => part.oneHot());
  }

  /** Targets as class numbers, in all parts. */
  sparse(): SplitDataset {
    return this.#map((part) => part.sparse());
  }

  /** What the data are, where they come from, under which licence, and how large the parts are. */
  about(): DatasetDescription {
    const parts = [
      ["train", this.train],
      ["validation", this.#validation],
      ["test", this.#test],
    ] as const;
    return this.train.describe(parts.flatMap(([name, part]) => (part === null ? [] : [{ name, size: part.size }])));
  }

  #map(change: (part: Dataset) => Dataset): SplitDataset {
    const optional = (part: Dataset | null) => (part === null ? null : change(part));
    return new SplitDataset(change(this.train), optional(this.#validation), optional(this.#test));
  }

  #part(name: string, part: Dataset | null): Dataset {
    if (part !== null) return part;
    throw new ValueError({
      op: `data.${name}`,
      expected: `a split with a ${name} part`,
      got: "one without",
      hint: `Ask for it: split({ ${name}: 0.2 }).`,
    });
  }
}
