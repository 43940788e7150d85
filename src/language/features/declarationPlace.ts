// Where a cell declares a name at its top level. Needs the cell's text alone.

import ts from "typescript";
import type { TextSpan } from "../../shared/languageProtocol.ts";

/** The declaration of `name` in a cell; of several the last, which is the one whose value stands. `null` where there is none. */
export function declarationPlace(source: string, name: string): TextSpan | null {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  let found: ts.Identifier | null = null;
  const visit = (node: ts.Node): void => {
    if (isDeclared(node) && node.text === name) found = node;
    // What functions and classes declare inside is theirs alone; a nested block may hold a `var`.
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
    else if (node.name !== undefined) visit(node.name);
  };
  visit(file);
  const identifier = found as ts.Identifier | null;
  return identifier === null ? null : { start: identifier.getStart(file), length: identifier.text.length };
}

function isDeclared(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isEnumDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isImportClause(parent);
  return isNamed && parent.name === node;
}
