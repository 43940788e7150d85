// What is wrong in a notebook's cells: what would keep a cell from running, then what TypeScript says about types.

import ts from "typescript";
import { foreignOptions } from "../../shared/foreignNames.ts";
import type { CellDiagnostic, LanguageCell } from "../../shared/languageProtocol.ts";
import { plainName } from "../../shared/meantName.ts";
import { compileCell } from "../compile/cellCompiler.ts";
import { isLocalSpecifier, projectNote, unknownPath } from "../compile/moduleCompiler.ts";
import { foreignName } from "../foreign/foreignName.ts";
import { type NamedArguments, namedArguments } from "../foreign/namedArguments.ts";
import { newVariable } from "../foreign/newVariable.ts";
import { nnbookSpecifier } from "../imports/importableNames.ts";
import { pathTarget } from "../imports/projectPaths.ts";
import type { Say } from "../languageWords.ts";
import { judgeNames } from "../program/knownNames.ts";
import type { NotebookService } from "../program/notebookService.ts";
import type { PreparedCell } from "../program/preparedCell.ts";
import { offsetAt } from "../program/sourcePositions.ts";
import { isOfEmptyList } from "./emptyLists.ts";
import { isSharedGlobal } from "./globalNames.ts";
import { type LaterName, laterImports, laterName } from "./laterNames.ts";
import { nearestName } from "./nearestName.ts";
import { suggestionsOf } from "./suggestions.ts";
import { typeMessage } from "./typeMessages.ts";
import { unknownNameCodes } from "./unknownNames.ts";

/** Codes of our own diagnostics; TypeScript's start at 1000. */
export const ownCode = {
  doesNotCompile: 1,
  redeclaresGlobal: 2,
  unknownName: 3,
  noDefaultExport: 4,
  importedLater: 5,
  unsavedModule: 6,
  foreignName: 7,
  namedArguments: 8,
  otherSpelling: 9,
  newVariable: 10,
} as const;

/** Right in a notebook, where names may be declared again and exports stand in blocks of our making. */
const legalInNotebooks: ReadonlySet<number> = new Set([
  1184, // modifiers cannot appear here
  1231, // an export assignment must be at the top level
  1233, // an export declaration must be at the top level
  1235, // a namespace declaration must be at the top level
  2300, // duplicate identifier
  2395, // merged declarations must be all exported or all local
  2403, // subsequent variable declarations must have the same type
  2440, // an import conflicts with a local declaration
  2451, // cannot redeclare block-scoped variable
  2481, // cannot initialize an outer scoped variable
  7016, // no declaration file for a module: it is `any`
]);
const unknownModuleCodes: ReadonlySet<number> = new Set([2307, 2792, 2882]);

interface Diagnosed {
  readonly program: ts.Program | undefined;
  readonly cells: readonly LanguageCell[];
  readonly diagnostics: readonly CellDiagnostic[];
}

/** What was found last: quick fixes ask again while nothing has changed. */
const lastDiagnosed = new WeakMap<NotebookService, Diagnosed>();

export function diagnoseNotebook(notebook: NotebookService, say: Say): readonly CellDiagnostic[] {
  const { cells } = notebook;
  const program = notebook.checked()?.program;
  const last = lastDiagnosed.get(notebook);
  if (last?.program === program && last?.cells === cells) return last.diagnostics;
  const diagnostics = findDiagnostics(notebook, say);
  lastDiagnosed.set(notebook, { program, cells, diagnostics });
  return diagnostics;
}

function findDiagnostics(notebook: NotebookService, say: Say): readonly CellDiagnostic[] {
  const broken = notebook.cells.flatMap((cell) => compileErrors(notebook, cell, say));
  const brokenIds = new Set(broken.map(({ cellId }) => cellId));
  const found = [...notebook.service.getSemanticDiagnostics(notebook.file), ...suggestionsOf(notebook)]
    .filter(({ code, start }) => !legalInNotebooks.has(code) && !notebook.program.isEcho(start ?? -1))
    .filter((diagnostic) => !isOfEmptyList(diagnostic, notebook));
  const named = namedArguments(notebook, found, say);
  const covered = new Set(named.flatMap((each) => each.covered));
  const ofTypes = [
    ...found.filter((each) => !covered.has(each)).flatMap((each) => cellDiagnostic(notebook, each, say)),
    ...named.flatMap((each) => namedDiagnostic(notebook, each)),
    ...lateImports(notebook, say),
    ...nameMarks(notebook, say),
    ...defaultImports(notebook, say),
  ];
  return [
    ...broken,
    // Types of half-typed code are mostly noise: its syntax comes first.
    ...ofTypes.filter(({ cellId }) => !brokenIds.has(cellId)),
    ...notebook.cells.flatMap((cell) => globalWarnings(notebook, cell, say)),
  ];
}

type PlacedError = Pick<CellDiagnostic, "span" | "message">;
/** Prepared cells live as long as their text stands in the notebook. */
const knownErrors = new WeakMap<PreparedCell, readonly PlacedError[]>();

function compileErrors(notebook: NotebookService, cell: LanguageCell, say: Say): readonly CellDiagnostic[] {
  const prepared = notebook.program.prepared(cell);
  const errors = knownErrors.get(prepared) ?? placedCompileErrors(cell.text, say);
  knownErrors.set(prepared, errors);
  return errors.map((error) => ({
    ...error,
    cellId: cell.id,
    severity: "error",
    code: ownCode.doesNotCompile,
    tag: null,
  }));
}

