// How the statements of a cell make each of its names: those that have a part in it, and no others. Reads text alone.

import ts from "typescript";
import type { Making } from "../../shared/cellNames.ts";
import type { StatementNames } from "../program/statementNames.ts";

/** For each name that the statements declare or change. `uses`: the names that the cell takes from others. */
export function makingsOf(
  statements: readonly StatementNames[],
  uses: ReadonlySet<string>,
): ReadonlyMap<string, Making> {
  const touched = touchedNames(statements);
  const tokens = statements.map(({ statement }) => tokensOf(statement));
  const names = new Set(touched.flatMap((each) => [...each]));
  return new Map([...names].map((name) => [name, makingOf(name, { statements, touched, tokens, uses })]));
}

/** Code without comments and spaces: equal for texts that run alike. */
export function tokensOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const tokens: string[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isJSDoc(each)) return;
    const children = each.getChildren(file);
    if (children.length === 0) tokens.push(each.getText(file));
    else children.forEach(visit);
  };
  visit(node);
  return tokens.join(" ").trim();
}

interface Cell {
  readonly statements: readonly StatementNames[];
  /** Names that each statement declares or changes. */
  readonly touched: readonly ReadonlySet<string>[];
  readonly tokens: readonly string[];
  readonly uses: ReadonlySet<string>;
}

function makingOf(name: string, { statements, touched, tokens, uses }: Cell): Making {
  const wanted = new Set([name]);
  const parts = new Map<number, string>();
  for (let known = -1; known !== wanted.size; ) {
    known = wanted.size;
    for (const [index, { statement, reads }] of statements.entries()) {
      const hit = [...(touched[index] ?? [])].filter((each) => wanted.has(each));
      if (hit.length === 0) continue;
      // What else an import brings is no part of it.
      const isImport = ts.isImportDeclaration(statement);
      parts.set(index, isImport ? hit.map((each) => importedAs(statement, each)).join() : (tokens[index] ?? ""));
      for (const read of reads) wanted.add(read);
    }
  }
  const inOrder = [...parts].sort(([a], [b]) => a - b);
  return { code: inOrder.map(([, code]) => code).join("\n"), uses: [...wanted].filter((each) => uses.has(each)) };
}

/** What each statement declares or changes, by a function of the cell that it mentions too. What is called on an import changes nothing. */
function touchedNames(statements: readonly StatementNames[]): readonly ReadonlySet<string>[] {
  const imports = new Set(statements.flatMap((each) => (each.isImport ? [...each.declares] : [])));
  const touched = statements.map(
    ({ declares, changes }) => new Set([...declares, ...[...changes].filter((name) => !imports.has(name))]),
  );
  const functions = [...statements.entries()].filter(([, { statement }]) => holdsFunction(statement));
  const count = () => touched.reduce((sum, { size }) => sum + size, 0);
  // A function may change what another does that it calls, and so on.
  for (let before = -1; before !== count(); ) {
    before = count();
    for (const [maker, { declares }] of functions)
      for (const [index, { reads }] of statements.entries())
        if (index !== maker && [...declares].some((name) => reads.has(name)))
          for (const name of touched[maker] ?? []) if (!declares.has(name)) touched[index]?.add(name);
  }
  return touched;
}

function holdsFunction(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.some(
    ({ initializer }) =>
      initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
  );
}

function importedAs({ importClause, moduleSpecifier }: ts.ImportDeclaration, name: string): string {
  const from = moduleSpecifier.getText();
  const { namedBindings } = importClause ?? {};
  if (namedBindings === undefined || importClause?.name?.text === name) return `${name} from ${from}`;
  if (ts.isNamespaceImport(namedBindings)) return `* as ${name} from ${from}`;
  const found = namedBindings.elements.find((each) => each.name.text === name);
  return `${found?.propertyName?.text ?? name} as ${name} from ${from}`;
}
