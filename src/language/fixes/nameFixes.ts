// For a name that nothing declares: the import that would, or the part of nnbook that has it (`dense` → `layers.dense`).

import ts from "typescript";
import type { CodeChange } from "../../shared/codePlaces.ts";
import type { QuickFix } from "../../shared/editorProtocol.ts";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import { ownCode } from "../diagnostics/ownCodes.ts";
import { addImport } from "../imports/addImport.ts";
import { type ImportableName, importableNames, nnbookSpecifier } from "../imports/importableNames.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { unaliased } from "../program/syntaxTree.ts";

type Fix = Omit<QuickFix, "about">;

export function importFixes(notebook: NotebookService, diagnostic: CellDiagnostic, say: Say): readonly Fix[] {
  const name = nameOf(notebook, diagnostic);
  const offered = importableNames(notebook).filter(
    (each) => each.name === name && hasWhatIsTaken(notebook, diagnostic, each),
  );
  return offered.map((each) => ({
    title: say("importFrom", { name, from: each.from }),
    isPreferred: offered.length === 1,
    changes: [importChange(notebook, diagnostic.cellId, each)],
    fixAll: null,
    code: diagnostic.code,
  }));
}

/** Of `model.fit(…)` the function `model` has nothing: a model of the user's own is meant. */
function hasWhatIsTaken(
  notebook: NotebookService,
  { cellId, span }: CellDiagnostic,
  { symbol }: ImportableName,
): boolean {
  const offset = notebook.offset({ cellId, offset: span.start });
  const access = offset === null ? undefined : notebook.nodeAt(offset + 1)?.parent;
  const checker = notebook.checked()?.checker;
  if (access === undefined || symbol === null || checker === undefined) return true;
  if (!ts.isPropertyAccessExpression(access) || access.name.getStart() === offset) return true;
  const type = checker.getTypeOfSymbol(unaliased(symbol, checker));
  return (
    access.name.text === "" || checker.getPropertyOfType(checker.getApparentType(type), access.name.text) !== undefined
  );
}

export function memberFixes(notebook: NotebookService, diagnostic: CellDiagnostic, say: Say): readonly Fix[] {
  const { cellId, span, code } = diagnostic;
  const checker = notebook.checked()?.checker;
  const name = nameOf(notebook, diagnostic);
  if (checker === undefined) return [];
  const owners = importableNames(notebook).filter(
    (each) => each.from === nnbookSpecifier && each.symbol !== null && hasMember(each.symbol, name, checker),
  );
  return owners.map((owner) => {
    const text = `${owner.name}.${name}`;
    const use: CodeChange = { cellId, span, text };
    const changes = isDeclaredBefore(notebook, cellId, owner.name) ? [use] : withImport(notebook, owner, use);
    return { title: say("useMember", { name: text }), isPreferred: owners.length === 1, changes, fixAll: null, code };
  });
}

/** What is marked becomes its replacement; what that names of nnbook is imported where the cell lacks it. */
export function replacingChanges(
  notebook: NotebookService,
  { cellId, span, code, replaced = span, replacement: text = "" }: CellDiagnostic,
): readonly CodeChange[] {
  const use: CodeChange = { cellId, span: replaced, text };
  if (code !== ownCode.foreignName) return [use];
  const words: readonly string[] = text.replaceAll(/"[^"]*"|\.\s*\w+/g, "").match(/[\w$]+/g) ?? [];
  const lacking = importableNames(notebook).filter(
    ({ from, name }) => from === nnbookSpecifier && words.includes(name) && !isDeclaredBefore(notebook, cellId, name),
  );
  const [owner] = lacking;
  return owner === undefined ? [use] : withImport(notebook, owner, use);
}

function nameOf(notebook: NotebookService, { cellId, span }: CellDiagnostic): string {
  return notebook.cell(cellId)?.text.slice(span.start, span.start + span.length) ?? "";
}

function importChange(notebook: NotebookService, cellId: string, importable: ImportableName): CodeChange {
  return { cellId, ...addImport(notebook.cell(cellId)?.text ?? "", importable) };
}

/** As one change where both begin at the same place. */
function withImport(notebook: NotebookService, owner: ImportableName, use: CodeChange): readonly CodeChange[] {
  const added = importChange(notebook, use.cellId, owner);
  if (added.span.start !== use.span.start) return [added, use];
  return [{ ...use, text: added.text + use.text }];
}

/** Whether `layers`, `losses` … has `name`. Of classes and functions nothing is taken out. */
function hasMember(symbol: ts.Symbol, name: string, checker: ts.TypeChecker): boolean {
  const target = unaliased(symbol, checker);
  if ((target.flags & ts.SymbolFlags.Module) !== 0)
    return checker.tryGetMemberInModuleExports(name, target) !== undefined;
  const isObject = (target.flags & ts.SymbolFlags.Variable) !== 0;
  return isObject && checker.getTypeOfSymbol(target).getProperty(name) !== undefined;
}

function isDeclaredBefore(notebook: NotebookService, cellId: string, name: string): boolean {
  const index = notebook.cells.findIndex(({ id }) => id === cellId);
  return notebook.cells.slice(0, index + 1).some((cell) => notebook.program.prepared(cell).declared.has(name));
}
