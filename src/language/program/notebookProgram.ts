// All cells of one notebook as one TypeScript module, with the way between places in cells and places in it.
//
// Every cell is a block inside the block of the cell before, so that a later `const x` hides an earlier one, as it does
// when cells run: each cell sees the newest type. Imports are only legal at the top and are moved there.

import ts from "typescript";
import type { LanguageCell, TextSpan } from "../../shared/languageProtocol.ts";
import { type PreparedCell, prepareCell } from "./preparedCell.ts";
import { shadowedImports } from "./shadowedImports.ts";

/** A stretch of a cell that stands unchanged in the program. */
interface Segment {
  readonly cellId: string;
  readonly cellStart: number;
  readonly programStart: number;
  readonly length: number;
  /** It is not where the cell has it, and stands there blanked. */
  readonly isEcho?: true;
}

export interface CellSpot {
  readonly cellId: string;
  readonly offset: number;
}

export class NotebookProgram {
  #cells: readonly LanguageCell[] = [];
  #prepared = new Map<string, PreparedCell>();
  #segments: readonly Segment[] = [];
  #text = "";
  #version = 0;
  #snapshot = ts.ScriptSnapshot.fromString("");

  get cells(): readonly LanguageCell[] {
    return this.#cells;
  }

  get text(): string {
    return this.#text;
  }

  get version(): string {
    return String(this.#version);
  }

  /** Knows what changed since the one before, so that TypeScript reads only that again. */
  get snapshot(): ts.IScriptSnapshot {
    return this.#snapshot;
  }

  update(cells: readonly LanguageCell[]): void {
    const known = this.#prepared;
    this.#cells = cells;
    this.#prepared = new Map(cells.map(({ text }) => [text, known.get(text) ?? prepareCell(text)]));
    const { text, segments } = joinCells(cells, (cell) => this.prepared(cell));
    this.#segments = segments;
    if (text === this.#text) return;
    this.#snapshot = nextSnapshot(this.#snapshot, this.#text, text);
    this.#text = text;
    this.#version++;
  }

  prepared(cell: LanguageCell): PreparedCell {
    return this.#prepared.get(cell.text) ?? prepareCell(cell.text);
  }

  /** The program's offset for a place in a cell; `null` when the cell is unknown or shorter. */
  toProgram({ cellId, offset }: CellSpot): number | null {
    const segment = this.#segments.find(
      ({ cellStart, length, ...each }) => each.cellId === cellId && offset >= cellStart && offset <= cellStart + length,
    );
    return segment === undefined ? null : segment.programStart + offset - segment.cellStart;
  }

  /** The stretches of the program that a cell's text stands in. */
  spansOf(cellId: string): readonly ts.TextSpan[] {
    return this.#segments
      .filter((segment) => segment.cellId === cellId && segment.isEcho !== true)
      .map(({ programStart, length }) => ({ start: programStart, length }));
  }

  /** Whether a cell imports a name that an earlier one gave another meaning: the import itself then names nothing in the program. */
  isShadowedImport(cellId: string, name: string): boolean {
    return (
      shadowedImports(this.#cells, (cell) => this.prepared(cell))
        .get(cellId)
        ?.some((each) => each.name === name) ?? false
    );
  }

  /** Whether an offset is in what we added to the program so that an exported name is found. */
  isEcho(programOffset: number): boolean {
    return this.#segments.some(
      ({ isEcho, programStart, length }) =>
        isEcho === true && programOffset >= programStart && programOffset <= programStart + length,
    );
  }

  /** The place in a cell of an offset in the program; `null` for what stands in no cell. */
  toCell(programOffset: number): CellSpot | null {
    const segment = this.#segments.find(
      ({ programStart, length }) => programOffset >= programStart && programOffset <= programStart + length,
    );
    if (segment === undefined) return null;
    return { cellId: segment.cellId, offset: segment.cellStart + programOffset - segment.programStart };
  }

  /** A part of a cell without what stands before or behind it in the program; `null` when the span is in more than one part. */
  toCellPart({ start, length }: ts.TextSpan): { readonly cellId: string; readonly span: TextSpan } | null {
    const segment = this.#segments.find(
      ({ programStart, length: size }) => start >= programStart && start <= programStart + size,
    );
    if (segment === undefined) return null;
    const end = segment.programStart + segment.length;
    // Behind an import stands a line end of ours.
    if (this.#text.slice(end, start + length).trim() !== "") return null;
    const cellStart = segment.cellStart + start - segment.programStart;
    return {
      cellId: segment.cellId,
      span: { start: cellStart, length: Math.min(length, end - start) },
    };
  }

  toCellSpan(span: ts.TextSpan): { readonly cellId: string; readonly span: TextSpan } | null {
    const start = this.toCell(span.start);
    if (start === null) return null;
    const end = this.toCell(span.start + span.length);
    const length = end?.cellId === start.cellId ? end.offset - start.offset : span.length;
    const cellLength = this.#cells.find((cell) => cell.id === start.cellId)?.text.length ?? 0;
    return {
      cellId: start.cellId,
      span: { start: start.offset, length: Math.max(0, Math.min(length, cellLength - start.offset)) },
    };
  }
}

function joinCells(
  cells: readonly LanguageCell[],
  prepared: (cell: LanguageCell) => PreparedCell,
): { text: string; segments: readonly Segment[] } {
  let head = "";
  let body = "";
  const headSegments: Segment[] = [];
  const bodySegments: Segment[] = [];
  const echoSegments: Segment[] = [];
  const shadowed = shadowedImports(cells, prepared);
  for (const cell of cells) {
    const { text, imports, ending } = prepared(cell);
    const segment = (programStart: number, cellStart: number, cellEnd: number): Segment => ({
      cellId: cell.id,
      cellStart,
      programStart,
      length: cellEnd - cellStart,
    });
    const echo = (programStart: number, cellStart: number, length: number): Segment => ({
      ...{ cellId: cell.id, cellStart, programStart, length, isEcho: true },
    });
    body += "\n{\n";
    for (const { name, start, again, ours, isType } of shadowed.get(cell.id) ?? []) {
      head += again;
      for (const kind of isType ? ["type"] : ["const", "type"]) {
        echoSegments.push(echo(body.length + kind.length + 1, start, name.length));
        body += `${kind} ${name} = ${ours};\n`;
      }
    }
    let at = 0;
    for (const { start, end, closing } of imports) {
      headSegments.push(segment(head.length, start, end));
      head += `${text.slice(start, end)}${closing === "" ? "" : `\n${closing}`}\n;`;
      bodySegments.push(segment(body.length, at, start));
      body += `${text.slice(at, start)};`;
      at = end;
    }
    bodySegments.push(segment(body.length, at, text.length));
    body += `${text.slice(at)}\n`;
    for (const { start, cellStart, length } of ending.echoes) {
      echoSegments.push(echo(body.length + start, cellStart, length));
    }
    body += `${ending.text}\n;`;
  }
  const moved = [...echoSegments, ...bodySegments].map((each) => ({
    ...each,
    programStart: each.programStart + head.length,
  }));
  return { text: `${head}${body}${"}".repeat(cells.length)}\nexport {};\n`, segments: [...headSegments, ...moved] };
}

function nextSnapshot(previous: ts.IScriptSnapshot, before: string, after: string): ts.IScriptSnapshot {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same++;
  }
  const change = {
    span: { start, length: before.length - same - start },
    newLength: after.length - same - start,
  };
  return {
    getText: (from, to) => after.slice(from, to),
    getLength: () => after.length,
    getChangeRange: (old) => (old === previous ? change : undefined),
  };
}
