// Which names a cell makes for others and takes from others. Reads its text alone; runs nothing.

import ts from "typescript";
import type { CellNames } from "../../shared/cellNames.ts";
import { type StatementNames, statementNames } from "../program/statementNames.ts";

export function cellNames(source: string): CellNames {
  const statements = statementNames(source);
  const declares = new Set(statements.flatMap((each) => [...each.declares]));
  const remade = new Set(statements.flatMap((each) => (isFixed(each.statement) ? [] : [...each.declares])));
  // Functions are there before the first statement runs.
  const made = new Set(
    statements.flatMap((each) => (ts.isFunctionDeclaration(each.statement) ? [...each.declares] : [])),
  );
  const uses = new Set<string>();
  const changes = new Set<string>();
  for (const each of statements) {
    // The body of a function runs when all of the cell may be there.
    const own = ts.isFunctionDeclaration(each.statement) ? declares : made;
    for (const name of [...each.reads, ...each.changes]) if (!own.has(name)) uses.add(name);
    for (const name of each.changes) if (!own.has(name)) changes.add(name);
    for (const name of each.declares) made.add(name);
  }
  return {
    declares: [...declares],
    imports: statements.flatMap((each) => (each.isImport ? [...each.declares] : [])),
    fixed: [...declares].filter((name) => !remade.has(name)),
    uses: [...uses],
    changes: [...changes],
    code: tokensOf(source),
  };
}

/** Whether what a statement declares is the same whenever it runs. */
function isFixed(statement: StatementNames["statement"]): boolean {
  if (ts.isImportDeclaration(statement)) {
    const { moduleSpecifier } = statement;
    // A module of the user's may have been edited.
    return ts.isStringLiteral(moduleSpecifier) && !moduleSpecifier.text.startsWith(".");
  }
  if (ts.isFunctionDeclaration(statement) || ts.isEnumDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && isWritten(initializer),
  );
}

function isWritten(value: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(value)) return isWritten(value.operand);
  if (ts.isArrayLiteralExpression(value)) return value.elements.every(isWritten);
  return (
    ts.isLiteralExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isFunctionExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}

function tokensOf(source: string): string {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length === 0) tokens.push(node.getText(file));
    else children.forEach(visit);
  };
  visit(file);
  return tokens.join(" ").trim();
}
