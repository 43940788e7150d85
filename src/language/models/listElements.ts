// The elements of a list as the code makes it: written out, spread, repeated, mapped, joined, pushed one after the other.

import ts from "typescript";
import { blockOf, isSet, placeIn } from "./assignments.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import { isChange, isChangedElsewhere } from "./changes.ts";
import { functionOf, resultOf, resultOfCall } from "./functionCalls.ts";
import { constantValue, plainExpression } from "./nnbookNames.ts";
import { numberAt, readNumber, settle } from "./settled.ts";

/** `null` stands for some elements, or none, that the code does not tell. */
export type Elements = readonly (Given | null)[];

const unknown: Elements = [null];
/** A list that is longer is not read. */
const mostElements = 1000;

export function elementsOf(given: Given, steps = 12): Elements {
  if (steps === 0) return unknown;
  const list = settle(given);
  const { expression, code } = list;
  if (ts.isArrayLiteralExpression(expression))
    return expression.elements.flatMap((element) =>
      ts.isSpreadElement(element)
        ? elementsOf({ expression: element.expression, code }, steps - 1)
        : [{ expression: element, code }],
    );
  if (ts.isIdentifier(expression)) return grownElements(expression, code, steps - 1);
  if (!ts.isCallExpression(expression)) return unknown;
  return madeElements(expression, code, steps - 1) ?? resultElements(list, steps - 1);
}

function resultElements(list: Given, steps: number): Elements {
  const result = resultOfCall(list);
  return result === null ? unknown : elementsOf(result, steps);
}

/** What methods of lists give; `null` for any other call. */
function madeElements(call: ts.CallExpression, code: CellsCode, steps: number): Elements | null {
  const { expression: called, arguments: values } = call;
  if (!ts.isPropertyAccessExpression(called)) return arrayOf(call, code);
  const [first, second] = values;
  if (called.getText(code.source) === "Array.from" && first !== undefined) return from(first, second, code, steps);
  const owner: Given = { expression: called.expression, code };
  switch (called.name.text) {
    case "map":
    case "flatMap": {
      const made = first === undefined ? null : functionOf({ expression: first, code });
      const mapped = made === null ? unknown : mapElements(elementsOf(owner, steps), made);
      return called.name.text === "map" ? mapped : flattened(mapped, steps);
    }
    case "flat":
      return first === undefined ? flattened(elementsOf(owner, steps), steps) : unknown;
    case "concat":
      return [owner, ...values.map((expression): Given => ({ expression, code }))].flatMap((each, index) =>
        index === 0 ? elementsOf(each, steps) : flattened([each], steps),
      );
    case "fill":
      return first === undefined
        ? unknown
        : elementsOf(owner, steps).map((each) => each && { expression: first, code });
    default:
      return null;
  }
}

/** `Array.from({ length: 6 }, (_, index) => …)`, `Array.from(list, …)` */
function from(first: ts.Expression, second: ts.Expression | undefined, code: CellsCode, steps: number): Elements {
  const made = second === undefined ? null : functionOf({ expression: second, code });
  if (second !== undefined && made === null) return unknown;
  const source = settle({ expression: first, code });
  const elements = ts.isObjectLiteralExpression(source.expression) ? ofLength(source) : elementsOf(source, steps);
  return made === null ? elements : mapElements(elements, made);
}

function ofLength({ expression, code }: Given): Elements {
  const [property, ...more] = ts.isObjectLiteralExpression(expression) ? expression.properties : [];
  const isLength = property?.name !== undefined && ts.isIdentifier(property.name) && property.name.text === "length";
  if (!isLength || more.length > 0) return unknown;
  if (ts.isPropertyAssignment(property)) return undefinedTimes({ expression: property.initializer, code });
  return ts.isShorthandPropertyAssignment(property) ? undefinedTimes({ expression: property.name, code }) : unknown;
}

/** `Array(6)`, `new Array(6)` is none: it is no call. */
function arrayOf({ expression, arguments: [count, ...more] }: ts.CallExpression, code: CellsCode): Elements | null {
  if (!ts.isIdentifier(expression) || expression.text !== "Array" || count === undefined || more.length > 0)
    return null;
  return undefinedTimes({ expression: count, code });
}

