// What can be folded in a cell: blocks, imports, comments, regions.

import ts from "typescript";
import type { FoldedSpan } from "../../shared/editorProtocol.ts";
import { readCell } from "./cellSyntax.ts";

export function foldingOf(text: string): readonly FoldedSpan[] {
  const { service, file } = readCell(text);
  return service.getOutliningSpans(file).map(({ textSpan, kind }) => ({
    span: { start: textSpan.start, length: textSpan.length },
    kind: foldedKind(kind),
  }));
}

function foldedKind(kind: ts.OutliningSpanKind): FoldedSpan["kind"] {
  switch (kind) {
    case ts.OutliningSpanKind.Comment:
      return "comment";
    case ts.OutliningSpanKind.Imports:
      return "imports";
    case ts.OutliningSpanKind.Region:
      return "region";
    case ts.OutliningSpanKind.Code:
      return "code";
  }
}
