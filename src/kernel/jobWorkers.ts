// Starts the workers of races: threads with an engine of their own.

import os from "node:os";
import { Worker } from "node:worker_threads";
import type { JobWorkers } from "../engine/host.ts";

/** How the engine starts a worker, from the file of one. `count`: as many as may run at once. */
export function jobWorkersFrom(file: string | URL, count: () => number): JobWorkers {
  return {
    count,
    start(listen, gone) {
      const worker = new Worker(file, { execArgv: [], env: {}, name: "nnbook race" });
      let reason = "it ended by itself";
      worker.on("message", listen);
      worker.on("error", (error) => {
        reason = error instanceof Error ? error.message : String(error);
      });
      // Also after an error; told to end, nobody listens any more.
      worker.on("exit", () => gone(reason));
      return {
        post: (message) => worker.postMessage(message),
        end: () => {
          worker.removeAllListeners("message");
          worker.removeAllListeners("exit");
          void worker.terminate();
        },
      };
    },
  };
}

/** How many trainings may run at once for the setting of threads: 0 means one for each core. */
export function jobCount(setting: number, cores: number = os.availableParallelism()): number {
  return setting >= 1 ? Math.floor(setting) : Math.max(cores, 1);
}
