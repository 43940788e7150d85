// What an expression comes to as far as the code alone tells: names followed, branches chosen, sums computed. Nothing is run, and nothing is guessed.

import ts from "typescript";
import type { CellsCode, Given } from "./cellsCode.ts";
import { plainExpression } from "./nnbookNames.ts";

/** How many names, branches and sums are followed. */
const mostSteps = 24;

/** The expression that stands for it, without brackets and types: a literal, a call, a function; itself where it is not known. */
export function settle(given: Given, steps = mostSteps): Given {
  const { code } = given;
  const expression = plainExpression(given.expression);
  const plain = { expression, code };
  if (steps === 0) return plain;
  if (ts.isIdentifier(expression)) {
    const taken = code.takenFrom(expression);
    const value = taken === null ? code.valueOf(expression) : memberOf(taken.from, taken.name, steps - 1);
    return value === null ? plain : settle(value, steps - 1);
  }
  if (ts.isPropertyAccessExpression(expression)) {
    const value = memberOf({ expression: expression.expression, code }, expression.name.text, steps - 1);
    return value === null ? plain : settle(value, steps - 1);
  }
  if (ts.isConditionalExpression(expression)) {
    const condition = readPlain({ expression: expression.condition, code }, steps - 1);
    if (typeof condition !== "boolean") return plain;
    return settle({ expression: condition ? expression.whenTrue : expression.whenFalse, code }, steps - 1);
  }
  return plain;
}

/** What an object that is written out has under a name. */
export function memberOf(owner: Given, name: string, steps = mostSteps): Given | null {
  if (steps === 0) return null;
  const { expression, code } = settle(owner, steps - 1);
  if (!ts.isObjectLiteralExpression(expression)) return null;
  // The last one counts.
  for (const property of expression.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) {
      const spread = settle({ expression: property.expression, code }, steps - 1);
      if (!ts.isObjectLiteralExpression(spread.expression)) return null;
      const value = memberOf(spread, name, steps - 1);
      if (value !== null) return value;
      if (!isWithout(spread, name, steps - 1)) return null;
      continue;
    }
    if (property.name === undefined || ts.isComputedPropertyName(property.name)) return null;
    if (property.name.text !== name) continue;
    if (ts.isPropertyAssignment(property)) return { expression: property.initializer, code };
    return ts.isShorthandPropertyAssignment(property) ? { expression: property.name, code } : null;
  }
  return null;
}

/** Whether an object that is written out has nothing under a name for certain. */
function isWithout({ expression, code }: Given, name: string, steps: number): boolean {
  if (steps === 0 || !ts.isObjectLiteralExpression(expression)) return false;
  return expression.properties.every((property) => {
    if (ts.isSpreadAssignment(property))
      return isWithout(settle({ expression: property.expression, code }, steps - 1), name, steps - 1);
    return property.name !== undefined && !ts.isComputedPropertyName(property.name) && property.name.text !== name;
  });
}

/** A number, a text, true, false or null; `undefined` where the code does not tell. */
export function readPlain(given: Given, steps = mostSteps): string | number | boolean | null | undefined {
  if (steps === 0) return undefined;
  const { expression, code } = settle(given, steps);
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isNumericLiteral(expression)) return Number(expression.text.replaceAll("_", ""));
  if (expression.kind === ts.SyntaxKind.NullKeyword) return null;
  if (expression.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (expression.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isPrefixUnaryExpression(expression)) {
    const value = readPlain({ expression: expression.operand, code }, steps - 1);
    if (expression.operator === ts.SyntaxKind.ExclamationToken) return typeof value === "boolean" ? !value : undefined;
    return expression.operator === ts.SyntaxKind.MinusToken && typeof value === "number" ? finite(-value) : undefined;
  }
  if (ts.isBinaryExpression(expression)) {
    const left = readPlain({ expression: expression.left, code }, steps - 1);
    const right = readPlain({ expression: expression.right, code }, steps - 1);
    if (left === undefined || right === undefined) return undefined;
    return compared(expression.operatorToken.kind, left, right);
  }
  return isSynthetic(expression) ? undefined : valueOfType(code, expression);
}

export function readNumber(given: Given): number | null {
  const value = readPlain(given);
  return typeof value === "number" ? value : null;
}

type Plain = string | number | boolean | null;

function compared(operator: ts.SyntaxKind, left: Plain, right: Plain): number | boolean | undefined {
  if (operator === ts.SyntaxKind.EqualsEqualsEqualsToken) return left === right;
  if (operator === ts.SyntaxKind.ExclamationEqualsEqualsToken) return left !== right;
  return typeof left === "number" && typeof right === "number" ? computed(operator, left, right) : undefined;
}

function computed(operator: ts.SyntaxKind, left: number, right: number): number | boolean | undefined {
  switch (operator) {
    case ts.SyntaxKind.PlusToken:
      return finite(left + right);
    case ts.SyntaxKind.MinusToken:
      return finite(left - right);
    case ts.SyntaxKind.AsteriskToken:
      return finite(left * right);
    case ts.SyntaxKind.SlashToken:
      return finite(left / right);
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return finite(left ** right);
    case ts.SyntaxKind.LessThanToken:
      return left < right;
    case ts.SyntaxKind.LessThanEqualsToken:
      return left <= right;
    case ts.SyntaxKind.GreaterThanToken:
      return left > right;
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return left >= right;
    default:
      return undefined;
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) && !Object.is(value, -0) ? value : undefined;
}

/** A type of one value only: `as const`, a narrowed name. */
function valueOfType(code: CellsCode, expression: ts.Expression): string | number | undefined {
  const type =
    ts.isIdentifier(expression) && ts.isShorthandPropertyAssignment(expression.parent)
      ? shorthandType(code, expression)
      : code.checker.getTypeAtLocation(expression);
  return type !== null && (type.isStringLiteral() || type.isNumberLiteral()) ? type.value : undefined;
}

function shorthandType(code: CellsCode, name: ts.Identifier): ts.Type | null {
  const symbol = code.symbolOf(name);
  return symbol === undefined ? null : code.checker.getTypeOfSymbolAtLocation(symbol, name);
}

/** `undefined`, or a value that the code does not tell: it is none of those that are read. */
export function nothingIn(code: CellsCode): Given {
  return { expression: ts.factory.createVoidZero(), code };
}

/** A number that stands in no cell: a place in a list, what a loop has counted to. */
export function numberAt(value: number, code: CellsCode): Given {
  const { factory } = ts;
  const size = factory.createNumericLiteral(Math.abs(value));
  return { expression: value < 0 ? factory.createPrefixUnaryExpression(ts.SyntaxKind.MinusToken, size) : size, code };
}

function isSynthetic(node: ts.Node): boolean {
  return node.pos < 0;
}
