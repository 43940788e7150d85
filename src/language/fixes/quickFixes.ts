// What would put right what is marked in a cell: our own changes, imports, and TypeScript's fixes where they stay inside of cells.

import ts from "typescript";
import type { CodeChange, TextSpan } from "../../shared/codePlaces.ts";
import type { CodeLayout, QuickFix } from "../../shared/editorProtocol.ts";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import { diagnoseNotebook } from "../diagnostics/diagnostics.ts";
import { ownCode } from "../diagnostics/ownCodes.ts";
import { unknownNameCodes } from "../diagnostics/unknownNames.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { formatSettings } from "../syntax/formatting.ts";
import { awaitFixes } from "./awaitFixes.ts";
import { cellChanges } from "./cellChanges.ts";
import { importFixes, memberFixes, replacingChanges } from "./nameFixes.ts";
import { pythonFixes } from "./pythonFixes.ts";

/** They look for the name in files, add a file, or change settings: things a notebook does not have. Imports are our own. */
const unwanted: ReadonlySet<string> = new Set([
  "import",
  "fixMissingTypeAnnotationOnExports",
  "disableJsDiagnostics",
  "installTypesPackage",
  "requireInTs",
]);
/** What nearly always is meant. */
const preferred: ReadonlySet<string> = new Set([
  "spelling",
  "addMissingAwait",
  "fixAwaitInSyncFunction",
  "removeUnnecessaryAwait",
]);

/** For everything marked in a span of a cell. */
export function quickFixesAt(
  notebook: NotebookService,
  { cellId, span, layout }: { readonly cellId: string; readonly span: TextSpan; readonly layout: CodeLayout },
  say: Say,
): readonly QuickFix[] {
  const all = diagnoseNotebook(notebook, say);
  const marked = all.filter((each) => each.cellId === cellId && touches(each.span, span));
  return marked.flatMap((diagnostic) =>
    fixesOf(notebook, diagnostic, { layout, say }).map((fix) => {
      const { fixAll } = fix;
      const isAlone = all.filter(({ code }) => code === diagnostic.code).length < 2;
      return { ...fix, about: diagnostic.span, fixAll: isAlone ? null : fixAll };
    }),
  );
}

/** The same fix wherever the notebook has the same problem. */
export function fixAllOf(
  notebook: NotebookService,
  { code, fixId, layout }: { readonly code: number; readonly fixId: string; readonly layout: CodeLayout },
  say: Say,
): readonly CodeChange[] {
  const changes: CodeChange[] = [];
  for (const diagnostic of diagnoseNotebook(notebook, say)) {
    if (diagnostic.code !== code) continue;
    const fix = fixesOf(notebook, diagnostic, { layout, say }).find(({ fixAll }) => fixAll?.id === fixId);
    const isFree = fix?.changes.every((change) => !changes.some((other) => overlap(change, other)));
    if (fix !== undefined && isFree) changes.push(...fix.changes);
  }
  return changes;
}

type Fix = Omit<QuickFix, "about">;

function fixesOf(
  notebook: NotebookService,
  diagnostic: CellDiagnostic,
  { layout, say }: { readonly layout: CodeLayout; readonly say: Say },
): readonly Fix[] {
  const { replacement, code } = diagnostic;
  if (replacement !== undefined) {
    const title = say("useMember", { name: replacement.replace(/^(["'`])(.*)\1$/, "$2") });
    return [{ title, isPreferred: true, changes: replacingChanges(notebook, diagnostic), fixAll: null, code }];
  }
  if (code === ownCode.importedLater) return importFixes(notebook, diagnostic, say);
  const ofNames =
    unknownNameCodes.has(code) || code === ownCode.foreignName
      ? [...importFixes(notebook, diagnostic, say), ...memberFixes(notebook, diagnostic, say)]
      : [];
  // Where a later cell has the name, nothing needs to be made up.
  const isLater = unknownNameCodes.has(code) && diagnostic.severity !== "error";
  return [
    ...ofNames,
    ...awaitFixes(notebook, diagnostic, say),
    ...(code === ownCode.doesNotCompile ? pythonFixes(notebook, diagnostic, say) : []),
    ...(isLater ? [] : typescriptFixes(notebook, diagnostic, layout)),
  ];
}

function typescriptFixes(notebook: NotebookService, diagnostic: CellDiagnostic, layout: CodeLayout): readonly Fix[] {
  const { cellId, span } = diagnostic;
  const code = typescriptCode(notebook, diagnostic);
  const start = code < firstTypescriptCode ? null : notebook.offset({ cellId, offset: span.start });
  if (start === null) return [];
  const settings = formatSettings(notebook.cell(cellId)?.text ?? "", layout);
  const fixes = notebook.service.getCodeFixesAtPosition(notebook.file, start, start + span.length, [code], settings, {
    quotePreference: "double",
  });
  return fixes.flatMap(({ fixName, description, changes, commands, fixId, fixAllDescription }) => {
    if (unwanted.has(fixName) || (commands?.length ?? 0) > 0) return [];
    const texts = changes.flatMap(({ textChanges }) => textChanges.map(({ newText }) => newText));
    if (fixName === "spelling" && texts.some((name) => isBeingDeclared(notebook, name, start))) return [];
    const inCells = cellChanges(notebook, changes, layout);
    if (inCells === null) return [];
    const fixAll = typeof fixId === "string" && fixAllDescription ? { id: fixId, title: fixAllDescription } : null;
    return [
      { title: description, isPreferred: preferred.has(fixName), changes: inCells, fixAll, code: diagnostic.code },
    ];
  });
}

/** `const trainer = new Trainer()`: `trainer` has no value yet where it gets its first one. */
function isBeingDeclared(notebook: NotebookService, name: string, start: number): boolean {
  const node = notebook.nodeAt(start + 1) ?? undefined;
  const declaration = ts.findAncestor(node, (each) =>
    ts.isFunctionLike(each) ? "quit" : ts.isVariableDeclaration(each),
  );
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.name.getText() === name;
}

/** What keeps a cell from running has no code of TypeScript's; one that it can put right gets it back. */
function typescriptCode(notebook: NotebookService, { cellId, span, code }: CellDiagnostic): number {
  const text = notebook.cell(cellId)?.text.slice(span.start, span.start + span.length);
  return code === ownCode.doesNotCompile && text === "await" ? awaitOutsideOfAsync : code;
}

const awaitOutsideOfAsync = 1308;

/** Below are our own. */
const firstTypescriptCode = 1000;

function touches(a: TextSpan, b: TextSpan): boolean {
  return a.start <= b.start + b.length && b.start <= a.start + a.length;
}

function overlap(a: CodeChange, b: CodeChange): boolean {
  return (
    a.cellId === b.cellId && a.span.start < b.span.start + b.span.length && b.span.start < a.span.start + a.span.length
  );
}
