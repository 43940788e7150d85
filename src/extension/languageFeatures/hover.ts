// Hover in cells: our own documentation, and over a call that makes a layer also what the newest run, or the code, says of it.

import * as vscode from "vscode";
import type { LayerMarkdown } from "../numbersInCode/layerMarkdown.ts";
import { type LanguageNotebooks, signatureMarkdown, toRange } from "./languageNotebooks.ts";

export class HoverProvider implements vscode.HoverProvider {
  readonly #notebooks: LanguageNotebooks;
  readonly #layerMarkdown: LayerMarkdown;

  constructor(notebooks: LanguageNotebooks, layerMarkdown: LayerMarkdown) {
    this.#notebooks = notebooks;
    this.#layerMarkdown = layerMarkdown;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | null> {
    const place = this.#notebooks.locate(document, position);
    if (!place) return null;
    const { notebookId, cellId, offset, notebook } = place;
    const hover = await this.#notebooks.client.requestWhile(token, { kind: "hover", notebookId, cellId, offset });
    if (!hover) return null;
    const layer = hover.layerCall && (await this.#layerMarkdown(notebook, hover.layerCall));
    if (token.isCancellationRequested) return null;
    // A hover is small, and what is known of this layer must be in sight: of the rest only the beginning stays.
    const contents = layer
      ? [signatureMarkdown(withoutKind(hover.signature), firstParagraph(hover.documentation)), layer]
      : [signatureMarkdown(hover.signature, hover.documentation)];
    return new vscode.Hover(contents, toRange(document, hover.span));
  }
}

/** "(property) dense: …" → "dense: …", which fits in a line. */
function withoutKind(signature: string): string {
  return signature.replace(/^\([a-z ]+\) /, "");
}

function firstParagraph(markdown: string): string {
  return markdown.trimStart().split(/\n\s*\n/, 1)[0] ?? "";
}
