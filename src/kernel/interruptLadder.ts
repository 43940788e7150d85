// The supervisor's half of a stop that keeps variables: first the engine's own flag, then the guarded end of whatever runs.
// When neither takes, only a restart helps, which is the session's to do.

import { stopReasons } from "./workerProtocol.ts";
import { type WorkerThread, wait } from "./workerThread.ts";

/** How long a fit gets to end between two steps. */
const trainingGraceMs = 300;
const pingLimitMs = 100;
const attempts = 20;

export interface LadderOptions {
  readonly worker: WorkerThread;
  readonly stopFlag: Int32Array;
  /** The cell run that began last. */
  readonly execution: () => number;
  readonly isRunning: () => boolean;
  readonly isTraining: () => boolean;
}

/** Stops what the worker runs; `false` when it would not stop. */
export async function climbInterruptLadder(options: LadderOptions): Promise<boolean> {
  const { worker, stopFlag } = options;
  const execution = options.execution();
  const isOver = () => options.execution() !== execution || !options.isRunning();
  Atomics.store(stopFlag, 0, stopReasons.interrupt);
  try {
    // Another message may still say that the cell is over.
    const graceEnd = performance.now() + trainingGraceMs;
    while (options.isTraining() && !isOver() && performance.now() < graceEnd) await wait(5);
    if (options.isRunning() && isOver()) return true;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const result = await worker.evaluate(`$nn.interrupt(${attempt}, ${execution})`);
      if (!(await worker.answersPing(pingLimitMs))) continue;
      const how = result === "terminated" ? "terminated" : "abandoned";
      worker.post({ kind: "endInterrupted", execution, how });
      return true;
    }
    return false;
  } finally {
    Atomics.store(stopFlag, 0, stopReasons.none);
  }
}
