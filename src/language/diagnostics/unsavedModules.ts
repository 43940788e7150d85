// Imports that lead to a module which is open with changes that are not saved: the cells see and run it as it was saved.

import ts from "typescript";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import type { Say } from "../languageWords.ts";
import { isVirtualFile } from "../program/languageHost.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { ownCode } from "./ownCodes.ts";

/** @param unsaved Paths of files that an editor holds changed. */
export function unsavedModules(
  notebook: NotebookService,
  unsaved: readonly string[],
  say: Say,
): readonly CellDiagnostic[] {
  const checked = unsaved.length === 0 ? null : notebook.checked();
  if (checked === null) return [];
  const files = new Map(unsaved.map((file) => [fileKey(file), file]));
  return importsIn(checked.source).flatMap((specifier): CellDiagnostic[] => {
    const file = firstUnsaved(importedFile(specifier, checked.checker), files, checked.checker);
    const start = specifier.getStart(checked.source);
    const place = notebook.program.toCellSpan({ start, length: specifier.end - start });
    if (file === null || place === null) return [];
    const message = say("unsavedModule", { file: file.split(/[\\/]/).at(-1) ?? file });
    return [{ ...place, severity: "warning", code: ownCode.unsavedModule, message, tag: null, unsavedModule: file }];
  });
}

/** The file itself, or the first that it imports in turn. Packages are nobody's to change. */
function firstUnsaved(
  file: ts.SourceFile | null,
  unsaved: ReadonlyMap<string, string>,
  checker: ts.TypeChecker,
  seen = new Set<ts.SourceFile>(),
): string | null {
  if (file === null || seen.has(file) || isVirtualFile(file.fileName) || file.fileName.includes("/node_modules/"))
    return null;
  seen.add(file);
  const own = unsaved.get(fileKey(file.fileName));
  if (own !== undefined) return own;
  for (const specifier of importsIn(file)) {
    const found = firstUnsaved(importedFile(specifier, checker), unsaved, checker, seen);
    if (found !== null) return found;
  }
  return null;
}

function importsIn(file: ts.SourceFile): readonly ts.Expression[] {
  return file.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier !== undefined
      ? [statement.moduleSpecifier]
      : [],
  );
}

function importedFile(specifier: ts.Expression, checker: ts.TypeChecker): ts.SourceFile | null {
  return checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile) ?? null;
}

/** As TypeScript writes paths, whatever the system and whether it tells capital letters apart. */
function fileKey(file: string): string {
  const path = file.replaceAll("\\", "/");
  return ts.sys.useCaseSensitiveFileNames ? path : path.toLowerCase();
}
