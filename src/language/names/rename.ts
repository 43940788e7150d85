// Another name for a variable, function, property … in all cells and in the user's files that use it; or why it cannot have one.

import ts from "typescript";
import type { CodeChange, FilePlace, TextSpan } from "../../shared/codePlaces.ts";
import type { RenameChanges, RenameRefusal, RenameStart } from "../../shared/editorProtocol.ts";
import { isFixedName } from "../compile/cellDraft.ts";
import type { Say } from "../languageWords.ts";
import { isVirtualFile, nnbookTypesFolder } from "../program/languageHost.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { innermostNode } from "../program/syntaxTree.ts";
import { codePlace } from "./codePlaces.ts";
import { isValidName } from "./validName.ts";

/** `import { layers }` becomes `import { layers as kit }`, `{ rate }` becomes `{ rate: speed }`. */
const preferences: ts.UserPreferences = { providePrefixAndSuffixTextForRename: true, allowRenameOfImportPath: false };

/** The name at a place, if it can be another. `null` where no name stands. */
export function prepareRename(notebook: NotebookService, spot: CellSpot, say: Say): RenameStart | RenameRefusal | null {
  const found = findRenamed(notebook, spot, say);
  if (found === null || found.kind === "refused") return found;
  const place = notebook.program.toCellSpan(found.info.triggerSpan);
  return place === null ? null : { kind: "ready", span: place.span, name: textOf(notebook, found.info.triggerSpan) };
}

export function rename(
  notebook: NotebookService,
  spot: CellSpot,
  newName: string,
  say: Say,
): RenameChanges | RenameRefusal | null {
  const found = findRenamed(notebook, spot, say);
  if (found === null || found.kind === "refused") return found;
  const reason = nameProblem(notebook, found, newName, say);
  if (reason !== null) return { kind: "refused", reason };
  const cells: CodeChange[] = [];
  const files: (FilePlace & { text: string })[] = [];
  for (const location of found.locations) {
    const text = `${location.prefixText ?? ""}${newName}${location.suffixText ?? ""}`;
    for (const place of codePlace(notebook, location)) {
      if (place.kind === "cell") cells.push({ cellId: place.cellId, span: place.span, text });
      else if (place.kind === "file") files.push({ ...place, text });
    }
  }
  return { kind: "changes", cells, files };
}

interface Renamed {
  readonly kind: "renamed";
  readonly info: ts.RenameInfoSuccess;
  readonly locations: readonly ts.RenameLocation[];
}

function findRenamed(notebook: NotebookService, spot: CellSpot, say: Say): Renamed | RenameRefusal | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  const refused = (reason: string): RenameRefusal => ({ kind: "refused", reason });
  const info = notebook.service.getRenameInfo(notebook.file, offset, preferences);
  const locations = info.canRename ? renameLocations(notebook, info.triggerSpan.start) : [];
  if (!info.canRename || locations.length === 0) {
    const node = notebook.nodeAt(offset);
    if (node === null || !(ts.isIdentifier(node) || ts.isPrivateIdentifier(node))) return refused(say("noNameHere"));
    return refused(say(belongsToLibrary(notebook, offset) ? "nameOfTypescript" : "cannotRename", { name: node.text }));
  }
  const shadowed = locations.some((location) => isShadowedImport(notebook, location, info.displayName));
  if (shadowed) return refused(say("importedOverAnother", { name: info.displayName }));
  const foreign = locations.find(({ fileName }) => fileName !== notebook.file && !isUsersFile(fileName));
  if (foreign === undefined) return { kind: "renamed", info, locations };
  const owner = foreign.fileName.startsWith(nnbookTypesFolder) ? "nameOfNnbook" : "nameOfTypescript";
  const word = foreign.fileName.includes("/node_modules/") ? "nameOfPackage" : owner;
  return refused(say(word, { name: info.displayName }));
}

/** Whether a cell imports the name there although an earlier one gave it another meaning. */
function isShadowedImport(notebook: NotebookService, location: ts.RenameLocation, name: string): boolean {
  return codePlace(notebook, location).some(
    (place) =>
      place.kind === "cell" && notebook.program.isShadowedImport(place.cellId, name) && isInImport(notebook, place),
  );
}

function isInImport(
  notebook: NotebookService,
  { cellId, span }: { readonly cellId: string; readonly span: TextSpan },
): boolean {
  const cell = notebook.cell(cellId);
  const imports = cell === null ? [] : notebook.program.prepared(cell).imports;
  return imports.some(({ start, end }) => span.start >= start && span.start < end);
}

