// How a cell is laid out, folded, selected and listed: what the editor asks about one cell's text.

import * as vscode from "vscode";
import type { CodeLayout, FoldedSpan, LayoutChange, OutlineItem } from "../../shared/editorProtocol.ts";
import { symbolKindOf } from "./kinds.ts";
import { type LanguageNotebooks, toRange } from "./languageNotebooks.ts";

/** After these a statement, a block or a line is complete. */
export const formatTriggers = [";", "}", "\n"] as const;

export class FormattingProvider
  implements
    vscode.DocumentFormattingEditProvider,
    vscode.DocumentRangeFormattingEditProvider,
    vscode.OnTypeFormattingEditProvider
{
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideDocumentFormattingEdits(
    document: vscode.TextDocument,
    options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    const request = { kind: "format", span: null, layout: layoutOf(options) } as const;
    return toEdits(document, await this.#notebooks.ask(document, token, request));
  }

  async provideDocumentRangeFormattingEdits(
    document: vscode.TextDocument,
    range: vscode.Range,
    options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    const start = document.offsetAt(range.start);
    const span = { start, length: document.offsetAt(range.end) - start };
    return toEdits(
      document,
      await this.#notebooks.ask(document, token, { kind: "format", span, layout: layoutOf(options) }),
    );
  }

  async provideOnTypeFormattingEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    key: string,
    options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    const request = {
      kind: "formatTyped",
      offset: document.offsetAt(position),
      key,
      layout: layoutOf(options),
    } as const;
    return toEdits(document, await this.#notebooks.ask(document, token, request));
  }
}

function layoutOf({ tabSize, insertSpaces }: vscode.FormattingOptions): CodeLayout {
  return { indentSize: tabSize, usesTabs: !insertSpaces };
}

function toEdits(document: vscode.TextDocument, changes: readonly LayoutChange[] | null): vscode.TextEdit[] {
  return (changes ?? []).map(({ span, text }) => new vscode.TextEdit(toRange(document, span), text));
}

export class StructureProvider
  implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider, vscode.SelectionRangeProvider
{
  readonly #notebooks: LanguageNotebooks;

  constructor(notebooks: LanguageNotebooks) {
    this.#notebooks = notebooks;
  }

  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[]> {
    const items = await this.#notebooks.ask(document, token, { kind: "outline" });
    return (items ?? []).map((item) => toSymbol(document, item));
  }

  async provideFoldingRanges(
    document: vscode.TextDocument,
    _context: vscode.FoldingContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.FoldingRange[]> {
    const spans = await this.#notebooks.ask(document, token, { kind: "folding" });
    return (spans ?? []).map((folded) => toFoldingRange(document, folded)).filter(({ start, end }) => end > start);
  }

  async provideSelectionRanges(
    document: vscode.TextDocument,
    positions: readonly vscode.Position[],
    token: vscode.CancellationToken,
  ): Promise<vscode.SelectionRange[]> {
    const offsets = positions.map((position) => document.offsetAt(position));
    const found = await this.#notebooks.ask(document, token, { kind: "selectionRanges", offsets });
    return (found ?? []).flatMap((spans) => {
      const widestFirst = spans.map((span) => toRange(document, span)).reverse();
      const smallest = widestFirst.reduce<vscode.SelectionRange | undefined>(
        (parent, range) => new vscode.SelectionRange(range, parent),
        undefined,
      );
      return smallest ? [smallest] : [];
    });
  }
}

function toSymbol(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const range = toRange(document, item.span);
  const nameRange = toRange(document, item.nameSpan);
  // The editor insists that a name is within what it names.
  const inside = range.contains(nameRange) ? nameRange : range;
  const symbol = new vscode.DocumentSymbol(item.name, "", symbolKindOf(item.kind), range, inside);
  if (item.isDeprecated) symbol.tags = [vscode.SymbolTag.Deprecated];
  symbol.children = item.children.map((child) => toSymbol(document, child));
  return symbol;
}

function toFoldingRange(document: vscode.TextDocument, { span, kind }: FoldedSpan): vscode.FoldingRange {
  const { start, end } = toRange(document, span);
  // A closing bracket stays in sight.
  const last = end.character === 0 ? "" : (document.lineAt(end.line).text[end.character - 1] ?? "");
  const endLine = "}])`".includes(last) && last !== "" ? Math.max(start.line, end.line - 1) : end.line;
  return new vscode.FoldingRange(start.line, endLine, foldingKindOf(kind));
}

function foldingKindOf(kind: FoldedSpan["kind"]): vscode.FoldingRangeKind | undefined {
  switch (kind) {
    case "comment":
      return vscode.FoldingRangeKind.Comment;
    case "imports":
      return vscode.FoldingRangeKind.Imports;
    case "region":
      return vscode.FoldingRangeKind.Region;
    case "code":
      return undefined;
  }
}
