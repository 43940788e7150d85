// What counts as passed and failed when tests ran in a real VS Code, once or twice.

import { expect, test } from "vitest";
import {
  addReport,
  countResults,
  countSecondTry,
  failedGroups,
  noTests,
  parseReport,
  reportLine,
  type TestResult,
  vitestResults,
} from "../scripts/testReport.mts";

function results(group: string, states: Readonly<Record<string, TestResult["state"]>>): readonly TestResult[] {
  return Object.entries(states).map(([name, state]) => ({ group, name, state }));
}

const code = results("code", { hover: "passed", rename: "passed" });
const failing = results("views", { link: "passed", card: "failed", save: "skipped" });
const first = [...code, ...failing];

test("what failed and then passed counts as passed, and is named", () => {
  expect(failedGroups(first)).toEqual(["views"]);
  const report = countSecondTry(first, results("views", { link: "passed", card: "passed", save: "passed" }));
  expect(report).toEqual({ passed: 5, failed: 0, skipped: 0, secondTry: ["views › card"] });
  const line = "5 passed, 0 failed; 1 needed a second try: views › card";
  expect(reportLine(report)).toBe(line);
  expect(reportLine(addReport(noTests, parseReport(JSON.stringify(report))))).toBe(line);
});

test("what fails twice fails", () => {
  const report = countSecondTry(first, failing);
  expect(report).toEqual({ ...countResults(first), failed: 1, secondTry: [] });
  expect(reportLine(report)).toBe("3 passed, 1 failed, 1 skipped");
});

test("another step that fails the second time fails, and what it kept from running again is not taken for passed", () => {
  const report = countSecondTry(first, results("views", { link: "failed", card: "skipped", save: "skipped" }));
  expect(report).toEqual({ passed: 2, failed: 1, skipped: 2, secondTry: [] });
});

test("a group that did not run again has failed", () => {
  expect(countSecondTry(first, [])).toEqual(countResults(first));
});

test("a window that opens only the second time is named, one that never opens fails", () => {
  const json = (status: string, step: string) => {
    const assertionResults = [{ title: "link", status: step }];
    return JSON.stringify({ testResults: [{ name: "/clone/test/host/user/views.test.ts", status, assertionResults }] });
  };
  const unopened = vitestResults(json("failed", "skipped"));
  expect(reportLine(countResults(unopened))).toBe("0 passed, 1 failed, 1 skipped");
  const opened = vitestResults(json("passed", "passed"));
  expect(countSecondTry(unopened, opened)).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
  expect(countSecondTry(unopened, opened).secondTry).toEqual(["views › its beginning or end"]);
  expect(countSecondTry(unopened, unopened)).toMatchObject({ passed: 0, failed: 1 });
});

test("a text that is no report is refused", () => {
  expect(() => parseReport('{"passed": 1, "failed": 0, "skipped": 0}')).toThrow(/no report of tests/);
});
