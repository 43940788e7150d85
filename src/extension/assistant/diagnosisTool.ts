// "Why does this not learn?": the findings of the diagnosis of a run, each with its evidence and what to try.

import { goneRun, type RunInput, runOf, type ToolContext } from "./toolContext.ts";

export type DiagnosisInput = RunInput;

export async function readDiagnosis(context: ToolContext, input: DiagnosisInput): Promise<object> {
  const { live, run } = runOf(context, input);
  const peeked = await live.peek({ kind: "diagnoseRun", runId: run.runId });
  if (peeked.kind !== "answered" || peeked.answer === null) throw goneRun(peeked.kind, run);
  const outdated = live.runs.outdated((cellId) => live.textOf(cellId));
  // What the code says now may differ from what was trained: whoever advises must know.
  return { ...peeked.answer, cellsChangedSince: outdated.includes(run.runId) };
}
