// The commands a newcomer meets first: a sample, a new notebook, an example for an empty one, the page about problems.

import * as vscode from "vscode";
import type { NotebookFile } from "../../notebook/notebookFile.ts";
import type { Locale } from "../../shared/words/message.ts";
import { toNotebookData } from "../file/serializer.ts";
import { commands, notebookType, walkthroughId } from "../ids.ts";
import { isOurNotebook } from "../notebooks.ts";
import { hasNoText } from "./emptyNotebook.ts";
import { readSamples, readTemplate, type Sample } from "./samples.ts";

export interface StartingContext {
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
  /** Its publisher and name, as VS Code knows it. */
  readonly extensionId: string;
  readonly locale: Locale;
}

export function registerStartingCommands(context: StartingContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commands.newNotebook, async () =>
      openCopy(await readTemplate(context.extension, context.locale)),
    ),
    vscode.commands.registerCommand(commands.openSample, (name?: unknown) => openSample(context, name)),
    vscode.commands.registerCommand(commands.insertExample, () => insertExample(context)),
    vscode.commands.registerCommand(commands.showProblems, () => showProblems(context)),
    vscode.commands.registerCommand(commands.getStarted, () =>
      vscode.commands.executeCommand(
        "workbench.action.openWalkthrough",
        `${context.extensionId}#${walkthroughId}`,
        false,
      ),
    ),
  );
}

/** @param name of a sample, from a link of the walkthrough, which then stays in sight; without it, the reader is asked. */
async function openSample({ extension, locale }: StartingContext, name: unknown): Promise<void> {
  const samples = await readSamples(extension, locale);
  const named = samples.find((sample) => sample.name === name);
  if (named) return openCopy(named.notebook, vscode.ViewColumn.Beside);
  const chosen = await askForSample(samples);
  if (chosen) await openCopy(chosen.notebook);
}

async function askForSample(samples: readonly Sample[]): Promise<Sample | undefined> {
  const items = samples.map((sample) => ({ label: sample.title, detail: sample.summary, sample }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Sample notebooks"),
    placeHolder: vscode.l10n.t("Opens as a copy of your own: change it, run it, save it where you like."),
    matchOnDetail: true,
  });
  return picked?.sample;
}

/** An untitled notebook: what it was made from stays as it is. */
async function openCopy(notebook: NotebookFile, viewColumn = vscode.ViewColumn.Active): Promise<void> {
  const document = await vscode.workspace.openNotebookDocument(notebookType, toNotebookData(notebook));
  await vscode.window.showNotebookDocument(document, { viewColumn });
}

/** Puts the cells of a new notebook in place of those of an empty one. One that holds text is left alone. */
async function insertExample({ extension, locale }: StartingContext): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (!notebook || !isOurNotebook(notebook) || !hasNoText(notebook)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("An example goes into an empty notebook. This one holds text: open a new one, or a sample."),
    );
    return;
  }
  const { cells } = toNotebookData(await readTemplate(extension, locale));
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.NotebookRange(0, notebook.cellCount);
  edit.set(notebook.uri, [vscode.NotebookEdit.replaceCells(all, cells)]);
  await vscode.workspace.applyEdit(edit);
}

async function showProblems({ extension, locale }: StartingContext): Promise<void> {
  const name = locale === "en" ? "problems.md" : `problems.${locale}.md`;
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(extension, "docs", name));
}
