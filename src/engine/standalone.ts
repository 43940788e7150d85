// The engine as a module of its own, dist/engine: the public API, computing on the fastest backend of whatever runs it.

import { useBackend } from "./index.ts";

export * from "./index.ts";

useBackend();
