// Recognizes calls that make a layer, and tells their place as a stack trace tells it.

import ts from "typescript";
import type { Hover } from "../shared/languageProtocol.ts";
import { nnbookEntry } from "./languageHost.ts";
import type { NotebookService } from "./notebookService.ts";
import { positionAt } from "./sourcePositions.ts";

/**
 * The call whose name is at `offset`, when it gives a layer. The place is the one V8 reports for the calling frame:
 * the start of the name that is called, `dense` in `layers.dense(…)`.
 */
export function findLayerCall(notebook: NotebookService, offset: number): Hover["layerCall"] {
  const checked = notebook.checked();
  if (checked === null) return null;
  const { source, checker } = checked;
  const call = callNamedAt(source, offset);
  if (call === null || !isLayer(checker.getTypeAtLocation(call), notebook, checker)) return null;
  const spot = notebook.program.toCell(calledName(call.expression).getStart(source));
  const cell = spot === null ? null : notebook.cell(spot.cellId);
  if (spot === null || cell === null) return null;
  return { cellId: cell.id, ...positionAt(cell.text, spot.offset) };
}

/** The innermost call of which the called expression, not the arguments, contains `offset`. */
function callNamedAt(source: ts.SourceFile, offset: number): ts.CallExpression | null {
  let found: ts.CallExpression | null = null;
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset > node.end) return;
    if (ts.isCallExpression(node) && isNameOnly(node.expression) && offset <= node.expression.end) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `dense`, `layers.dense`, `nn.layers.dense`: names and dots alone. */
function isNameOnly(expression: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(expression)) return isNameOnly(expression.expression);
  return ts.isIdentifier(expression);
}

function calledName(expression: ts.Expression): ts.Node {
  return ts.isPropertyAccessExpression(expression) ? expression.name : expression;
}

function isLayer(type: ts.Type, notebook: NotebookService, checker: ts.TypeChecker): boolean {
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) !== 0) return false;
  const entry = notebook.service.getProgram()?.getSourceFile(nnbookEntry);
  const module = entry === undefined ? undefined : checker.getSymbolAtLocation(entry);
  const layer = module === undefined ? undefined : checker.tryGetMemberInModuleExports("Layer", module);
  return (
    layer !== undefined && checker.isTypeAssignableTo(type, checker.getDeclaredTypeOfSymbol(resolved(layer, checker)))
  );
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}
