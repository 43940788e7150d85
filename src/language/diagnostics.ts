// What is wrong in a notebook's cells: what would keep a cell from running, then what TypeScript says about types.

import ts from "typescript";
import type { CellDiagnostic, LanguageCell } from "../shared/languageProtocol.ts";
import { compileCell } from "./cellCompiler.ts";
import { isSharedGlobal } from "./globalNames.ts";
import { isLocalSpecifier } from "./moduleCompiler.ts";
import type { NotebookService } from "./notebookService.ts";
import type { PreparedCell } from "./preparedCell.ts";
import { offsetAt } from "./sourcePositions.ts";

/** Codes of our own diagnostics; TypeScript's start at 1000. */
export const ownCode = { doesNotCompile: 1, redeclaresGlobal: 2 } as const;

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
const unknownNameCodes: ReadonlySet<number> = new Set([2304, 2503, 2552, 18004]);
const unknownModuleCodes: ReadonlySet<number> = new Set([2307, 2792, 2882]);

export function diagnoseNotebook(notebook: NotebookService): readonly CellDiagnostic[] {
  const broken = notebook.cells.flatMap((cell) => compileErrors(notebook, cell));
  const brokenIds = new Set(broken.map(({ cellId }) => cellId));
  const typeErrors = [
    ...notebook.service.getSemanticDiagnostics(notebook.file),
    // Of suggestions, those about what is deprecated; most others tidy up what a notebook leaves lying on purpose.
    ...notebook.service.getSuggestionDiagnostics(notebook.file).filter(({ reportsDeprecated }) => reportsDeprecated),
  ]
    .filter(({ code }) => !legalInNotebooks.has(code))
    .flatMap((diagnostic) => cellDiagnostic(notebook, diagnostic))
    // Types of half-typed code are mostly noise: its syntax comes first.
    .filter(({ cellId }) => !brokenIds.has(cellId));
  return [...broken, ...typeErrors, ...notebook.cells.flatMap((cell) => globalWarnings(notebook, cell))];
}

type PlacedError = Pick<CellDiagnostic, "span" | "message">;
/** Prepared cells live as long as their text stands in the notebook. */
const knownErrors = new WeakMap<PreparedCell, readonly PlacedError[]>();

function compileErrors(notebook: NotebookService, cell: LanguageCell): readonly CellDiagnostic[] {
  const prepared = notebook.program.prepared(cell);
  const errors = knownErrors.get(prepared) ?? placedCompileErrors(cell.text);
  knownErrors.set(prepared, errors);
  return errors.map((error) => ({
    ...error,
    cellId: cell.id,
    severity: "error",
    code: ownCode.doesNotCompile,
    tag: null,
  }));
}

function placedCompileErrors(text: string): readonly PlacedError[] {
  const result = compileCell({ cellId: "", label: "", source: text });
  if (result.kind === "compiled") return [];
  return result.errors.map(({ line, column, message }) => {
    const start = Math.min(offsetAt(text, { line, column }), text.length);
    const word = /^(?:[\w$]+|.)/.exec(text.slice(start))?.[0] ?? "";
    return { span: { start, length: word.length }, message };
  });
}

function globalWarnings(notebook: NotebookService, cell: LanguageCell): readonly CellDiagnostic[] {
  return [...notebook.program.prepared(cell).declared]
    .filter(([name, { isImport }]) => isSharedGlobal(name) && !isImport)
    .map(([name, { start }]) => ({
      cellId: cell.id,
      span: { start, length: name.length },
      severity: "warning",
      code: ownCode.redeclaresGlobal,
      message: `This changes "${name}" for all code in the kernel. Choose another name.`,
      tag: null,
    }));
}

function cellDiagnostic(notebook: NotebookService, diagnostic: ts.Diagnostic): CellDiagnostic[] {
  const { start = 0, length = 0 } = diagnostic;
  const place = notebook.program.toCellSpan({ start, length });
  if (place === null) return [];
  return [{ ...place, code: diagnostic.code, tag: tagOf(diagnostic), ...sayIt(notebook, diagnostic, place.cellId) }];
}

function sayIt(
  notebook: NotebookService,
  diagnostic: ts.Diagnostic,
  cellId: string,
): Pick<CellDiagnostic, "message" | "severity"> {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const { start = 0, length = 0, code } = diagnostic;
  const text = notebook.program.text.slice(start, start + length);
  if (unknownNameCodes.has(code) && isDeclaredLater(notebook, text, cellId)) {
    return { severity: "hint", message: `"${text}" is defined in a later cell. Run that cell first.` };
  }
  if (unknownModuleCodes.has(code)) {
    return { severity: "error", message: unknownModule(notebook, text.slice(1, -1)) };
  }
  return { severity: severityOf(diagnostic.category), message };
}

function isDeclaredLater(notebook: NotebookService, name: string, cellId: string): boolean {
  const index = notebook.cells.findIndex(({ id }) => id === cellId);
  return notebook.cells.slice(index + 1).some((cell) => notebook.program.prepared(cell).declared.has(name));
}

function unknownModule({ folder }: NotebookService, specifier: string): string {
  if (isLocalSpecifier(specifier)) {
    return folder === null
      ? `Cannot find "${specifier}": this notebook has no folder yet. Save it first.`
      : `Cannot find "${specifier}" in ${folder}. Check the spelling, or save the file there.`;
  }
  const install = folder === null ? "Save the notebook and install it beside it" : `Install it in ${folder}`;
  return `Cannot find the package "${specifier}". ${install} (npm install ${packageName(specifier)}), or check the spelling.`;
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
