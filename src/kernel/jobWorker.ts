// A worker of a race: an engine of its own that carries out one training after the other. Bundled as jobWorker.cjs.

import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { serveJobs } from "../engine/experiments/jobWorker.ts";
import { setEngineHost } from "../engine/host.ts";

const port = parentPort;
if (port === null) throw new Error("jobWorker.cjs runs as a worker thread.");
setEngineHost({ now: performance.now.bind(performance) });
port.on(
  "message",
  serveJobs((message, handedOver) => port.postMessage(message, handedOver)),
);
