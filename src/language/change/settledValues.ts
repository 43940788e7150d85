// Which statements of a cell make the same whenever the cell runs, given that what they read is the same. Reads text alone; runs nothing.

import ts from "typescript";
import { isAssignment, isWrapper } from "../program/statementNames.ts";

/**
 * Whether all that a statement declares is as settled as its names are.
 *
 * @param isSettledName Whether a name stands for the same whenever the cell runs; names of other cells are asked of these.
 */
export function isSettled(statement: ts.Statement, isSettledName: (name: string) => boolean): boolean {
  if (ts.isImportDeclaration(statement)) {
    const { moduleSpecifier } = statement;
    // A module of the user's may have been edited.
    return ts.isStringLiteral(moduleSpecifier) && !moduleSpecifier.text.startsWith(".");
  }
  if (ts.isFunctionDeclaration(statement) || ts.isEnumDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && isValue(initializer, isSettledName),
  );
}

function isValue(value: ts.Expression, isSettledName: (name: string) => boolean): boolean {
  const isSame = (each: ts.Expression): boolean => isValue(each, isSettledName);
  if (ts.isIdentifier(value)) return isSettledName(value.text);
  if (ts.isPrefixUnaryExpression(value)) return !isCounting(value.operator) && isSame(value.operand);
  if (ts.isArrayLiteralExpression(value)) return value.elements.every(isSame);
  if (ts.isObjectLiteralExpression(value)) return value.properties.every((each) => isProperty(each, isSettledName));
  if (ts.isBinaryExpression(value))
    return !isAssignment(value.operatorToken.kind) && isSame(value.left) && isSame(value.right);
  if (ts.isConditionalExpression(value)) return [value.condition, value.whenTrue, value.whenFalse].every(isSame);
  if (ts.isTemplateExpression(value)) return value.templateSpans.every(({ expression }) => isSame(expression));
  if (ts.isPropertyAccessExpression(value) || ts.isSpreadElement(value) || isWrapper(value))
    return isSame(value.expression);
  if (ts.isElementAccessExpression(value)) return isSame(value.expression) && isSame(value.argumentExpression);
  if (ts.isCallExpression(value)) return isSettledCall(value, isSame) && value.arguments.every(isSame);
  return (
    ts.isLiteralExpression(value) ||
    ts.isOmittedExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isFunctionExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}

function isProperty(property: ts.ObjectLiteralElementLike, isSettledName: (name: string) => boolean): boolean {
  if (ts.isPropertyAssignment(property))
    return !ts.isComputedPropertyName(property.name) && isValue(property.initializer, isSettledName);
  if (ts.isShorthandPropertyAssignment(property)) return isSettledName(property.name.text);
  return ts.isSpreadAssignment(property)
    ? isValue(property.expression, isSettledName)
    : ts.isMethodDeclaration(property);
}

/** `datasets.moons({ seed: 1 }).split(…)`: the same points for the same seed, which has a default. A file may have changed. */
function isSettledCall({ expression }: ts.CallExpression, isSame: (value: ts.Expression) => boolean): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const { expression: of, name } = expression;
  if (ts.isIdentifier(of)) {
    if (of.text === "Math") return name.text !== "random";
    return of.text === "datasets" && name.text !== "csv";
  }
  return ts.isCallExpression(of) && of.arguments.every(isSame) && isSettledCall(of, isSame);
}

function isCounting(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}
