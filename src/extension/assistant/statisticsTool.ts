// "How do the layers fare?": what a run recorded of each layer at one step.

import * as vscode from "vscode";
import { savedNote, savedStatistics } from "./savedRuns.ts";
import { askKernel, goneRun, type RunInput, runOf, type ToolContext } from "./toolContext.ts";

export interface StatisticsInput extends RunInput {
  /** Counted from 1; the newest when absent. */
  readonly step?: number;
}

/** What the measures are, for whoever has never seen them. */
const legend = {
  meanAbs: "mean |g| of the loss' gradient with respect to the layer's weights",
  signalMeanAbs: "mean |dL/dz|, z being what reaches the layer's activation",
  updateRatio: "norm of the step's update divided by the norm of the weights; about 1e-3 is usual",
  activationMean: "mean of the layer's output; activationStd its spread",
  saturatedShare: "share (0-1) of outputs where the activation's slope is below a tenth of its largest",
  deadShare: "share (0-1) of units of a ReLU that were 0 for the whole batch",
} as const;

export async function readLayerStatistics(context: ToolContext, input: StatisticsInput): Promise<object> {
  const { step = null } = input;
  if (step !== null && !(Number.isInteger(step) && step >= 1))
    throw new Error(
      vscode.l10n.t("step must be a whole number from 1 on, got {0}. Leave it out for the newest.", step),
    );
  const run = runOf(context, input);
  const answer = await askKernel(run, { kind: "readStatistics", runId: run.runId, step });
  if (answer === null) {
    const shown = run.saved && savedStatistics(run.saved, step, context.locale);
    if (shown) return { ...shown, note: savedNote, measures: legend };
    throw goneRun(run);
  }
  if (answer.recordedSteps.count === 0)
    throw new Error(
      vscode.l10n.t(
        'Run {0} recorded nothing of its layers: it was trained with trace: "off", or has not made a step. Ask the user to train without that option.',
        answer.name,
      ),
    );
  return { ...answer, measures: legend };
}
