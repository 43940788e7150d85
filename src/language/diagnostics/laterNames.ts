// Names that only a later cell gives: run from top to bottom, the notebook would not know them yet.

import ts from "typescript";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";

export interface LaterName {
  readonly name: string;
  /** The number of the cell that declares it. */
  readonly cell: number;
  /** Whether the code that uses it runs as soon as its cell does: not in a function, not as a type. */
  readonly isRunAtOnce: boolean;
}

/** What `name` at a place in a cell is, if a later cell declares it; TypeScript does not know it there. */
export function laterName(
  notebook: NotebookService,
  { name, cellId, offset }: { readonly name: string; readonly cellId: string; readonly offset: number },
): LaterName | null {
  const index = notebook.cells.findIndex(({ id }) => id === cellId);
  const later = notebook.cells.slice(index + 1).find((cell) => notebook.program.prepared(cell).declared.has(name));
  if (later === undefined) return null;
  const node = notebook.nodeAt(offset);
  return { name, cell: notebook.numberOf(later.id), isRunAtOnce: node !== null && isRunAtOnce(notebook, node) };
}

/** Uses of what a later cell imports. In the program imports stand above all cells, so TypeScript finds nothing wrong. */
export function laterImports(notebook: NotebookService): readonly (LaterName & { readonly node: ts.Identifier })[] {
  const checked = notebook.checked();
  const firstCells = firstImports(notebook);
  if (checked === null || firstCells.size === 0) return [];
  const { source, checker } = checked;
  const found: (LaterName & { readonly node: ts.Identifier })[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const imported = firstCells.get(node.text);
      const here = imported && cellIndex(notebook, node.getStart(source));
      if (imported === undefined || here === undefined || here < 0 || here >= imported) return;
      const symbol = referred(node, checker);
      if (symbol?.declarations?.every(isImport) !== true) return;
      const cell = notebook.cells[imported];
      if (cell === undefined) return;
      found.push({ node, name: node.text, cell: notebook.numberOf(cell.id), isRunAtOnce: isRunAtOnce(notebook, node) });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether a name is there only because a later cell imports it. */
export function isImportedLater(
  notebook: NotebookService,
  { cellId }: { readonly cellId: string },
  name: string,
): boolean {
  const declaring = notebook.cells.findIndex((cell) => notebook.program.prepared(cell).declared.has(name));
  const cell = notebook.cells[declaring];
  const declared = cell && notebook.program.prepared(cell).declared.get(name);
  return (
    declared !== undefined &&
    declared.imported !== null &&
    declaring > notebook.cells.findIndex(({ id }) => id === cellId)
  );
}

/** The index of the first cell that imports a name, for names that the notebook's first cell does not import. */
function firstImports(notebook: NotebookService): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const [index, cell] of notebook.cells.entries()) {
    for (const [name, { imported }] of notebook.program.prepared(cell).declared) {
      if (imported !== null && !first.has(name)) first.set(name, index);
    }
  }
  return new Map([...first].filter(([, index]) => index > 0));
}

function cellIndex(notebook: NotebookService, offset: number): number {
  const spot = notebook.program.toCell(offset);
  return spot === null ? -1 : notebook.cells.findIndex(({ id }) => id === spot.cellId);
}

/** What a name stands for; for `{ layers }` the value, not the property. */
function referred(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

/** How a name that a later cell gives is told of. */
export function laterWords(
  { name, cell, isRunAtOnce }: LaterName,
  say: Say,
): Pick<CellDiagnostic, "message" | "severity"> {
  return { severity: isRunAtOnce ? "warning" : "hint", message: say("definedLater", { name, cell: String(cell) }) };
}

function isImport(declaration: ts.Declaration): boolean {
  return ts.isImportSpecifier(declaration) || ts.isNamespaceImport(declaration) || ts.isImportClause(declaration);
}

function isRunAtOnce(notebook: NotebookService, node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined && !notebook.isCellBlock(at); at = at.parent) {
    if (ts.isFunctionLike(at) || (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at))) return false;
    if (ts.isInterfaceDeclaration(at) || ts.isTypeAliasDeclaration(at)) return false;
    // A field of an object is set when the object is made.
    if (ts.isPropertyDeclaration(at) && !hasStatic(at)) return false;
  }
  return true;
}

function hasStatic(node: ts.PropertyDeclaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
}
