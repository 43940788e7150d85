// Functions that the cells write: what their parameters stand for in a call, and what a call gives.

import ts from "typescript";
import { isSet } from "./assignments.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import { plainExpression } from "./nnbookNames.ts";
import { memberOf, settle } from "./settled.ts";

export type WrittenFunction = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** The function that an expression names or is, where it runs to its end at once. */
export function functionOf(called: Given): { readonly made: WrittenFunction; readonly code: CellsCode } | null {
  const { expression, code } = settle(called);
  if (ts.isArrowFunction(expression) || ts.isFunctionExpression(expression)) return plainFunction(expression, code);
  if (!ts.isIdentifier(expression)) return null;
  const [declaration, ...more] = code.symbolOf(expression)?.declarations ?? [];
  const isOne = declaration !== undefined && more.length === 0 && ts.isFunctionDeclaration(declaration);
  return isOne ? plainFunction(declaration, code) : null;
}

function plainFunction(made: WrittenFunction, code: CellsCode): { made: WrittenFunction; code: CellsCode } | null {
  return made.asteriskToken === undefined ? { made, code } : null;
}

/** What a call of a function gives, where the function has one end. */
export function resultOfCall({ expression: call, code }: Given): Given | null {
  if (!ts.isCallExpression(call) || call.questionDotToken !== undefined) return null;
  const called = functionOf({ expression: call.expression, code });
  const values = call.arguments.map((expression): Given => ({ expression, code }));
  return called === null ? null : resultOf(called, values);
}

export function resultOf(
  { made, code }: { readonly made: WrittenFunction; readonly code: CellsCode },
  values: readonly Given[],
): Given | null {
  const isAsync = made.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const result = isAsync ? null : onlyResult(made);
  return result === null ? null : { expression: result, code: withParameters(made, null, { values, code }) };
}

function onlyResult({ body }: WrittenFunction): ts.Expression | null {
  if (body === undefined) return null;
  if (!ts.isBlock(body)) return body;
  const returns: ts.ReturnStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) returns.push(node);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(body);
  const [only, ...more] = returns;
  return only?.expression !== undefined && more.length === 0 && only.parent === body ? only.expression : null;
}

/** The code as a call of the function reads it. */
export function withParameters(
  made: WrittenFunction,
  call: ts.CallExpression | null,
  { values, code }: { readonly values: readonly Given[]; readonly code: CellsCode },
): CellsCode {
  const known = made.parameters.flatMap((parameter, index) => {
    const spreadAt = values.findIndex(({ expression }) => ts.isSpreadElement(expression));
    if (parameter.dotDotDotToken !== undefined || (spreadAt >= 0 && index >= spreadAt)) return [];
    return parameterValues(parameter.name, values[index] ?? defaultOf(parameter, code), code);
  });
  return code.withinCall(made, call, known);
}

function defaultOf({ initializer }: ts.ParameterDeclaration, code: CellsCode): Given | null {
  return initializer === undefined ? null : { expression: initializer, code };
}

function parameterValues(
  name: ts.BindingName,
  value: Given | null,
  code: CellsCode,
): readonly (readonly [ts.Symbol, Given])[] {
  if (value === null) return [];
  if (ts.isIdentifier(name)) {
    const symbol = code.checker.getSymbolAtLocation(name);
    const isFixed = symbol !== undefined && !code.uses(symbol).some(isSet);
    return isFixed ? [[symbol, value]] : [];
  }
  if (!ts.isObjectBindingPattern(name)) return [];
  return name.elements.flatMap(({ propertyName, name: part, dotDotDotToken }) => {
    const key = propertyName ?? part;
    if (dotDotDotToken !== undefined || !ts.isIdentifier(key)) return [];
    return parameterValues(part, memberOf(value, key.text), code);
  });
}

/** The call of a function's name, where the name is what is called. */
export function callByName(name: ts.Identifier): ts.CallExpression | null {
  const { parent } = name;
  return ts.isCallExpression(parent) && plainExpression(parent.expression) === name ? parent : null;
}
