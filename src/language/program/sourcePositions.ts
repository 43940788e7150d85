// Lines and columns as users count them (from 1), and the way back from generated code through a source map.

import { originalPositionFor, type SourceMapInput, TraceMap } from "@jridgewell/trace-mapping";

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where `offset` stands in `text`. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** The way back: the offset of a place in `text`. */
export function offsetAt(text: string, { line, column }: Position): number {
  const lines = text.split(/(?<=\r\n|\r(?!\n)|[\n\u2028\u2029])/);
  return lines.slice(0, line - 1).reduce((length, each) => length + each.length, 0) + column - 1;
}

/** The place in the source that the character at `generated` came from; `null` for what the compiler added. */
export function originalPosition(map: TraceMap, generated: Position): Position | null {
  const found = originalPositionFor(map, { line: generated.line, column: generated.column - 1 });
  return found.line === null ? null : { line: found.line, column: found.column + 1 };
}

/** `originalPosition` for offsets of one generated text; the source's start for what the compiler added. */
export function positionMapper(generatedText: string, map: SourceMapInput): (offset: number) => Position {
  const trace = new TraceMap(map);
  return (offset) => originalPosition(trace, positionAt(generatedText, offset)) ?? { line: 1, column: 1 };
}
