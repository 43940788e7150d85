// JavaScript of one cell → an async function whose top-level names are properties of the global object, so that
// cells share them, may declare them again with another type, and closures see the newest. Text only: runs nothing.

import type {
  AnyNode,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ExpressionStatement,
  ModuleDeclaration,
  Program,
  Statement,
  TryStatement,
} from "acorn";
import MagicString from "magic-string";
import type { Say } from "../languageWords.ts";
import { type CellDraft, CellNames, type NameProblem } from "./cellDraft.ts";
import { parseCode } from "./earlyErrors.ts";
import {
  rewriteClass,
  rewriteFunction,
  rewriteImport,
  rewriteNested,
  rewriteVariables,
} from "./rewriteDeclarations.ts";

export type RewrittenCell =
  | {
      readonly kind: "rewritten";
      readonly text: MagicString;
      readonly declarations: readonly string[];
      readonly imports: readonly string[];
    }
  | { readonly kind: "failed"; readonly problems: readonly NameProblem[] };

/** `code` is the JavaScript of `source`. */
export function rewriteTopLevel(code: string, source: string, say: Say): RewrittenCell {
  const program = parseCode(code, { sourceType: "module", allowAwaitOutsideFunction: true, allowHashBang: false });
  if ("message" in program) return { kind: "failed", problems: [program] };
  const draft: CellDraft = { text: new MagicString(code), names: new CellNames(say), imports: [], source };
  for (const statement of program.body) rewriteNested(draft, statement);
  const last = lastStatement(program.body);
  for (const statement of program.body) rewriteStatement(draft, statement, statement === last);
  if (draft.names.problems.length > 0) return { kind: "failed", problems: draft.names.problems };
  const resets = draft.names.hoisted.map((name) => `${name} = undefined; `);
  draft.text.prepend(`(async () => { "use strict"; ${resets.join("")}${draft.imports.join("")}`);
  draft.text.append("\n})()");
  const { declared, imported } = draft.names;
  return { kind: "rewritten", text: draft.text, declarations: declared, imports: imported };
}

/** The statement whose value the cell shows. TypeScript adds `export {}` after it; a stray `;` says nothing either. */
function lastStatement(body: Program["body"]): AnyNode | undefined {
  return body.findLast((statement) => statement.type !== "EmptyStatement" && !isEmptyExport(statement));
}

function isEmptyExport(statement: AnyNode): boolean {
  return (
    statement.type === "ExportNamedDeclaration" &&
    (statement.declaration ?? null) === null &&
    statement.specifiers.length === 0
  );
}

function rewriteStatement(draft: CellDraft, statement: Statement | ModuleDeclaration, isLast: boolean): void {
  switch (statement.type) {
    case "ImportDeclaration":
      rewriteImport(draft, statement);
      break;
    case "ExportNamedDeclaration":
      rewriteExport(draft, statement, isLast);
      break;
    case "ExportDefaultDeclaration":
      rewriteDefaultExport(draft, statement, isLast);
      break;
    case "VariableDeclaration":
      rewriteVariables(draft, statement, "statement");
      break;
    case "FunctionDeclaration":
      rewriteFunction(draft, statement, statement.id);
      break;
    case "ClassDeclaration":
      rewriteClass(draft, statement, statement.id);
      break;
    case "ExpressionStatement":
      if (isLast) showValue(draft, statement, "return ");
      break;
    case "TryStatement":
      if (isLast && isDisposal(statement)) rewriteDisposalValue(draft, statement.block.body.at(-1));
      break;
    default:
      break; // Statements that declare nothing stand as they are.
  }
}

function rewriteExport(draft: CellDraft, statement: ExportNamedDeclaration, isLast: boolean): void {
  const declaration = statement.declaration ?? null;
  if (declaration === null) {
    rewriteExportList(draft, statement);
  } else {
    draft.text.remove(statement.start, declaration.start);
    rewriteStatement(draft, declaration, isLast);
  }
}

function rewriteDefaultExport(draft: CellDraft, statement: ExportDefaultDeclaration, isLast: boolean): void {
  const { text } = draft;
  const { declaration } = statement;
  const isFunction = declaration.type === "FunctionDeclaration";
  const isClass = declaration.type === "ClassDeclaration";
  if ((isFunction || isClass) && declaration.id !== null) {
    text.remove(statement.start, declaration.start);
    if (isFunction) rewriteFunction(draft, declaration, declaration.id);
    else rewriteClass(draft, declaration, declaration.id);
    return;
  }
  text.overwrite(statement.start, declaration.start, isLast ? "return (" : "(");
  text.appendLeft(declaration.end, isFunction || isClass ? ");" : ")");
}

function showValue(draft: CellDraft, statement: ExpressionStatement, how: string): void {
  draft.text.appendRight(statement.start, `${how}(`);
  draft.text.appendLeft(statement.expression.end, ")");
}

/** `export { a as b }` in a cell gives `a` a second name. */
function rewriteExportList(draft: CellDraft, statement: ExportNamedDeclaration): void {
  const aliases = statement.specifiers.flatMap(({ local, exported }) => {
    if (local.type !== "Identifier" || exported.type !== "Identifier" || local.name === exported.name) return [];
    if (exported.name === "default") return [];
    draft.names.declare(exported.name, exported.start);
    return [`${exported.name} = ${local.name};`];
  });
  draft.text.overwrite(statement.start, statement.end, aliases.join(" ") || ";");
}

/** A cell with `using` was wrapped by TypeScript in one `try … finally` that disposes at the cell's end. */
function isDisposal(statement: TryStatement): boolean {
  const caught = statement.handler?.param;
  return caught?.type === "Identifier" && /^e_\d+$/.test(caught.name);
}

function rewriteDisposalValue(draft: CellDraft, last: Statement | undefined): void {
  // Awaited inside the `try`, or what it uses would be disposed of before it is done.
  if (last?.type === "ExpressionStatement") showValue(draft, last, "return await ");
}
