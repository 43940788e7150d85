// What each cell of a notebook declares, and which names of other cells it uses. Needs the cells' texts alone.

import type { CellOutline, LanguageCell } from "../../shared/languageProtocol.ts";
import { statementNames } from "../program/statementNames.ts";

export function outlineCells(cells: readonly LanguageCell[]): readonly CellOutline[] {
  const outlines = cells.map(({ id, text }) => {
    const statements = statementNames(text);
    const declares = [...new Set(statements.flatMap((statement) => [...statement.declares]))];
    const reads = new Set(statements.flatMap((statement) => [...statement.reads, ...statement.changes]));
    return { id, declares, reads };
  });
  return outlines.map(({ id, declares, reads }) => {
    const others = new Set(outlines.flatMap((other) => (other.id === id ? [] : other.declares)));
    return { id, declares, uses: [...reads].filter((name) => others.has(name) && !declares.includes(name)) };
  });
}
