// The modules beside a notebook and what they export, read from their text alone.

import ts from "typescript";

interface ExportedName {
  readonly name: string;
  readonly kind: string;
  readonly isType: boolean;
}

/** A folder may hold anything; what follows these is not looked at. */
const mostFiles = 60;
const mostCharacters = 300_000;
const known = new Map<string, { readonly modified: number; readonly names: readonly ExportedName[] }>();

export function modulesIn(folder: string): readonly (ExportedName & { readonly from: string })[] {
  const files = ts.sys
    .readDirectory(folder, [".ts", ".mts", ".js", ".mjs"], undefined, undefined, 1)
    .filter((file) => !/\.(?:d\.m?ts|test\.\w+)$/.test(file))
    .slice(0, mostFiles);
  return files.flatMap((file) => {
    const from = `./${file.split("/").at(-1)}`;
    return exportsOf(file).map((each) => ({ ...each, from }));
  });
}

function exportsOf(file: string): readonly ExportedName[] {
  const modified = ts.sys.getModifiedTime?.(file)?.getTime() ?? 0;
  const before = known.get(file);
  if (before?.modified === modified) return before.names;
  const text = ts.sys.readFile(file) ?? "";
  const source = ts.createSourceFile(file, text.slice(0, mostCharacters), ts.ScriptTarget.ESNext);
  const names = source.statements.flatMap(exportedNames);
  known.set(file, { modified, names });
  return names;
}

function exportedNames(statement: ts.Statement): readonly ExportedName[] {
  if (ts.isExportDeclaration(statement)) {
    if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return [];
    return statement.exportClause.elements.flatMap(({ name, isTypeOnly }) =>
      named(name.text, ts.ScriptElementKind.constElement, statement.isTypeOnly || isTypeOnly),
    );
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword) || has(ts.SyntaxKind.DefaultKeyword)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? named(name.text, ts.ScriptElementKind.constElement) : [],
    );
  }
  if (ts.isFunctionDeclaration(statement)) return named(statement.name?.text, ts.ScriptElementKind.functionElement);
  if (ts.isClassDeclaration(statement)) return named(statement.name?.text, ts.ScriptElementKind.classElement);
  if (ts.isEnumDeclaration(statement)) return named(statement.name.text, ts.ScriptElementKind.enumElement);
  if (ts.isInterfaceDeclaration(statement)) {
    return named(statement.name.text, ts.ScriptElementKind.interfaceElement, true);
  }
  if (ts.isTypeAliasDeclaration(statement)) return named(statement.name.text, ts.ScriptElementKind.typeElement, true);
  return [];
}

function named(name: string | undefined, kind: string, isType = false): readonly ExportedName[] {
  return name === undefined || name === "default" ? [] : [{ name, kind, isType }];
}
