// Where the units of a net stand that is shown number by number, and what is written beside its lines. No DOM.

type Place = readonly [x: number, y: number];

/** With more lines than this, their weights stand in the list alone. */
export const labelledEdges = 12;
const rowPx = { labelled: 120, plain: 92 } as const;
/** Between narrower columns no weight can be read. */
const narrowestLabelPx = 130;
const headPx = 20;

export interface PlacedNet {
  readonly height: number;
  readonly diameter: number;
  /** How many digits a circle has room for. */
  readonly digits: 2 | 3;
  /** Whether weights can be read on the lines. */
  readonly hasRoom: boolean;
  place(column: number, unit: number): Place;
}

/** `columns`: how many units each has. */
export function placeNet(
  columns: readonly number[],
  { widthPx, isLabelled }: { readonly widthPx: number; readonly isLabelled: boolean },
): PlacedNet {
  const most = Math.max(1, ...columns);
  const between = widthPx / columns.length;
  const diameter = Math.max(30, Math.min(50, between - 10));
  const row = isLabelled ? rowPx.labelled : rowPx.plain;
  return {
    height: headPx + most * row,
    diameter,
    digits: diameter < 46 ? 2 : 3,
    hasRoom: between >= narrowestLabelPx,
    place: (column, unit) => [
      between * (column + 0.5),
      headPx + ((most - (columns[column] ?? 1)) * row) / 2 + row * (unit + 0.5) - 8,
    ],
  };
}

/** The middle of the weight and of its gradient, and where their lines of text begin. */
export function edgeLabel(
  [startX, startY]: Place,
  [endX, endY]: Place,
  height: number,
): { readonly x: number; readonly top: number; readonly gradTop: number } {
  // Lines that cross do so in the middle: the labels of slanted ones stand before it. Level ones have theirs on the outer side.
  const isLevel = Math.abs(endY - startY) < 1;
  const share = isLevel ? 0.5 : 0.33;
  const [x, y] = [startX + (endX - startX) * share, startY + (endY - startY) * share];
  if (!isLevel) return { x, top: y - 14, gradTop: y + 1 };
  return y < height / 2 ? { x, top: y - 34, gradTop: y - 19 } : { x, top: y + 4, gradTop: y + 19 };
}
