// What a growing selection takes in, step by step: the name, the expression, the statement … the cell.

import type ts from "typescript";
import type { TextSpan } from "../../shared/codePlaces.ts";
import { readCell } from "./cellSyntax.ts";

/** For each offset the spans around it, from the smallest to the whole cell. */
export function selectionRangesOf(text: string, offsets: readonly number[]): readonly (readonly TextSpan[])[] {
  const { service, file } = readCell(text);
  return offsets.map((offset) => spansAround(service.getSmartSelectionRange(file, Math.min(offset, text.length))));
}

function spansAround({ textSpan, parent }: ts.SelectionRange): readonly TextSpan[] {
  const span = { start: textSpan.start, length: textSpan.length };
  return parent === undefined ? [span] : [span, ...spansAround(parent)];
}
