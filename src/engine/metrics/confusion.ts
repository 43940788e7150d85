// Metrics that follow from how often each class is taken for each other: precision, recall, F1 and their relatives. A share of nothing counts as 0.

import { readArguments } from "../argumentCounts.ts";
import { checkedCount, DomainError, describeValue, ValueError } from "../errors.ts";
import { Floats, maths } from "../intrinsics.ts";
import { asTensor, Tensor, type TensorLike } from "../tensor.ts";
import { largestIndex, rightClass, type ThresholdOptions } from "./classification.ts";
import {
  type ConfigurableMetric,
  checkMetricOptions,
  checkTwoClasses,
  classCountOf,
  configurable,
  defineMetric,
  type Metric,
  type MetricBatch,
} from "./metric.ts";

/** Options of precision, recall and F1. */
export interface AverageOptions extends ThresholdOptions {
  /**
   * `"binary"` (by default): of all numbers above the threshold, those of class 1 alone. For several classes, the largest
   * output being the answer: `"macro"`, the mean over the classes, in which one that neither occurs nor is answered counts as 0,
   * as in Keras; `"weighted"`, the mean weighted by how often each class occurs; `"micro"`, of all answers together.
   */
  readonly average?: "binary" | "macro" | "micro" | "weighted";
}

/** How often each class (row) was taken for each other (column). */
export class ConfusionCounts {
  readonly classes: number;
  readonly #counts: number[];

  constructor(classes: number) {
    this.classes = classes;
    this.#counts = new Array<number>(classes * classes).fill(0);
  }

  count(right: number, called: number): number {
    return this.#counts[right * this.classes + called] ?? 0;
  }

  add(right: number, called: number): void {
    const at = right * this.classes + called;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** Counts a batch: two classes for one column of outputs, else the largest output is the answer. */
  addBatch(op: string, batch: MetricBatch, threshold: number): void {
    const { prediction, target, width, rows } = batch;
    for (let row = 0; row < rows; row++) {
      const isColumn = width === 1;
      if (isColumn) checkTwoClasses(op, target[row] ?? 0, row);
      const right = isColumn ? Number((target[row] ?? 0) > 0.5) : rightClass(batch, row);
      const called = isColumn
        ? Number((prediction[row] ?? 0) > threshold)
        : largestIndex(prediction, row * width, width);
      if (!Number.isInteger(right) || right < 0 || right >= this.classes)
        throw new DomainError({
          op,
          expected: `class numbers from 0 to ${this.classes - 1}`,
          got: String(right),
          row,
        });
      this.add(right, called);
    }
  }

  /** How many examples belong to a class. */
  support(of: number): number {
    return this.#sum((other) => this.count(of, other));
  }

  /** How many were taken for a class. */
  called(as: number): number {
    return this.#sum((other) => this.count(other, as));
  }

  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  get hits(): number {
    return this.#sum((each) => this.count(each, each));
  }

  #sum(of: (index: number) => number): number {
    let sum = 0;
    for (let index = 0; index < this.classes; index++) sum += of(index);
    return sum;
  }

