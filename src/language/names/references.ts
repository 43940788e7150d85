// Where a name is used: in all cells, and in the user's files that they import. A name declared again in a later cell is another one.

import ts from "typescript";
import type { CodePlace } from "../../shared/codePlaces.ts";
import type { Highlight } from "../../shared/editorProtocol.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { codePlace, eachOnce } from "./codePlaces.ts";

export function referencesAt(
  notebook: NotebookService,
  spot: CellSpot,
  withDeclarations: boolean,
): readonly CodePlace[] {
  const offset = notebook.offset(spot);
  if (offset === null) return [];
  const symbols = notebook.service.findReferences(notebook.file, offset) ?? [];
  const declared = new Set(symbols.map(({ definition }) => placeKey(definition)));
  const found = symbols
    .flatMap(({ references }) => references)
    .filter((reference) => withDeclarations || !(reference.isDefinition === true || declared.has(placeKey(reference))))
    .flatMap((reference) => codePlace(notebook, reference));
  // Inside of the types nobody looks for uses of what a cell uses.
  return eachOnce(found).filter(({ kind }) => kind !== "types");
}

function placeKey({ fileName, textSpan }: ts.DocumentSpan): string {
  return `${textSpan.start} ${fileName}`;
}

/** The uses in the same cell, told apart by whether they read or write. */
export function highlightsAt(notebook: NotebookService, spot: CellSpot): readonly Highlight[] {
  const offset = notebook.offset(spot);
  if (offset === null) return [];
  const found = notebook.service.getDocumentHighlights(notebook.file, offset, [notebook.file]) ?? [];
  return found.flatMap(({ highlightSpans }) =>
    highlightSpans.flatMap(({ textSpan, kind }) => {
      const place = notebook.program.toCellSpan(textSpan);
      if (place?.cellId !== spot.cellId) return [];
      return { span: place.span, isWritten: kind === ts.HighlightSpanKind.writtenReference };
    }),
  );
}
