// What a cell that could not be compiled answers with.

import type { CompileError } from "../shared/languageProtocol.ts";
import type { CellError } from "../shared/outputs.ts";
import type { CellToRun } from "./notebookSession.ts";

/** The first error tells its place; the others follow in the message. */
export function compileError(
  { cellId, label }: Pick<CellToRun, "cellId" | "label">,
  errors: readonly CompileError[],
): CellError {
  const [first, ...others] = errors;
  if (first === undefined)
    return { name: "SyntaxError", message: "The cell could not be compiled.", stack: "", place: null };
  const { line, column, message } = first;
  const more = others.map((error) => `\n${label}:${error.line}:${error.column} ${error.message}`).join("");
  return {
    name: "SyntaxError",
    message: message + more,
    stack: `at ${label}:${line}:${column}`,
    place: { cellId, line, column },
  };
}
