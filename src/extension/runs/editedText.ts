// Where a place of an earlier text stands in the text as it is now, however many lines were edited since.

/** The offset in `after` of what stood at `offset` in `before`; `null` when it lies in what changed. */
export function followOffset(before: string, after: string, offset: number): number | null {
  return followWithin(before, after, offset) ?? followLine(before, after, offset);
}

/** For one edit: both texts share a beginning and an end, and what lies between them changed. */
function followWithin(before: string, after: string, offset: number): number | null {
  if (before === after) return offset;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (offset < start) return offset;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return offset >= before.length - end ? offset + after.length - before.length : null;
}

/** For several edits: the offset follows its line, or its place in a line that was itself edited. */
function followLine(before: string, after: string, offset: number): number | null {
  const [lines, linesNow] = [before.split("\n"), after.split("\n")];
  const line = before.slice(0, offset).split("\n").length - 1;
  const lineNow = lineAfter(keptLines(lines, linesNow), line, linesNow.length);
  if (lineNow === null) return null;
  const column = offset - lengthOf(lines.slice(0, line));
  const columnNow = followWithin(lines[line] ?? "", linesNow[lineNow] ?? "", column);
  return columnNow === null ? null : columnNow + lengthOf(linesNow.slice(0, lineNow));
}

/** Where a line is now. Edited lines are taken to follow one another as before, unless some came or went among them. */
function lineAfter(kept: readonly (number | undefined)[], line: number, countNow: number): number | null {
  const isKept = (each: number | undefined) => each !== undefined;
  const above = kept.slice(0, line + 1).findLastIndex(isKept);
  const below = kept.findIndex((each, index) => index >= line && isKept(each));
  const aboveNow = kept[above] ?? -1;
  const lineNow = aboveNow + line - above;
  const belowNow = below === -1 ? countNow : (kept[below] ?? countNow);
  const edited = (below === -1 ? kept.length : below) - above;
  return above === line || edited === belowNow - aboveNow ? lineNow : null;
}

/** With the newlines after them. */
function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length + 1, 0);
}

/** For each line where it is now, by the longest common subsequence; `undefined` for lines that are gone. */
function keptLines(before: readonly string[], after: readonly string[]): readonly (number | undefined)[] {
  // `common[i][j]`: how many lines both texts share from line i and line j on.
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept: (number | undefined)[] = before.map(() => undefined);
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) kept[i++] = j++;
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return kept;
}

/** The offset of a place; lines and columns count from 1. Places beyond the text are moved to its end. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const newline = text.indexOf("\n", start);
    if (newline < 0) return text.length;
    start = newline + 1;
  }
  return Math.min(start + column - 1, text.length);
}
