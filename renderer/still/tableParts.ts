// A table in a still picture: a rule under the head, a hairline under each row, numbers at the right.

import { cutText, type Point, type SvgDrawing, textWidthPx } from "./svgDrawing.ts";

export interface StillColumn {
  readonly head: string;
  readonly cells: readonly string[];
  /** Numbers stand at the right. */
  readonly isRight?: boolean;
  /** Wider texts are cut. */
  readonly mostPx?: number;
}

export const tableRowPx = 24;
const gapPx = 18;

/** How wide each column must be. */
export function columnWidths(columns: readonly StillColumn[], leastPx = 24): readonly number[] {
  return columns.map(({ head, cells, mostPx = 260 }) =>
    Math.min(mostPx, Math.max(leastPx, ...[head, ...cells].map((text) => textWidthPx(text)))),
  );
}

export function tableWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + gapPx, -gapPx);
}

export function tableHeight(rows: number): number {
  return (rows + 1) * tableRowPx;
}

/** Gives where each column begins. */
export function drawTable(
  drawing: SvgDrawing,
  { x, y }: Point,
  { columns, widths }: { readonly columns: readonly StillColumn[]; readonly widths: readonly number[] },
): readonly number[] {
  const { theme } = drawing;
  const rows = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const right = x + tableWidth(widths);
  let left = x;
  const lefts = columns.map((column, at) => {
    const width = widths[at] ?? 0;
    const edge = column.isRight ? left + width : left;
    const anchor = column.isRight ? "end" : "start";
    [column.head, ...column.cells].forEach((text, row) => {
      const look = row === 0 ? ({ weight: 600 } as const) : {};
      drawing.text(cutText(text, width + 4), { x: edge, y: y + row * tableRowPx + 16 }, { anchor, ...look });
    });
    const start = left;
    left += width + gapPx;
    return start;
  });
  for (let row = 0; row <= rows; row++) {
    const line = y + (row + 1) * tableRowPx;
    const colour = theme.colour(row === 0 ? "axis" : "hairline");
    drawing.lines(
      [
        [
          { x, y: line },
          { x: right, y: line },
        ],
      ],
      { colour, widthPx: 1 },
    );
  }
  return lefts;
}
