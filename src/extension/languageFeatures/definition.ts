// Go to definition, across the cells of a notebook and into the files it imports.

import * as vscode from "vscode";
import { findCell } from "../notebooks.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";

export class DefinitionProvider implements vscode.DefinitionProvider {
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const place = await this.#notebooks.locate(document, position);
    if (!place || token.isCancellationRequested) return [];
    const { notebookId, cellId, offset, notebook } = place;
    const answer = await this.#notebooks.client.request({ kind: "definition", notebookId, cellId, offset });
    return answer.flatMap((definition) => {
      if (definition.kind === "file") {
        const start = new vscode.Position(definition.line - 1, definition.column - 1);
        return [new vscode.Location(vscode.Uri.file(definition.path), start)];
      }
      const cell = findCell(notebook, definition.cellId);
      return cell ? [new vscode.Location(cell.document.uri, toRange(cell.document, definition.span))] : [];
    });
  }
}
