// The command that debugs a cell: the one whose menu it was chosen from, or the selected one. And the debugger's own button that begins it again.

import * as vscode from "vscode";
import { commands } from "../ids.ts";
import { cellIdOf, cellLabel, cellOf, findCell, isCodeCell } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { askTrusted } from "../trust/trust.ts";
import { CellDebugger } from "./cellDebugger.ts";

export interface DebugContext {
  readonly kernels: NotebookKernels;
  readonly cellDebugger: CellDebugger;
}

export function registerDebugCommand(context: DebugContext): vscode.Disposable {
  const again = new Set<vscode.NotebookCell>();
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commands.debugCell, (chosen?: unknown) => askedToDebug(context, chosen)),
    context.cellDebugger.onRestart((cell) => {
      // It may have come to its end meanwhile.
      if (!context.kernels.find(cell.notebook)?.isUnderWay(cellIdOf(cell))) return void debugCell(context, cell);
      again.add(cell);
      void vscode.commands.executeCommand("notebook.cell.cancelExecution", onlyThis(cell));
    }),
    context.kernels.onNews(({ notebook, news }) => {
      if (news.kind !== "cellEnded") return;
      for (const cell of again) {
        if (cell.notebook !== notebook.document || cellIdOf(cell) !== news.cellId) continue;
        again.delete(cell);
        void debugCell(context, cell);
      }
    }),
  );
}

async function askedToDebug(context: DebugContext, chosen: unknown): Promise<void> {
  if (!askTrusted()) return;
  const cell = cellOf(chosen);
  if (!cell || !isCodeCell(cell)) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Select a code cell to debug it."));
    return;
  }
  const whyNot = CellDebugger.whyNot();
  if (whyNot !== null) {
    const show = vscode.l10n.t("Show the Extension");
    const choice = await vscode.window.showErrorMessage(whyNot, show);
    if (choice === show) await vscode.commands.executeCommand("workbench.extensions.search", "@builtin js-debug");
    return;
  }
  if (context.kernels.find(cell.notebook)?.isUnderWay(cellIdOf(cell))) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} runs already, or waits to run. Stop it, then debug it.", cellLabel(cell)),
    );
    return;
  }
  await debugCell(context, cell);
}

async function debugCell({ cellDebugger }: DebugContext, cell: vscode.NotebookCell): Promise<void> {
  // Removed since it was asked for.
  if (findCell(cell.notebook, cellIdOf(cell)) === undefined) return;
  // The editor's own command chooses the kernel and shows the cell as waiting.
  await cellDebugger.debugNextRun(cell, () => vscode.commands.executeCommand("notebook.cell.execute", onlyThis(cell)));
}

/** As the editor's commands take one cell. */
function onlyThis(cell: vscode.NotebookCell): object {
  return { ranges: [{ start: cell.index, end: cell.index + 1 }], document: cell.notebook.uri };
}
