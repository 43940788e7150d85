// Lists that begin empty: without `noImplicitAny`, TypeScript takes `const row = []` for a list of nothing, and each `row.push(…)` for wrong. It runs.

import ts from "typescript";
import type { NotebookService } from "../program/notebookService.ts";

/** An argument, and a value that is set, of another type than it must be. */
const wrongTypeCodes: ReadonlySet<number> = new Set([2322, 2345]);

/** Whether an error says only that a list which begins empty takes nothing. */
export function isOfEmptyList({ code, start }: ts.Diagnostic, notebook: NotebookService): boolean {
  const node = wrongTypeCodes.has(code) && start !== undefined ? notebook.nodeAt(start) : null;
  const checker = notebook.checked()?.checker;
  if (node === null || checker === undefined) return false;
  for (let part: ts.Node = node; part.parent !== undefined && part.getStart() === start; part = part.parent) {
    const list = takerOf(part);
    if (list !== null) return beginsEmpty(list, checker);
  }
  return false;
}

/** `row` of `row.push(value)` for the value, and of `row[0] = value` for what is set. */
function takerOf(part: ts.Node): ts.Identifier | null {
  const { parent } = part;
  if (ts.isCallExpression(parent) && parent.expression !== part) {
    const { expression: called } = parent;
    const isGrowing = ts.isPropertyAccessExpression(called) && /^(push|unshift)$/.test(called.name.text);
    return isGrowing && ts.isIdentifier(called.expression) ? called.expression : null;
  }
  const isSet = ts.isBinaryExpression(parent) && parent.left === part && ts.isElementAccessExpression(part);
  return isSet && ts.isIdentifier(part.expression) ? part.expression : null;
}

function beginsEmpty(list: ts.Identifier, checker: ts.TypeChecker): boolean {
  const [declaration, ...more] = checker.getSymbolAtLocation(list)?.declarations ?? [];
  if (declaration === undefined || more.length > 0 || !ts.isVariableDeclaration(declaration)) return false;
  const { type, initializer } = declaration;
  if (type !== undefined || initializer === undefined) return false;
  return ts.isArrayLiteralExpression(initializer) && initializer.elements.length === 0;
}
