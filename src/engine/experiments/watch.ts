// Watches one training of a race between its steps: ends it where its budget does, tells how far it is, and how long its steps took.

import { engineHost } from "../host.ts";
import { Doubles } from "../intrinsics.ts";
import type { Callback } from "../training/callbacks.ts";
import { explainStop, plainReason } from "../training/earlyEnd.ts";
import type { Run } from "../training/run.ts";
import type { Budget, JobProgress } from "./job.ts";

/** How often progress is told. */
const tellEveryMs = 50;
/** Where there is no clock. */
const tellEverySteps = 100;

/** Ends a training where its budget does, and tells how far it is. */
export class Watch {
  readonly callback: Callback;
  readonly #now = engineHost().now;
  #tell: (progress: JobProgress) => void = () => undefined;
  /** How long it had trained before it was gone on with. */
  #beforeMs = 0;
  #startedAt = 0;
  /** When the newest step ended. */
  #endedAt = 0;
  #told = 0;
  #toldAt = 0;

  constructor(budget: Budget) {
    const isSpent = (step: number) =>
      (budget.steps !== null && step >= budget.steps) || (budget.ms !== null && (this.ms ?? 0) >= budget.ms);
    this.callback = {
      onTrainBegin: () => {
        this.#beforeMs = this.ms ?? 0;
        this.#startedAt = this.#now?.() ?? 0;
        this.#endedAt = this.#startedAt;
      },
      // A stop may have come with the budget's last step.
      onStepBegin: ({ step }) => (isSpent(step - 1) ? "stop" : undefined),
      onStepEnd: ({ step }, run) => {
        this.#endedAt = this.#now?.() ?? 0;
        const { ms } = this;
        const isDue = ms === null ? step % tellEverySteps === 0 : ms - this.#toldAt >= tellEveryMs;
        if (isDue) this.tell(run);
        return isSpent(step) ? "stop" : undefined;
      },
    };
    explainStop(this.callback, () => plainReason("budget"));
  }

  tellTo(tell: (progress: JobProgress) => void): void {
    this.#tell = tell;
  }

  /** How long its steps took, with what was done between them. */
  get ms(): number | null {
    return this.#now === null ? null : this.#beforeMs + this.#endedAt - this.#startedAt;
  }

  tell(run: Run): void {
    const { ms } = this;
    this.#toldAt = ms ?? 0;
    this.#tell({ from: this.#told, losses: Doubles.from(run.loss.slice(this.#told)), ms });
    this.#told = run.loss.length;
  }
}
