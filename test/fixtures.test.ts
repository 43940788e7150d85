// Activations, losses, regularizers, metrics and initializers against reference values of other libraries, through the public API.

import { describe, expect, it } from "vitest";
import { type ActivationsFile, checkActivations } from "./support/fixtureChecks/activations.ts";
import type { CaseResult } from "./support/fixtureChecks/caseResult.ts";
import { checkInitializers, type InitializersFile } from "./support/fixtureChecks/initializers.ts";
import { checkLosses, type LossesFile } from "./support/fixtureChecks/losses.ts";
import { checkMetrics, type MetricsFile } from "./support/fixtureChecks/metrics.ts";
import { readFixture } from "./support/fixtures.ts";

/** A test for each case; those that a convention excludes are listed with the reason. */
function expectAll(results: readonly CaseResult[], excluded: readonly string[] = []): void {
  for (const { name, worst, skipped } of results) {
    if (skipped === undefined) it(`${name} agrees`, () => expect(worst).toBeLessThanOrEqual(1));
    else it.skip(`${name}: ${skipped}`);
  }
  it("leaves out no case but those that are known to follow another convention", () => {
    expect(results.filter(({ skipped }) => skipped !== undefined).map(({ name }) => name)).toEqual(excluded);
    expect(results.length).toBeGreaterThan(excluded.length);
  });
}

describe("activations", () =>
  expectAll(checkActivations(readFixture<ActivationsFile>("activations.json")), ["hard_sigmoid_keras2"]));

describe("losses", () => expectAll(checkLosses(readFixture<LossesFile>("losses.json"))));

describe("metrics", () => expectAll(checkMetrics(readFixture<MetricsFile>("metrics.json"))));

describe("initializers", () => expectAll(checkInitializers(readFixture<InitializersFile>("initializers.json"))));
