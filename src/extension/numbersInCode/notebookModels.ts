// What the language worker says of the models in a notebook's cells, asked once for each state of its code.

import type * as vscode from "vscode";
import type { ModelsInCode } from "../../shared/modelsInCode.ts";
import type { LanguageNotebooks } from "../languageFeatures/languageNotebooks.ts";

export class NotebookModels implements vscode.Disposable {
  readonly #notebooks: LanguageNotebooks;
  readonly #answers = new WeakMap<vscode.NotebookDocument, Promise<ModelsInCode>>();
  readonly #watching: vscode.Disposable;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
    this.#watching = notebooks.onChange((notebook) => this.#answers.delete(notebook));
  }

  /** Of the code as it stands when it is asked. */
  of(notebook: vscode.NotebookDocument): Promise<ModelsInCode> {
    const known = this.#answers.get(notebook);
    if (known !== undefined) return known;
    const asked = this.#ask(notebook);
    this.#answers.set(notebook, asked);
    // What failed is asked again by the next who needs it; whoever asked now is told.
    asked.catch(() => this.#answers.delete(notebook));
    return asked;
  }

  dispose(): void {
    this.#watching.dispose();
  }

  async #ask(notebook: vscode.NotebookDocument): Promise<ModelsInCode> {
    this.#notebooks.bringUpToDate(notebook);
    return this.#notebooks.client.request({ kind: "describeModels", notebookId: notebook.uri.toString() });
  }
}
