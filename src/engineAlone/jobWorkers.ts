// Starts the workers of races where VS Code does not: worker threads in Node, module workers in a browser.

import { threadWorker } from "../engine/experiments/threadWorker.ts";
import type { JobWorkers } from "../engine/host.ts";
import { coreCount, isNode, nodeThreadsNow } from "./platform.ts";

const startInBrowser: JobWorkers["start"] = (listen, gone) => {
  try {
    // The address stands within the call: so bundlers find the file, and take it along.
    const worker = new Worker(new URL("./jobWorker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<unknown>) => listen(data);
    worker.onerror = ({ message }) => {
      worker.terminate();
      gone(message);
    };
    // A page that is left ends its workers, whatever they do.
    const keepAwake = () => undefined;
    return { post: (message) => worker.postMessage(message), keepAwake, end: () => worker.terminate() };
  } catch {
    // A file of another origin, or none beside a bundle: the trainings run where they were asked for.
    return null;
  }
};

const startInNode: JobWorkers["start"] = (listen, gone) => {
  const threads = nodeThreadsNow();
  if (threads === null) return null;
  const worker = new threads.Worker(new URL("./jobWorker.js", import.meta.url), { execArgv: [], env: {} });
  return threadWorker(worker, listen, gone);
};

/** `null` where there can be none: also in a Node before 20.16, which knows its threads only later. */
export const jobWorkers: JobWorkers | null = (isNode ? nodeThreadsNow() !== null : typeof Worker === "function")
  ? { count: coreCount, start: isNode ? startInNode : startInBrowser }
  : null;
