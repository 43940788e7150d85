// Runs the renderer's promises in Chromium; left out where there is none, except in CI.

import { afterAll, beforeAll, describe, test } from "vitest";
import { controlChecks } from "./renderer/controlChecks.mts";
import { curveChecks } from "./renderer/curveChecks.mts";
import { dataChecks } from "./renderer/dataChecks.mts";
import { diagnosisChecks } from "./renderer/diagnosisChecks.mts";
import { errorChecks } from "./renderer/errorChecks.mts";
import { RendererHarness } from "./renderer/harness.mts";
import { linkedChecks } from "./renderer/linkedChecks.mts";
import { netChecks } from "./renderer/netChecks.mts";
import { raceChecks } from "./renderer/raceChecks.mts";
import { raceRoomChecks } from "./renderer/raceRoomChecks.mts";
import { rendererChecks } from "./renderer/rendererChecks.mts";
import { savedChecks } from "./renderer/savedChecks.mts";
import { scrollChecks } from "./renderer/scrollChecks.mts";
import { surfaceChecks } from "./renderer/surfaceChecks.mts";
import { trainingChecks } from "./renderer/trainingChecks.mts";
import { trainingRoomChecks } from "./renderer/trainingRoomChecks.mts";
import { skipsChromium } from "./support/inChromium.ts";

describe.skipIf(skipsChromium)("the renderer in Chromium", () => {
  let harness: RendererHarness;
  beforeAll(async () => {
    harness = await RendererHarness.start();
  });
  afterAll(() => harness?.stop());

  for (const [claim, check] of Object.entries({
    ...rendererChecks,
    ...savedChecks,
    ...trainingChecks,
    ...trainingRoomChecks,
    ...controlChecks,
    ...raceChecks,
    ...raceRoomChecks,
    ...surfaceChecks,
    ...curveChecks,
    ...linkedChecks,
    ...netChecks,
    ...dataChecks,
    ...scrollChecks,
    ...diagnosisChecks,
    ...errorChecks,
  }))
    test(claim, { timeout: 240_000 }, () => check(harness));
});
