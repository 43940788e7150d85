// Puts the `nnbook` command on the PATH of VS Code's terminals: it runs with the editor's own Node, so nothing else has to be installed.

import path from "node:path";
import process from "node:process";
import * as vscode from "vscode";

/** What the scripts in `bin` ask for. */
export const nodeVariable = "NNBOOK_NODE";

/** Terminals that are open already get it when they are opened anew; VS Code keeps it for windows in which we do not run yet. */
export function offerTerminalCommand({
  extensionPath,
  environmentVariableCollection: environment,
}: Pick<vscode.ExtensionContext, "extensionPath" | "environmentVariableCollection">): void {
  environment.description = vscode.l10n.t("Adds the command `nnbook`, which runs and exports notebooks.");
  // At the end: an `nnbook` of the user's own goes before it.
  // And once more after the profile of a shell, which may have set PATH anew.
  environment.append("PATH", `${path.delimiter}${path.join(extensionPath, "bin")}`, {
    applyAtProcessCreation: true,
    applyAtShellIntegration: true,
  });
  environment.replace(nodeVariable, process.execPath);
}
