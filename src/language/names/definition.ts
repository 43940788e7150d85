// Where a name, its type, or what implements it is defined.

import type ts from "typescript";
import type { CodePlace } from "../../shared/codePlaces.ts";
import { nnbookTypesFolder } from "../program/languageHost.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { codePlace, eachOnce } from "./codePlaces.ts";

export function definitionAt(notebook: NotebookService, spot: CellSpot): readonly CodePlace[] {
  const places = placesAt(notebook, spot, "getDefinitionAtPosition");
  const [first] = places;
  // Behind a name of nnbook's stands the function that it holds: the words are at the name.
  return first?.kind === "types" && first.path.startsWith(nnbookTypesFolder) ? [first] : places;
}

/** Of the type of what stands at a place: for `const model = sequential([])`, the class `Sequential`. */
export function typeDefinitionAt(notebook: NotebookService, spot: CellSpot): readonly CodePlace[] {
  return placesAt(notebook, spot, "getTypeDefinitionAtPosition");
}

/** The classes and objects that have what an interface or an abstract method asks for. */
export function implementationsAt(notebook: NotebookService, spot: CellSpot): readonly CodePlace[] {
  return placesAt(notebook, spot, "getImplementationAtPosition");
}

function placesAt(
  notebook: NotebookService,
  spot: CellSpot,
  ask: "getDefinitionAtPosition" | "getTypeDefinitionAtPosition" | "getImplementationAtPosition",
): readonly CodePlace[] {
  const offset = notebook.offset(spot);
  if (offset === null) return [];
  const found: readonly ts.DocumentSpan[] = notebook.service[ask](notebook.file, offset) ?? [];
  return eachOnce(found.flatMap((each) => codePlace(notebook, each)));
}
