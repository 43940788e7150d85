// Indents for lines that are written into a cell. TypeScript indents them as in the notebook's program, where every cell is deep in blocks.

import type { CodeLayout, LayoutChange } from "../../shared/editorProtocol.ts";
import { formatCell } from "./formatting.ts";

/** The changes with each new line indented as the cell by itself asks for. */
export function indentedChanges(
  text: string,
  changes: readonly LayoutChange[],
  layout: CodeLayout,
): readonly LayoutChange[] {
  const inOrder = changes.toSorted((a, b) => a.span.start - b.span.start);
  const indented: LayoutChange[] = [];
  for (const [index, change] of inOrder.entries()) {
    const rest = inOrder.slice(index + 1);
    indented.push(indentedChange(text, { before: indented, change, rest }, layout));
  }
  return indented;
}

interface Around {
  /** What is written above, already indented. */
  readonly before: readonly LayoutChange[];
  readonly change: LayoutChange;
  readonly rest: readonly LayoutChange[];
}

function indentedChange(text: string, { before, change, rest }: Around, layout: CodeLayout): LayoutChange {
  const { span } = change;
  const shift = before.reduce((sum, each) => sum + each.text.length - each.span.length, 0);
  const beginsLine = span.start === 0 || text[span.start - 1] === "\n";
  const lines = change.text.split("\n");
  for (const [number, line] of lines.entries()) {
    // What follows an empty last line is in the cell already, with an indent of its own.
    const isIndented = number > 0 || beginsLine;
    if (!isIndented || line === "" || (line.trim() === "" && number < lines.length - 1)) continue;
    const start = lines.slice(0, number).reduce((sum, each) => sum + each.length + 1, span.start + shift);
    const changed = applyChanges(text, [...before, { span, text: lines.join("\n") }, ...rest]);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
    lines[number] = formattedIndent(changed, { start, indent }, layout) + line.slice(indent.length);
  }
  return { span, text: lines.join("\n") };
}

/** What the formatter makes of the spaces a line begins with. */
function formattedIndent(
  text: string,
  { start, indent }: { readonly start: number; readonly indent: string },
  layout: CodeLayout,
): string {
  const lineEnd = text.indexOf("\n", start);
  const end = start + indent.length;
  const span = { start, length: (lineEnd === -1 ? text.length : lineEnd) - start };
  const ofIndent = formatCell(text, span, layout).filter(
    (each) => each.span.start >= start && each.span.start + each.span.length <= end && !each.text.includes("\n"),
  );
  const moved = ofIndent.map((each) => ({ ...each, span: { ...each.span, start: each.span.start - start } }));
  return applyChanges(indent, moved);
}

function applyChanges(text: string, changes: readonly LayoutChange[]): string {
  return changes
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (now, { span, text: added }) => now.slice(0, span.start) + added + now.slice(span.start + span.length),
      text,
    );
}
