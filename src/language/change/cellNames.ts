// Which names a cell makes for others and takes from others. Reads its text alone; runs nothing.

import ts from "typescript";
import type { CellNames } from "../../shared/cellNames.ts";
import { type StatementNames, statementNames } from "../program/statementNames.ts";
import { makingsOf, tokensOf } from "./makings.ts";
import { isSettled } from "./settledValues.ts";

export function cellNames(source: string): CellNames {
  const statements = statementNames(source);
  const declares = new Set(statements.flatMap((each) => [...each.declares]));
  // Functions are there before the first statement runs.
  const made = new Set(
    statements.flatMap((each) => (ts.isFunctionDeclaration(each.statement) ? [...each.declares] : [])),
  );
  const uses = new Set<string>();
  const changes = new Set<string>();
  for (const each of statements) {
    // The body of a function runs when all of the cell may be there.
    const own = ts.isFunctionDeclaration(each.statement) ? declares : made;
    for (const name of [...each.reads, ...each.changes]) if (!own.has(name)) uses.add(name);
    for (const name of each.changes) if (!own.has(name)) changes.add(name);
    for (const name of each.declares) made.add(name);
  }
  return {
    declares: [...declares],
    imports: statements.flatMap((each) => (each.isImport ? [...each.declares] : [])),
    fixed: fixedNames(statements, declares),
    uses: [...uses],
    changes: [...changes],
    makings: makingsOf(statements, uses),
    code: statements.map(({ statement }) => tokensOf(statement)).join(" "),
  };
}

/** The declared names that stand for the same whenever the cell runs, if what they take from other cells does. */
function fixedNames(statements: readonly StatementNames[], declares: ReadonlySet<string>): readonly string[] {
  const imports = new Set(statements.flatMap((each) => (each.isImport ? [...each.declares] : [])));
  const changed = new Set(statements.flatMap((each) => [...each.changes].filter((name) => !imports.has(name))));
  const fixed = new Set<string>();
  const remade = new Set<string>();
  for (const { statement, declares: own } of statements) {
    const isFixed = isSettled(statement, (name) => !declares.has(name) || fixed.has(name) || own.has(name));
    for (const name of own) (isFixed && !changed.has(name) ? fixed : remade).add(name);
  }
  return [...fixed].filter((name) => !remade.has(name));
}
