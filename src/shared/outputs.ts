// Cell outputs as they cross from the kernel to whoever keeps them (the editor, the command line, a file).

import type { JsonValue } from "./json.ts";
import type { CellPlace } from "./layerReport.ts";

/** One output in one or more forms: a view's JSON under its MIME type, and always `text/plain` beside it. */
export interface Output {
  readonly items: Readonly<Record<string, JsonValue>>;
}

/** An error of a cell, in the user's terms. */
export interface CellError {
  /** "TypeError", "ShapeError", "SyntaxError" … */
  readonly name: string;
  /** What was expected, what was got, what to do. */
  readonly message: string;
  /** Frames in the user's cells and files, newest first, one a line: "at relu (Cell 2:3:9)". */
  readonly stack: string;
  /** The innermost place in a cell; `null` when none is known. */
  readonly place: CellPlace | null;
}
