// Starts the engine's helper threads: workers that end with the thread that started them.

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
