// How a cell is laid out: spaces, indents, line breaks, as TypeScript's formatter has them. What does not parse stays as it is.

import ts from "typescript";
import type { TextSpan } from "../../shared/codePlaces.ts";
import type { CodeLayout, LayoutChange } from "../../shared/editorProtocol.ts";
import { readCell } from "./cellSyntax.ts";

/** Lays out a span, or all of the cell. */
export function formatCell(text: string, span: TextSpan | null, layout: CodeLayout): readonly LayoutChange[] {
  const { service, file } = readCell(text);
  const settings = formatSettings(text, layout);
  if (span === null) return layoutChanges(service.getFormattingEditsForDocument(file, settings));
  const start = Math.min(span.start, text.length);
  const end = Math.min(span.start + span.length, text.length);
  return layoutChanges(service.getFormattingEditsForRange(file, start, end, settings));
}

/** Lays out what `key`, which stands before `offset`, has ended: a statement, a block, a line. */
export function formatTyped(
  text: string,
  { offset, key }: { readonly offset: number; readonly key: string },
  layout: CodeLayout,
): readonly LayoutChange[] {
  if (offset > text.length) return [];
  const { service, file } = readCell(text);
  return layoutChanges(service.getFormattingEditsAfterKeystroke(file, offset, key, formatSettings(text, layout)));
}

/** What code that is written into a cell looks like. */
export function formatSettings(text: string, { indentSize, usesTabs }: CodeLayout): ts.FormatCodeSettings {
  return {
    ...ts.getDefaultFormatCodeSettings(text.includes("\r\n") ? "\r\n" : "\n"),
    indentSize,
    tabSize: indentSize,
    convertTabsToSpaces: !usesTabs,
  };
}

function layoutChanges(changes: readonly ts.TextChange[]): readonly LayoutChange[] {
  return changes.map(({ span, newText }) => ({ span: { start: span.start, length: span.length }, text: newText }));
}
