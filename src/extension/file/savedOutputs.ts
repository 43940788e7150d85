// Whether a notebook's outputs go into its file: the notebook says so, or the setting; and who would miss them is told.

import * as vscode from "vscode";
import { settings } from "../ids.ts";
import { isOurNotebook, notebookOf } from "../notebooks.ts";
import { savesOutputsSetting } from "../settings/settings.ts";
import { hasOutputsInFile, ownSaveOutputs, withSaveOutputs } from "./serializer.ts";

/** The command: the other way round for this notebook. What its file says follows with the next save, and undo takes it back. */
export async function toggleSaveOutputs(context: unknown): Promise<void> {
  const notebook = notebookOf(context);
  if (!notebook) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open the notebook first, then change what its file holds."),
    );
    return;
  }
  const saves = !savesOutputs(notebook);
  if (!(await setSaveOutputs(notebook, saves))) return;
  const text = saves
    ? vscode.l10n.t("The file of this notebook holds its outputs, from the next save on.")
    : vscode.l10n.t(
        "The file of this notebook leaves its outputs out, from the next save on. They stay until you close it.",
      );
  void vscode.window.showInformationMessage(text);
}

/** Tells, once for a notebook, that saving took outputs out of a file that held them, and how to put them back. */
export function watchLeftOutOutputs(): vscode.Disposable {
  const told = new WeakSet<vscode.NotebookDocument>();
  return vscode.workspace.onDidSaveNotebookDocument((notebook) => {
    if (!isOurNotebook(notebook) || told.has(notebook)) return;
    // A notebook that says it itself was meant so.
    if (savesOutputsSetting() || ownSaveOutputs(notebook.metadata) !== undefined || !losesOutputs(notebook)) return;
    told.add(notebook);
    void offerToKeep(notebook);
  });
}

async function offerToKeep(notebook: vscode.NotebookDocument): Promise<void> {
  const keep = vscode.l10n.t("Save Them in This Notebook");
  const change = vscode.l10n.t("Open Settings");
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "This file held outputs, and was saved without them, as your setting says. They are lost when you close the notebook.",
    ),
    keep,
    change,
  );
  if (choice === change) await vscode.commands.executeCommand("workbench.action.openSettings", settings.saveOutputs);
  if (choice !== keep || notebook.isClosed) return;
  if (await setSaveOutputs(notebook, true)) await notebook.save();
}

function savesOutputs(notebook: vscode.NotebookDocument): boolean {
  return ownSaveOutputs(notebook.metadata) ?? savesOutputsSetting();
}

/** Written into the metadata only where it differs from the setting. */
function setSaveOutputs(notebook: vscode.NotebookDocument, saves: boolean): Thenable<boolean> {
  const own = saves === savesOutputsSetting() ? undefined : saves;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata(withSaveOutputs(notebook.metadata, own))]);
  return vscode.workspace.applyEdit(edit);
}

function losesOutputs(notebook: vscode.NotebookDocument): boolean {
  return notebook.getCells().some((cell) => cell.outputs.length > 0 && hasOutputsInFile(cell.metadata));
}
