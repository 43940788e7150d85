// The calls of the cells' own functions for which their code is read: a model that a function makes is another one in each call.

import ts from "typescript";
import { isRoundFunction } from "./assignments.ts";
import type { CellsCode } from "./cellsCode.ts";
import { callByName, type WrittenFunction, withParameters } from "./functionCalls.ts";

/** How many calls of one function, or rounds of one loop, are told apart; where there are more, none is. */
const mostCalls = 16;
/** Functions that call functions. */
const mostDepth = 3;

/** The code as each call and each round that leads to `node` reads it; the code alone where none is around it, or they are not known. */
export function contextsOf(node: ts.Node, code: CellsCode, depth = mostDepth): readonly CellsCode[] {
  const loop = loopAround(node);
  if (loop === null) return contextsOfCalls(node, code, depth);
  return contextsOfCalls(loop, code, depth).flatMap((within) => {
    const rounds = within.follow(loop)?.visits.filter((visit) => isWithin(node, visit.node)) ?? [];
    // A `forEach` is visited as a whole, and then what it does.
    const inner = rounds.filter(({ node: visited }) => !rounds.some((other) => isInside(other.node, visited)));
    return inner.length === 0 || inner.length > mostCalls ? [within] : inner.map(({ code: round }) => round);
  });
}

function isInside(node: ts.Node, outer: ts.Node): boolean {
  return node !== outer && isWithin(node, outer);
}

/** The outermost loop within the function around the node. */
function loopAround(node: ts.Node): ts.Statement | null {
  let loop: ts.Statement | null = null;
  for (let part = node; part.parent !== undefined; part = part.parent) {
    if (ts.isIterationStatement(part, false)) loop = part;
    else if (isRoundFunction(part)) loop = part.parent.parent as ts.ExpressionStatement;
    else if (ts.isFunctionLike(part) || ts.isClassLike(part)) break;
  }
  return loop;
}

function contextsOfCalls(node: ts.Node, code: CellsCode, depth: number): readonly CellsCode[] {
  const made = functionAround(node);
  if (made === null || depth === 0) return [code];
  const name = nameOfFunction(made);
  const symbol = name === null ? undefined : code.checker.getSymbolAtLocation(name);
  if (symbol === undefined) return [code];
  const uses = code.uses(symbol).filter((use) => use !== name);
  const calls = uses.flatMap((use) => callByName(use) ?? []);
  if (calls.length === 0 || calls.length > mostCalls) return [code];
  const known = calls
    .filter((call) => !isWithin(call, made))
    .flatMap((call) => contextsOf(call, code, depth - 1).map((within) => readFor(made, call, within)));
  if (known.length === 0 || known.length > mostCalls) return [code];
  // Given to others, it may be called with anything.
  return calls.length < uses.length ? [...known, code] : known;
}

function readFor(made: WrittenFunction, call: ts.CallExpression, code: CellsCode): CellsCode {
  return withParameters(made, call, {
    values: call.arguments.map((expression) => ({ expression, code })),
    code,
  });
}

/** The function whose call runs the code; `null` where it runs with its cell, or in a method. */
export function functionAround(node: ts.Node): WrittenFunction | null {
  for (let part = node.parent; part !== undefined; part = part.parent) {
    if (isRoundFunction(part)) continue;
    if (ts.isFunctionDeclaration(part) || ts.isArrowFunction(part) || ts.isFunctionExpression(part)) return part;
    if (ts.isFunctionLike(part) || ts.isClassLike(part)) return null;
  }
  return null;
}

function nameOfFunction(made: WrittenFunction): ts.Identifier | null {
  if (ts.isFunctionDeclaration(made)) return made.name ?? null;
  const { parent } = made;
  const isConst = ts.isVariableDeclaration(parent) && (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) !== 0;
  return isConst && ts.isIdentifier(parent.name) ? parent.name : null;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  for (let part: ts.Node | undefined = node; part !== undefined; part = part.parent) if (part === outer) return true;
  return false;
}
