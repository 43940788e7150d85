// Starts the workers of races: threads with an engine of their own.

import os from "node:os";
import { Worker } from "node:worker_threads";
import { threadWorker } from "../engine/experiments/threadWorker.ts";
import type { JobWorkers } from "../engine/host.ts";

/** How the engine starts a worker, from the file of one. `count`: as many as may run at once. */
export function jobWorkersFrom(file: string | URL, count: () => number): JobWorkers {
  return {
    count,
    start: (listen, gone) =>
      threadWorker(new Worker(file, { execArgv: [], env: {}, name: "nnbook race" }), listen, gone),
  };
}

/** How many trainings may run at once for the setting of threads: 0 means one for each core. */
export function jobCount(setting: number, cores: number = os.availableParallelism()): number {
  return setting >= 1 ? Math.floor(setting) : Math.max(cores, 1);
}
