// What TypeScript says about the types of cells, as a notebook says it: with what is known better, and the text to put in its place.

import ts from "typescript";
import { foreignOptions } from "../../shared/foreignNames.ts";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import { plainName } from "../../shared/meantName.ts";
import { foreignName } from "../foreign/foreignName.ts";
import { newVariable } from "../foreign/newVariable.ts";
import { nnbookSpecifier } from "../imports/importableNames.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { laterName, laterWords } from "./laterNames.ts";
import { isNearlyNnbook, unknownModule } from "./moduleMessages.ts";
import { ownCode } from "./ownCodes.ts";
import { typeMessage } from "./typeMessages.ts";
import { unknownNameCodes } from "./unknownNames.ts";

const unknownModuleCodes: ReadonlySet<number> = new Set([2307, 2792, 2882]);

export function cellDiagnostic(notebook: NotebookService, diagnostic: ts.Diagnostic, say: Say): CellDiagnostic[] {
  const { span, message } = typeMessage(notebook, diagnostic);
  const place = notebook.program.toCellSpan(span);
  if (place === null) return [];
  const { code } = diagnostic;
  const foreign = unknownNameCodes.has(code) ? foreignDiagnostic(notebook, span, say) : null;
  if (foreign !== null) return [foreign];
  const said = sayIt(notebook, { code, cellId: place.cellId, offset: span.start, text: textOf(notebook, span) }, say);
  const asIs = { severity: severityOf(diagnostic.category), message, ...meantOption(notebook, span, message, say) };
  return [{ ...place, code, tag: tagOf(diagnostic), ...(said ?? asIs) }];
}

/** A name of another language or library, or of a part of nnbook; `null` also where a later cell declares it. */
function foreignDiagnostic(notebook: NotebookService, { start, length }: ts.TextSpan, say: Say): CellDiagnostic | null {
  const place = notebook.program.toCellSpan({ start, length });
  const name = textOf(notebook, { start, length });
  if (place === null || laterName(notebook, { name, cellId: place.cellId, offset: start }) !== null) return null;
  const other = foreignName(notebook, start, say);
  const foreign = other ?? newVariable(notebook, start, say);
  const marked = foreign && notebook.program.toCellSpan(foreign.span);
  if (foreign === null || marked === null) return null;
  const replaced = foreign.fix && notebook.program.toCellSpan(foreign.fix.span);
  return {
    ...marked,
    ...{ severity: "error", message: foreign.message, tag: null },
    code: other === null ? ownCode.newVariable : ownCode.foreignName,
    ...(foreign.fix && replaced && { replacement: foreign.fix.text, replaced: replaced.span }),
  };
}

/** `fit(data, { epoch: 5 })`: TypeScript says which option may be meant, and has no fix that writes it. `lr` we know. */
function meantOption(
  notebook: NotebookService,
  span: ts.TextSpan,
  message: string,
  say: Say,
): { readonly message?: string; readonly replacement?: string } {
  const written = textOf(notebook, span);
  const node = notebook.nodeAt(span.start);
  if (node === null || !message.includes(`'${written}' does not exist`)) return {};
  const said = /Did you mean to write '([\w$]+)'\?/.exec(message)?.[1];
  const meant = said ?? foreignOption(notebook, node, written);
  if (meant === null) return {};
  const replacement = ts.isShorthandPropertyAssignment(node.parent) ? `${meant}: ${written}` : meant;
  return said === undefined
    ? { message: `${message} ${say("didYouMean", { name: meant })}`, replacement }
    : { replacement };
}

/** The option that another library calls `written`, where it may stand. */
function foreignOption(notebook: NotebookService, node: ts.Node, written: string): string | null {
  const [, meant] = Object.entries(foreignOptions).find(([name]) => plainName(name) === plainName(written)) ?? [];
  const options = ts.findAncestor(node, ts.isObjectLiteralExpression);
  const type = options && notebook.checked()?.checker.getContextualType(options);
  if (meant === undefined || type === undefined) return null;
  return (type.isUnion() ? type.types : [type]).some((each) => each.getProperty(meant) !== undefined) ? meant : null;
}

function textOf(notebook: NotebookService, { start, length }: ts.TextSpan): string {
  return notebook.program.text.slice(start, start + length);
}

/** What we know better than TypeScript. */
function sayIt(
  notebook: NotebookService,
  at: { readonly code: number; readonly cellId: string; readonly offset: number; readonly text: string },
  say: Say,
): Pick<CellDiagnostic, "message" | "severity" | "replacement"> | null {
  const late = unknownNameCodes.has(at.code) ? laterName(notebook, { ...at, name: at.text }) : null;
  if (late !== null) return laterWords(late, say);
  if (at.text === "require" && unknownNameCodes.has(at.code)) {
    return { severity: "error", message: say("noRequire", required(notebook, at.offset)) };
  }
  if (!unknownModuleCodes.has(at.code)) return null;
  const specifier = at.text.slice(1, -1);
  const isMisspelt = isNearlyNnbook(specifier);
  return {
    severity: "error",
    message: unknownModule(notebook, specifier, say),
    ...(isMisspelt ? { replacement: at.text.replace(specifier, nnbookSpecifier) } : {}),
  };
}

/** `const fs = require("node:fs")`: what is required, and under which name. */
function required(notebook: NotebookService, offset: number): { readonly name: string; readonly specifier: string } {
  const call = notebook.nodeAt(offset + 1)?.parent;
  const specifier = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  const holder = call?.parent;
  const isNamed = holder !== undefined && ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name);
  return { name: isNamed ? holder.name.getText() : "module", specifier: specifier?.getText() ?? '"node:…"' };
}

function severityOf(category: ts.DiagnosticCategory): CellDiagnostic["severity"] {
  switch (category) {
    case ts.DiagnosticCategory.Error:
      return "error";
    case ts.DiagnosticCategory.Warning:
      return "warning";
    case ts.DiagnosticCategory.Suggestion:
    case ts.DiagnosticCategory.Message:
      return "hint";
  }
}

function tagOf(diagnostic: ts.Diagnostic): CellDiagnostic["tag"] {
  if (diagnostic.reportsDeprecated !== undefined) return "deprecated";
  return diagnostic.reportsUnnecessary === undefined ? null : "unnecessary";
}
