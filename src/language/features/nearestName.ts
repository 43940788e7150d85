// The known name that a misspelt one most likely means. The engine, which the language service must not load, has the same rule.

import { plainName } from "../../shared/meantName.ts";

/** The nearest by spelling: up to a third of its letters may be wrong, one of two. `null` when nothing is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const plain = plainName(name);
  let limit = plain.length < 2 ? 0 : Math.max(1, Math.floor(plain.length / 3));
  let nearest: string | null = null;
  for (const candidate of known) {
    const distance = editDistance(plain, plainName(candidate));
    if (distance > limit || (distance === limit && nearest !== null)) continue;
    nearest = candidate;
    limit = distance;
  }
  return nearest;
}

/** How many letters must be inserted, removed, replaced or swapped with their neighbour. */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column++) {
      const replaced = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = row > 1 && column > 1 && isSwapped ? at(row - 2, column - 2) + 1 : replaced;
      current.push(Math.min(replaced, swapped, at(row - 1, column) + 1, at(row, column - 1) + 1));
    }
  }
  return at(from.length, to.length);
}
