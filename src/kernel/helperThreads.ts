// Starts the engine's helper threads: workers that end with the thread that started them.

import os from "node:os";
import { Worker } from "node:worker_threads";
import type { HelperWork } from "../engine/host.ts";

/** How the engine starts a helper, from the file of one. */
export function helperStarter(file: string | URL): (work: HelperWork) => () => void {
  return (work) => {
    const worker = new Worker(file, { workerData: work, execArgv: [], env: {} });
    worker.unref();
    // One that fails is one that never took anything: the engine goes on without it.
    worker.on("error", () => undefined);
    return () => void worker.terminate();
  };
}

/** Where nobody says how many: the machine may have other things to do. */
const mostByItself = 4;
const mostThreads = 33;

/**
 * How many threads may compute for a setting: 0 means a helper for each further core, four threads at most. The
 * engine tries out whether they gain anything.
 */
export function threadCount(setting: number, cores: number = os.availableParallelism()): number {
  if (!(setting >= 1)) return Math.min(Math.max(cores, 1), mostByItself);
  return Math.min(Math.floor(setting), mostThreads);
}
