// Where the findings of a run's diagnosis are marked in the code, and when no longer.

import { expect, test } from "vitest";
import { layerReport, runReport } from "../../../test/support/runReports.ts";
import type { RunFinding } from "../../shared/layerReport.ts";
import type { ModelProblem, ModelsInCode } from "../../shared/modelsInCode.ts";
import { RunStore } from "../runs/runStore.ts";
import { isReplaced, runFindings } from "./runFindings.ts";

const source = "const model = sequential([\n  layers.dense(16),\n]);";
const vanishing: RunFinding = {
  kind: "vanishing",
  tone: "warning",
  title: { id: "foundVanishing", args: {} },
  messages: [],
  layer: "dense_3",
  remedies: [],
};
const rate: RunFinding = {
  ...vanishing,
  kind: "rateTooHigh",
  title: { id: "foundRateTooHigh", args: {} },
  layer: null,
};
const nothing: ModelsInCode = { layers: [], problems: [], fits: [] };

function marked(findings: readonly RunFinding[], { described = nothing, text = source, runs = 1 } = {}) {
  const store = new RunStore();
  for (let run = 1; run <= runs; run++)
    store.report(
      `cell:${run}`,
      run,
      runReport({ runId: `fit-${run}`, findings, layers: [layerReport()] }),
      new Map([["cell:a", source]]),
    );
  const textOf = (cellId: string) => (cellId === "cell:a" ? text : undefined);
  return runFindings({ runs: store, textOf, isOld: () => text !== source }, described, "en");
}

test("a finding stands at the call of its layer, in words", () => {
  expect(marked([vanishing])).toMatchObject([
    {
      kind: "vanishing",
      severity: "warning",
      cellId: "cell:a",
      offset: source.indexOf("dense"),
      run: { runId: "fit-1" },
    },
  ]);
  expect(marked([vanishing])[0]?.message).toMatch(/^Gradients vanish/);
});

test("one about the whole run stands at its fit, where its cell has one", () => {
  const fit = { cellId: "cell:1", offset: 7 };
  expect(marked([rate], { described: { ...nothing, fits: [fit, { cellId: "cell:9", offset: 1 }] } })).toMatchObject([
    fit,
  ]);
  expect(marked([rate], { described: { ...nothing, fits: [fit, { ...fit, offset: 20 }] } })).toEqual([]);
  expect(marked([rate])).toEqual([]);
});

test("after an edit it is gone; of several runs the newest speaks", () => {
  expect(marked([vanishing], { text: `${source} ` })).toEqual([]);
  expect(marked([vanishing], { runs: 3 }).map(({ run }) => run.runId)).toEqual(["fit-3"]);
});

test("what the code alone showed in the same cell gives way to the run's numbers", () => {
  const problem: ModelProblem = {
    ...{ cellId: "cell:a", span: { start: 0, length: 1 }, severity: "warning", code: "deep-sigmoid" },
    ...{ message: "", fixes: [] },
  };
  const found = marked([vanishing]);
  expect(isReplaced(problem, found)).toBe(true);
  expect(isReplaced({ ...problem, cellId: "cell:b" }, found)).toBe(false);
  expect(isReplaced({ ...problem, code: "output-loss" }, found)).toBe(false);
});