function undefinedTimes(count: Given): Elements {
  const times = readNumber(count);
  if (times === null || !Number.isInteger(times) || times < 0 || times > mostElements) return unknown;
  const nothing: Given = { expression: ts.factory.createIdentifier("undefined"), code: count.code };
  return Array.from({ length: times }, () => nothing);
}

function mapElements(elements: Elements, made: NonNullable<ReturnType<typeof functionOf>>): Elements {
  if (elements.includes(null)) return unknown;
  return elements.flatMap((element, index) => {
    if (element === null) return unknown;
    return resultOf(made, [element, numberAt(index, made.code)]) ?? [null];
  });
}

/** One level of lists within a list. */
function flattened(elements: Elements, steps: number): Elements {
  return elements.flatMap((element) => {
    if (element === null) return unknown;
    const settled = settle(element);
    if (ts.isArrayLiteralExpression(settled.expression)) return elementsOf(settled, steps);
    const { expression, code } = settled;
    // What nnbook's catalogues make is no list.
    if (ts.isCallExpression(expression) && /^\w+\.\w+$/.test(code.nameOf(expression.expression) ?? ""))
      return [element];
    const { checker } = code;
    const type = expression.pos < 0 ? null : checker.getTypeAtLocation(expression);
    if (type === null || (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) {
      const list = elementsOf(settled, steps);
      return list.includes(null) ? unknown : list;
    }
    return checker.isArrayLikeType(type) ? elementsOf(settled, steps) : [element];
  });
}

/** A list that begins as it is written and grows by `push`, statement after statement, before it is used. */
function grownElements(use: ts.Identifier, code: CellsCode, steps: number): Elements {
  const symbol = code.symbolOf(use);
  const [declaration, ...more] = symbol?.declarations ?? [];
  if (symbol === undefined || declaration === undefined || more.length > 0) return unknown;
  const value = constantValue(declaration);
  const begun = value === null ? null : plainExpression(value);
  const block = blockOf(declaration.parent.parent);
  const now = block === null ? null : placeIn(block, use);
  if (begun === null || !ts.isArrayLiteralExpression(begun) || block === null || now === null) return unknown;
  const uses = code.uses(symbol);
  if (uses.some((each) => isChangedElsewhere(each, code))) return unknown;
  const pushes = uses.filter(isChange).map(pushOf);
  const statements = new Map<number, ts.CallExpression[]>();
  for (const push of pushes) {
    const statement = push === null ? null : growingStatement(push);
    if (push === null || statement === null || statement.parent !== block) return unknown;
    const place = block.statements.indexOf(statement);
    if (place < now) statements.set(place, [...(statements.get(place) ?? []), push]);
  }
  const grown = [...statements].sort(([a], [b]) => a - b);
  return [
    ...elementsOf({ expression: begun, code }, steps),
    ...grown.flatMap(([place, calls]) => pushed(block.statements[place], calls, { code, steps })),
  ];
}

/** `list.push(…)` as a statement of its own. */
function pushOf({ parent }: ts.Identifier): ts.CallExpression | null {
  const isPush = ts.isPropertyAccessExpression(parent) && parent.name.text === "push";
  const call = parent.parent;
  return isPush && ts.isCallExpression(call) && ts.isExpressionStatement(call.parent) ? call : null;
}

/** The statement by which the list grows: the push itself, or the loop whose body it stands in. */
function growingStatement(push: ts.CallExpression): ts.Statement | null {
  const statement = push.parent as ts.ExpressionStatement;
  const { parent } = statement;
  const outer = ts.isBlock(parent) ? parent.parent : parent;
  if (ts.isForStatement(outer) || ts.isForOfStatement(outer)) return isPlainBody(outer.statement) ? outer : null;
  return ts.isBlock(parent) || ts.isSourceFile(parent) ? statement : null;
}

/** Without what could end a round early. */
function isPlainBody(body: ts.Statement): boolean {
  const statements = ts.isBlock(body) ? body.statements : [body];
  return statements.every((each) => ts.isExpressionStatement(each) || ts.isVariableStatement(each));
}

/** The code that a loop is read in, and how much further. */
interface Reading {
  readonly code: CellsCode;
  readonly steps: number;
}

function pushed(statement: ts.Statement | undefined, calls: readonly ts.CallExpression[], reading: Reading): Elements {
  if (statement === undefined) return unknown;
  const inOrder = [...calls].sort((a, b) => a.pos - b.pos);
  const all = (within: CellsCode): Elements =>
    inOrder.flatMap(({ arguments: values }) =>
      values.flatMap((value) =>
        ts.isSpreadElement(value)
          ? elementsOf({ expression: value.expression, code: within }, reading.steps)
          : [{ expression: value, code: within }],
      ),
    );
  if (ts.isForOfStatement(statement)) return forEachOf(statement, reading, all);
  return ts.isForStatement(statement) ? forEachNumber(statement, reading.code, all) : all(reading.code);
}

/** `for (const units of [64, 32]) …` */
function forEachOf(
  { initializer, expression, awaitModifier }: ts.ForOfStatement,
  { code, steps }: Reading,
  round: (within: CellsCode) => Elements,
): Elements {
  const name = loopName(initializer);
  const elements = elementsOf({ expression, code }, steps);
  const symbol = name === null ? undefined : code.checker.getSymbolAtLocation(name);
  if (symbol === undefined || code.uses(symbol).some(isSet) || awaitModifier !== undefined || elements.includes(null))
    return unknown;
  return elements.flatMap((element) =>
    element === null ? unknown : round(code.withinCall(initializer, null, [[symbol, element]])),
  );
}

/** `for (let i = 0; i < 6; i++) …` */
function forEachNumber(
  { initializer, condition, incrementor }: ts.ForStatement,
  code: CellsCode,
  round: (within: CellsCode) => Elements,
): Elements {
  const name = initializer === undefined ? null : loopName(initializer);
  const symbol = name === null ? undefined : code.checker.getSymbolAtLocation(name);
  const start = name === null ? undefined : (name.parent as ts.VariableDeclaration).initializer;
  if (initializer === undefined || symbol === undefined || start === undefined || condition === undefined)
    return unknown;
  const isCounted =
    incrementor !== undefined &&
    (ts.isPostfixUnaryExpression(incrementor) || ts.isPrefixUnaryExpression(incrementor)) &&
    incrementor.operator === ts.SyntaxKind.PlusPlusToken &&
    ts.isIdentifier(incrementor.operand) &&
    incrementor.operand.text === symbol.name;
  // The loop alone counts.
  if (code.uses(symbol).filter(isSet).length !== 1) return unknown;
  const isBelow =
    ts.isBinaryExpression(condition) && ts.isIdentifier(condition.left) && condition.left.text === symbol.name;
  const first = readNumber({ expression: start, code });
  const end = isBelow ? readNumber({ expression: condition.right, code }) : null;
  const isInclusive = isBelow && condition.operatorToken.kind === ts.SyntaxKind.LessThanEqualsToken;
  const isUsual = isInclusive || (isBelow && condition.operatorToken.kind === ts.SyntaxKind.LessThanToken);
  if (!isCounted || !isUsual || first === null || end === null) return unknown;
  const count = Math.ceil(end - first + (isInclusive ? 1 : 0));
  if (!Number.isInteger(first) || !Number.isInteger(end) || count > mostElements) return unknown;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => first + index).flatMap((value) =>
    round(code.withinCall(initializer, null, [[symbol, numberAt(value, code)]])),
  );
}

function loopName(initializer: ts.ForInitializer): ts.Identifier | null {
  if (!ts.isVariableDeclarationList(initializer)) return null;
  const [declaration, ...more] = initializer.declarations;
  return declaration !== undefined && more.length === 0 && ts.isIdentifier(declaration.name) ? declaration.name : null;
}
