// Changes of the notebook's program as changes of its cells. What would change anything else is no change that we can make.

import type ts from "typescript";
import type { CodeChange } from "../../shared/codePlaces.ts";
import type { CodeLayout } from "../../shared/editorProtocol.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { indentedChanges } from "../syntax/indentation.ts";

/** `null` where one of the changes is not in a cell. */
export function cellChanges(
  notebook: NotebookService,
  changes: readonly ts.FileTextChanges[],
  layout: CodeLayout,
): readonly CodeChange[] | null {
  const found: CodeChange[] = [];
  for (const { fileName, textChanges } of changes) {
    if (fileName !== notebook.file) return null;
    for (const { span, newText } of textChanges) {
      const place = notebook.program.toCellPart(span);
      if (place === null) return null;
      const change = { ...place, text: newText };
      found.push(newText === "" ? withLineEnd(notebook, change) : change);
    }
  }
  return found.length === 0 ? null : indented(notebook, found, layout);
}

function indented(
  notebook: NotebookService,
  changes: readonly CodeChange[],
  layout: CodeLayout,
): readonly CodeChange[] {
  return [...new Set(changes.map(({ cellId }) => cellId))].flatMap((cellId) => {
    const text = notebook.cell(cellId)?.text ?? "";
    const ofCell = changes.filter((change) => change.cellId === cellId);
    return indentedChanges(text, ofCell, layout).map((change) => ({ cellId, ...change }));
  });
}

/** Takes the end of a line along that would be left empty. */
function withLineEnd(notebook: NotebookService, change: CodeChange): CodeChange {
  const text = notebook.cell(change.cellId)?.text ?? "";
  const { start, length } = change.span;
  const before = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const isLineStart = start === before.length || text[start - before.length - 1] === "\n";
  const after = /^[ \t]*(?:\r?\n)/.exec(text.slice(start + length))?.[0];
  const isLine = isLineStart && !text.slice(start, start + length).endsWith("\n");
  if (!isLine || after === undefined) return change;
  return { ...change, span: { start: start - before.length, length: before.length + length + after.length } };
}
