// The commands for what runs: restart, stop, and the way to a picture. Those of a newcomer stand in firstSteps.

import * as vscode from "vscode";
import { viewMimeTypes } from "../shared/views.ts";
import { toggleSaveOutputs } from "./file/savedOutputs.ts";
import { commands } from "./ids.ts";
import { findCell, isCodeCell, notebookOf, ourOpenNotebooks, revealCell } from "./notebooks.ts";
import type { NotebookKernels } from "./running/controller.ts";
import { askTrusted } from "./trust/trust.ts";

export function registerCommands(kernels: NotebookKernels): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commands.restartKernel, (context?: unknown) => restartKernel(kernels, context)),
    vscode.commands.registerCommand(commands.restartAndRunAll, (context?: unknown) =>
      restartAndRunAll(kernels, context),
    ),
    vscode.commands.registerCommand(commands.interruptKernel, async (context?: unknown) => {
      const notebook = notebookOf(context);
      if (notebook) await kernels.find(notebook)?.interrupt();
    }),
    vscode.commands.registerCommand(commands.toggleSaveOutputs, toggleSaveOutputs),
    vscode.commands.registerCommand(commands.showRun, (notebookUri: string, runId: string) =>
      showRun(kernels, notebookUri, runId),
    ),
  );
}

async function restartKernel(kernels: NotebookKernels, context: unknown): Promise<void> {
  const notebook = notebookOf(context);
  if (!notebook || !askTrusted()) return;
  const live = kernels.find(notebook);
  if (live?.isBusy && !(await confirmRestart(vscode.l10n.t("Restart")))) return;
  await live?.restart();
  vscode.window.setStatusBarMessage(vscode.l10n.t("The kernel is fresh: all variables are gone."), 5000);
}

async function restartAndRunAll(kernels: NotebookKernels, context: unknown): Promise<void> {
  const notebook = notebookOf(context);
  if (!notebook || !askTrusted()) return;
  const live = kernels.find(notebook);
  if (live?.isBusy && !(await confirmRestart(vscode.l10n.t("Restart and Run All")))) return;
  await live?.restart();
  await kernels.run(notebook, notebook.getCells().filter(isCodeCell));
}

/** A training of hours is not to be lost by a slip. */
async function confirmRestart(restart: string): Promise<boolean> {
  const question = vscode.l10n.t(
    "Cells are running. Restart the kernel all the same? Variables are lost; cells and outputs stay.",
  );
  return (await vscode.window.showWarningMessage(question, { modal: true }, restart)) === restart;
}

/** Shows the picture of a run's gradients, or else the cell that trained it. */
function showRun(kernels: NotebookKernels, notebookUri: string, runId: string): void {
  const notebook = ourOpenNotebooks().find((candidate) => candidate.uri.toString() === notebookUri);
  if (!notebook) return;
  const run = kernels.find(notebook)?.runs.get(runId);
  const cell = notebook.getCells().find((candidate) => showsGradientsOf(candidate, runId));
  const target = cell ?? (run && findCell(notebook, run.cellId));
  if (target) revealCell(target);
}

function showsGradientsOf(cell: vscode.NotebookCell, runId: string): boolean {
  return cell.outputs
    .flatMap((output) => output.items)
    .some(
      (item) =>
        item.mime === viewMimeTypes.gradients && new TextDecoder().decode(item.data).includes(JSON.stringify(runId)),
    );
}
