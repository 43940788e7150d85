// Export and import of notebooks: the reader chooses, the converter converts. No cell runs, so a workspace need not be trusted.

import { basename, dirname, extname } from "node:path";
import * as vscode from "vscode";
import type { Exported } from "../../convert/exported.ts";
import { notebookTitle, scriptCells } from "../../notebook/notebookCells.ts";
import type { NotebookFile } from "../../notebook/notebookFile.ts";
import type { LanguageClient } from "../../session/languageClient.ts";
import { type Locale, nearestLocale } from "../../shared/words/message.ts";
import { documentToFile, toNotebookData } from "../file/serializer.ts";
import { commands, notebookType } from "../ids.ts";
import { folderOf, notebookOf, workspaceFolderOf } from "../notebooks.ts";
import { loadConverter } from "./converter.ts";
import { askForForm, type Form, fileTypes, isForm } from "./exportForms.ts";

export interface ConvertContext {
  readonly distFolder: string;
  readonly client: LanguageClient;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export function registerConvertCommands(context: ConvertContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commands.exportNotebook, (given?: unknown) =>
      telling(context, () => exportNotebook(context, given)),
    ),
    vscode.commands.registerCommand(commands.importNotebook, (file?: unknown) =>
      telling(context, () => importNotebook(context, file)),
    ),
  );
}

/** What goes wrong with files is told in a message: the folder may be read-only, or the disk full. */
async function telling({ log }: ConvertContext, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** @param given a toolbar's context, or from a keybinding `{ to, target }`, each of which is asked for where it is missing. */
async function exportNotebook(context: ConvertContext, given: unknown): Promise<void> {
  const notebook = notebookOf(given);
  if (!notebook) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open the notebook first, then export it."));
    return;
  }
  const { to, target: named } = (given ?? {}) as { readonly to?: unknown; readonly target?: unknown };
  const form = isForm(to) ? to : await askForForm();
  if (form === undefined) return;
  const target = named instanceof vscode.Uri ? named : await askForTarget(notebook, form);
  if (target === undefined) return;
  const title = vscode.l10n.t("Exporting {0}", basename(target.path));
  const notes = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    async () => {
      // The message is there before a large notebook keeps us busy.
      await new Promise((resolve) => setImmediate(resolve));
      const { exported, notes } = await convert(context, notebook, { form, target });
      await writeExported(target, exported);
      return notes;
    },
  );
  // Nobody waits for the answer to a message that may stay for long.
  void offerToOpen(target, form, notes);
}

async function askForTarget(notebook: vscode.NotebookDocument, form: Form): Promise<vscode.Uri | undefined> {
  const name = `${nameOf(notebook.uri)}.${form}`;
  const beside = vscode.Uri.joinPath(notebook.uri, "..", name);
  return await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export Notebook"),
    defaultUri: notebook.isUntitled ? vscode.Uri.joinPath(vscode.Uri.file(folderOf(notebook)), name) : beside,
    filters: { [fileTypes[form]]: [form] },
    saveLabel: vscode.l10n.t("Export"),
  });
}

async function convert(
  { distFolder, client, locale }: ConvertContext,
  document: vscode.NotebookDocument,
  { form, target }: { readonly form: Form; readonly target: vscode.Uri },
): Promise<{ readonly exported: Exported; readonly notes: readonly string[] }> {
  const notebook = documentToFile(document);
  const name = nameOf(target);
  if (form === "ts") {
    const title = notebookTitle(notebook) ?? name;
    const script = await client.request({
      ...{ kind: "writeScript", cells: scriptCells(notebook), title },
      folders:
        target.scheme === "file"
          ? { script: dirname(target.fsPath), notebook: folderOf(document), workspace: workspaceFolderOf(document) }
          : null,
    });
    const notes = script.leftOver.map((each) =>
      vscode.l10n.t(
        "Cell {0} uses what {1} gives, which only notebooks have: change the script there.",
        each.cell + 1,
        each.name,
      ),
    );
    return { exported: { text: script.text, files: [] }, notes };
  }
  const folder = document.uri.scheme === "file" ? folderOf(document) : null;
  const words = localeOf(notebook, locale);
  return {
    exported: loadConverter(distFolder).exportNotebook({ notebook, form, name, locale: words, folder }),
    notes: [],
  };
}

/** The notebook's own language where it says one, else the editor's. */
function localeOf({ metadata }: NotebookFile, locale: Locale): Locale {
  return typeof metadata?.language === "string" ? nearestLocale(metadata.language) : locale;
}

/** The text that names the other files comes last. */
async function writeExported(target: vscode.Uri, { text, files }: Exported): Promise<void> {
  const encoder = new TextEncoder();
  for (const { path, content } of files) {
    const uri = vscode.Uri.joinPath(target, "..", path);
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, ".."));
    await vscode.workspace.fs.writeFile(uri, typeof content === "string" ? encoder.encode(content) : content);
  }
  await vscode.workspace.fs.writeFile(target, encoder.encode(text));
}

async function offerToOpen(target: vscode.Uri, form: Form, notes: readonly string[]): Promise<void> {
  const open = vscode.l10n.t("Open");
  const said = [vscode.l10n.t("The notebook was exported to {0}.", basename(target.path)), ...notes].join(" ");
  const show = notes.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await show(said, open)) !== open) return;
  if (form === "html") await vscode.env.openExternal(target);
  else if (form === "md") await vscode.commands.executeCommand("markdown.showPreview", target);
  else await vscode.commands.executeCommand("vscode.open", target);
}

/** Opens as a new notebook, not yet saved. @param given the file; without it, the reader is asked. */
async function importNotebook({ distFolder, locale }: ConvertContext, given: unknown): Promise<void> {
  const file = given instanceof vscode.Uri ? given : await askForFile();
  if (file === undefined) return;
  const bytes = await vscode.workspace.fs.readFile(file);
  const imported = loadConverter(distFolder).importNotebook({ bytes, fileName: basename(file.path), locale });
  if (imported.kind === "failed") {
    void vscode.window.showErrorMessage(`${basename(file.path)}: ${imported.message}`);
    return;
  }
  const document = await vscode.workspace.openNotebookDocument(notebookType, toNotebookData(imported.notebook));
  await vscode.window.showNotebookDocument(document);
  if (imported.notes.length > 0) void vscode.window.showInformationMessage(imported.notes.join(" "));
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Import Notebook"),
    openLabel: vscode.l10n.t("Import"),
    filters: { [vscode.l10n.t("Jupyter and TypeScript notebooks")]: ["ipynb", "nnb"] },
  });
  return files?.[0];
}

function nameOf(uri: vscode.Uri): string {
  return basename(uri.path, extname(uri.path));
}
