// A helper thread of the engine outside VS Code. Bundled as dist/engine/helperThread.js.

import { runHelper } from "../engine/backend/simd/threads/helperThread.ts";
import type { HelperWork } from "../engine/host.ts";
import { isNode, nodeThreads } from "./platform.ts";

// Whoever starts this file gives it nothing else.
if (isNode) runHelper((await nodeThreads()).workerData as HelperWork);
else addEventListener("message", ({ data }: MessageEvent<HelperWork>) => runHelper(data), { once: true });
