// All uses of a name: listed over all cells, and marked in the cell of the cursor.

import * as vscode from "vscode";
import { toLocations } from "./definition.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";

export class ReferenceProvider implements vscode.ReferenceProvider, vscode.DocumentHighlightProvider {
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const offset = document.offsetAt(position);
    const request = { kind: "references", offset, withDeclarations: includeDeclaration } as const;
    return toLocations(document, (await this.#notebooks.ask(document, token, request)) ?? []);
  }

  async provideDocumentHighlights(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentHighlight[]> {
    const { Read, Write } = vscode.DocumentHighlightKind;
    const offset = document.offsetAt(position);
    const found = (await this.#notebooks.ask(document, token, { kind: "highlights", offset })) ?? [];
    return found.map(
      ({ span, isWritten }) => new vscode.DocumentHighlight(toRange(document, span), isWritten ? Write : Read),
    );
  }
}
