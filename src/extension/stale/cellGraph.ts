// Which cells of a notebook make what a cell takes, as far as their text says. Pure: knows no editor.

import type { CellNames } from "../../shared/cellNames.ts";

export interface NamedCell {
  readonly id: string;
  readonly names: CellNames;
}

/** A cell that makes or changes a name that another takes. */
export interface Source {
  readonly cellId: string;
  readonly name: string;
}

/**
 * For each cell the cells that it takes from. A name is made by the nearest cell above that declares it, or else by the
 * nearest below; the cells between that change it (`model.compile(…)`) are sources too.
 */
export function sourcesOf(cells: readonly NamedCell[]): ReadonlyMap<string, readonly Source[]> {
  return new Map(
    cells.map((cell, index) => [cell.id, cell.names.uses.flatMap((name) => sourcesOfName(cells, index, name))]),
  );
}

function sourcesOfName(cells: readonly NamedCell[], index: number, name: string): readonly Source[] {
  const declares = ({ names }: NamedCell) => names.declares.includes(name);
  const above = cells.slice(0, index);
  const maker = above.findLastIndex(declares);
  if (maker < 0) {
    const below = cells.slice(index + 1).find(declares);
    return below ? [{ cellId: below.id, name }] : [];
  }
  const isImport = above[maker]?.names.imports.includes(name) === true;
  const changers = isImport ? [] : above.slice(maker + 1).filter(({ names }) => names.changes.includes(name));
  return [...above.slice(maker, maker + 1), ...changers].map(({ id }) => ({ cellId: id, name }));
}
