// "Why does this not learn?": the findings of the diagnosis of a run, each with its evidence and what to try.

import { savedDiagnosis, savedNote } from "./savedRuns.ts";
import { askKernel, goneRun, type RunInput, runOf, type ToolContext } from "./toolContext.ts";

export type DiagnosisInput = RunInput;

export async function readDiagnosis(context: ToolContext, input: DiagnosisInput): Promise<object> {
  const run = runOf(context, input);
  const { live, saved } = run;
  const answer = await askKernel(run, { kind: "diagnoseRun", runId: run.runId });
  if (answer !== null) {
    const outdated = live?.runs.outdated((cellId) => live.textOf(cellId)) ?? [];
    // What the code says now may differ from what was trained: whoever advises must know.
    return { ...answer, cellsChangedSince: outdated.includes(run.runId) };
  }
  const shown = saved && savedDiagnosis(saved, context.locale);
  if (shown) return { ...shown, note: savedNote };
  throw goneRun(run);
}
