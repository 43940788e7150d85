// Where a name is defined: in a cell, or in one of the user's files.

import ts from "typescript";
import type { DefinitionPlace } from "../../shared/languageProtocol.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { positionAt } from "../program/sourcePositions.ts";

export function definitionAt(notebook: NotebookService, spot: CellSpot): readonly DefinitionPlace[] {
  const offset = notebook.offset(spot);
  if (offset === null) return [];
  const found = notebook.service.getDefinitionAtPosition(notebook.file, offset) ?? [];
  return found.flatMap((definition) => definitionPlace(notebook, definition));
}

function definitionPlace(notebook: NotebookService, { fileName, textSpan }: ts.DefinitionInfo): DefinitionPlace[] {
  if (fileName === notebook.file) {
    const place = notebook.program.toCellSpan(textSpan);
    return place === null ? [] : [{ kind: "cell", ...place }];
  }
  // Libraries and nnbook's types exist only in memory: nothing to open.
  const text = ts.sys.readFile(fileName);
  return text === undefined ? [] : [{ kind: "file", path: fileName, ...positionAt(text, textSpan.start) }];
}
