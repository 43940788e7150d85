// Recognizes calls that make a layer, and tells their place as a stack trace tells it.

import ts from "typescript";
import type { Hover } from "../../shared/languageProtocol.ts";
import { calledAt } from "../models/cellsCode.ts";
import { nnbookEntry } from "../program/languageHost.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { positionAt } from "../program/sourcePositions.ts";
import { unaliased } from "../program/syntaxTree.ts";

export interface LayerCall {
  /** As the report of a run names it: the place V8 gives for the calling frame. */
  readonly place: NonNullable<Hover["layerCall"]>;
  /** What is called, up to the arguments: `layers.dense`. */
  readonly called: ts.TextSpan;
  /** Where its last name stands in the program: `dense`. */
  readonly name: number;
}

/** The call that gives a layer, when `offset` is in the name that is called. */
export function findLayerCall(notebook: NotebookService, offset: number): LayerCall | null {
  const checked = notebook.checked();
  if (checked === null) return null;
  const { source, checker } = checked;
  const call = callNamedAt(source, offset);
  if (call === null || !isLayer(checker.getTypeAtLocation(call), notebook, checker)) return null;
  const spot = notebook.program.toCell(call.questionDotToken?.end ?? calledAt(call.expression, source));
  const cell = spot === null ? null : notebook.cell(spot.cellId);
  if (spot === null || cell === null) return null;
  const start = call.expression.getStart(source);
  return {
    place: { cellId: cell.id, ...positionAt(cell.text, spot.offset) },
    called: { start, length: call.expression.end - start },
    name: lastName(call.expression)?.getStart(source) ?? start,
  };
}

/** The innermost call of which the called expression, not the arguments, contains `offset`. */
function callNamedAt(source: ts.SourceFile, offset: number): ts.CallExpression | null {
  let found: ts.CallExpression | null = null;
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset > node.end) return;
    if (ts.isCallExpression(node) && lastName(node.expression) !== null && offset <= node.expression.end) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The last name of an expression of names alone: `dense`, `layers.dense`, `layers!.dense`, `layers["dense"]`. */
function lastName(expression: ts.Expression): ts.Node | null {
  if (ts.isIdentifier(expression)) return expression;
  if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression))
    return lastName(expression.expression);
  if (ts.isPropertyAccessExpression(expression))
    return lastName(expression.expression) === null ? null : expression.name;
  if (!ts.isElementAccessExpression(expression) || lastName(expression.expression) === null) return null;
  return ts.isStringLiteralLike(expression.argumentExpression) ? expression.argumentExpression : null;
}

function isLayer(type: ts.Type, notebook: NotebookService, checker: ts.TypeChecker): boolean {
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) !== 0) return false;
  const entry = notebook.checked()?.program.getSourceFile(nnbookEntry);
  const module = entry === undefined ? undefined : checker.getSymbolAtLocation(entry);
  const layer = module === undefined ? undefined : checker.tryGetMemberInModuleExports("Layer", module);
  return (
    layer !== undefined && checker.isTypeAssignableTo(type, checker.getDeclaredTypeOfSymbol(unaliased(layer, checker)))
  );
}
