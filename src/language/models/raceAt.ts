// Which race the code at a place is about: the call of `compare`, what holds its result, the parts of it, and the variants that it is given.

import ts from "typescript";
import type { CodeSubject } from "../../shared/modelsInCode.ts";
import type { CellsCode } from "./cellsCode.ts";
import { awaitedCall } from "./nnbookNames.ts";
import { settle } from "./settled.ts";

type RaceSubject = Omit<Extract<CodeSubject, { kind: "race" }>, "kind" | "span">;

/** The parts of a race that are its rows. */
const rows: readonly string[] = ["variants", "standings"];

export function raceAt(node: ts.Identifier | ts.StringLiteralLike, code: CellsCode): RaceSubject | null {
  const { parent } = node;
  const named = namedVariant(node, code);
  if (named !== null) return subjectOf(named.call, named.variant, code);
  if (!ts.isIdentifier(node)) return null;
  if (ts.isCallExpression(parent) && parent.expression === node)
    return isRace(parent, code) ? subjectOf(parent, null, code) : null;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const holder = isMember && rows.includes(node.text) ? parent.expression : node;
  const call = awaitedCall(settle({ expression: holder, code }).expression);
  if (call === null || (isMember && holder === node)) return null;
  // What a function gives, its type tells.
  if (!isRace(call, code) && typeName(holder, code) !== "Race") return null;
  return subjectOf(call, null, code);
}

function isRace(call: ts.CallExpression, code: CellsCode): boolean {
  return code.nameOf(call.expression) === "compare";
}

function typeName(node: ts.Node, { checker }: CellsCode): string {
  return checker.typeToString(checker.getTypeAtLocation(node));
}

/** `adam` of `optimizers: { adam: … }`, `"sgd"` of `optimizers: ["sgd"]`, a name of `variants`. */
function namedVariant(
  node: ts.Identifier | ts.StringLiteralLike,
  code: CellsCode,
): { readonly call: ts.CallExpression; readonly variant: string } | null {
  const { parent } = node;
  const isName = (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) && parent.name === node;
  const list = isName ? parent.parent : parent;
  if (!isName && !(ts.isArrayLiteralExpression(list) && ts.isStringLiteralLike(node))) return null;
  const option = list.parent;
  if (!ts.isPropertyAssignment(option) || option.initializer !== list) return null;
  const call = option.parent.parent;
  const isGiven = ts.isIdentifier(option.name) && /^(optimizers|variants)$/.test(option.name.text);
  return isGiven && ts.isCallExpression(call) && isRace(call, code) ? { call, variant: node.text } : null;
}

function subjectOf(call: ts.CallExpression, variant: string | null, code: CellsCode): RaceSubject | null {
  const cell = code.toCell(call.getStart(code.source));
  if (cell === null) return null;
  const races = code.calls.filter(
    (each) => isRace(each, code) && code.toCell(each.getStart(code.source))?.cellId === cell.cellId,
  );
  // Where each of them runs once, they run in their order.
  const index = races.every(runsOnce) ? races.indexOf(call) : -1;
  return { cellId: cell.cellId, index: index < 0 ? null : index, variant };
}

function runsOnce(call: ts.CallExpression): boolean {
  for (let part: ts.Node = call; part.parent !== undefined; part = part.parent)
    if (ts.isIterationStatement(part, false) || ts.isFunctionLike(part) || ts.isIfStatement(part)) return false;
  return true;
}
