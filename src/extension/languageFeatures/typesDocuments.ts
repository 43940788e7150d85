// The types of nnbook and of TypeScript's libraries as documents that can be read: a definition there has a place to go to.

import * as vscode from "vscode";
import { ourOpenNotebooks } from "../notebooks.ts";
import type { LanguageNotebooks } from "./languageNotebooks.ts";

export const typesScheme = "nnbook-types";

/** Names the notebook too: it is the one whose program holds the file. */
export function typesUri(notebook: vscode.NotebookDocument, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: typesScheme, path, query: notebook.uri.toString() });
}

export class TypesDocuments implements vscode.TextDocumentContentProvider {
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const notebook = ourOpenNotebooks().find((each) => each.uri.toString() === uri.query);
    if (!notebook) return closedWords();
    this.#notebooks.bringUpToDate(notebook);
    const [notebookId, path] = [uri.query, uri.path];
    return (await this.#notebooks.client.request({ kind: "readTypes", notebookId, path })) ?? closedWords();
  }
}

function closedWords(): string {
  return `// ${vscode.l10n.t("These types belong to a notebook that is no longer open. Open it, and go to the definition again.")}\n`;
}
