// Completion in cells: names first, their documentation when one is looked at.

import * as vscode from "vscode";
import type { CompletionEntry } from "../../shared/languageProtocol.ts";
import { completionKindOf } from "./kinds.ts";
import { type LanguageNotebooks, type LanguagePlace, toRange } from "./languageNotebooks.ts";

export const completionTriggers = [".", '"', "'", "`", "/", "@"] as const;

class CellCompletion extends vscode.CompletionItem {
  readonly place: LanguagePlace;
  readonly entry: CompletionEntry;
  readonly document: vscode.TextDocument;

  constructor(entry: CompletionEntry, place: LanguagePlace, document: vscode.TextDocument) {
    super(labelOf(entry), completionKindOf(entry.kind));
    this.place = place;
    this.entry = entry;
    this.document = document;
    this.sortText = entry.sortText;
    if (entry.insertText !== null) this.insertText = entry.insertText;
    if (entry.replace) this.range = toRange(document, entry.replace);
    if (entry.commit.length > 0) this.commitCharacters = [...entry.commit];
    if (entry.isRecommended) this.preselect = true;
    if (entry.deprecated) this.tags = [vscode.CompletionItemTag.Deprecated];
  }
}

export class CompletionProvider implements vscode.CompletionItemProvider<vscode.CompletionItem> {
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
    context: vscode.CompletionContext,
  ): Promise<vscode.CompletionList | null> {
    const place = this.#notebooks.locate(document, position);
    if (!place) return null;
    const { notebookId, cellId, offset } = place;
    const trigger = context.triggerCharacter ?? null;
    const list = await this.#notebooks.client.requestWhile(token, {
      kind: "complete",
      notebookId,
      cellId,
      offset,
      trigger,
    });
    if (!list || token.isCancellationRequested) return null;
    const items = list.entries.map((entry) => new CellCompletion(entry, place, document));
    return new vscode.CompletionList(items, list.incomplete);
  }

  async resolveCompletionItem(
    item: vscode.CompletionItem,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem> {
    if (!(item instanceof CellCompletion)) return item;
    const { notebookId, cellId, offset } = item.place;
    const { name, source, importFrom } = item.entry;
    const details = await this.#notebooks.client.requestWhile(token, {
      ...{ kind: "resolveCompletion", notebookId, cellId },
      ...{ offset, name, source, importFrom },
    });
    if (!details) return item;
    item.detail = details.signature;
    item.documentation = new vscode.MarkdownString(details.documentation);
    item.additionalTextEdits = details.changes.map(
      ({ span, text }) => new vscode.TextEdit(toRange(item.document, span), text),
    );
    return item;
  }
}

/** Where it comes from stands beside the name of what would be imported. */
function labelOf({ name, importFrom }: CompletionEntry): string | vscode.CompletionItemLabel {
  return importFrom === null ? name : { label: name, description: importFrom };
}
