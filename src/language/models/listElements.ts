// The elements of a list as the code makes it: written out, spread, repeated, mapped, joined, pushed one after the other.

import ts from "typescript";
import { blockOf, isRoundFunction, placeIn } from "./assignments.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import { isChange, isChangedElsewhere } from "./changes.ts";
import { functionOf, resultOf, resultOfCall } from "./functionCalls.ts";
import { constantValue, plainExpression } from "./nnbookNames.ts";
import { nothingIn, numberAt, readNumber, settle } from "./settled.ts";

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
    case "entries":
      return values.length === 0 ? indexed(elementsOf(owner, steps)) : null;
    default:
      return null;
  }
}

/** `[0, first]`, `[1, second]` … */
function indexed(elements: Elements): Elements {
  if (elements.includes(null)) return unknown;
  return elements.flatMap((element, index): Elements => {
    if (element === null) return unknown;
    const { expression, code } = element;
    const { factory } = ts;
    return [
      { expression: factory.createArrayLiteralExpression([factory.createNumericLiteral(index), expression]), code },
    ];
  });
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
  const nothing = nothingIn(count.code);
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
  const statements = new Set<number>();
  for (const change of uses.filter(isChange)) {
    const place = pushOf(change) === null ? null : placeIn(block, change);
    // Within a loop, how often it was pushed before depends on the round.
    if (place === null || place === now) return unknown;
    if (place < now) statements.add(place);
  }
  const grown = [...statements].sort((a, b) => a - b);
  return [
    ...elementsOf({ expression: begun, code }, steps),
    ...grown.flatMap((place) => pushedBy(block.statements[place], symbol, { code, steps })),
  ];
}

/** `list.push(…)` as a statement of its own, or as all that a `forEach` does. */
function pushOf({ parent }: ts.Identifier): ts.CallExpression | null {
  const isPush = ts.isPropertyAccessExpression(parent) && parent.name.text === "push";
  const call = parent.parent;
  if (!isPush || !ts.isCallExpression(call) || call.expression !== parent) return null;
  return ts.isExpressionStatement(call.parent) || isRoundFunction(call.parent) ? call : null;
}

/** The code that a list is read in, and how much further. */
interface Reading {
  readonly code: CellsCode;
  readonly steps: number;
}

/** What a statement pushes onto a list, in loops round after round. */
function pushedBy(statement: ts.Statement | undefined, list: ts.Symbol, { code, steps }: Reading): Elements {
  const followed = statement === undefined ? null : code.follow(statement);
  if (followed === null) return unknown;
  return followed.visits.flatMap(({ node, code: within }) => {
    const called = ts.isCallExpression(node) ? node.expression : null;
    const owner = called !== null && ts.isPropertyAccessExpression(called) ? called.expression : null;
    const isPush =
      owner !== null && ts.isIdentifier(owner) && within.symbolOf(owner) === list && pushOf(owner) === node;
    if (!isPush || !ts.isCallExpression(node)) return [];
    return node.arguments.flatMap((value) =>
      ts.isSpreadElement(value)
        ? elementsOf({ expression: value.expression, code: within }, steps)
        : [{ expression: value, code: within }],
    );
  });
}
