// Keeps the language worker's notebooks as the editor has them: each request first sends what changed since the last.

import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import type { EditorAnswers, EditorRequest } from "../../shared/editorProtocol.ts";
import {
  cellIdOf,
  cellIdOfDocument,
  folderOf,
  isCodeCell,
  isOurNotebook,
  notebookOfDocument,
  workspaceFolderOf,
} from "../notebooks.ts";
import { ModuleFiles } from "./moduleFiles.ts";

/** A place in a notebook as the language worker names it. */
export interface LanguagePlace {
  readonly notebook: vscode.NotebookDocument;
  readonly notebookId: string;
  readonly cellId: string;
  readonly offset: number;
}

/** A request about a cell, but for which cell. */
type AboutCell<Request, Kind> = Request extends { readonly kind: infer Own }
  ? Kind extends Own
    ? Omit<Request, "kind" | "notebookId" | "cellId"> & { readonly kind: Kind }
    : never
  : never;

export class LanguageNotebooks implements vscode.Disposable {
  readonly client: LanguageClient;
  /** Notebooks the worker has as they are now. */
  readonly #upToDate = new Set<vscode.NotebookDocument>();
  /** Notebooks the worker has in any version. */
  readonly #known = new Set<vscode.NotebookDocument>();
  readonly #changes = new vscode.EventEmitter<vscode.NotebookDocument>();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #log: vscode.LogOutputChannel;
  // The worker reads modules from the disk at every question; what it answered before may not hold any more.
  readonly #modules = new ModuleFiles(() => {
    for (const notebook of this.#known) this.#changes.fire(notebook);
  });
  #version = 0;
  /** Fires when a notebook opened, its code changed, or a module changed that it may import. */
  readonly onChange = this.#changes.event;

  constructor(client: LanguageClient, onRestart: vscode.Event<void>, log: vscode.LogOutputChannel) {
    this.client = client;
    this.#log = log;
    this.#disposables.push(
      onRestart(() => this.#upToDate.clear()),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#changed(notebook)),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
        const isCode = contentChanges.length > 0 || cellChanges.some((change) => change.document !== undefined);
        if (isCode) this.#changed(notebook);
      }),
      // A cell's language may change, which opens its document anew.
      vscode.workspace.onDidOpenTextDocument((document) => {
        const notebook = notebookOfDocument(document);
        if (notebook) this.#changed(notebook);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const notebook = notebookOfDocument(document);
        if (notebook) this.#changed(notebook);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const notebook of this.#known) this.#changed(notebook);
      }),
      this.#modules,
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        this.#upToDate.delete(notebook);
        if (!this.#known.delete(notebook)) return;
        const closing = client.request({ kind: "closeNotebook", notebookId: notebook.uri.toString() });
        closing.then(undefined, (problem) => log.warn(problem));
      }),
    );
  }

  /** Where a position lies, with the worker told of the notebook as it is. `null` for a document that is no cell of ours. */
  locate(document: vscode.TextDocument, position: vscode.Position): LanguagePlace | null {
    const notebook = notebookOfDocument(document);
    if (!notebook) return null;
    const offset = document.offsetAt(position);
    const cellId = cellIdOfDocument(document);
    this.bringUpToDate(notebook);
    return { notebook, notebookId: notebook.uri.toString(), cellId, offset };
  }

  /**
   * Asks about a cell. `null` when the document is no cell of ours, when nobody waits any more, and when its text has changed
   * meanwhile: then the answer's places are not where they were.
   */
  async ask<Kind extends EditorRequest["kind"]>(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
    request: AboutCell<EditorRequest, Kind>,
  ): Promise<NonNullable<EditorAnswers[Kind]> | null> {
    const notebook = notebookOfDocument(document);
    if (!notebook) return null;
    const { version } = document;
    this.bringUpToDate(notebook);
    const about = { ...request, notebookId: notebook.uri.toString(), cellId: cellIdOfDocument(document) };
    const asked = about as unknown as EditorRequest & { readonly kind: Kind };
    const answer = await this.client.requestWhile(token, asked);
    const isLate = token.isCancellationRequested || document.version !== version || document.isClosed;
    return isLate ? null : ((answer as EditorAnswers[Kind]) ?? null);
  }

  /** Tells the worker what changed since it was last told. Nobody needs to wait for that: it answers in order. */
  bringUpToDate(notebook: vscode.NotebookDocument): void {
    if (this.#upToDate.has(notebook)) return;
    this.#upToDate.add(notebook);
    this.#known.add(notebook);
    const telling = this.client.request({
      kind: "updateNotebook",
      notebook: {
        notebookId: notebook.uri.toString(),
        // In an untrusted workspace the files beside the notebook are not looked at.
        folder: vscode.workspace.isTrusted ? folderOf(notebook) : null,
        workspaceFolder: workspaceFolderOf(notebook),
        version: ++this.#version,
        cells: notebook
          .getCells()
          .filter(isCodeCell)
          .map((cell) => ({ id: cellIdOf(cell), text: cell.document.getText(), number: cell.index + 1 })),
      },
    });
    telling.then(undefined, (problem) => {
      this.#upToDate.delete(notebook);
      this.#log.warn(problem);
    });
  }

  /** Paths of modules that are open with changes: cells do not see these before they are saved. */
  unsavedModules(): readonly string[] {
    return vscode.workspace.isTrusted ? this.#modules.unsaved() : [];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changes.dispose();
  }

  #changed(notebook: vscode.NotebookDocument): void {
    if (!isOurNotebook(notebook)) return;
    this.#upToDate.delete(notebook);
    this.#changes.fire(notebook);
  }
}

/** A span of a cell as the editor's range. */
export function toRange(
  document: vscode.TextDocument,
  { start, length }: { readonly start: number; readonly length: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(start + length));
}

/** A signature as code above its documentation. */
export function signatureMarkdown(signature: string, documentation: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  if (signature !== "") markdown.appendCodeblock(signature, "typescript");
  if (documentation !== "") markdown.appendMarkdown(documentation);
  return markdown;
}
