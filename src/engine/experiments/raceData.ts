// What the trainings of a race learn from, in a worker: in the routines' memory once for all of them, and for the next race of the same data.

import { backendName } from "../backend/choose.ts";
import { LastingExamples } from "../training/plans/residentExamples.ts";
import { batchOf, keyOfData, type SharedExamples } from "./job.ts";

export class RaceData {
  /** `null` between races. */
  #examples: SharedExamples | null = null;
  /** What `#lasting` is a copy of, and for whom. */
  #key = "";
  #isUsed = false;
  #lasting: LastingExamples | null = null;

  /** A race begins, on the backend that computes now. */
  begin(examples: SharedExamples): void {
    const { xs, ys, weights } = examples.train;
    const key = `${backendName()}: ${keyOfData([...xs, ...ys, ...(weights ?? [])])}`;
    if (key !== this.#key) this.#forget();
    this.#lasting?.standFor(batchOf(examples.train));
    this.#key = key;
    this.#examples = examples;
    this.#isUsed = false;
  }

  /** A training is about to begin. `isOneOfMany`: others are likely to follow. Gives what it learns from; `null` between races. */
  use(isOneOfMany: boolean): SharedExamples | null {
    if (this.#examples === null) return null;
    if (this.#isUsed || isOneOfMany) this.#lasting ??= new LastingExamples(batchOf(this.#examples.train));
    this.#isUsed = true;
    return this.#examples;
  }

  /** The race has ended. A copy stays, for this memory is not smaller again anyway; what threads share goes. */
  rest(): void {
    this.#examples = null;
    if (this.#lasting?.isCopy === true) this.#lasting.standForNone();
    else this.#forget();
  }

  #forget(): void {
    this.#lasting?.release();
    this.#lasting = null;
  }
}
