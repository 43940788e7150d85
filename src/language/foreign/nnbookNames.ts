// The names that nnbook has, read from its types.

import ts from "typescript";
import { type NnbookNames, ownersOfNames } from "../../shared/meantName.ts";
import { nnbookEntry } from "../program/languageHost.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { unaliased } from "../program/syntaxTree.ts";

/** The types of a program stay the same file as long as it lives. */
const known = new WeakMap<ts.SourceFile, NnbookNames>();

export function nnbookNamesOf(notebook: NotebookService): NnbookNames {
  const checked = notebook.checked();
  const entry = checked?.program.getSourceFile(nnbookEntry);
  if (checked === null || entry === undefined) return { exports: [], members: {} };
  const names = known.get(entry) ?? readNames(entry, checked.checker);
  known.set(entry, names);
  return names;
}

function readNames(entry: ts.SourceFile, checker: ts.TypeChecker): NnbookNames {
  const module = checker.getSymbolAtLocation(entry);
  const values = (module === undefined ? [] : checker.getExportsOfModule(module)).filter(
    (symbol) => (unaliased(symbol, checker).flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(symbol),
  );
  const members = values
    .filter(({ name }) => ownersOfNames.includes(name))
    .map((symbol) => [symbol.name, membersOf(unaliased(symbol, checker), entry, checker)] as const);
  return { exports: values.map(({ name }) => name), members: Object.fromEntries(members) };
}

/** `export type { Dense }`: a class that nobody can name in code that runs. */
function isTypeOnly(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (each) => ts.isExportSpecifier(each) && (each.isTypeOnly || each.parent.parent.isTypeOnly),
  );
}

/** What makes something; classes beside it are types to whoever writes a cell. */
function membersOf(symbol: ts.Symbol, entry: ts.SourceFile, checker: ts.TypeChecker): readonly string[] {
  const members = checker.getTypeOfSymbolAtLocation(symbol, entry).getProperties();
  return members.map(({ name }) => name).filter((name) => /^\p{Ll}/u.test(name));
}
