// The files that a debugger takes cells for. None of them exists: a debugger of JavaScript knows files alone, so each cell gets a name beside its notebook.

import { basename, join } from "node:path";
import type * as vscode from "vscode";
import { folderOf, ourOpenNotebooks } from "../notebooks.ts";

const numbers = new WeakMap<vscode.TextDocument, number>();
let newest = 0;

/** Absolute path of the file that a cell is for a debugger; the same as long as the cell is open, wherever it moves. */
export function debugFileOf({ document, notebook }: vscode.NotebookCell): string {
  const number = numbers.get(document) ?? ++newest;
  numbers.set(document, number);
  return join(folderOf(notebook), `${basename(notebook.uri.path)}.cell-${number}.ts`);
}

/** The cell that a file of a debugger is, or that has this address; `undefined` for all others. */
export function cellOfDebugFile(pathOrUri: string): vscode.NotebookCell | undefined {
  const wanted = comparable(pathOrUri);
  return ourOpenNotebooks()
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document.uri.toString() === pathOrUri || comparable(debugFileOf(cell)) === wanted);
}

/** Debuggers write drive letters as they like. */
function comparable(path: string): string {
  return process.platform === "win32" ? path.replaceAll("/", "\\").toLowerCase() : path;
}
