// The command that debugs a cell: the one whose menu it was chosen from, or the selected one.

import * as vscode from "vscode";
import { commands } from "../ids.ts";
import { cellOf, isCodeCell } from "../notebooks.ts";
import { askTrusted } from "../trust/trust.ts";
import { CellDebugger } from "./cellDebugger.ts";

export function registerDebugCommand(cellDebugger: CellDebugger): vscode.Disposable {
  return vscode.commands.registerCommand(commands.debugCell, (context?: unknown) => debugCell(cellDebugger, context));
}

async function debugCell(cellDebugger: CellDebugger, context: unknown): Promise<void> {
  if (!askTrusted()) return;
  const cell = cellOf(context);
  if (!cell || !isCodeCell(cell)) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Select a code cell to debug it."));
    return;
  }
  const whyNot = CellDebugger.whyNot();
  if (whyNot !== null) {
    void vscode.window.showErrorMessage(whyNot);
    return;
  }
  const ranges = [{ start: cell.index, end: cell.index + 1 }];
  // The editor's own command chooses the kernel and shows the cell as waiting.
  await cellDebugger.debugNextRun(cell, () =>
    vscode.commands.executeCommand("notebook.cell.execute", { ranges, document: cell.notebook.uri }),
  );
}