function placedCompileErrors(text: string, say: Say): readonly PlacedError[] {
  const result = compileCell({ cellId: "", label: "", source: text }, say);
  if (result.kind === "compiled") return [];
  return result.errors.map(({ line, column, message }) => {
    const start = Math.min(offsetAt(text, { line, column }), text.length);
    const word = /^(?:[\p{L}\p{N}_$]+|.)/u.exec(text.slice(start))?.[0] ?? "";
    return { span: { start, length: word.length }, message };
  });
}

function globalWarnings(notebook: NotebookService, cell: LanguageCell, say: Say): readonly CellDiagnostic[] {
  return [...notebook.program.prepared(cell).declared]
    .filter(([name, { imported }]) => isSharedGlobal(name) && imported === null)
    .map(([name, { start }]) => ({
      cellId: cell.id,
      span: { start, length: name.length },
      severity: "warning",
      code: ownCode.redeclaresGlobal,
      message: say("changesGlobal", { name }),
      tag: null,
    }));
}

/** How many names are listed when none is near the one that is written. */
const mostListedNames = 30;

/** `activation: "sigmoyd"`: the types let it pass, the engine will not. `loss: "mean_squared_error"` it takes, and lists as "mse". */
function nameMarks(notebook: NotebookService, say: Say): readonly CellDiagnostic[] {
  const { wrong, other } = judgeNames(notebook);
  const instead = (literal: ts.StringLiteralLike, name: string) => literal.getText().replace(literal.text, () => name);
  return [
    ...wrong.flatMap(({ literal, unknown, nearest, known }) => {
      const offer =
        nearest === null
          ? say("known", { names: known.slice(0, mostListedNames).join(", ") })
          : say("didYouMean", { name: nearest });
      return ownDiagnostic(notebook, literal, {
        severity: "warning",
        code: ownCode.unknownName,
        message: `${say(unknown, { name: literal.text })} ${offer}`,
        ...(nearest === null ? {} : { replacement: instead(literal, nearest) }),
      });
    }),
    ...other.flatMap(({ literal, name }) =>
      ownDiagnostic(notebook, literal, {
        severity: "hint",
        code: ownCode.otherSpelling,
        message: say("otherSpelling", { name }),
        replacement: instead(literal, name),
      }),
    ),
  ];
}

function lateImports(notebook: NotebookService, say: Say): readonly CellDiagnostic[] {
  return laterImports(notebook).flatMap((late) =>
    ownDiagnostic(notebook, late.node, { code: ownCode.importedLater, ...laterWords(late, say) }),
  );
}

/** TypeScript takes it that a module without a default export gives all of itself as one; nnbook gives `undefined`. */
function defaultImports(notebook: NotebookService, say: Say): readonly CellDiagnostic[] {
  return (notebook.checked()?.source.statements ?? []).flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const name = statement.importClause?.name;
    if (name === undefined || statement.moduleSpecifier.text !== nnbookSpecifier) return [];
    return ownDiagnostic(notebook, name, {
      severity: "error",
      code: ownCode.noDefaultExport,
      message: say("noDefaultExport", { name: name.text }),
      ...(statement.importClause?.namedBindings === undefined ? { replacement: `* as ${name.text}` } : {}),
    });
  });
}

function ownDiagnostic(
  notebook: NotebookService,
  node: ts.Node,
  what: Pick<CellDiagnostic, "severity" | "code" | "message" | "replacement">,
): CellDiagnostic[] {
  const place = notebook.program.toCellSpan({ start: node.getStart(), length: node.getWidth() });
  return place === null ? [] : [{ ...place, ...what, tag: null }];
}

function cellDiagnostic(notebook: NotebookService, diagnostic: ts.Diagnostic, say: Say): CellDiagnostic[] {
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

function namedDiagnostic(notebook: NotebookService, { span, message, replacement }: NamedArguments): CellDiagnostic[] {
  const place = notebook.program.toCellSpan(span);
  if (place === null) return [];
  const what = { severity: "error", code: ownCode.namedArguments, message, tag: null } as const;
  return [{ ...place, ...what, ...(replacement !== null && { replacement }) }];
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

function laterWords({ name, cell, isRunAtOnce }: LaterName, say: Say): Pick<CellDiagnostic, "message" | "severity"> {
  return { severity: isRunAtOnce ? "warning" : "hint", message: say("definedLater", { name, cell: String(cell) }) };
}

function isNearlyNnbook(specifier: string): boolean {
  return !isLocalSpecifier(specifier) && nearestName(specifier, [nnbookSpecifier]) !== null;
}

function unknownModule(notebook: NotebookService, specifier: string, say: Say): string {
  const { folder } = notebook;
  if (isLocalSpecifier(specifier)) {
    return folder === null ? say("fileWithoutFolder", { specifier }) : say("fileNotFound", { specifier, folder });
  }
  if (isNearlyNnbook(specifier)) return say("meantNnbook", { specifier });
  const named = { specifier, package: packageName(specifier) };
  if (folder === null) return say("packageWithoutFolder", named);
  const project = notebook.projectPaths();
  const target = pathTarget(specifier, notebook.file, project);
  if (target !== null && "tried" in target) return unknownPath(specifier, target.tried, project, say);
  const note = projectNote(project, say);
  return [say("packageNotFound", { ...named, folder }), ...(note === null ? [] : [note])].join(" ");
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
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
