// What the name at a place in a cell is; and for calls that make a layer, the place by which its run is found.

import ts from "typescript";
import type { Hover } from "../../shared/languageProtocol.ts";
import { namedThing } from "../program/knownNames.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { documentationMarkdown, nameDocumentation } from "./documentation.ts";
import { findLayerCall } from "./layerCall.ts";

/** How much of a type is spelled out: a hover is small. */
const mostTypeCharacters = 300;

export function hoverAt(notebook: NotebookService, spot: CellSpot): Hover | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  // All of `layers.dense` is the call's name: `layers` alone has nothing to add.
  const layerCall = findLayerCall(notebook, offset);
  const at = layerCall?.name ?? offset;
  const info = notebook.service.getQuickInfoAtPosition(notebook.file, at, mostTypeCharacters);
  if (info === undefined) return namedThingHover(notebook, offset);
  const place = notebook.program.toCellSpan(layerCall?.called ?? info.textSpan);
  if (place === null) return null;
  return {
    signature: ts.displayPartsToString(info.displayParts),
    documentation: nameDocumentation(notebook, at, documentationMarkdown(info.documentation, info.tags)),
    span: place.span,
    layerCall: layerCall?.place ?? null,
  };
}

/** Over `"relu"`, where a text names something of nnbook's: what it names. */
function namedThingHover(notebook: NotebookService, offset: number): Hover | null {
  const thing = namedThing(notebook, offset);
  const place = thing === null ? null : notebook.program.toCellSpan(thing.span);
  if (thing === null || place === null) return null;
  return { signature: thing.name, documentation: thing.documentation, span: place.span, layerCall: null };
}
