// What each name in a cell is, so that it can be coloured by more than its spelling: a parameter, a class, something that cannot change.

import ts from "typescript";
import { semanticTokenTypes } from "../../shared/editorProtocol.ts";
import type { NotebookService } from "../program/notebookService.ts";

/** Four numbers for each name: where it starts, how long it is, its type, its modifiers (a bit for each). In the order of the cell. */
export function semanticTokensOf(notebook: NotebookService, cellId: string): readonly number[] {
  const found: (readonly [start: number, length: number, type: number, modifiers: number])[] = [];
  for (const span of notebook.program.spansOf(cellId)) {
    const { spans } = notebook.service.getEncodedSemanticClassifications(
      notebook.file,
      span,
      ts.SemanticClassificationFormat.TwentyTwenty,
    );
    for (let at = 0; at < spans.length; at += 3) {
      const [start = 0, length = 0, code = 0] = spans.slice(at, at + 3);
      const place = notebook.program.toCellPart({ start, length });
      const type = (code >> typeShift) - 1;
      if (place?.cellId !== cellId || place.span.length !== length || semanticTokenTypes[type] === undefined) continue;
      found.push([place.span.start, length, type, code & modifierMask]);
    }
  }
  return found.toSorted(([a], [b]) => a - b).flat();
}

/** As TypeScript packs them: its type, from 1, above eight bits of modifiers. */
const typeShift = 8;
/** All but "local", which says of every variable of a cell that it is in a block: the one we put around it. */
const modifierMask = 0b11111;
