// Which targets a loss can judge: checks that say the row and the way out, before training starts.

import { counted, DomainError, ShapeError } from "../errors.ts";
import { type Floats, maths } from "../intrinsics.ts";
import { formatShape, isSameShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Refuses targets that do not fit, by error. */
export type TargetCheck = (loss: string, targets: Tensor, outputShape: Shape) => void;

/** Targets of the predictions' own shape; a single output may also have targets without its axis. */
export const checkShape: TargetCheck = (loss, targets, outputShape) => {
  const [batch = 0, ...rest] = targets.shape;
  const isColumnLess = outputShape.length === 1 && outputShape[0] === 1 && rest.length === 0;
  if (targets.rank > 0 && (isSameShape(rest, outputShape) || isColumnLess)) return;
  const units = outputShape.at(-1);
  throw new ShapeError({
    op: loss,
    what: "targets",
    expected: formatShape(outputShape, true),
    got: targets.shape,
    hint:
      outputShape.length === 1 && rest.length <= 1
        ? `The last layer has ${counted(units, "unit")}: make it ${rest[0] ?? 1}, or give ${counted(units, "number")} for each of the ${batch} examples.`
        : "Targets must have the shape of the last layer's output.",
  });
};

/** Every number must pass; `expected` says what would. */
function checkEach(isFine: (value: number) => boolean, expected: string, hint?: string): TargetCheck {
  return (loss, targets) => {
    const { numbers } = targets;
    let at = 0;
    while (at < numbers.length && isFine(numbers[at] as number)) at++;
    if (at < numbers.length) refuseTarget(targets, at, { op: loss, expected, hint });
  };
}

/** Every number must lie from `low` to `high`. */
function checkRange(low: number, high: number, expected: string, hint?: string): TargetCheck {
  return (loss, targets) => {
    const at = firstOutside(targets.numbers, low, high);
    if (at !== -1) refuseTarget(targets, at, { op: loss, expected, hint });
  };
}

/** `trainOnBatch` asks this in every step: so it calls nothing for each number. */
function firstOutside(numbers: Floats, low: number, high: number): number {
  const { length } = numbers;
  for (let at = 0; at < length; at++) {
    const value = numbers[at] as number;
    if (!(value >= low && value <= high)) return at;
  }
  return -1;
}

function refuseTarget(
  { numbers, shape }: Tensor,
  at: number,
  { op, expected, hint }: { readonly op: string; readonly expected: string; readonly hint: string | undefined },
): never {
  const row = maths.floor(at / maths.max(1, sizeOf(shape.slice(1))));
  throw new DomainError({ op, expected, got: String(numbers[at]), row, ...(hint === undefined ? {} : { hint }) });
}

/** One check after another; the first that fails speaks. */
export function allOf(...checks: readonly TargetCheck[]): TargetCheck {
  return (loss, targets, outputShape) => {
    for (const check of checks) check(loss, targets, outputShape);
  };
}

export const checkFinite = checkRange(
  -Number.MAX_VALUE,
  Number.MAX_VALUE,
  "targets that are finite numbers",
  "Remove rows with missing values, or fill them in.",
);

export const checkShares = checkRange(
  0,
  1,
  "targets from 0 to 1",
  "For two classes write 0 and 1; for more use softmax with categoricalCrossentropy.",
);

export const checkNotNegative = checkRange(0, Number.POSITIVE_INFINITY, "targets of 0 or more");

export const checkAboveMinusOne = checkEach((value) => value > -1, "targets above −1");

export const checkHinge = checkEach(
  (value) => value === -1 || value === 0 || value === 1,
  "targets −1 and 1 (or 0 and 1)",
);

/** One-hot rows or probabilities. Class numbers are the usual mistake. */
export const checkClassRows: TargetCheck = (loss, targets, outputShape) => {
  const classes = outputShape.at(-1) ?? 1;
  const labelRank = outputShape.length;
  const isLabels = classes > 1 && (targets.rank === labelRank || targets.shape.at(-1) === 1);
  if (isLabels)
    throw new ShapeError({
      op: loss,
      what: "targets",
      expected: `${formatShape(outputShape, true)} (one-hot rows)`,
      got: `class numbers of shape ${formatShape(targets.shape)}`,
      hint: `Use loss: "sparseCategoricalCrossentropy", or oneHot(y, ${classes}).`,
    });
  checkShape(loss, targets, outputShape);
  checkShares(loss, targets, outputShape);
  if (classes > 1) checkRowSums(loss, targets, classes);
};

function checkRowSums(loss: string, { numbers }: Tensor, classes: number): void {
  for (let start = 0, row = 0; start < numbers.length; start += classes, row++) {
    let sum = 0;
    for (let index = start; index < start + classes; index++) sum += numbers[index] ?? 0;
    if (maths.abs(sum - 1) > 1e-3)
      throw new DomainError({
        op: loss,
        expected: "rows of targets that sum to 1",
        got: `a sum of ${Number(sum.toPrecision(4))}`,
        row,
        hint: "Several classes at once: use sigmoid with binaryCrossentropy.",
      });
  }
}

/** Class numbers. One-hot rows are the usual mistake. */
export const checkClassNumbers: TargetCheck = (loss, targets, outputShape) => {
  const classes = outputShape.at(-1) ?? 1;
  const outer = outputShape.slice(0, -1);
  const rest = targets.shape.slice(1);
  const fits = targets.rank > 0 && (isSameShape(rest, outer) || isSameShape(rest, [...outer, 1]));
  if (!fits)
    throw new ShapeError({
      op: loss,
      what: "targets",
      expected: `as class numbers ${formatShape(outer, true)}`,
      got: targets.shape,
      hint: isSameShape(rest, outputShape)
        ? 'For one-hot rows use loss: "categoricalCrossentropy".'
        : `Give one class number from 0 to ${classes - 1} for each prediction.`,
    });
  const isClass = (value: number) => Number.isInteger(value) && value >= 0 && value < classes;
  checkEach(
    isClass,
    `class numbers from 0 to ${classes - 1}`,
    `The last layer has ${classes} units; classes are numbered from 0.`,
  )(loss, targets, outputShape);
};
