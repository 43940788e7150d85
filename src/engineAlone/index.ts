// The engine as a package for Node and browsers: its public API, with what their platform offers: threads, and in Node files. Bundled as dist/engine/index.js.

import { exporters } from "../engine/exports/exporters.ts";
import { engineHost, setEngineHost } from "../engine/host.ts";
import { fileHooks } from "./files.ts";
import { canStartHelpers, startHelper } from "./helperThreads.ts";
import { jobWorkers } from "./jobWorkers.ts";

export * from "../engine/index.ts";

setEngineHost({
  startHelper: canStartHelpers ? startHelper : null,
  jobWorkers,
  exporters: () => exporters,
  ...fileHooks(engineHost().readDataFile),
  now: () => performance.now(),
});
