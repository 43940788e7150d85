// A worker of a race outside VS Code: an engine of its own. Bundled as dist/engine/jobWorker.js.

import { serveJobs } from "../engine/experiments/jobWorker.ts";
import { setEngineHost } from "../engine/host.ts";
import { isNode, nodeThreads } from "./platform.ts";

setEngineHost({ now: () => performance.now() });
if (isNode) {
  const port = (await nodeThreads()).parentPort;
  port?.on(
    "message",
    serveJobs((message, handedOver) => port.postMessage(message, handedOver)),
  );
} else {
  const serve = serveJobs((message, handedOver) => postMessage(message, { transfer: handedOver }));
  addEventListener("message", ({ data }: MessageEvent<unknown>) => serve(data));
}
