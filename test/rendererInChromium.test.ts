// Runs the renderer's promises in Chromium; left out where there is none, except in CI.

import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, test } from "vitest";
import { RendererHarness } from "./renderer/harness.mts";
import { checks } from "./renderer/rendererChecks.mts";

const noChromium = !existsSync(process.env.NNBOOK_CHROMIUM ?? "/usr/bin/chromium") && process.env.CI === undefined;

describe.skipIf(noChromium)("the renderer in Chromium", () => {
  let harness: RendererHarness;
  beforeAll(async () => {
    harness = await RendererHarness.start();
  });
  afterAll(() => harness?.stop());

  for (const [claim, check] of Object.entries(checks)) test(claim, { timeout: 60_000 }, () => check(harness));
});
