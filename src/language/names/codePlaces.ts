// Where something stands that TypeScript found: in a cell, in one of the user's files, or in types that can only be read.

import ts from "typescript";
import type { CodePlace } from "../../shared/codePlaces.ts";
import { isVirtualFile } from "../program/languageHost.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { positionAt } from "../program/sourcePositions.ts";

/** Empty for what the user did not write: the braces between cells. */
export function codePlace(
  notebook: NotebookService,
  { fileName, textSpan }: { readonly fileName: string; readonly textSpan: ts.TextSpan },
): CodePlace[] {
  if (fileName === notebook.file) {
    const place = notebook.program.toCellSpan(textSpan);
    return place === null ? [] : [{ kind: "cell", ...place }];
  }
  const isTypes = isVirtualFile(fileName);
  const text = isTypes ? notebook.textOf(fileName) : ts.sys.readFile(fileName);
  if (text === undefined) return [];
  const at = { path: fileName, ...positionAt(text, textSpan.start), length: textSpan.length };
  return [{ kind: isTypes ? "types" : "file", ...at }];
}

/** Each place once, in the order they were found. */
export function eachOnce(places: readonly CodePlace[]): readonly CodePlace[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}
