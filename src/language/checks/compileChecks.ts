// Models that are trained or measured before they have a loss and an optimizer, where that is certain whenever the cells run in their order.

import ts from "typescript";
import type { TextEdit } from "../change/callOptions.ts";
import { functionAround } from "../models/callContexts.ts";
import type { CellsCode } from "../models/cellsCode.ts";
import type { ModelInCode } from "../models/modelsInCode.ts";
import type { CheckContext } from "./checkContext.ts";
import { calledName } from "./layerEdits.ts";
import { areAllClasses, endsOf, outputOf } from "./outputChecks.ts";
import { type Found, type FoundFix, fix } from "./problem.ts";

/** The methods that the engine refuses before `compile`. */
const compiledMethods: readonly string[] = ["fit", "evaluate", "trainOnBatch"];

export function checkCompiled(model: ModelInCode, context: CheckContext): readonly Found[] {
  const { call: made, code, calls } = model;
  const around = functionAround(made);
  // Of a function whose calls are not known, and of a model that other code gets, it is not known what else is done with it.
  if (calls.isGivenAway || (around !== null && code.callOf(around) === null)) return [];
  // What is wrong with the first is wrong with the others for the same reason.
  const [first] = calls.methods
    .filter(({ name, call }) => compiledMethods.includes(name) && !isTried(call, made))
    .map(({ call }) => call)
    .sort((a, b) => a.pos - b.pos);
  if (first === undefined || !calls.compiles.every((compile) => comesSurelyLater(compile, first, made))) return [];
  const [compile, ...more] = calls.compiles;
  const isElsewhere = compile !== undefined && cellOf(compile, code) !== cellOf(first, code);
  const name = calledName(first);
  return [
    {
      node: name,
      // Cells can be run in another order.
      severity: isElsewhere ? "warning" : "error",
      code: "not-compiled",
      message: context.say(compile === undefined ? "neverCompiled" : "compiledLater", {
        method: name.getText(),
        model: ownerOf(first) ?? context.say("theModel"),
      }),
      fixes:
        compile === undefined
          ? compileFixes(model, first, context)
          : fix(context.say("compileFirst"), more.length > 0 ? null : moved(compile, first, code)),
    },
  ];
}

function cellOf(node: ts.Node, code: CellsCode): string | null {
  return code.toCell(node.getStart())?.cellId ?? null;
}

/** `model` of `model.fit(…)`; `null` for what has no name. */
function ownerOf({ expression }: ts.CallExpression): string | null {
  const owner = ts.isPropertyAccessExpression(expression) ? expression.expression : null;
  return owner !== null && ts.isIdentifier(owner) ? owner.text : null;
}

/** Whether its failing may be meant: a `catch` around it, or a function without a name that somebody else calls. */
function isTried(call: ts.CallExpression, made: ts.Node): boolean {
  const { parent } = call;
  if (ts.isPropertyAccessExpression(parent) && /^(catch|then)$/.test(parent.name.text)) return true;
  for (let part: ts.Node = call; part.parent !== undefined && !holds(part, made); part = part.parent) {
    if (ts.isTryStatement(part.parent) && part.parent.tryBlock === part) return true;
    const isNamed = ts.isFunctionDeclaration(part) || ts.isVariableDeclaration(part.parent);
    if (ts.isFunctionLike(part) && !isNamed) return true;
  }
  return false;
}

/** Whether a call runs after another in every order of events: both stand in statements of one block that is not repeated. */
function comesSurelyLater(later: ts.Node, earlier: ts.Node, made: ts.Node): boolean {
  let block: ts.Node = earlier.parent;
  while (!holds(block, later)) {
    if (ts.isFunctionLike(block) && !holds(block, made)) return false;
    block = block.parent;
  }
  if (!ts.isBlock(block) && !ts.isSourceFile(block)) return false;
  const placeOf = (node: ts.Node) => (block as ts.Block).statements.findIndex((each) => holds(each, node));
  if (placeOf(later) <= placeOf(earlier)) return false;
  for (let part: ts.Node = later; part !== block; part = part.parent) if (ts.isFunctionLike(part)) return false;
  // What repeats both for one model has compiled it the second time.
  for (let part: ts.Node = block; part !== undefined && !holds(part, made); part = part.parent)
    if (ts.isIterationStatement(part, false) || ts.isFunctionLike(part)) return false;
  return true;
}

