// The files that `datasets.csv("…")` may name: tables and folders, as far as the path is written.

import ts from "typescript";
import type { CompletionEntry, CompletionList } from "../../shared/languageProtocol.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";

const tables = [".csv", ".tsv", ".txt"] as const;

/** `null` where no path of a data file stands. */
export function dataFilesAt(notebook: NotebookService, { cellId, offset }: CellSpot): CompletionList | null {
  const { folder } = notebook;
  const at = notebook.offset({ cellId, offset });
  const literal = at === null ? null : notebook.nodeAt(at);
  if (folder === null || at === null || literal === null || !ts.isStringLiteralLike(literal)) return null;
  if (!isPathOfData(literal)) return null;
  const inside = literal.getStart() + 1;
  const typed = notebook.program.text.slice(inside, Math.max(inside, at));
  const written = typed.slice(0, typed.lastIndexOf("/") + 1);
  const start = offset - (typed.length - written.length);
  const place = ts.sys.resolvePath(`${folder}/${written}`);
  const entry = (name: string, kind: string): CompletionEntry => ({
    ...{ name, kind, sortText: kind === ts.ScriptElementKind.directory ? "12" : "11", insertText: null },
    ...{ replace: { start, length: offset - start }, source: null, deprecated: false, commit: [] },
    ...{ isRecommended: false, importFrom: null },
  });
  const nameOf = (path: string) => path.split("/").at(-1) ?? path;
  const files = ts.sys.readDirectory(place, tables, undefined, undefined, 1).map(nameOf);
  const folders = ts.sys.getDirectories(place).map(nameOf);
  const isOpen = (name: string) => !name.startsWith(".") && name !== "node_modules";
  return {
    incomplete: false,
    entries: [
      ...files.map((name) => entry(name, ts.ScriptElementKind.scriptElement)),
      ...folders.filter(isOpen).map((name) => entry(name, ts.ScriptElementKind.directory)),
    ],
  };
}

/** The first argument of `datasets.csv(…)`. */
function isPathOfData(literal: ts.StringLiteralLike): boolean {
  const call = literal.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== literal) return false;
  const called = call.expression;
  return (
    ts.isPropertyAccessExpression(called) && called.name.text === "csv" && called.expression.getText() === "datasets"
  );
}
