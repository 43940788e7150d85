// Starts the engine's helper threads where VS Code does not: worker threads in Node, module workers in a browser. None is started before the engine asks for one.

import type { HelperWork } from "../engine/host.ts";
import { isNode, nodeThreads, nodeThreadsNow } from "./platform.ts";

/** Whether there can be any. */
export const canStartHelpers: boolean = isNode || typeof Worker === "function";

/** Gives what ends the helper; `null` where its file cannot be run from here. */
export function startHelper(work: HelperWork): (() => void) | null {
  try {
    return isNode ? startInNode(work) : startInBrowser(work);
  } catch {
    // A file of another origin, or none beside a bundle: the engine computes on with the threads there are.
    return null;
  }
}

/** The address stands within the call: so bundlers find the file, and take it along. */
function startInBrowser(work: HelperWork): () => void {
  const worker = new Worker(new URL("./helperThread.js", import.meta.url), { type: "module" });
  worker.postMessage(work);
  return () => worker.terminate();
}

function startInNode(work: HelperWork): () => void {
  const file = new URL("./helperThread.js", import.meta.url);
  const start = ({ Worker }: Awaited<ReturnType<typeof nodeThreads>>) => {
    const worker = new Worker(file, { workerData: work, execArgv: [], env: {} });
    // The program ends when its own work is done.
    worker.unref();
    // One that fails is one that never took anything: the engine goes on without it.
    worker.on("error", () => undefined);
    return worker;
  };
  const threads = nodeThreadsNow();
  if (threads !== null) {
    const worker = start(threads);
    return () => void worker.terminate();
  }
  let isEnded = false;
  const later = nodeThreads().then((loaded) => (isEnded ? null : start(loaded)));
  return () => {
    isEnded = true;
    void later.then((worker) => worker?.terminate());
  };
}
