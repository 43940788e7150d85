// An error of a cell as a person reads it in a terminal: where it is, the line with a caret, what is wrong.

import type { CellError } from "../shared/outputs.ts";

export interface SourceCell {
  readonly cellId: string;
  readonly label: string;
  readonly source: string;
}

/**
 * ```
 * Cell 3, line 2, column 11: ShapeError
 *   2 | const y = model.predict(x);
 *     |           ^
 * dense: expected input [batch, 4], got [32, 3]. …
 * ```
 */
export function errorText(error: CellError, label: string, cells: readonly SourceCell[]): string {
  const { place } = error;
  const cell = place === null ? undefined : cells.find(({ cellId }) => cellId === place.cellId);
  const lines =
    place === null || cell === undefined
      ? [`${label}: ${error.name}`]
      : [
          `${cell.label}, line ${place.line}, column ${place.column}: ${error.name}`,
          ...markedLine(cell.source, place.line, place.column),
        ];
  // One frame says no more than the first line did.
  const frames = error.stack.split("\n").filter((line) => line !== "");
  const stack = frames.length > 1 ? frames.map((frame) => `  ${frame}`) : [];
  return [...lines, error.message, ...stack, ""].join("\n");
}

function markedLine(source: string, line: number, column: number): readonly string[] {
  const text = source.split("\n")[line - 1];
  if (text === undefined) return [];
  // Tabs stay tabs, so that the caret stands under its character.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const gutter = String(line);
  return [`  ${gutter} | ${text}`, `  ${" ".repeat(gutter.length)} | ${indent}^`];
}
