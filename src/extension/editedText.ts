// Where a place of an earlier text stands in the text as it is now: one edit (or several close together) between same ends.

/**
 * The offset in `after` of what stood at `offset` in `before`; `null` when it lies in the part that changed.
 * Both texts share a beginning and an end, and only what lies between them counts as changed.
 */
export function followOffset(before: string, after: string, offset: number): number | null {
  if (before === after) return offset;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (offset < start) return offset;
  return offset >= before.length - end ? offset + after.length - before.length : null;
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

/** The place of an offset; lines and columns count from 1. */
export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
