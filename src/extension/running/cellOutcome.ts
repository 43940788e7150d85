// How the end of a cell's run is told in its outputs.

import type { CellRunOutcome } from "../../session/sessionEvents.ts";
import { kernelLossText } from "../../shared/words/kernelWords.ts";
import type { Locale } from "../../shared/words/message.ts";
import type { CellRun } from "./cellRun.ts";
import type { RanCell } from "./ranCells.ts";
import { kernelError, stopNote } from "./runNotes.ts";

/**
 * Whether what waits in the editor is abandoned with it. What waited when a cell was stopped, or when its kernel was
 * restarted or died, was abandoned then; cells that are run while that end is still on its way were asked for after it.
 */
export function abandonsWaiting(outcome: CellRunOutcome): boolean {
  return outcome.kind === "failed" || (outcome.kind === "lost" && outcome.loss.kind === "notCompiled");
}

/** Whether nothing of any cell goes on after it, also what earlier cells left behind: a training that stops between two steps ends by itself. */
export function endsAllCode(outcome: CellRunOutcome): boolean {
  return outcome.kind === "interrupted" && outcome.how !== "training";
}

export function outcomeOfRun({ kind }: CellRunOutcome): Exclude<RanCell["outcome"], "running"> {
  if (kind === "succeeded") return "succeeded";
  return kind === "interrupted" || kind === "skipped" ? "stopped" : "failed";
}

/** Says in the cell why it ended, where it did not come to its own end, and ends its run. */
export async function endWithOutcome(run: CellRun, outcome: CellRunOutcome, locale: Locale): Promise<void> {
  switch (outcome.kind) {
    case "succeeded":
      return run.end(true);
    case "failed":
      run.showError(outcome.error);
      return run.end(false);
    case "interrupted":
      if (!run.makesWay && (outcome.how !== "training" || !run.showsRace)) run.showNote(stopNote(outcome.how));
      return run.end(undefined);
    case "skipped":
      return run.end(undefined);
    case "lost":
      run.showError(kernelError(kernelLossText(outcome.loss, locale)));
      return run.end(false);
  }
}
