// A diagnostic of the notebook's own at a part of its program.

import type ts from "typescript";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import type { NotebookService } from "../program/notebookService.ts";

export function ownDiagnostic(
  notebook: NotebookService,
  node: ts.Node,
  what: Pick<CellDiagnostic, "severity" | "code" | "message" | "replacement">,
): CellDiagnostic[] {
  const place = notebook.program.toCellSpan({ start: node.getStart(), length: node.getWidth() });
  return place === null ? [] : [{ ...place, ...what, tag: null }];
}
