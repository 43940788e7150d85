// What may be typed at a place in a cell, and what each of it is.

import ts from "typescript";
import type { CompletionDetails, CompletionEntry, CompletionList } from "../../shared/languageProtocol.ts";
import { isImportedLater } from "../diagnostics/laterNames.ts";
import { addImport } from "../imports/addImport.ts";
import { type ImportableName, importableNames, nnbookSpecifier } from "../imports/importableNames.ts";
import { mostUsedOf, namedThing } from "../program/knownNames.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { unaliased } from "../program/syntaxTree.ts";
import { dataFilesAt } from "./dataFiles.ts";
import { documentationMarkdown } from "./documentation.ts";

const preferences: ts.UserPreferences = {
  includeCompletionsWithInsertText: true,
  includeAutomaticOptionalChainCompletions: true,
  includeCompletionsForModuleExports: false,
  includeCompletionsWithSnippetText: false,
  quotePreference: "double",
};

const triggerCharacters: ReadonlySet<string> = new Set<ts.CompletionsTriggerCharacter>([
  ".",
  '"',
  "'",
  "`",
  "/",
  "@",
  "<",
  "#",
  " ",
]);

export function completeAt(notebook: NotebookService, spot: CellSpot, trigger: string | null): CompletionList | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  const files = dataFilesAt(notebook, spot);
  if (files !== null) return files;
  const found = notebook.service.getCompletionsAtPosition(notebook.file, offset, {
    ...preferences,
    ...(isTrigger(trigger) ? { triggerCharacter: trigger } : {}),
  });
  if (found === undefined) return null;
  const shared = found.optionalReplacementSpan;
  const typed = commitCharacters(found);
  const isLater = ({ kind, name }: ts.CompletionEntry) =>
    kind === ts.ScriptElementKind.alias && isImportedLater(notebook, spot, name);
  const isOption = optionsAt(notebook, offset);
  const visible = found.entries.filter((entry) => isUseful(entry) && !isLater(entry) && isOption(entry.name));
  const sortText = sortTexts(visible);
  const entries = visible.map((entry) =>
    completionEntry(notebook, spot, entry, { shared, commit: entry.commitCharacters ?? typed, sortText }),
  );
  const typedName = /[\p{L}\p{N}_$]*$/u.exec(notebook.program.text.slice(Math.max(0, offset - 80), offset))?.[0] ?? "";
  const imports = offersGlobals(found) ? importEntries(notebook, visible, typedName) : noImports;
  return {
    entries: [...entries, ...imports.entries],
    incomplete: found.isIncomplete === true || imports.incomplete,
  };
}

export function resolveCompletion(
  notebook: NotebookService,
  spot: CellSpot,
  entry: { readonly name: string; readonly source: string | null; readonly importFrom: string | null },
): CompletionDetails | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  if (entry.importFrom !== null) return importDetails(notebook, spot.cellId, entry.name, entry.importFrom);
  const source = entry.source ?? undefined;
  const details = notebook.service.getCompletionEntryDetails(
    notebook.file,
    offset,
    entry.name,
    {},
    source,
    preferences,
    undefined,
  );
  if (details === undefined) return null;
  return {
    signature: ts.displayPartsToString(details.displayParts),
    documentation:
      documentationMarkdown(details.documentation, details.tags) ||
      (namedThing(notebook, offset, entry.name)?.documentation ?? ""),
    changes: [],
  };
}

/** A place where any name may stand, not only members of something or options. */
function offersGlobals({ isMemberCompletion, entries }: ts.CompletionInfo): boolean {
  return !isMemberCompletion && entries.some(({ name }) => name === "Array");
}

/** What typing after a suggestion takes it as well: not where the user may be writing a new name. */
function commitCharacters({ isNewIdentifierLocation, defaultCommitCharacters }: ts.CompletionInfo): readonly string[] {
  return isNewIdentifierLocation ? [] : (defaultCommitCharacters ?? [".", ",", ";", "("]);
}

interface ImportEntries {
  readonly entries: readonly CompletionEntry[];
  readonly incomplete: boolean;
}

const noImports: ImportEntries = { entries: [], incomplete: false };
/** Of a package with thousands of names only those that begin as is typed are offered. */
const mostImports = 2000;

/** Names that would be imported into the cell. Those of nnbook stand before what JavaScript has, others behind. */
function importEntries(
  notebook: NotebookService,
  visible: readonly ts.CompletionEntry[],
  typedName: string,
): ImportEntries {
  const seen = new Set(visible.map(({ name }) => name));
  const isPossible = placeKind(visible);
  const possible = importableNames(notebook).filter((each) => !seen.has(each.name) && isPossible(each));
  const incomplete = possible.length > mostImports;
  const begins = typedName.toLowerCase();
  const offered = incomplete
    ? possible.filter(({ name, from }) => from === nnbookSpecifier || name.toLowerCase().startsWith(begins))
    : possible;
  return {
    incomplete,
    entries: offered.slice(0, mostImports).map(({ name, from, kind }) => ({
      ...{ name, kind, insertText: null, replace: null, source: null, deprecated: false },
      // A dot behind a name that is still to be defined must not import another one.
      commit: [],
      ...{ sortText: from === nnbookSpecifier ? "14" : "16", importFrom: from, isRecommended: false },
    })),
  };
}

