// The user's files that cells import from beside their notebook: when they change on the disk, and which are open with changes.

import * as vscode from "vscode";

const moduleFiles = "**/*.{ts,mts,cts,js,mjs,cjs,json}";

export class ModuleFiles implements vscode.Disposable {
  readonly #changed: () => void;
  readonly #unsaved = new Set<string>();
  readonly #watching: vscode.Disposable;

  /** Calls `changed` when modules come, change and go, in the workspace by whoever, elsewhere when they are saved here; and when one is first changed. */
  constructor(changed: () => void) {
    this.#changed = changed;
    const watcher = vscode.workspace.createFileSystemWatcher(moduleFiles);
    this.#watching = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidChange(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (isModule(document)) changed();
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  /** The paths of those that are open with changes that are not saved. */
  unsaved(): readonly string[] {
    return [...this.#unsaved];
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #look(document: vscode.TextDocument): void {
    if (document.uri.scheme !== "file" || !isModule(document)) return;
    const isUnsaved = document.isDirty && !document.isClosed;
    if (this.#unsaved.has(document.uri.fsPath) === isUnsaved) return;
    if (isUnsaved) this.#unsaved.add(document.uri.fsPath);
    else this.#unsaved.delete(document.uri.fsPath);
    this.#changed();
  }
}

function isModule(document: vscode.TextDocument): boolean {
  return vscode.languages.match({ pattern: moduleFiles }, document) > 0;
}
