// A helper thread of the engine: takes parts of long computations until it is dismissed. Bundled as computeWorker.cjs.

import { workerData } from "node:worker_threads";
import { runHelper } from "../engine/backend/simd/threads/helperThread.ts";
import type { HelperWork } from "../engine/host.ts";

// Whoever starts this file gives it nothing else.
runHelper(workerData as HelperWork);
