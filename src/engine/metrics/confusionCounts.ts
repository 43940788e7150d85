// How often each class is taken for each other, and the shares that follow. A share of nothing counts as 0.

import { DomainError } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import { Tensor } from "../tensor.ts";
import { largestIndex, rightClass } from "./classification.ts";
import { checkTwoClasses, type MetricBatch } from "./metric.ts";

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

export const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** What precision, recall and F1 are made of. */
export interface PositiveCounts {
  readonly hits: number;
  readonly called: number;
  readonly positive: number;
}

export type Share = (counts: PositiveCounts) => number;
export const precisionOf: Share = ({ hits, called }) => share(hits, called);
export const recallOf: Share = ({ hits, positive }) => share(hits, positive);
export const f1Of: Share = ({ hits, called, positive }) => share(2 * hits, called + positive);

export function averageOf(counts: ConfusionCounts, of: Share, average: "macro" | "micro" | "weighted"): number {
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

export function positiveCounts(counts: ConfusionCounts, of: number): PositiveCounts {
  return { hits: counts.count(of, of), called: counts.called(of), positive: counts.support(of) };
}
