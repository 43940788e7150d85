// The notebook whose variables are shown: the one in front of the reader, or the last one that was, as long as it is open.

import * as vscode from "vscode";
import { contexts } from "../ids.ts";
import { isOurNotebook, ourOpenNotebooks } from "../notebooks.ts";

export class ShownNotebook implements vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [];
  #document: vscode.NotebookDocument | null = null;
  readonly onDidChange = this.#changes.event;

  constructor() {
    this.#disposables.push(
      this.#changes,
      vscode.window.onDidChangeActiveNotebookEditor(() => this.#look()),
      vscode.window.onDidChangeVisibleNotebookEditors(() => this.#look()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#look()),
      vscode.workspace.onDidCloseNotebookDocument(() => this.#look()),
    );
    this.#look();
  }

  get document(): vscode.NotebookDocument | null {
    return this.#document;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #look(): void {
    const document = this.#find();
    if (document === this.#document) return;
    if ((document === null) !== (this.#document === null))
      void vscode.commands.executeCommand("setContext", contexts.hasNotebook, document !== null);
    this.#document = document;
    this.#changes.fire();
  }

  #find(): vscode.NotebookDocument | null {
    const active = vscode.window.activeNotebookEditor?.notebook;
    if (active && isOurNotebook(active)) return active;
    if (this.#document && isInTab(this.#document)) return this.#document;
    const visible = vscode.window.visibleNotebookEditors.find(({ notebook }) => isOurNotebook(notebook));
    return visible?.notebook ?? ourOpenNotebooks().find(isInTab) ?? null;
  }
}

/** The editor keeps documents longer than their tabs. */
function isInTab(notebook: vscode.NotebookDocument): boolean {
  const uri = notebook.uri.toString();
  if (!ourOpenNotebooks().includes(notebook)) return false;
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputNotebook && input.uri.toString() === uri);
}
