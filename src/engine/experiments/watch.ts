// Watches one training of a race between its steps: ends it where its budget does, tells how far it is, and how long its steps took.

import { engineHost } from "../host.ts";
import { Doubles } from "../intrinsics.ts";
import type { Callback } from "../training/callbacks/callbacks.ts";
import { explainStop, plainReason } from "../training/callbacks/earlyEnd.ts";
import type { Run } from "../training/run.ts";
import type { Budget, JobProgress } from "./job.ts";
import type { LentThreads } from "./lentThreads.ts";

/** How often progress is told. */
const tellEveryMs = 50;
/** Where there is no clock. */
const tellEverySteps = 100;

/** The first step lays plans out; a usual one is known after so many. */
const leastUsualSteps = 16;

/** Ends a training where its budget does, and tells how far it is. */
export class Watch {
  readonly callback: Callback;
  readonly #now = engineHost().now;
  #tell: (progress: JobProgress) => void = () => undefined;
  #threads: LentThreads | null = null;
  /** Whether others help now. */
  #isHelped = false;
  /** How long its steps took, with what was done between them: those that one thread made, and of these those after the first. */
  #aloneMs = 0;
  #usualMs = 0;
  #usualSteps = 0;
  #helpedSteps = 0;
  /** When the newest step ended, or the first began. */
  #endedAt = 0;
  #told = 0;
  #toldAt = 0;

  constructor(budget: Budget) {
    const isSpent = (step: number) =>
      (budget.steps !== null && step >= budget.steps) || (budget.ms !== null && (this.ms ?? 0) >= budget.ms);
    this.callback = {
      onTrainBegin: () => {
        this.#endedAt = this.#now?.() ?? 0;
      },
      // A stop may have come with the budget's last step.
      onStepBegin: ({ step }) => (isSpent(step - 1) ? "stop" : undefined),
      onStepEnd: ({ step }, run) => {
        this.#countStep(step);
        // Whoever has so much time is not to come further because others had nothing to do.
        if (budget.ms === null && this.#usualSteps >= leastUsualSteps)
          this.#isHelped = this.#threads?.take(this.#now === null ? null : this.#endedAt) ?? false;
        const { ms } = this;
        const isDue = ms === null ? step % tellEverySteps === 0 : ms - this.#toldAt >= tellEveryMs;
        if (isDue) this.tell(run);
        return isSpent(step) ? "stop" : undefined;
      },
    };
    explainStop(this.callback, () => plainReason("budget"));
  }

  /** It is about to begin, or to go on. `threads`: those of others, that may help. */
  begin(tell: (progress: JobProgress) => void, threads: LentThreads | null): void {
    this.#tell = tell;
    this.#threads = threads;
    this.#isHelped = false;
  }

  /**
   * How long its steps took, with what was done between them. Where others helped, as long as its own thread would have taken: in a
   * race, times are compared.
   */
  get ms(): number | null {
    if (this.#now === null) return null;
    return this.#aloneMs + (this.#helpedSteps === 0 ? 0 : (this.#helpedSteps * this.#usualMs) / this.#usualSteps);
  }

  tell(run: Run): void {
    const { ms } = this;
    this.#toldAt = ms ?? 0;
    this.#tell({ from: this.#told, losses: Doubles.from(run.loss.slice(this.#told)), ms });
    this.#told = run.loss.length;
  }

  #countStep(step: number): void {
    const endedAt = this.#now?.() ?? 0;
    const took = endedAt - this.#endedAt;
    this.#endedAt = endedAt;
    if (this.#isHelped) {
      this.#helpedSteps++;
      return;
    }
    this.#aloneMs += took;
    if (step === 1) return;
    this.#usualMs += took;
    this.#usualSteps++;
  }
}
