// Leaves of declaration files only what an entry's exports need: whoever reads the types of our inside waits for it.

import path from "node:path";
import ts from "typescript";

/** A name in a file; `*` for all that it exports. */
interface Place {
  readonly file: string;
  readonly name: string;
}

/** A declaration file, taken apart. */
interface Parts {
  readonly statements: readonly ts.Statement[];
  /** What its statements declare; overloads share a name. */
  readonly declared: ReadonlyMap<string, readonly ts.Statement[]>;
  /** Names that stand for those of other files: what it imports, and what it passes on. */
  readonly links: ReadonlyMap<string, Place>;
  /** The names it exports, but for those of `export * from`. */
  readonly exported: readonly string[];
  /** The files that `export * from` passes on. */
  readonly passedOn: readonly string[];
}

/**
 * The files that `entry` needs, without the declarations and imports that it does not.
 *
 * @param files Texts by path, with all that they import.
 */
export function neededTypes(files: Readonly<Record<string, string>>, entry: string): Record<string, string> {
  const parts = new Map(Object.entries(files).map(([file, text]) => [file, takeApart(file, text)]));
  const used = findUsed(parts, entry);
  return Object.fromEntries(
    [...used].map(([file, names]) => {
      const statements = parts.get(file)?.statements ?? [];
      return [file, statements.flatMap((statement) => keptText(file, statement, used, names)).join("\n")];
    }),
  );
}

/** The names that are used, by file. */
function findUsed(parts: ReadonlyMap<string, Parts>, entry: string): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  const waiting: Place[] = [{ file: entry, name: "*" }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { file, name } = place;
    const own = parts.get(file);
    if (own === undefined) throw new Error(`${file} is imported, but not among the files.`);
    const names = used.get(file) ?? new Set();
    used.set(file, names);
    if (names.has(name)) continue;
    names.add(name);
    if (name === "*") waiting.push(...own.exported.map((each) => ({ file, name: each })));
    const found = own.declared.get(name) ?? [];
    for (const statement of found)
      waiting.push(...namesIn(statement).map((each) => ({ file, name: each })), ...typesImportedIn(file, statement));
    const link = own.links.get(name);
    if (link !== undefined) waiting.push(link);
    // A name may come from any of them; where it does not, nothing is found.
    else if (found.length === 0) waiting.push(...own.passedOn.map((other) => ({ file: other, name })));
  }
  return used;
}

function takeApart(file: string, text: string): Parts {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const declared = new Map<string, ts.Statement[]>();
  const links = new Map<string, Place>();
  const exported: string[] = [];
  const passedOn: string[] = [];
  for (const statement of statements) {
    for (const name of declaredNames(statement)) {
      declared.set(name, [...(declared.get(name) ?? []), statement]);
      if (isExported(statement)) exported.push(name);
    }
    const target = targetOf(file, statement);
    const specifiers = specifiersOf(statement);
    for (const { name, from } of specifiers ?? []) {
      if (target !== null || name !== from) links.set(name, { file: target ?? file, name: from });
      if (ts.isExportDeclaration(statement)) exported.push(name);
    }
    if (specifiers === null && target !== null) passedOn.push(target);
  }
  return { statements, declared, links, exported, passedOn };
}

/** The statement as it is written from now on; nothing where nothing of it is used. */
function keptText(
  file: string,
  statement: ts.Statement,
  used: ReadonlyMap<string, ReadonlySet<string>>,
  names: ReadonlySet<string>,
): string[] {
  const specifiers = specifiersOf(statement);
  if (specifiers !== null) {
    const kept = specifiers.filter(({ name }) => names.has(name));
    const list = kept.map(({ text }) => text).join(", ");
    // `export {}` says that a file is a module.
    if (kept.length === specifiers.length) return [statement.getText()];
    return kept.length === 0 ? [] : [statement.getText().replace(/\{[^}]*\}/, `{ ${list} }`)];
  }
  const target = targetOf(file, statement);
  if (target !== null) return used.has(target) ? [statement.getText()] : [];
  return declaredNames(statement).some((name) => names.has(name)) ? [statement.getFullText().trim()] : [];
}

/** A name that an import or export brings, as it is called from there on and where it comes from (`*`: a whole module). */
interface Specifier {
  readonly name: string;
  readonly from: string;
  readonly text: string;
}

/** What an import or export brings by name; `null` for other statements, and for `export * from`. */
function specifiersOf(statement: ts.Statement): readonly Specifier[] | null {
  const list = ts.isExportDeclaration(statement)
    ? statement.exportClause
    : ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : undefined;
  if (list === undefined) return null;
  if (!ts.isNamedExports(list) && !ts.isNamedImports(list))
    return [{ name: list.name.text, from: "*", text: list.getText() }];
  return list.elements.map((each) => ({
    name: each.name.text,
    from: (each.propertyName ?? each.name).text,
    text: each.getText(),
  }));
}

/** The file that an import or export names; `null` for other statements. */
function targetOf(file: string, statement: ts.Statement): string | null {
  if (!ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement)) return null;
  const { moduleSpecifier } = statement;
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier)
    ? declarationFile(file, moduleSpecifier.text)
    : null;
}

/** The path of the declarations that a file means by "../name.ts". */
export function declarationFile(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(file), specifier.replace(/(?:\.d)?\.[tj]s$/, ".d.ts"));
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isDeclaration =
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement);
  return isDeclaration && statement.name !== undefined ? [statement.name.text] : [];
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) && !!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** Every name in a statement but those of members and parameters: rather too many than too few. */
function namesIn(statement: ts.Statement): readonly string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isOwnName = "name" in node.parent && node.parent.name === node;
    if (ts.isIdentifier(node) && !isOwnName) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(statement, visit);
  return [...found];
}

/** The types that a statement takes by `import("../name.ts").Type`. */
function typesImportedIn(file: string, statement: ts.Statement): readonly Place[] {
  const found: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      const { qualifier } = node;
      const name = qualifier !== undefined && ts.isIdentifier(qualifier) ? qualifier.text : "*";
      found.push({ file: declarationFile(file, node.argument.literal.text), name });
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}
