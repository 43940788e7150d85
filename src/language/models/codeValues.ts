// Values that stand in the code as the engine's rules read them: numbers, texts, lists, options, calls of nnbook's catalogues.

import ts from "typescript";
import type { CodeValue } from "../../shared/modelRules.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import { resultOfCall } from "./functionCalls.ts";
import { type Elements, elementsOf } from "./listElements.ts";
import { readPlain, settle } from "./settled.ts";

export interface ReadValue {
  readonly value: CodeValue;
  /** False where options were left out that the code does not tell, and that no shape depends on. */
  readonly isWhole: boolean;
  /** The layers that it is given, in their order: those of a block, the one of both directions. */
  readonly inner: readonly ReadLayer[];
}

/** A call that makes a layer, and what is known of its arguments. */
export interface ReadLayer {
  readonly call: ts.CallExpression;
  /** `null` where its arguments are not known. */
  readonly value: ReadValue | null;
}

/** Catalogues whose functions make parts of a model of their arguments alone. */
const catalogues: readonly string[] = ["layers", "losses", "initializers", "regularizers", "constraints"];

/** Options that no shape depends on: their value may stay unknown. */
const shapeless =
  /^(name|seed|trainable|rate|activation|recurrentActivation|\w*Initializer|\w*Regularizer|\w*Constraint|dropout|recurrentDropout)$/;

/** `null` where the code alone does not tell the value. */
export function readValue(given: Given, steps = 12): ReadValue | null {
  if (steps === 0) return null;
  const settled = settle(given);
  const { expression, code } = settled;
  if (ts.isObjectLiteralExpression(expression)) return readOptions(expression, code, steps - 1);
  if (ts.isCallExpression(expression) && code.nameOf(expression.expression) !== null)
    return readMade(expression, code, steps - 1);
  const plain = readPlain(settled);
  if (plain !== undefined) return { value: plain, isWhole: true, inner: [] };
  const isList = ts.isArrayLiteralExpression(expression) || ts.isCallExpression(expression);
  return isList || ts.isIdentifier(expression) ? readList(elementsOf(settled), steps - 1) : null;
}

/** The call that makes a layer, itself or by a function of the cells, with its arguments; `null` where it is not known which. */
export function readLayer(given: Given, steps = 8): ReadLayer | null {
  const settled = settle(given);
  const { expression: call, code } = settled;
  if (steps === 0 || !ts.isCallExpression(call)) return null;
  if (isLayerCall(call, code)) return { call, value: readValue(settled) };
  const result = resultOfCall(settled);
  return result === null ? null : readLayer(result, steps - 1);
}

export function isLayerCall(call: ts.CallExpression, code: CellsCode): boolean {
  return /^layers\.\w+$/.test(code.nameOf(call.expression) ?? "");
}

function readList(elements: Elements, steps: number): ReadValue | null {
  const values: CodeValue[] = [];
  const inner: ReadLayer[] = [];
  let isWhole = true;
  for (const element of elements) {
    const layer = element === null ? null : readLayer(element);
    const read = layer?.value ?? (element === null ? null : readValue(element, steps));
    if (read === null) return null;
    values.push(read.value);
    inner.push(...(layer === null ? read.inner : [layer]));
    isWhole &&= read.isWhole;
  }
  return { value: values, isWhole, inner };
}

function readOptions(options: ts.ObjectLiteralExpression, code: CellsCode, steps: number): ReadValue | null {
  const entries: [string, CodeValue][] = [];
  const inner: ReadLayer[] = [];
  let isWhole = true;
  for (const property of options.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = settle({ expression: property.expression, code });
      const read = ts.isObjectLiteralExpression(spread.expression) ? readValue(spread, steps) : null;
      if (read === null) return null;
      entries.push(...(Object.entries(read.value as object) as [string, CodeValue][]));
      isWhole &&= read.isWhole;
      continue;
    }
    const name = property.name;
    if (!(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) return null;
    const expression = valueOfOption(property);
    const given: Given | null = expression && { expression, code };
    const layer = given && readLayer(given);
    const read = layer?.value ?? (given && readValue(given, steps));
    if (read === null && !shapeless.test(name.text)) return null;
    isWhole &&= read?.isWhole === true;
    if (read !== null) entries.push([name.text, read.value]);
    if (read !== null) inner.push(...(layer === null ? read.inner : [layer]));
  }
  return { value: Object.fromEntries(entries), isWhole, inner };
}

function valueOfOption(property: ts.ObjectLiteralElementLike): ts.Expression | null {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : null;
}

function readMade(call: ts.CallExpression, code: CellsCode, steps: number): ReadValue | null {
  const name = code.nameOf(call.expression);
  const [catalogue = "", member = ""] = name?.split(".") ?? [];
  if (name === null || !catalogues.includes(catalogue) || member === "" || member === "custom") return null;
  const read = readList(
    call.arguments.flatMap(
      (argument): Elements =>
        ts.isSpreadElement(argument)
          ? elementsOf({ expression: argument.expression, code })
          : [{ expression: argument, code }],
    ),
    steps,
  );
  return read && { ...read, value: { $: "made", name, values: read.value } };
}
