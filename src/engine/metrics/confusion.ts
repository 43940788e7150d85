// Metrics that follow from how often each class is taken for each other: precision, recall, F1 and their relatives.

import { describeValue, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import type { ThresholdOptions } from "./classification.ts";
import {
  averageOf,
  ConfusionCounts,
  f1Of,
  type PositiveCounts,
  positiveCounts,
  precisionOf,
  recallOf,
  type Share,
  share,
} from "./confusionCounts.ts";
import {
  type ConfigurableMetric,
  checkMetricOptions,
  checkTwoClasses,
  configurable,
  defineMetric,
  type Metric,
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
