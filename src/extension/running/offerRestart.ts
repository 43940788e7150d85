// What is offered when only a new kernel helps.

import * as vscode from "vscode";

export type RestartChoice = "restart" | "runAll" | null;

/** Says why, and asks. `null`: the user wants neither. */
export async function offerRestart(why: string): Promise<RestartChoice> {
  const restart = vscode.l10n.t("Restart");
  const runAll = vscode.l10n.t("Restart and Run All");
  const choice = await vscode.window.showErrorMessage(why, restart, runAll);
  return choice === restart ? "restart" : choice === runAll ? "runAll" : null;
}
