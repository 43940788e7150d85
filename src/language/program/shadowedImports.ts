// Imports of a name that an earlier cell has given another meaning: `import { a } from "other"` after `const a = 1`.
//
// All imports stand at the program's top, where the first of a name would hide later ones, and a cell's variable all of them. So such an
// import is repeated under a name of ours, and its cell's block begins by giving it the name it has there.

import type { LanguageCell } from "../../shared/languageProtocol.ts";
import type { DeclaredName, PreparedCell } from "./preparedCell.ts";

export interface ShadowedImport {
  readonly name: string;
  /** Where the name stands in the cell. */
  readonly start: number;
  /** The import under our name. */
  readonly again: string;
  readonly ours: string;
  readonly isType: boolean;
}

/** By the cell's id. */
export function shadowedImports(
  cells: readonly LanguageCell[],
  prepared: (cell: LanguageCell) => PreparedCell,
): ReadonlyMap<string, readonly ShadowedImport[]> {
  const meanings = new Map<string, string>();
  const found = new Map<string, readonly ShadowedImport[]>();
  for (const [index, cell] of cells.entries()) {
    const { declared } = prepared(cell);
    const ofCell = [...declared].flatMap(([name, declaredName]) => {
      const before = meanings.get(name);
      const isOther = before !== undefined && before !== meaningOf(declaredName, index);
      return isOther ? shadowedImport(name, declaredName, `$nn${index}_${name}`) : [];
    });
    for (const [name, declaredName] of declared) meanings.set(name, meaningOf(declaredName, index));
    if (ofCell.length > 0) found.set(cell.id, ofCell);
  }
  return found;
}

function meaningOf({ imported }: DeclaredName, cellIndex: number): string {
  return imported === null ? `cell ${cellIndex}` : `${imported.what} from ${imported.specifier}`;
}

function shadowedImport(name: string, { start, imported }: DeclaredName, ours: string): readonly ShadowedImport[] {
  if (imported === null) return [];
  const { what, specifier, isType } = imported;
  const clause = what === "*" ? `* as ${ours}` : `{ ${what} as ${ours} }`;
  return [{ name, start, ours, isType, again: `import ${isType ? "type " : ""}${clause} from ${specifier};\n` }];
}
