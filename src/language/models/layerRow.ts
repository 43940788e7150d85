// The layers in the list that `sequential` takes, as far as the code tells them.

import ts from "typescript";
import type { CellsCode } from "./cellsCode.ts";
import { type ReadValue, readNumber, readValue } from "./codeValues.ts";
import { plainExpression } from "./nnbookNames.ts";

/** One place in the row. */
export type RowPart =
  | {
      readonly kind: "layer";
      /** The call that makes it: `layers.dense(8)`. */
      readonly call: ts.CallExpression;
      /** `null` where its arguments are not known. */
      readonly value: ReadValue | null;
      /** How often it stands there, one after the other; each time a new layer. */
      readonly times: number;
    }
  /** One or more layers, or none, that the code does not tell. */
  | { readonly kind: "unknown" };

const unknown: readonly RowPart[] = [{ kind: "unknown" }];

export function readRow(list: ts.Expression, code: CellsCode, steps = 8): readonly RowPart[] {
  const plain = plainExpression(list);
  if (steps === 0) return unknown;
  if (ts.isArrayLiteralExpression(plain))
    return plain.elements.flatMap((element) =>
      ts.isSpreadElement(element) ? readRow(element.expression, code, steps - 1) : readPart(element, code, steps - 1),
    );
  if (ts.isIdentifier(plain)) {
    const constant = code.constant(plain);
    return constant === null ? unknown : readRow(constant, code, steps - 1);
  }
  return ts.isCallExpression(plain) ? readRepeated(plain, code, steps - 1) : unknown;
}

function readPart(part: ts.Expression, code: CellsCode, steps: number): readonly RowPart[] {
  const call = layerCall(part, code, steps);
  return call === null ? unknown : [{ kind: "layer", call, value: readValue(call, code), times: 1 }];
}

/** The call that makes a layer: itself, or what a `const` holds. */
export function layerCall(expression: ts.Expression, code: CellsCode, steps = 8): ts.CallExpression | null {
  const plain = plainExpression(expression);
  if (steps === 0) return null;
  if (ts.isCallExpression(plain)) return isLayerCall(plain, code) ? plain : null;
  const constant = ts.isIdentifier(plain) ? code.constant(plain) : null;
  return constant === null ? null : layerCall(constant, code, steps - 1);
}

export function isLayerCall(call: ts.CallExpression, code: CellsCode): boolean {
  return /^layers\.\w+$/.test(code.nameOf(call.expression) ?? "");
}

/** `Array.from({ length: 6 }, () => layers.dense(16))` */
function readRepeated(call: ts.CallExpression, code: CellsCode, steps: number): readonly RowPart[] {
  const [from, make] = call.arguments;
  const isFrom =
    ts.isPropertyAccessExpression(call.expression) && call.expression.getText(code.source) === "Array.from";
  if (!isFrom || from === undefined || make === undefined) return unknown;
  const times = lengthOf(from, code);
  const made = result(make, code);
  if (times === null || made === null) return unknown;
  if (!Number.isInteger(times) || times < 0 || times > 1000) return unknown;
  const parts = readPart(made, code, steps);
  return times === 0 ? [] : parts.map((part) => (part.kind === "layer" ? { ...part, times } : part));
}

function lengthOf(from: ts.Expression, code: CellsCode): number | null {
  if (!ts.isObjectLiteralExpression(from)) return null;
  const [property, ...more] = from.properties;
  const isLength = property?.name !== undefined && ts.isIdentifier(property.name) && property.name.text === "length";
  if (!isLength || more.length > 0 || !ts.isPropertyAssignment(property)) return null;
  return readNumber(property.initializer, code);
}

/** What a function without parameters gives at once. */
function result(make: ts.Expression, code: CellsCode): ts.Expression | null {
  const plain = plainExpression(make);
  if (ts.isArrowFunction(plain)) return ts.isBlock(plain.body) || plain.parameters.length > 0 ? null : plain.body;
  const constant = ts.isIdentifier(plain) ? code.constant(plain) : null;
  return constant === null || ts.isIdentifier(constant) ? null : result(constant, code);
}
