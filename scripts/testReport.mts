// Counts of tests, from whatever ran them, and the line that sums them up.

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noTests: TestReport = { passed: 0, failed: 0, skipped: 0 };

export function addReport(a: TestReport, b: TestReport): TestReport {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** "12 passed, 0 failed", and what was skipped where something was. */
export function reportLine({ passed, failed, skipped }: TestReport): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

export function parseReport(text: string): TestReport {
  const { passed, failed, skipped } = JSON.parse(text) as Partial<TestReport>;
  if (typeof passed !== "number" || typeof failed !== "number" || typeof skipped !== "number") {
    throw new Error(`This is no report of tests: ${text.slice(0, 200)}`);
  }
  return { passed, failed, skipped };
}

/** The counts of Vitest's JSON reporter. A file that could not even be loaded counts as one failure. */
export function vitestReport(text: string): TestReport {
  const result = JSON.parse(text) as {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
    readonly numPendingTests: number;
    readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
  };
  const unloaded = result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded.length,
    skipped: result.numPendingTests,
  };
}