function holds(outer: ts.Node, node: ts.Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}

/** A call of `compile` before it, with a loss that fits the last layer and the targets. */
function compileFixes(model: ModelInCode, call: ts.CallExpression, { say, rules }: CheckContext): readonly FoundFix[] {
  const owner = ownerOf(call);
  const [end, ...more] = endsOf(model);
  const output = end === undefined || more.length > 0 ? null : outputOf(end.layer.last);
  if (owner === null || end === undefined || output === null || !end.layer.isWhole) return [];
  const { last } = end.layer;
  const areClasses = areAllClasses(end.data);
  const takesTargets = (loss: string) =>
    last.kind !== "planned" ||
    end.data.every(({ data: { y } }) => y === null || rules.refuseTargets(loss, last.outputShape, y) === null);
  const areValues =
    end.data.some(({ data: { source, y } }) => source !== null && y !== null && y.length > 0) && !areClasses;
  const candidates = lossesBehind(output.activation, areValues).filter(takesTargets);
  const suits = (loss: string) => rules.noteOutput({ ...output, loss, areClasses }).length === 0;
  const loss = candidates.find(suits) ?? candidates[0];
  if (loss === undefined) return [];
  const metrics = loss === "mse" ? "" : ', metrics: ["acc"]';
  const code = `${owner}.compile({ loss: "${loss}", optimizer: "adam"${metrics} });`;
  return fix(say("compileWith", { loss }), insertedBefore(call, code));
}

/** The losses that such an activation is made for, the usual one first. */
function lossesBehind(activation: string | null, areValues: boolean): readonly string[] {
  if (activation === "softmax") return ["categoricalCrossentropy", "sparseCategoricalCrossentropy"];
  return activation === "sigmoid" && !areValues ? ["binaryCrossentropy"] : ["mse"];
}

/** A statement before the one that holds the call. */
function insertedBefore(call: ts.CallExpression, code: string): readonly TextEdit[] | null {
  const statement = statementOf(call);
  if (statement === null) return null;
  const start = statement.getStart();
  const indent = /(?:^|\n)([\t ]*)$/.exec(statement.getSourceFile().text.slice(0, start))?.[1];
  return [{ start, end: start, text: `${code}${indent === undefined ? " " : `\n${indent}`}` }];
}

/** The statement of a block that holds the call; `null` within an expression that is a function's body. */
function statementOf(call: ts.Node): ts.Statement | null {
  for (let part = call; part.parent !== undefined; part = part.parent) {
    if (ts.isFunctionLike(part)) return null;
    if (ts.isBlock(part.parent) || ts.isSourceFile(part.parent)) return part as ts.Statement;
  }
  return null;
}

/** The statement that compiles, moved before the one that needs it, where all that it names stands there already. */
function moved(compile: ts.CallExpression, call: ts.CallExpression, code: CellsCode): readonly TextEdit[] | null {
  const [statement, target] = [statementOf(compile), statementOf(call)];
  if (statement === null || target === null || !ts.isExpressionStatement(statement) || compile.parent !== statement)
    return null;
  if (!namesBefore(compile, target, code)) return null;
  const { text } = statement.getSourceFile();
  const lineEnd = text[statement.end] === "\n" && cellOf(statement, code) === cellOf(target, code) ? 1 : 0;
  const lineStart = lineEnd > 0 ? (/(?:^|\n)([\t ]*)$/.exec(text.slice(0, statement.getStart()))?.[1]?.length ?? 0) : 0;
  const added = insertedBefore(call, statement.getText());
  if (added === null) return null;
  return [...added, { start: statement.getStart() - lineStart, end: statement.end + lineEnd, text: "" }];
}

function namesBefore(node: ts.Node, target: ts.Statement, code: CellsCode): boolean {
  let areBefore = true;
  const visit = (part: ts.Node): void => {
    const isName = ts.isIdentifier(part) && !ts.isPropertyAssignment(part.parent);
    const isValue = ts.isIdentifier(part) && ts.isPropertyAssignment(part.parent) && part.parent.initializer === part;
    const declarations = isName || isValue ? (code.symbolOf(part)?.declarations ?? []) : [];
    areBefore &&= declarations.every(
      (declaration) => declaration.getSourceFile() !== code.source || declaration.pos < target.pos,
    );
    ts.forEachChild(part, visit);
  };
  visit(node);
  return areBefore;
}
