// The engine as a package for Node and browsers: its public API, threads that it may ask for, and in Node the files that models are kept in. Bundled as dist/engine/index.js.

import { type HostFiles, setEngineHost } from "../engine/host.ts";
import { filesIn } from "../engine/saving/fileSystem.ts";
import { canStartHelpers, startHelper } from "./helperThreads.ts";
import { jobWorkers } from "./jobWorkers.ts";
import { nodeModuleNow } from "./platform.ts";

export * from "../engine/index.ts";

setEngineHost({
  startHelper: canStartHelpers ? startHelper : null,
  jobWorkers,
  files: files(),
  now: () => performance.now(),
});

/** Relative paths begin where the program was started. */
function files(): HostFiles | null {
  const fs = nodeModuleNow<typeof import("node:fs")>("node:fs");
  const path = nodeModuleNow<typeof import("node:path")>("node:path");
  return fs === null || path === null ? null : filesIn(fs, path, () => process.cwd());
}
