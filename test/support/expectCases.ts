// Makes a test of each case that a check of fixtures found.

import { expect, it } from "vitest";
import type { CaseResult } from "./fixtureChecks/caseResult.ts";

/** A test for each case; those that a convention excludes are `excluded`, by name, and listed with the reason. */
export function expectCases(results: readonly CaseResult[], excluded: readonly string[] = []): void {
  for (const { name, worst, skipped, error } of results) {
    if (skipped === undefined) it(`${name} agrees`, () => expect(worst, error).toBeLessThanOrEqual(1));
    else it.skip(`${name}: ${skipped}`);
  }
  it("leaves out no case but those that are known to follow another convention", () => {
    expect(results.filter(({ skipped }) => skipped !== undefined).map(({ name }) => name)).toEqual(excluded);
    expect(results.length).toBeGreaterThan(excluded.length);
  });
}
