// What the engine reads and writes in Node: models where the program says, and the data sets beside the package's own files. In a browser there is neither.

import type { EngineHost } from "../engine/host.ts";
import { filesIn } from "../engine/saving/fileSystem.ts";
import { nodeModuleNow } from "./platform.ts";

/** Hooks for the engine; none where there is no file system. */
export function fileHooks(readElsewhere: EngineHost["readDataFile"]): Partial<EngineHost> {
  const fs = nodeModuleNow<typeof import("node:fs")>("node:fs");
  const path = nodeModuleNow<typeof import("node:path")>("node:path");
  if (fs === null || path === null) return {};
  return {
    // Relative paths begin where the program was started.
    files: filesIn(fs, path, () => process.cwd()),
    readDataFile(name) {
      const file = new URL(`data/${encodeURIComponent(name)}`, import.meta.url);
      // A bundler may have taken the module elsewhere: then it is said how to give the data.
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : readElsewhere(name);
    },
  };
}
