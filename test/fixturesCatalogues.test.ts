// Metrics against reference values of another library, through the public API.

import { describe, expect, it } from "vitest";
import type { CaseResult } from "./support/fixtureChecks/caseResult.ts";
import { checkMetrics, type MetricsFile } from "./support/fixtureChecks/metrics.ts";
import { readFixture } from "./support/fixtures.ts";

function expectAll(results: readonly CaseResult[]): void {
  it.each(results)("$name agrees", ({ worst, skipped }) => {
    if (skipped === undefined) expect(worst).toBeLessThanOrEqual(1);
    else expect(skipped).not.toBe("");
  });
}

describe("metrics", () => expectAll(checkMetrics(readFixture<MetricsFile>("metrics.json"))));
