// What is wrong in a notebook's cells: what would keep a cell from running, then what TypeScript says about types.

import ts from "typescript";
import type { CellDiagnostic, LanguageCell } from "../../shared/languageProtocol.ts";
import { type NamedArguments, namedArguments } from "../foreign/namedArguments.ts";
import { tuples } from "../foreign/tuples.ts";
import { nnbookSpecifier } from "../imports/importableNames.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { compileErrors } from "./compileErrors.ts";
import { isOfEmptyList } from "./emptyLists.ts";
import { isSharedGlobal } from "./globalNames.ts";
import { laterImports, laterWords } from "./laterNames.ts";
import { nameMarks } from "./nameMarks.ts";
import { ownCode } from "./ownCodes.ts";
import { ownDiagnostic } from "./ownDiagnostic.ts";
import { suggestionsOf } from "./suggestions.ts";
import { cellDiagnostic } from "./typeDiagnostics.ts";

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
  const ofTuples = tuples(notebook, found, say);
  const covered = new Set([...named, ...ofTuples].flatMap((each) => each.covered));
  const ofTypes = [
    ...found.filter((each) => !covered.has(each)).flatMap((each) => cellDiagnostic(notebook, each, say)),
    ...named.flatMap((each) => meantDiagnostic(notebook, each, ownCode.namedArguments)),
    ...ofTuples.flatMap((each) => meantDiagnostic(notebook, each, ownCode.tuple)),
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

function meantDiagnostic(
  notebook: NotebookService,
  { span, message, replacement }: Omit<NamedArguments, "covered">,
  code: number,
): CellDiagnostic[] {
  const place = notebook.program.toCellSpan(span);
  if (place === null) return [];
  const what = { severity: "error", code, message, tag: null } as const;
  return [{ ...place, ...what, ...(replacement !== null && { replacement }) }];
}
