// What is offered when only a new kernel helps.

import * as vscode from "vscode";

export type RestartChoice = "restart" | "runAll" | null;

/**
 * Says why, and asks. `null`: the user wants neither, or nothing needs a restart any more. What was said stands in the window until
 * somebody closes it: `isNeeded` is asked when the choice is made.
 */
export async function offerRestart(why: string, isNeeded: () => boolean): Promise<RestartChoice> {
  const restart = vscode.l10n.t("Restart");
  const runAll = vscode.l10n.t("Restart and Run All");
  const choice = await vscode.window.showErrorMessage(why, restart, runAll);
  if (choice === runAll) return "runAll";
  if (choice !== restart) return null;
  if (isNeeded()) return "restart";
  // Not awaited: it asks nothing.
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Nothing was restarted: the kernel is a new one already, or the cell has stopped. Variables are kept.",
    ),
  );
  return null;
}
