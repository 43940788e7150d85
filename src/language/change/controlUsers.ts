// Which cells use the value of a control, directly or through what others make of it. Reads the cells' text; runs nothing.

import ts from "typescript";
import type { ControlQuestion, ControlUsers } from "../../shared/languageProtocol.ts";
import { type StatementNames, statementNames } from "../program/statementNames.ts";

/**
 * Follows the value from statement to statement in the order in which the cells would run again: the control's own
 * cell, those above it (a function there may read it), those below.
 */
export function findControlUsers({ cells, cellId, place }: ControlQuestion): ControlUsers {
  const texts = cells.map(({ id, text }) => ({ id, text, statements: statementNames(text) }));
  const own = texts.find(({ id }) => id === cellId);
  if (own === undefined) return { name: null, cellIds: [] };
  const offset = place === null || place.cellId !== cellId ? null : offsetOf(own.text, place);
  const made = own.statements.find(({ start, end }) => offset !== null && start <= offset && offset < end);
  const name = made === undefined || offset === null ? null : plainName(made, offset);
  const all = texts.flatMap(({ statements }) => statements);
  const variables = new Set(all.flatMap(({ isImport, declares }) => (isImport ? [] : [...declares])));
  const depending = new Set<string>();
  // Without its statement, all that its cell makes may depend on it.
  for (const statement of made === undefined ? own.statements : [made]) add(depending, statement, variables);
  const others = made === undefined ? [] : own.statements.filter((each) => each !== made);
  const isOwnUser = follow(others, depending, variables) || name === null;
  const users = texts.filter((each) => each !== own && follow(each.statements, depending, variables));
  return {
    name: isOwnUser ? null : name,
    cellIds: [...(isOwnUser ? [cellId] : []), ...users.map(({ id }) => id)],
  };
}

/** Adds what depends on the value after these statements, and takes out what they make anew without it. True when one uses it. */
function follow(
  statements: readonly StatementNames[],
  depending: Set<string>,
  variables: ReadonlySet<string>,
): boolean {
  let isUser = false;
  for (const statement of statements) {
    if ([...statement.reads].some((name) => depending.has(name))) {
      isUser = true;
      add(depending, statement, variables);
    } else for (const name of statement.declares) depending.delete(name);
  }
  return isUser;
}

/** What is imported or built in changes for nobody: `show.gradients(run)` is no change of `show`. */
function add(
  depending: Set<string>,
  { isImport, declares, changes }: StatementNames,
  variables: ReadonlySet<string>,
): void {
  if (isImport) return;
  for (const name of [...declares, ...changes]) if (variables.has(name)) depending.add(name);
}

/** The variable of `const rate = input.slider(…)` when the call at `offset` is all of its value. */
function plainName({ statement, reads }: StatementNames, offset: number): string | null {
  if (!ts.isVariableStatement(statement)) return null;
  for (const { name, initializer } of statement.declarationList.declarations) {
    if (!ts.isIdentifier(name) || initializer === undefined || !ts.isCallExpression(initializer)) continue;
    const { expression } = initializer;
    if (offset < expression.getStart() || offset >= expression.end) continue;
    return reads.has(name.text) ? null : name.text;
  }
  return null;
}

function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  const lines = text.split("\n");
  return lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}
