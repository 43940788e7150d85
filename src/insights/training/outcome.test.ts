// What is said of how a loss went: fell, rose, stays at a guess, holds.

import { expect, test } from "vitest";
import { syntheticLayer, syntheticRun } from "../../../test/support/syntheticRun.ts";
import { diagnosisView } from "../index.ts";
import { outcomeSentence } from "./outcome.ts";

function said(train: readonly number[], guessLoss: number | null = 4.5) {
  const history = [{ name: "loss", measure: "mse", better: "lower", train, validation: null } as const];
  const run = syntheticRun([syntheticLayer("a", [0.01, 0.01])], { history, guessLoss });
  const kinds = diagnosisView([{ run, runId: "r" }]).findings.map(({ kind }) => kind);
  return [outcomeSentence(run)?.messages[0]?.id, kinds.includes("noProgress")];
}

test("a loss that went nowhere neither fell nor rose", () => {
  expect(said([0.909, 0.909, 0.90901])).toEqual(["lossHolds", false]);
  expect(said([0.909, 0.909, 0.90899], null)).toEqual(["lossHolds", false]);
});

test("a net that has learned long since wavers: that is no fault", () => {
  expect(said([0.0108, 0.0105, 0.0112])).toEqual(["lossHolds", false]);
  expect(said([0.0108, 0.02, 0.05])).toEqual(["lossRose", true]);
  expect(said([3.9, 4.0, 4.1])).toEqual(["lossRose", true]);
  expect(said([4.49, 4.5, 4.51])).toEqual(["lossStaysAtGuess", true]);
  expect(said([4, 2, 1])).toEqual(["lossFell", false]);
});

test("a loss that fell to that of guessing did fall, and one that rose to it did not stay", () => {
  expect(said([9, 4.7, 4.51])).toEqual(["lossFellToGuess", true]);
  expect(said([3, 4, 4.49])).toEqual(["lossRose", true]);
  const history = [{ name: "loss", measure: "mse", better: "lower", train: [9, 4.7, 4.5], validation: null } as const];
  const run = syntheticRun([syntheticLayer("a", [0.01, 0.01])], { history, guessLoss: 4.5 });
  const found = diagnosisView([{ run, runId: "r" }]).findings.find(({ kind }) => kind === "noProgress");
  expect(found?.title.id).toBe("foundNoBetterThanGuess");
});

test("two epochs that are next to the same are too few to say that a loss stays", () => {
  expect(said([0.71, 0.709], 0.71)).toEqual(["lossEarly", false]);
  expect(said([0.71, 0.709, 0.708], 0.75)).toEqual(["lossHolds", false]);
  expect(said([0.71, 0.6], 0.71)).toEqual(["lossFell", false]);
});