  toTensor(): Tensor {
    return new Tensor([this.classes, this.classes], Floats.from(this.#counts));
  }
}

/** So that the counts of each class beside each other fit into memory. */
const mostClasses = 2 ** 12;

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** What precision, recall and F1 are made of. */
interface PositiveCounts {
  readonly hits: number;
  readonly called: number;
  readonly positive: number;
}

type Share = (counts: PositiveCounts) => number;
const precisionOf: Share = ({ hits, called }) => share(hits, called);
const recallOf: Share = ({ hits, positive }) => share(hits, positive);
const f1Of: Share = ({ hits, called, positive }) => share(2 * hits, called + positive);

export const precision = averagedMetric("precision", precisionOf);
export const recall = averagedMetric("recall", recallOf);
export const f1 = averagedMetric("f1", f1Of);

export const specificity = configurable((options: ThresholdOptions) => {
  checkMetricOptions("specificity", options, ["threshold"]);
  const { threshold = 0.5, name = "specificity" } = options;
  return positiveMetric(name, threshold, ({ hits, called, positive, total }) =>
    share(total - positive - called + hits, total - positive),
  );
}, {});

function averagedMetric(name: string, of: Share): ConfigurableMetric<AverageOptions> {
  return configurable((options: AverageOptions) => {
    checkMetricOptions(name, options, ["threshold", "average"]);
    const { threshold = 0.5, average = "binary", name: called = name } = options;
    if (average === "binary") return positiveMetric(called, threshold, of);
    if (average !== "macro" && average !== "micro" && average !== "weighted")
      throw new ValueError({
        op: `metrics.${name}`,
        expected: 'average "binary", "macro", "micro" or "weighted"',
        got: describeValue(average),
        hint: "A metric is one number; classificationReport(outputs, labels).classes gives each class its own.",
      });
    return confusionMetric(called, threshold, (counts) => averageOf(counts, of, average));
  }, {});
}

function averageOf(counts: ConfusionCounts, of: Share, average: "macro" | "micro" | "weighted"): number {
  if (average === "micro") return of({ hits: counts.hits, called: counts.total, positive: counts.total });
  let sum = 0;
  let weights = 0;
  for (let each = 0; each < counts.classes; each++) {
    const weight = average === "weighted" ? counts.support(each) : 1;
    sum += weight * of(positiveCounts(counts, each));
    weights += weight;
  }
  return share(sum, weights);
}

function positiveCounts(counts: ConfusionCounts, of: number): PositiveCounts {
  return { hits: counts.count(of, of), called: counts.called(of), positive: counts.support(of) };
}

/** A metric of true and false positives over all numbers, counted over the whole epoch. */
function positiveMetric(
  name: string,
  threshold: number,
  of: (counts: PositiveCounts & { readonly total: number }) => number,
): Metric {
  return defineMetric(name, "higher", () => {
    const counts = { hits: 0, called: 0, positive: 0, total: 0 };
    return {
      add({ target, prediction, rows, width }) {
        for (let index = 0; index < rows * width; index++) {
          const isCalled = (prediction[index] ?? 0) > threshold;
          const value = target[index] ?? 0;
          checkTwoClasses(name, value, maths.floor(index / width));
          const isPositive = value > 0.5;
          if (isCalled) counts.called++;
          if (isPositive) counts.positive++;
          if (isCalled && isPositive) counts.hits++;
          counts.total++;
        }
      },
      result: () => of(counts),
    };
  });
}

/** A metric of the confusion matrix; NaN before the first batch. */
function confusionMetric(name: string, threshold: number, of: (counts: ConfusionCounts) => number): Metric {
  return defineMetric(
    name,
    "higher",
    () => {
      let counts: ConfusionCounts | null = null;
      return {
        add(batch) {
          counts ??= new ConfusionCounts(batch.width === 1 ? 2 : batch.width);
          counts.addBatch(name, batch, threshold);
        },
        result: () => (counts === null ? Number.NaN : of(counts)),
      };
    },
    "labels",
  );
}

function thresholdMetric(name: string, of: (counts: ConfusionCounts) => number): ConfigurableMetric<ThresholdOptions> {
  return configurable((options: ThresholdOptions) => {
    checkMetricOptions(name, options, ["threshold"]);
    return confusionMetric(options.name ?? name, options.threshold ?? 0.5, of);
  }, {});
}

export const balancedAccuracy = thresholdMetric("balancedAccuracy", (counts) => {
  let sum = 0;
  let present = 0;
  for (let each = 0; each < counts.classes; each++) {
    if (counts.support(each) === 0) continue;
    sum += recallOf(positiveCounts(counts, each));
    present++;
  }
  return share(sum, present);
});

/** Sums over classes of support · called, called² and support². */
function agreement(counts: ConfusionCounts) {
  let chance = 0;
  let calledSquares = 0;
  let supportSquares = 0;
  for (let each = 0; each < counts.classes; each++) {
    chance += counts.called(each) * counts.support(each);
    calledSquares += counts.called(each) ** 2;
    supportSquares += counts.support(each) ** 2;
  }
  return { chance, calledSquares, supportSquares };
}

export const matthews = thresholdMetric("matthews", (counts) => {
  const { chance, calledSquares, supportSquares } = agreement(counts);
  const square = counts.total ** 2;
  const lengths = maths.sqrt(square - calledSquares) * maths.sqrt(square - supportSquares);
  return share(counts.hits * counts.total - chance, lengths);
});

export const cohenKappa = thresholdMetric("cohenKappa", (counts) => {
  const { chance } = agreement(counts);
  const square = counts.total ** 2;
  return share(counts.hits * counts.total - chance, square - chance);
});

/** Options of `confusionMatrix` and `classificationReport`. */
export interface ConfusionOptions {
  /** How many classes; by default as many as there are outputs, 2 for a single one. */
  readonly classes?: number;
  /** A single output above it is class 1; 0.5 by default. */
  readonly threshold?: number;
}

/**
 * How often each class was taken for each other: row = right class, column = answer.
 *
 * `predictions` are outputs: `[n]` or `[n, 1]` for two classes, `[n, classes]` for more (the largest is the answer, the
 * first of equals). `targets` are class numbers `[n]` or one-hot rows.
 *
 * @throws ShapeError when they do not have the same number of rows; DomainError for a class number that is not there.
 * @example confusionMatrix([0.9, 0.2, 0.7], [1, 0, 0]).toArray() // [[1, 1], [0, 1]]
 */
export function confusionMatrix(predictions: TensorLike, targets: TensorLike, options?: ConfusionOptions): Tensor;
export function confusionMatrix(...given: [TensorLike, TensorLike, ConfusionOptions?]): Tensor {
  const [predictions, targets, options = {}] = readArguments("confusionMatrix", 3, given);
  return countConfusion("confusionMatrix", predictions, targets, options).toTensor();
}

function countConfusion(
  op: string,
  predictions: TensorLike,
  targets: TensorLike,
  options: ConfusionOptions,
): ConfusionCounts {
  checkMetricOptions(op, options, ["classes", "threshold"]);
  const outputs = asTensor(predictions);
  const width = classCountOf(outputs);
  const classes = options.classes === undefined ? (width === 1 ? 2 : width) : options.classes;
  if (checkedCount(op, "classes", classes, maths.max(2, width)) > mostClasses)
    throw new ValueError({ op, expected: `classes up to ${mostClasses}`, got: String(classes) });
  const counts = new ConfusionCounts(classes);
  const counting = defineMetric(
    op,
    "higher",
    () => ({
      add: (batch) => counts.addBatch(op, batch, options.threshold ?? 0.5),
      result: () => 0,
    }),
    "labels",
  );
  counting.compute(outputs, targets);
  return counts;
}

/** Precision, recall and F1 of one class, or averaged over the classes. */
export interface ClassScores {
  /** Of those called so, the share (0–1) that is. */
  readonly precision: number;
  /** Of those that are, the share (0–1) called so. */
  readonly recall: number;
  /** The harmonic mean of both. */
  readonly f1: number;
}

/** What `classificationReport` gives. */
export interface ClassificationReport {
  /** For each class, with how many examples belong to it. */
  readonly classes: readonly (ClassScores & { readonly support: number })[];
  /** The mean over the classes; one that neither occurs nor is answered counts as 0. */
  readonly macro: ClassScores;
  /** Of all answers together. */
  readonly micro: ClassScores;
  /** The mean weighted by how often each class occurs. */
  readonly weighted: ClassScores;
  /** The share (0–1) of right answers. */
  readonly accuracy: number;
  /** Row = right class, column = answer. */
  readonly confusion: Tensor;
}

/**
 * Precision, recall and F1 for each class and averaged, with the confusion matrix. Takes what `confusionMatrix` takes.
 *
 * @example classificationReport(model.predict(x), labels).classes[2].recall
 */
export function classificationReport(
  predictions: TensorLike,
  targets: TensorLike,
  options?: ConfusionOptions,
): ClassificationReport;
export function classificationReport(...given: [TensorLike, TensorLike, ConfusionOptions?]): ClassificationReport {
  const [predictions, targets, options = {}] = readArguments("classificationReport", 3, given);
  const counts = countConfusion("classificationReport", predictions, targets, options);
  const averaged = (average: "macro" | "micro" | "weighted"): ClassScores => ({
    precision: averageOf(counts, precisionOf, average),
    recall: averageOf(counts, recallOf, average),
    f1: averageOf(counts, f1Of, average),
  });
  const classes = Array.from({ length: counts.classes }, (_, each) => {
    const positives = positiveCounts(counts, each);
    return {
      precision: precisionOf(positives),
      recall: recallOf(positives),
      f1: f1Of(positives),
      support: positives.positive,
    };
  });
  return {
    classes,
    macro: averaged("macro"),
    micro: averaged("micro"),
    weighted: averaged("weighted"),
    accuracy: share(counts.hits, counts.total),
    confusion: counts.toTensor(),
  };
}
