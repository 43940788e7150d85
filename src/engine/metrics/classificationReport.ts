// The confusion matrix, and what a classifier is worth for each class and on the whole.

import { readArguments } from "../argumentCounts.ts";
import { checkedCount, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { asTensor, type Tensor, type TensorLike } from "../tensor.ts";
import { averageOf, ConfusionCounts, f1Of, positiveCounts, precisionOf, recallOf, share } from "./confusionCounts.ts";
import { checkMetricOptions, classCountOf, defineMetric } from "./metric.ts";

/** So that the counts of each class beside each other fit into memory. */
const mostClasses = 2 ** 12;

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
