// Hover in cells: our own documentation, and over a call that makes a layer also what the newest run says of it.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { commands } from "../ids.ts";
import { layerHover } from "../numbersInCode/layerHover.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { type LanguageNotebooks, signatureMarkdown, toRange } from "./languageNotebooks.ts";

export class HoverProvider implements vscode.HoverProvider {
  readonly #notebooks: LanguageNotebooks;
  readonly #kernels: NotebookKernels;
  readonly #locale: Locale;

  constructor(notebooks: LanguageNotebooks, kernels: NotebookKernels, locale: Locale) {
    this.#notebooks = notebooks;
    this.#kernels = kernels;
    this.#locale = locale;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | null> {
    const place = await this.#notebooks.locate(document, position);
    if (!place || token.isCancellationRequested) return null;
    const { notebookId, cellId, offset, notebook } = place;
    const hover = await this.#notebooks.client.request({ kind: "hover", notebookId, cellId, offset });
    if (!hover) return null;
    const layer = hover.layerCall && this.#layerMarkdown(notebook, hover.layerCall);
    // A hover is small, and what the run says must be in sight: of the rest only the beginning stays.
    const contents = layer
      ? [signatureMarkdown(withoutKind(hover.signature), firstParagraph(hover.documentation)), layer]
      : [signatureMarkdown(hover.signature, hover.documentation)];
    return new vscode.Hover(contents, toRange(document, hover.span));
  }

  #layerMarkdown(
    notebook: vscode.NotebookDocument,
    place: { readonly cellId: string; readonly line: number; readonly column: number },
  ): vscode.MarkdownString | null {
    const live = this.#kernels.find(notebook);
    if (!live) return null;
    const text = layerHover({
      runs: live.runs.newestFirst(),
      place,
      textOf: (cellId) => live.textOf(cellId),
      locale: this.#locale,
      showRunLink: (runId) =>
        `command:${commands.showRun}?${encodeURIComponent(JSON.stringify([notebook.uri.toString(), runId]))}`,
    });
    if (text === null) return null;
    const markdown = new vscode.MarkdownString(text, true);
    markdown.isTrusted = { enabledCommands: [commands.showRun] };
    return markdown;
  }
}

/** "(property) dense: …" → "dense: …", which fits in a line. */
function withoutKind(signature: string): string {
  return signature.replace(/^\([a-z ]+\) /, "");
}

function firstParagraph(markdown: string): string {
  return markdown.trimStart().split(/\n\s*\n/, 1)[0] ?? "";
}
