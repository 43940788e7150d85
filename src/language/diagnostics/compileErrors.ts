// What would keep a cell from running: it does not compile.

import type { CellDiagnostic, LanguageCell } from "../../shared/languageProtocol.ts";
import { compileCell } from "../compile/cellCompiler.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import type { PreparedCell } from "../program/preparedCell.ts";
import { offsetAt } from "../program/sourcePositions.ts";
import { ownCode } from "./ownCodes.ts";

type PlacedError = Pick<CellDiagnostic, "span" | "message">;

/** Prepared cells live as long as their text stands in the notebook. */
const knownErrors = new WeakMap<PreparedCell, readonly PlacedError[]>();

export function compileErrors(notebook: NotebookService, cell: LanguageCell, say: Say): readonly CellDiagnostic[] {
  const prepared = notebook.program.prepared(cell);
  const errors = knownErrors.get(prepared) ?? placedCompileErrors(cell.text, say);
  knownErrors.set(prepared, errors);
  return errors.map((error) => ({
    ...error,
    cellId: cell.id,
    severity: "error",
    code: ownCode.doesNotCompile,
    tag: null,
  }));
}

function placedCompileErrors(text: string, say: Say): readonly PlacedError[] {
  const result = compileCell({ cellId: "", label: "", source: text }, say);
  if (result.kind === "compiled") return [];
  return result.errors.map(({ line, column, message }) => {
    const start = Math.min(offsetAt(text, { line, column }), text.length);
    const word = /^(?:[\p{L}\p{N}_$]+|.)/u.exec(text.slice(start))?.[0] ?? "";
    return { span: { start, length: word.length }, message };
  });
}
