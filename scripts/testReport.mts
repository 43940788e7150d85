// What came of tests, whatever ran them: results by name, counts of them, and the line that sums up.

import path from "node:path";

export interface TestResult {
  /** What runs in one window and is tried again as a whole: a journey's file, a chapter of the suite. */
  readonly group: string;
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
}

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The names of tests that passed only when they were tried again. */
  readonly secondTry: readonly string[];
}

export const noTests: TestReport = { passed: 0, failed: 0, skipped: 0, secondTry: [] };

export function addReport(a: TestReport, b: TestReport): TestReport {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    secondTry: [...a.secondTry, ...b.secondTry],
  };
}

/** "12 passed, 0 failed", what was skipped where something was, and what passed only when it was tried again. */
export function reportLine({ passed, failed, skipped, secondTry }: TestReport): string {
  const again = `; ${secondTry.length} needed a second try: ${secondTry.join(", ")}`;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}${secondTry.length > 0 ? again : ""}`;
}

export function parseReport(text: string): TestReport {
  const { passed, failed, skipped, secondTry } = JSON.parse(text) as Partial<TestReport>;
  const isCount = (count: unknown) => typeof count === "number";
  if (!isCount(passed) || !isCount(failed) || !isCount(skipped) || !Array.isArray(secondTry)) {
    throw new Error(`This is no report of tests: ${text.slice(0, 200)}`);
  }
  return { passed, failed, skipped, secondTry };
}

export function countResults(results: readonly TestResult[]): TestReport {
  const count = (state: TestResult["state"]) => results.filter((result) => result.state === state).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped"), secondTry: [] };
}

/** The groups in which a test failed, each once. */
export function failedGroups(results: readonly TestResult[]): readonly string[] {
  return [...new Set(results.filter(({ state }) => state === "failed").map(({ group }) => group))];
}

/** What counts after failed groups ran once more: their second results, where there are any. */
export function countSecondTry(first: readonly TestResult[], second: readonly TestResult[]): TestReport {
  const again = new Set(second.map(({ group }) => group));
  const failsAgain = new Set(failedGroups(second));
  const mended = first.filter(({ group, state }) => state === "failed" && again.has(group) && !failsAgain.has(group));
  return {
    ...countResults([...first.filter(({ group }) => !again.has(group)), ...second]),
    secondTry: mended.map(({ group, name }) => `${group} › ${name}`),
  };
}

/** Of Vitest's JSON reporter; each file is a group. A file that failed while no test in it did, as when its window did not open, counts as one failure. */
export function vitestResults(text: string): readonly TestResult[] {
  const { testResults } = JSON.parse(text) as {
    readonly testResults: readonly {
      readonly name: string;
      readonly status: string;
      readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
    }[];
  };
  return testResults.flatMap(({ name: file, status, assertionResults }) => {
    const group = path.basename(file, ".test.ts");
    const results = assertionResults.map(({ title, status }): TestResult => {
      return { group, name: title, state: status === "passed" || status === "failed" ? status : "skipped" };
    });
    const isUnexplained = status === "failed" && failedGroups(results).length === 0;
    return isUnexplained ? [...results, { group, name: "its beginning or end", state: "failed" }] : results;
  });
}
