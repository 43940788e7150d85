// The new code of a remedy, judged: what of "nnbook" it calls, if it is only values and such calls; and values compared with code.

import ts from "typescript";

/** What of "nnbook" a remedy calls. */
const callable: ReadonlySet<string> = new Set(["callbacks", "layers", "optimizers"]);

export function parseCell(text: string): ts.SourceFile {
  return ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
}

/**
 * The names it needs of "nnbook": none for `"relu"`, `callbacks` for `[callbacks.earlyStopping({ patience: 5 })]`.
 * `null` for code that does anything else: a view from a file may hold anything.
 */
export function namesNeeded(code: string): readonly string[] | null {
  const [statement, ...more] = parseCell(`(${code})`).statements;
  if (statement === undefined || more.length > 0 || !ts.isExpressionStatement(statement)) return null;
  if (!ts.isParenthesizedExpression(statement.expression)) return null;
  const names: string[] = [];
  return isPlain(statement.expression.expression, names) ? [...new Set(names)] : null;
}

function isPlain(node: ts.Expression, names: string[]): boolean {
  if (isLiteral(node)) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((each) => isPlain(each, names));
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every((each) => ts.isPropertyAssignment(each) && isPlain(each.initializer, names));
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression: owner } = node.expression;
  if (!ts.isIdentifier(owner) || !callable.has(owner.text)) return false;
  names.push(owner.text);
  return node.arguments.every((each) => isPlain(each, names));
}

/** Whether an expression is a value written down: a text, a number, true, false. */
export function isLiteral(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand);
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** Whether two codes write the same value: `'relu'` and `"relu"`, `1e-2` and `0.01`. */
export function isSameValue(node: ts.Expression, code: string): boolean {
  const file = parseCell(`(${code})`);
  const [statement] = file.statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  if (!ts.isParenthesizedExpression(expression)) return false;
  const other = expression.expression;
  if (ts.isStringLiteralLike(node)) return ts.isStringLiteralLike(other) && node.text === other.text;
  if (ts.isNumericLiteral(node)) return ts.isNumericLiteral(other) && Number(node.text) === Number(other.text);
  return isLiteral(node) && node.getText() === other.getText();
}
