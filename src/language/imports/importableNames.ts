// What a cell could import: all of nnbook, what modules offer that some cell imports from, and what the modules beside the notebook export.

import ts from "typescript";
import { nnbookEntry } from "../program/languageHost.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { unaliased } from "../program/syntaxTree.ts";
import { modulesIn } from "./localModules.ts";

export interface ImportableName {
  readonly name: string;
  /** As an import writes it: "nnbook", "./helper.ts". */
  readonly from: string;
  /** TypeScript's kind of the element. */
  readonly kind: string;
  /** It is no value: only types can use it. */
  readonly isType: boolean;
  /** `null` for what is known by its text alone. */
  readonly symbol: ts.Symbol | null;
}

export const nnbookSpecifier = "nnbook";

/** Nnbook's names first. A name that two modules offer is there twice. */
export function importableNames(notebook: NotebookService): readonly ImportableName[] {
  const checked = notebook.checked();
  if (checked === null) return [];
  const { source, checker } = checked;
  const modules = new Map<string, ts.Symbol>();
  const entry = checked.program.getSourceFile(nnbookEntry);
  const nnbook = entry && checker.getSymbolAtLocation(entry);
  if (nnbook !== undefined) modules.set(nnbookSpecifier, nnbook);
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const module = checker.getSymbolAtLocation(statement.moduleSpecifier);
    if (module !== undefined) modules.set(statement.moduleSpecifier.text, module);
  }
  const local = notebook.folder === null ? [] : modulesIn(notebook.folder);
  return [
    ...[...modules].flatMap(([from, module]) => moduleNames(from, module, checker)),
    ...local.filter(({ from }) => !modules.has(from)).map((each) => ({ ...each, symbol: null })),
  ];
}

function moduleNames(from: string, module: ts.Symbol, checker: ts.TypeChecker): readonly ImportableName[] {
  return checker.getExportsOfModule(module).flatMap((symbol) => {
    const { name } = symbol;
    if (name === "default" || name === "export=" || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return [];
    const target = unaliased(symbol, checker);
    const isType = (target.flags & ts.SymbolFlags.Value) === 0 && (target.flags & ts.SymbolFlags.Type) !== 0;
    return [{ name, from, kind: kindOf(target), isType, symbol }];
  });
}

function kindOf({ flags }: ts.Symbol): string {
  if (flags & ts.SymbolFlags.Function) return ts.ScriptElementKind.functionElement;
  if (flags & ts.SymbolFlags.Class) return ts.ScriptElementKind.classElement;
  if (flags & ts.SymbolFlags.Enum) return ts.ScriptElementKind.enumElement;
  if (flags & ts.SymbolFlags.Variable) return ts.ScriptElementKind.constElement;
  if (flags & ts.SymbolFlags.Module) return ts.ScriptElementKind.moduleElement;
  if (flags & ts.SymbolFlags.TypeAlias) return ts.ScriptElementKind.typeElement;
  return ts.ScriptElementKind.interfaceElement;
}
