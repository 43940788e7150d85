// What is said when a variable is asked for and does not answer.

import * as vscode from "vscode";

export function notThere(name: string, isBusy: boolean): string {
  return isBusy
    ? vscode.l10n.t(
        "The kernel is in the middle of a long computation and does not tell {0} now. Try again later.",
        name,
      )
    : vscode.l10n.t("{0} is not there any more. Run the cell that makes it.", name);
}
