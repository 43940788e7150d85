// Which of TypeScript's suggestions are worth a mark in a notebook: what is deprecated, what is never used, an `await` for nothing.
// Variables of the notebook itself lie about on purpose, for a later cell or to be looked at; the others tidy up what nobody asked to be tidy.

import ts from "typescript";
import type { NotebookService } from "../program/notebookService.ts";

const awaitHasNoEffect = 80007;

export function suggestionsOf(notebook: NotebookService): readonly ts.DiagnosticWithLocation[] {
  return notebook.service
    .getSuggestionDiagnostics(notebook.file)
    .filter(
      (each) =>
        each.reportsDeprecated !== undefined ||
        each.code === awaitHasNoEffect ||
        (each.reportsUnnecessary !== undefined && isUnused(notebook, each)),
    );
}

function isUnused(notebook: NotebookService, { start }: ts.DiagnosticWithLocation): boolean {
  const node = notebook.nodeAt(start);
  if (node === null) return false;
  const statement = ts.findAncestor(node, ts.isImportDeclaration);
  if (statement !== undefined) return !isImportedAgain(notebook, statement, node);
  return !isOfNotebook(notebook, node);
}

/** Several cells may give a name, and TypeScript takes the first import for all: the others are needed where a cell runs alone. */
function isImportedAgain(notebook: NotebookService, statement: ts.ImportDeclaration, node: ts.Node): boolean {
  const names = ts.isIdentifier(node) ? [node.text] : namesIn(statement);
  const giving = (name: string) => notebook.cells.filter((cell) => notebook.program.prepared(cell).declared.has(name));
  return names.some((name) => giving(name).length > 1) && isUsed(notebook, names);
}

/** Whether some cell uses one of these names: then TypeScript has seen the first import used, not this one. */
function isUsed(notebook: NotebookService, names: readonly string[]): boolean {
  const source = notebook.checked()?.source;
  const visit = (node: ts.Node): boolean =>
    !ts.isImportDeclaration(node) &&
    ((ts.isIdentifier(node) && names.includes(node.text)) ||
      (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false));
  return source !== undefined && visit(source);
}

function namesIn({ importClause }: ts.ImportDeclaration): readonly string[] {
  const { name, namedBindings } = importClause ?? {};
  const others =
    namedBindings === undefined ? [] : ts.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements;
  return [...(name === undefined ? [] : [name.text]), ...others.map((each) => each.name.text)];
}

/** Declared by a cell itself, not inside of a function or block of it. */
function isOfNotebook(notebook: NotebookService, node: ts.Node): boolean {
  const { parent } = node;
  // The name of a function or class belongs to what it stands in.
  const isNameOfScope = (ts.isFunctionDeclaration(parent) || ts.isClassDeclaration(parent)) && parent.name === node;
  const scope = ts.findAncestor(isNameOfScope ? parent.parent : parent, isScope);
  return scope === undefined || notebook.isCellBlock(scope);
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isClassLike(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isFunctionLike(node) ||
    ts.isSourceFile(node)
  );
}
