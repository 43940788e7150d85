// Every notebook of the course runs from top to bottom, answers its exercises when they are solved, and comes to the numbers that it speaks of.

import path from "node:path";
import { describe, expect, test } from "vitest";
import type { DiagnosisView, GradientsView } from "../src/shared/views.ts";
import { cellsOf, lessonNames, programsAlike, runLesson, type Shown } from "./support/lessons.ts";

/** What each notebook must come to. */
const keyNumbers: Readonly<Record<string, (shown: Shown) => void>> = {
  "01-neurons.nnbook": ({ text }) => {
    expect(text).toContain("{ and: [ 0, 0, 0, 1 ], or: [ 0, 1, 1, 1 ], nand: [ 1, 1, 1, 0 ] }");
    // One neuron shrugs at XOR, a hidden layer solves it.
    expect(text).toContain("[ '0.50', '0.50', '0.50', '0.50' ]");
    expect(text).toMatch(/\[ '0\.0\d', '(0\.9\d|1\.00)', '(0\.9\d|1\.00)', '0\.0\d' \]/);
  },
  "02-activation-functions.nnbook": ({ text }) => {
    const numbers = (name: string) => new RegExp(`${name}: Tensor \\[1, 3\\]\\s+(.*\\])`).exec(text)?.[1];
    expect(numbers("twoLayers")).toBe("[[  7.25, -3.375, -1.125]]");
    expect(numbers("oneLayer")).toBe("[[  7.25, -3.375, -1.125]]");
    expect(numbers("withRelu")).toBe("[[ 0.25, 0.125, -0.25]]");
    const [, linear, curved] = /linear: ([\d.]+) {2}tanh: ([\d.]+)/.exec(text) ?? [];
    expect(Number(linear)).toBeLessThan(0.65);
    expect(Number(curved)).toBeGreaterThan(0.99);
  },
  "05-vanishing-gradients.nnbook": ({ views }) => {
    const verdicts = views<GradientsView>("gradients").map((view) => view.runs.map((run) => run.verdict.kind));
    expect(verdicts).toEqual([["vanishing"], ["vanishing", "healthy"]]);
    // The diagnosis names the cause in one, and leaves the other alone.
    const [diagnosis] = views<DiagnosisView>("diagnosis");
    const grave = diagnosis?.findings.filter(({ tone }) => tone !== "info") ?? [];
    expect(grave.map(({ kind, run }) => `${kind} ${run}`)).toEqual(["vanishing 0", "noProgress 0", "slowLayer 0"]);
  },
};

/** The Korean notebooks hold the same programs: running those of one language is enough, unless all are asked for. */
const folders = process.env.LESSONS === "all" ? ["", "ko"] : [""];

describe.each(lessonNames)("%s", (name) => {
  test.each(folders)("runs without an error, and shows what it speaks of %s", { timeout: 180_000 }, async (folder) => {
    const shown = await runLesson(path.join(folder, name));
    const { cells } = shown.report;
    expect(cells.filter((cell) => !cell.ok)).toEqual([]);
    expect(shown.report.ok).toBe(true);
    const outputs = cells.flatMap((cell) => cell.outputs);
    expect(outputs.length).toBeGreaterThan(0);
    // A view alone would be nothing to those who read the file elsewhere.
    const withoutText = outputs.filter(
      (output) =>
        Object.keys(output).some((mime) => mime.startsWith("application/vnd.nnbook.")) && !("text/plain" in output),
    );
    expect(withoutText).toEqual([]);
    // Each exercise is open first, and right with its solution.
    const marks = shown.checks.map((text) => text.slice(0, 1)).join("");
    expect(marks, shown.checks.join("\n")).toBe("…✓".repeat(shown.solutionCount));
    keyNumbers[name]?.(shown);
  });

  test("is the same program in Korean", async () => {
    const [english, korean] = [await cellsOf(name), await cellsOf(path.join("ko", name))];
    expect(korean.map(({ kind }) => kind)).toEqual(english.map(({ kind }) => kind));
    for (const [index, { kind, source }] of korean.entries()) {
      const [own, other] = [source.join("\n"), english[index]?.source.join("\n") ?? ""];
      if (kind === "markdown") expect(own).toMatch(/\p{Script=Hangul}/u);
      else {
        const [expected, actual] = programsAlike(other, own);
        expect(actual).toEqual(expected);
      }
    }
  });
});

test("every key number belongs to a notebook that is there", () => {
  expect(lessonNames).toEqual(expect.arrayContaining(Object.keys(keyNumbers)));
});
