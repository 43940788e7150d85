// The supervisor's half of a stop that keeps variables: first the engine's own flag, then the guarded end of whatever runs.
// Where neither takes for a while, the user is told: only a restart helps at once, which is the session's to do. The stop stays asked for.

import { stopReasons } from "../workerProtocol.ts";
import { type WorkerThread, wait } from "../workerThread.ts";

const pingLimitMs = 100;
/** A user waits no longer than this for a word. */
const patienceMs = 3000;

/** How long a fit gets to end between two steps, unless told otherwise. */
export const usualTrainingGraceMs = 300;

export interface LadderOptions {
  readonly worker: Pick<WorkerThread, "evaluate" | "answersPing" | "post">;
  readonly stopFlag: Int32Array;
  /** The cell run that began last. */
  readonly execution: () => number;
  readonly isRunning: () => boolean;
  readonly isTraining: () => boolean;
  readonly trainingGraceMs: number;
  /** Called once when it has not stopped for a while. */
  readonly hesitates: () => void;
  readonly now: () => number;
}

/** Resolves once what the worker ran has stopped, or another cell has begun. */
export async function climbInterruptLadder(options: LadderOptions): Promise<void> {
  const { worker, stopFlag, trainingGraceMs, now } = options;
  const execution = options.execution();
  const isOther = () => options.execution() !== execution;
  const wasRunning = options.isRunning();
  // Of an idle worker what cells left behind is stopped: that has no end of its own.
  const isOver = () => isOther() || (wasRunning && !options.isRunning());
  const startedMs = now();
  let isTold = false;
  Atomics.store(stopFlag, 0, stopReasons.interrupt);
  try {
    // Another message may still say that the cell is over.
    while (options.isTraining() && !isOver() && now() < startedMs + trainingGraceMs) await wait(5);
    // A long call into native code notices nothing until it returns, and then must not go on.
    for (let attempt = 1; !isOver(); attempt++) {
      const result = await worker.evaluate(`$nn.interrupt(${attempt}, ${execution})`);
      if (await worker.answersPing(pingLimitMs)) {
        const how = result === "terminated" ? "terminated" : "abandoned";
        worker.post({ kind: "endInterrupted", execution, how });
        return;
      }
      if (isTold || now() < startedMs + patienceMs) continue;
      isTold = true;
      options.hesitates();
    }
  } finally {
    Atomics.store(stopFlag, 0, stopReasons.none);
  }
}
