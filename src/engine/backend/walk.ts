// Walking several arrays in step, each with its own strides: the one place that knows how broadcasting visits numbers.

import { maths } from "../intrinsics.ts";

/** Visits runs of equal steps: `length` places from each array's offset on, `steps` apart. */
export type VisitRun = (length: number, offsets: readonly number[], steps: readonly number[]) => void;

/**
 * Walks `shape` in row-major order, for each array by its own strides (0 where the array is stretched).
 * Axes that all arrays cross evenly are joined first, so that plain arrays are one long run.
 */
export function walkTogether(shape: readonly number[], strides: readonly (readonly number[])[], visit: VisitRun): void {
  if (shape.includes(0)) return;
  const joined = joinAxes(shape, strides);
  const outerRank = joined.shape.length - 1;
  const length = joined.shape[outerRank] ?? 1;
  const steps = joined.strides.map((each) => each[outerRank] ?? 0);
  const offsets = joined.strides.map(() => 0);
  const counters = new Array<number>(maths.max(outerRank, 0)).fill(0);
  for (;;) {
    visit(length, offsets, steps);
    let axis = outerRank - 1;
    for (; axis >= 0; axis--) {
      const count = (counters[axis] ?? 0) + 1;
      const isLast = !(count < (joined.shape[axis] ?? 0));
      counters[axis] = isLast ? 0 : count;
      joined.strides.forEach((each, index) => {
        offsets[index] = (offsets[index] ?? 0) + (each[axis] ?? 0) * (isLast ? 1 - count : 1);
      });
      if (!isLast) break;
    }
    if (axis < 0) return;
  }
}

/** The fewest axes that walk the same places in the same order: those of length 1 fall away, those that all arrays cross evenly are joined. */
export function joinAxes(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
): { shape: number[]; strides: number[][] } {
  const joinedShape: number[] = [];
  const joinedStrides: number[][] = strides.map(() => []);
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const last = joinedShape.length - 1;
    const isEven =
      last >= 0 && strides.every((each, index) => joinedStrides[index]?.[last] === (each[axis] ?? 0) * length);
    if (isEven) {
      joinedShape[last] = (joinedShape[last] ?? 1) * length;
      strides.forEach((each, index) => {
        const mine = joinedStrides[index];
        if (mine !== undefined) mine[last] = each[axis] ?? 0;
      });
    } else {
      joinedShape.push(length);
      strides.forEach((each, index) => void joinedStrides[index]?.push(each[axis] ?? 0));
    }
  });
  return { shape: joinedShape, strides: joinedStrides };
}

/** The strides of an operand seen in a shape it stretches to: 0 on the axes it lacks or has with length 1. */
export function stretchedStrides(operand: readonly number[], shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(0);
  let step = 1;
  for (let fromEnd = 1; fromEnd <= operand.length; fromEnd++) {
    const length = operand[operand.length - fromEnd] ?? 1;
    if (length !== 1) strides[shape.length - fromEnd] = step;
    step *= length;
  }
  return strides;
}
