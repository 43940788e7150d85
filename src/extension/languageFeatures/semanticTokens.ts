// Colours of names by what they are. What a name is may follow from another cell, so all cells are asked about again after a change.

import * as vscode from "vscode";
import { semanticTokenModifiers, semanticTokenTypes } from "../../shared/editorProtocol.ts";
import type { LanguageNotebooks } from "./languageNotebooks.ts";

export const semanticTokensLegend = new vscode.SemanticTokensLegend(
  [...semanticTokenTypes],
  [...semanticTokenModifiers],
);

/** Longer than the editor waits before it asks about the cell that is typed in. */
const quietMs = 1000;

export class SemanticTokensProvider implements vscode.DocumentSemanticTokensProvider, vscode.Disposable {
  readonly #notebooks: LanguageNotebooks;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #watching: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeSemanticTokens = this.#changes.event;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
    this.#watching = notebooks.onChange(() => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#changes.fire(), quietMs);
    });
  }

  async provideDocumentSemanticTokens(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.SemanticTokens | null> {
    const numbers = await this.#notebooks.ask(document, token, { kind: "semanticTokens" });
    if (numbers === null) return null;
    const builder = new vscode.SemanticTokensBuilder(semanticTokensLegend);
    for (let at = 0; at < numbers.length; at += 4) {
      const [start = 0, length = 0, type = 0, modifiers = 0] = numbers.slice(at, at + 4);
      const { line, character } = document.positionAt(start);
      builder.push(line, character, length, type, modifiers);
    }
    return builder.build();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching.dispose();
    this.#changes.dispose();
  }
}
