// What the name at a place in a cell is; and for calls that make a layer, the place by which its run is found.

import ts from "typescript";
import type { Hover } from "../shared/languageProtocol.ts";
import { documentationMarkdown, nameDocumentation } from "./documentation.ts";
import { findLayerCall } from "./layerCall.ts";
import type { CellSpot } from "./notebookProgram.ts";
import type { NotebookService } from "./notebookService.ts";

export function hoverAt(notebook: NotebookService, spot: CellSpot): Hover | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  const info = notebook.service.getQuickInfoAtPosition(notebook.file, offset);
  const place = info === undefined ? null : notebook.program.toCellSpan(info.textSpan);
  if (info === undefined || place === null) return null;
  return {
    signature: ts.displayPartsToString(info.displayParts),
    documentation: documentationMarkdown(info.documentation, info.tags) || nameDocumentation(notebook, offset),
    span: place.span,
    layerCall: findLayerCall(notebook, offset),
  };
}
