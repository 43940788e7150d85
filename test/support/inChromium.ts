// Tests in Chromium: left out on a machine without one, never in CI, where a green run must mean that they ran.

import { findChromium } from "../../scripts/host/setUpChromium.mts";

// `npm test` installs one first where it can.
const chromium = findChromium();
if (chromium !== null) process.env.NNBOOK_CHROMIUM ??= chromium;

export const skipsChromium = chromium === null && process.env.CI === undefined;
