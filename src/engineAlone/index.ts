// The engine as a package for Node and browsers: its public API, and threads that it may ask for. Bundled as dist/engine/index.js.

import { setEngineHost } from "../engine/host.ts";
import { canStartHelpers, startHelper } from "./helperThreads.ts";

import { jobWorkers } from "./jobWorkers.ts";

export * from "../engine/index.ts";

setEngineHost({ startHelper: canStartHelpers ? startHelper : null, jobWorkers, now: () => performance.now() });
