// What the mark of a cell says: that it shows what its code would no longer give, or that it did not run, and why.

import * as vscode from "vscode";
import type { Interruption } from "../running/interruptedRuns.ts";
import type { SkipReason } from "../running/ranCells.ts";
import type { StaleReason } from "./cellStates.ts";

export interface MarkText {
  /** A product icon of the editor, by its name. */
  readonly icon: string;
  readonly text: string;
  readonly why: string;
}

/** `labelOf`: how a cell is called, by its id. */
export function staleText(reason: StaleReason, labelOf: (cellId: string) => string): MarkText {
  const icon = "history";
  switch (reason.kind) {
    case "nothingRan":
      return {
        ...{ icon, text: vscode.l10n.t("from an earlier session") },
        why: vscode.l10n.t("The outputs of this notebook were saved. No cell has run since it was opened."),
      };
    case "earlierSession":
      return {
        ...{ icon, text: vscode.l10n.t("from an earlier session") },
        why: vscode.l10n.t("These outputs were saved. The cell has not run since the notebook was opened."),
      };
    case "restarted":
      return {
        ...{ icon, text: vscode.l10n.t("from before the restart") },
        why: vscode.l10n.t("The kernel in which this cell ran was restarted, and its variables are gone."),
      };
    case "kernelDied":
      return {
        ...{ icon, text: vscode.l10n.t("from before the kernel ended") },
        why: vscode.l10n.t("The kernel in which this cell ran is gone: {0}. Its variables are lost.", reason.why),
      };
    case "edited":
      return {
        ...{ icon, text: vscode.l10n.t("edited since it ran") },
        why: vscode.l10n.t("The outputs are those of an earlier text of this cell."),
      };
    case "sourceEdited":
    case "sourceRanAgain":
    case "sourceStale":
      return {
        ...{ icon, text: vscode.l10n.t("out of date") },
        why: sourceText(reason.kind, labelOf(reason.cellId), reason.name),
      };
    case "sourceRemoved":
      return {
        ...{ icon, text: vscode.l10n.t("out of date") },
        why: vscode.l10n.t("The cell that made '{0}' was removed.", reason.name),
      };
  }
}

function sourceText(kind: "sourceEdited" | "sourceRanAgain" | "sourceStale", label: string, name: string): string {
  switch (kind) {
    case "sourceEdited":
      return vscode.l10n.t("{0}, which makes or changes '{1}', was edited since it ran.", label, name);
    case "sourceRanAgain":
      return vscode.l10n.t("{0}, which makes or changes '{1}', ran again since this cell ran.", label, name);
    case "sourceStale":
      return vscode.l10n.t("{0}, which makes or changes '{1}', is out of date.", label, name);
  }
}

export function interruptionText(interruption: Interruption): MarkText {
  const [icon, text] = ["debug-disconnect", vscode.l10n.t("interrupted by a reload")] as const;
  switch (interruption) {
    case "nothingKept":
      return {
        ...{ icon, text },
        why: vscode.l10n.t("This run was interrupted by a reload; nothing of it was kept. Run the cell again."),
      };
    case "someOutputs":
      return {
        ...{ icon, text },
        why: vscode.l10n.t(
          "This run was interrupted by a reload. What stands here is what was kept of it, or is from an earlier run. Run the cell again.",
        ),
      };
  }
}

export function skipText(reason: SkipReason): MarkText {
  const [icon, text] = ["circle-slash", vscode.l10n.t("did not run")] as const;
  switch (reason.kind) {
    case "stopped":
      return { icon, text, why: vscode.l10n.t("It waited when the cell before it was stopped.") };
    case "restarted":
      return { icon, text, why: vscode.l10n.t("It waited when the kernel was restarted.") };
    case "died":
      return { icon, text, why: vscode.l10n.t("It waited when the kernel was gone.") };
    case "failed":
      return { icon, text, why: vscode.l10n.t("It waited when {0} failed.", reason.label) };
  }
}
