// Values that stand in the code: numbers, texts, lists, options, calls of nnbook's catalogues. Nothing is run, and nothing is guessed.

import ts from "typescript";
import type { CodeValue } from "../../shared/modelRules.ts";
import type { CellsCode } from "./cellsCode.ts";
import { plainExpression } from "./nnbookNames.ts";

export interface ReadValue {
  readonly value: CodeValue;
  /** False where options were left out that the code does not tell, and that no shape depends on. */
  readonly isWhole: boolean;
}

/** Catalogues whose functions make parts of a model of their arguments alone. */
const catalogues: readonly string[] = ["layers", "losses", "initializers", "regularizers", "constraints"];

/** Options that no shape depends on: their value may stay unknown. */
const shapeless =
  /^(name|seed|trainable|rate|activation|recurrentActivation|\w*Initializer|\w*Regularizer|\w*Constraint|dropout|recurrentDropout)$/;

/** `null` where the code alone does not tell the value. */
export function readValue(expression: ts.Expression, code: CellsCode, steps = 12): ReadValue | null {
  const plain = plainExpression(expression);
  if (steps === 0) return null;
  if (ts.isStringLiteralLike(plain)) return whole(plain.text);
  if (ts.isNumericLiteral(plain)) return whole(Number(plain.text.replaceAll("_", "")));
  if (plain.kind === ts.SyntaxKind.NullKeyword) return whole(null);
  if (plain.kind === ts.SyntaxKind.TrueKeyword) return whole(true);
  if (plain.kind === ts.SyntaxKind.FalseKeyword) return whole(false);
  if (ts.isArrayLiteralExpression(plain)) return readList(plain.elements, code, steps - 1);
  if (ts.isObjectLiteralExpression(plain)) return readOptions(plain, code, steps - 1);
  if (ts.isCallExpression(plain)) return readCall(plain, code, steps - 1);
  if (ts.isPrefixUnaryExpression(plain) || ts.isBinaryExpression(plain)) return readSum(plain, code, steps - 1);
  if (ts.isIdentifier(plain)) {
    const constant = code.constant(plain);
    const read = constant === null ? null : readValue(constant, code, steps - 1);
    if (read !== null) return read;
  }
  return readType(code.checker.getTypeAtLocation(plain));
}

export function readNumber(expression: ts.Expression, code: CellsCode): number | null {
  const value = readValue(expression, code)?.value;
  return typeof value === "number" ? value : null;
}

function whole(value: CodeValue): ReadValue {
  return { value, isWhole: true };
}

function readList(elements: readonly ts.Expression[], code: CellsCode, steps: number): ReadValue | null {
  const values: CodeValue[] = [];
  let isWhole = true;
  for (const element of elements) {
    const read = readValue(element, code, steps);
    if (read === null) return null;
    values.push(read.value);
    isWhole &&= read.isWhole;
  }
  return { value: values, isWhole };
}

function readOptions(options: ts.ObjectLiteralExpression, code: CellsCode, steps: number): ReadValue | null {
  const entries: [string, CodeValue][] = [];
  let isWhole = true;
  for (const property of options.properties) {
    const name = property.name;
    if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) return null;
    const value = ts.isPropertyAssignment(property)
      ? readValue(property.initializer, code, steps)
      : ts.isShorthandPropertyAssignment(property)
        ? readShorthand(property, code, steps)
        : null;
    if (value === null && !shapeless.test(name.text)) return null;
    isWhole &&= value?.isWhole === true;
    if (value !== null) entries.push([name.text, value.value]);
  }
  return { value: Object.fromEntries(entries), isWhole };
}

function readShorthand(property: ts.ShorthandPropertyAssignment, code: CellsCode, steps: number): ReadValue | null {
  const symbol = code.checker.getShorthandAssignmentValueSymbol(property);
  const constant = symbol === undefined ? null : code.constantOf(symbol);
  const read = constant === null ? null : readValue(constant, code, steps);
  return (
    read ?? (symbol === undefined ? null : readType(code.checker.getTypeOfSymbolAtLocation(symbol, property.name)))
  );
}

function readCall(call: ts.CallExpression, code: CellsCode, steps: number): ReadValue | null {
  const name = code.nameOf(call.expression);
  const [catalogue = "", member = ""] = name?.split(".") ?? [];
  if (name === null || !catalogues.includes(catalogue) || member === "" || member === "custom") return null;
  const values = readList(call.arguments, code, steps);
  return values && { value: { $: "made", name, values: values.value }, isWhole: values.isWhole };
}

function readSum(
  sum: ts.PrefixUnaryExpression | ts.BinaryExpression,
  code: CellsCode,
  steps: number,
): ReadValue | null {
  const numberIn = (part: ts.Expression): number => {
    const value = readValue(part, code, steps)?.value;
    return typeof value === "number" ? value : Number.NaN;
  };
  const result = ts.isPrefixUnaryExpression(sum)
    ? sum.operator === ts.SyntaxKind.MinusToken
      ? -numberIn(sum.operand)
      : Number.NaN
    : computed(sum.operatorToken.kind, numberIn(sum.left), numberIn(sum.right));
  return Number.isFinite(result) && !Object.is(result, -0) ? whole(result) : null;
}

function computed(operator: ts.SyntaxKind, left: number, right: number): number {
  switch (operator) {
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return left ** right;
    default:
      return Number.NaN;
  }
}

/** A type of one value only: `as const`, a narrowed name. */
function readType(type: ts.Type): ReadValue | null {
  return type.isStringLiteral() || type.isNumberLiteral() ? whole(type.value) : null;
}
