// One cell made ready to stand among the others in the notebook's program: which parts move, which change, what it declares.

import ts from "typescript";
import { repairBrackets } from "./bracketRepair.ts";
import { type CellEnding, EndingWriter, maskExports } from "./exportedNames.ts";
import { MaskedText } from "./maskedText.ts";
import { hasParseErrors } from "./syntaxTree.ts";

export interface PreparedCell {
  /** As long as the cell's text, with the same character at the same offset wherever it matters. */
  readonly text: string;
  /** Import statements, which must stand at the program's top. */
  readonly imports: readonly { readonly start: number; readonly end: number; readonly closing: string }[];
  /** Closes what the cell leaves open, and gives second names to what it exports under them. */
  readonly ending: CellEnding;
  /** Every name that the cell gives to the notebook, types included. */
  readonly declared: ReadonlyMap<string, DeclaredName>;
}

export interface DeclaredName {
  /** Where the name stands in the cell. */
  readonly start: number;
  /** `null` for what the cell makes itself. */
  readonly imported: ImportedName | null;
}

export interface ImportedName {
  /** What the module calls it; "*" for all of the module. */
  readonly what: string;
  /** The module, in quotes as it is written. */
  readonly specifier: string;
  readonly isType: boolean;
}

export function prepareCell(source: string): PreparedCell {
  const file = parse(source);
  const repair = hasParseErrors(file) ? repairBrackets(source) : { closing: "", stray: [] };
  const text = new MaskedText(source);
  for (const offset of repair.stray) text.blank(offset, offset + 1);
  const imports: { start: number; end: number; closing: string }[] = [];
  const ending = new EndingWriter(repair.closing);
  const declared = new Map<string, DeclaredName>();
  for (const statement of file.statements) {
    const start = statement.getStart(file);
    if (ts.isImportDeclaration(statement)) imports.push({ start, end: statement.end, closing: "" });
    else if (ts.isExportDeclaration(statement)) maskExports(statement, file, { text, ending });
    else maskStatement(statement, file, text);
    if (ts.isImportDeclaration(statement)) {
      for (const { name, ...imported } of importedNames(statement, file)) {
        declared.set(name.text, { start: name.getStart(file), imported });
      }
    } else {
      for (const name of declaredNames(statement)) {
        declared.set(name.text, { start: name.getStart(file), imported: null });
      }
    }
  }
  return {
    text: text.toString(),
    imports: imports.map((each) => ({ ...each, closing: repairBrackets(source.slice(each.start, each.end)).closing })),
    ending: ending.finish(),
    declared,
  };
}

type NameNode = ts.Identifier | ts.StringLiteral;

function parse(source: string): ts.SourceFile {
  return ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
}

/** `export` means nothing inside a block, and a `var` would escape from it. */
function maskStatement(statement: ts.Statement, file: ts.SourceFile, text: MaskedText): void {
  const start = statement.getStart(file);
  if (ts.isExportAssignment(statement)) {
    const end = statement.expression.getStart(file);
    text.blank(start, end);
    if (end - start > "void".length) text.replace(start, "void");
    return;
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  for (const modifier of modifiers) {
    if (modifier.kind !== ts.SyntaxKind.ExportKeyword && modifier.kind !== ts.SyntaxKind.DefaultKeyword) continue;
    text.blank(modifier.getStart(file), modifier.end);
  }
  if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) && isNameless(statement)) {
    text.replace(start, "void");
  }
  if (ts.isVariableStatement(statement)) {
    const list = statement.declarationList.getStart(file);
    if (text.toString().startsWith("var", list)) text.replace(list, "let");
  }
}

function isNameless(statement: ts.Statement): boolean {
  return (
    (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
    (statement.name ?? undefined) === undefined
  );
}

function declaredNames(statement: ts.Statement): readonly NameNode[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((declaration) => boundNames(declaration.name));
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name];
  }
  return [];
}

function importedNames(
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  file: ts.SourceFile,
): readonly (ImportedName & { readonly name: ts.Identifier })[] {
  if (importClause === undefined) return [];
  const isType = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const specifier = moduleSpecifier.getText(file);
  const { name, namedBindings } = importClause;
  const names = name === undefined ? [] : [{ name, what: "default", specifier, isType }];
  if (namedBindings === undefined) return names;
  if (ts.isNamespaceImport(namedBindings))
    return [...names, { name: namedBindings.name, what: "*", specifier, isType }];
  const named = namedBindings.elements.map((element) => ({
    name: element.name,
    what: (element.propertyName ?? element.name).getText(file),
    specifier,
    isType: isType || element.isTypeOnly,
  }));
  return [...names, ...named];
}

function boundNames(name: ts.BindingName): readonly NameNode[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}