/** Which names may stand at a place: types where TypeScript offers its own (`Partial`), values where it offers theirs (`parseInt`). */
function placeKind(entries: readonly ts.CompletionEntry[]): (each: ImportableName) => boolean {
  const offers = (known: string) => entries.some(({ name }) => name === known);
  const [takesTypes, takesValues] = [offers("Partial"), offers("parseInt")];
  if (takesTypes === takesValues) return () => true;
  const typeKinds: readonly string[] = [
    ...[ts.ScriptElementKind.classElement, ts.ScriptElementKind.enumElement, ts.ScriptElementKind.moduleElement],
  ];
  return ({ isType, kind }) => (takesTypes ? isType || typeKinds.includes(kind) : !isType);
}

/** Whether a name is one of the options of the object that is being written: where a text may stand too, TypeScript offers a text's methods. */
function optionsAt(notebook: NotebookService, offset: number): (name: string) => boolean {
  const node = notebook.nodeAt(offset);
  const object = node && ts.findAncestor(node, (each) => ts.isObjectLiteralExpression(each) || ts.isStatement(each));
  const checker = notebook.checked()?.checker;
  if (!object || !ts.isObjectLiteralExpression(object) || checker === undefined) return () => true;
  const isText = (type: ts.Type): boolean =>
    type.isIntersection() ? type.types.some(isText) : (type.flags & ts.TypeFlags.StringLike) !== 0;
  const expected = checker.getContextualType(object);
  if (expected?.isUnion() !== true || !expected.types.some(isText)) return () => true;
  const own = expected.types.filter((type) => !isText(type)).flatMap((type) => checker.getPropertiesOfType(type));
  const names = new Set(own.map(({ name }) => name));
  const ofText = new Set(
    checker.getPropertiesOfType(checker.getApparentType(checker.getStringType())).map((each) => each.name),
  );
  return (name) => names.has(name) || !ofText.has(name);
}

/** Of nnbook's names those that are used most come first, in quotes as by themselves. */
function sortTexts(entries: readonly ts.CompletionEntry[]): (entry: ts.CompletionEntry) => string {
  const plain = ({ name }: ts.CompletionEntry) => name.replace(/^"|"$/g, "");
  const texts = entries.filter(({ kind }) => kind === ts.ScriptElementKind.string);
  const first = mostUsedOf(new Set(texts.map(plain)));
  return (entry) => {
    const place = entry.kind === ts.ScriptElementKind.string ? first.indexOf(plain(entry)) : -1;
    return place === -1 ? entry.sortText : `10${String(place).padStart(2, "0")}`;
  };
}

function importDetails(
  notebook: NotebookService,
  cellId: string,
  name: string,
  from: string,
): CompletionDetails | null {
  const cell = notebook.cell(cellId);
  const importable = importableNames(notebook).find((each) => each.name === name && each.from === from);
  if (cell === null || importable === undefined) return null;
  return { ...importedWords(notebook, importable), changes: [{ cellId, ...addImport(cell.text, importable) }] };
}

/** Signature and documentation, as a hover over its declaration has them. */
function importedWords(
  notebook: NotebookService,
  { name, from, symbol }: ImportableName,
): Pick<CompletionDetails, "signature" | "documentation"> {
  const checker = notebook.checked()?.checker;
  const target = symbol && checker && unaliased(symbol, checker);
  const declarations = [...(target?.declarations ?? []), ...(symbol?.declarations ?? [])];
  for (const declaration of declarations) {
    const node = ts.getNameOfDeclaration(declaration);
    const { fileName } = declaration.getSourceFile();
    const info = node && notebook.service.getQuickInfoAtPosition(fileName, node.getStart());
    if (info === undefined) continue;
    return {
      signature: ts.displayPartsToString(info.displayParts),
      documentation: documentationMarkdown(info.documentation, info.tags),
    };
  }
  return { signature: `import { ${name} } from "${from}"`, documentation: "" };
}

function completionEntry(
  notebook: NotebookService,
  spot: CellSpot,
  entry: ts.CompletionEntry,
  {
    shared,
    commit,
    sortText,
  }: {
    readonly shared: ts.TextSpan | undefined;
    readonly commit: readonly string[];
    readonly sortText: (entry: ts.CompletionEntry) => string;
  },
): CompletionEntry {
  const span = entry.replacementSpan ?? shared;
  const replaced = span === undefined ? null : notebook.program.toCellSpan(span);
  return {
    name: entry.name,
    kind: entry.kind,
    sortText: sortText(entry),
    insertText: entry.insertText ?? null,
    replace: replaced?.cellId === spot.cellId ? replaced.span : null,
    source: entry.source ?? null,
    deprecated: entry.kindModifiers?.split(",").includes("deprecated") === true,
    commit,
    isRecommended: entry.isRecommended === true,
    importFrom: null,
  };
}

/** Words that merely occur in the text are no suggestions of ours. */
function isUseful(entry: ts.CompletionEntry): boolean {
  return entry.kind !== ts.ScriptElementKind.warning;
}

function isTrigger(trigger: string | null): trigger is ts.CompletionsTriggerCharacter {
  return trigger !== null && triggerCharacters.has(trigger);
}
