// `run.history` where `run` is still a promise: TypeScript adds a forgotten `await` inside of async functions only, cells need it at their top.

import ts from "typescript";
import type { CodeChange, TextSpan } from "../../shared/codePlaces.ts";
import type { QuickFix } from "../../shared/editorProtocol.ts";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";

type Fix = Omit<QuickFix, "about">;

const noSuchProperty: readonly number[] = [2339, 2551];

export function awaitFixes(
  notebook: NotebookService,
  { cellId, span, code }: CellDiagnostic,
  say: Say,
): readonly Fix[] {
  const offset = noSuchProperty.includes(code) ? notebook.offset({ cellId, offset: span.start }) : null;
  const checker = notebook.checked()?.checker;
  const access = offset === null ? undefined : notebook.nodeAt(offset + 1)?.parent;
  if (checker === undefined || access === undefined || !ts.isPropertyAccessExpression(access)) return [];
  const { expression, name } = access;
  const awaited = checker.getAwaitedType(checker.getTypeAtLocation(expression));
  const wasPromise = awaited !== undefined && awaited !== checker.getTypeAtLocation(expression);
  if (!wasPromise || awaited.getProperty(name.text) === undefined) return [];
  const fix = (title: string, changes: readonly CodeChange[]): Fix[] =>
    changes.length === 0 ? [] : [{ title, isPreferred: false, changes, fixAll: null, code }];
  const value = constValue(expression, checker);
  const made =
    value === null || !mayAwait(notebook, value.made) ? [] : insertions(notebook, value.made, ["await ", ""]);
  const used = mayAwait(notebook, access) ? insertions(notebook, expression, ["(await ", ")"]) : [];
  return [...fix(say("addAwaitWhereMade", { name: value?.name ?? "" }), made), ...fix(say("addAwait"), used)];
}

/** What a `const` was made as. */
function constValue(expression: ts.Expression, checker: ts.TypeChecker): { name: string; made: ts.Expression } | null {
  const declaration = ts.isIdentifier(expression)
    ? checker.getSymbolAtLocation(expression)?.valueDeclaration
    : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name))
    return null;
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  if (!isConst || declaration.initializer === undefined || declaration.type !== undefined) return null;
  return { name: declaration.name.text, made: declaration.initializer };
}

/** At the top of a cell, and in async functions. */
function mayAwait(notebook: NotebookService, node: ts.Node): boolean {
  if (node.getSourceFile().fileName !== notebook.file) return false;
  const around = ts.findAncestor(node, (each) => ts.isFunctionLike(each) || ts.isClassStaticBlockDeclaration(each));
  if (around === undefined) return true;
  return (
    ts.canHaveModifiers(around) &&
    (ts.getModifiers(around) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  );
}

function insertions(
  notebook: NotebookService,
  node: ts.Expression,
  [before, behind]: readonly [string, string],
): readonly CodeChange[] {
  const place = notebook.program.toCellPart({ start: node.getStart(), length: node.getWidth() });
  if (place === null) return [];
  const { cellId, span } = place;
  const at = (start: number): TextSpan => ({ start, length: 0 });
  const opened = { cellId, span: at(span.start), text: before };
  return behind === "" ? [opened] : [opened, { cellId, span: at(span.start + span.length), text: behind }];
}