/** All places of the name; for what is imported also where other cells import it again, since they name the same thing. */
function renameLocations(notebook: NotebookService, offset: number): readonly ts.RenameLocation[] {
  const locationsAt = (at: number) =>
    notebook.service.findRenameLocations(notebook.file, at, false, false, preferences) ?? [];
  const found = [...locationsAt(offset)];
  const first = found.find(
    ({ fileName, textSpan }) => fileName === notebook.file && importAt(notebook, textSpan.start),
  );
  const imported = first && importAt(notebook, first.textSpan.start);
  if (imported) {
    for (const again of importsOf(notebook, imported)) {
      if (again !== imported.start) found.push(...locationsAt(again));
    }
  }
  const key = ({ fileName, textSpan }: ts.RenameLocation) => `${fileName} ${textSpan.start}`;
  return [...new Map(found.map((location) => [key(location), location])).values()];
}

interface LocalName {
  readonly text: string;
  readonly start: number;
  /** What is imported, and from where. */
  readonly source: string;
}

/** The local name of an import, when one stands at `offset`. */
function importAt(notebook: NotebookService, offset: number): LocalName | null {
  const source = notebook.checked()?.source;
  const node = source && innermostNode(source, offset);
  if (source === undefined || node === undefined || !ts.isIdentifier(node)) return null;
  const isLocalName =
    (ts.isImportSpecifier(node.parent) || ts.isNamespaceImport(node.parent) || ts.isImportClause(node.parent)) &&
    node.parent.name === node;
  return isLocalName ? localName(node) : null;
}

/** Where else the same thing is imported under the same name. */
function importsOf(notebook: NotebookService, imported: LocalName): readonly number[] {
  const source = notebook.checked()?.source;
  return (source?.statements ?? []).flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const { name: whole, namedBindings } = statement.importClause ?? {};
    const others =
      namedBindings === undefined ? [] : ts.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements;
    const names = [...(whole === undefined ? [] : [whole]), ...others.map((each) => each.name)].map(localName);
    return names
      .filter((each) => each.text === imported.text && each.source === imported.source)
      .map(({ start }) => start);
  });
}

function localName(node: ts.Identifier): LocalName {
  const statement = ts.findAncestor(node, ts.isImportDeclaration);
  const specifier = statement?.moduleSpecifier.getText().slice(1, -1) ?? "";
  const { parent } = node;
  const what = ts.isImportSpecifier(parent) ? (parent.propertyName ?? parent.name).text : ts.SyntaxKind[parent.kind];
  return { text: node.text, start: node.getStart(), source: `${what} of ${specifier}` };
}

function nameProblem(
  notebook: NotebookService,
  { info, locations }: Renamed,
  newName: string,
  say: Say,
): string | null {
  if (!isValidName(newName, { isPrivate: info.displayName.startsWith("#") })) return say("notAName", { name: newName });
  if (isFixedName(newName)) return say("cannotDeclare", { name: newName });
  const taken = isMember(notebook, info.triggerSpan.start) ? null : cellWithName(notebook, locations, newName);
  return taken === null ? null : say("nameTaken", { name: newName, cell: String(taken) });
}

function isMember(notebook: NotebookService, offset: number): boolean {
  const members = ts.SymbolFlags.ClassMember | ts.SymbolFlags.EnumMember;
  return ((notebook.symbolAt(offset)?.symbol.flags ?? 0) & members) !== 0;
}

/** The number of the cell that gives `name` a meaning where it is to stand: what is there now would no longer be reached, or be reached instead. */
function cellWithName(notebook: NotebookService, locations: readonly ts.RenameLocation[], name: string): number | null {
  const checked = notebook.checked();
  if (checked === null) return null;
  const { source, checker } = checked;
  const any = ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias;
  for (const { fileName, textSpan } of locations) {
    if (fileName !== notebook.file) continue;
    const inScope = checker.getSymbolsInScope(innermostNode(source, textSpan.start), any);
    for (const symbol of inScope) {
      const declaration = symbol.name === name ? symbol.declarations?.[0] : undefined;
      if (declaration?.getSourceFile() !== source) continue;
      const cell = notebook.program.toCell(declaration.getStart(source));
      if (cell !== null) return notebook.numberOf(cell.cellId);
    }
  }
  return null;
}

function belongsToLibrary(notebook: NotebookService, offset: number): boolean {
  const declarations = notebook.symbolAt(offset)?.symbol.declarations ?? [];
  return declarations.some((declaration) => isVirtualFile(declaration.getSourceFile().fileName));
}

function isUsersFile(fileName: string): boolean {
  return !isVirtualFile(fileName) && !fileName.includes("/node_modules/");
}

function textOf(notebook: NotebookService, { start, length }: ts.TextSpan): string {
  return notebook.program.text.slice(start, start + length);
}
