// Where the units of a net stand that is shown number by number, and what is written beside its lines. No DOM.

type Place = readonly [x: number, y: number];

/** With more lines than this, their weights stand in the list alone. */
export const labelledEdges = 12;
const rowPx = { labelled: 120, plain: 92 } as const;
/** The same from layer to layer, where they stand below each other. */
const downPx = { labelled: 144, plain: 112 } as const;
/** Between narrower columns, or units side by side, no weight can be read. */
const narrowestLabelPx = 130;
/** On a narrower page layers stand below each other, as long as each unit has this much: what is written below it fits. */
const narrowPagePx = 480;
const narrowestUnitPx = 56;
/** So do those of a deep net on any page: below a unit stands "−7.2×10⁻⁹". */
const narrowestColumnPx = 66;
const headPx = 20;

export interface PlacedNet {
  readonly height: number;
  readonly diameter: number;
  /** How many digits a circle has room for. */
  readonly digits: 2 | 3;
  /** Whether weights can be read on the lines. */
  readonly hasRoom: boolean;
  /** Whether the net runs down, not across. */
  readonly isDown: boolean;
  place(column: number, unit: number): Place;
}

/** `columns`: how many units each has. */
export function placeNet(
  columns: readonly number[],
  { widthPx, isLabelled }: { readonly widthPx: number; readonly isLabelled: boolean },
): PlacedNet {
  const most = Math.max(1, ...columns);
  const across = widthPx / columns.length;
  const isTight = across < (widthPx < narrowPagePx ? narrowestLabelPx : narrowestColumnPx);
  const isDown = isTight && widthPx / most >= narrowestUnitPx;
  const between = isDown ? widthPx / most : across;
  const diameter = Math.max(30, Math.min(50, between - 10));
  const row = (isDown ? downPx : rowPx)[isLabelled ? "labelled" : "plain"];
  const beside = (column: number, unit: number, distance: number) =>
    ((most - (columns[column] ?? 1)) * distance) / 2 + distance * (unit + 0.5);
  return {
    ...{ diameter, isDown },
    height: headPx + (isDown ? columns.length : most) * row,
    digits: diameter < 46 ? 2 : 3,
    hasRoom: between >= narrowestLabelPx,
    place: (column, unit) =>
      isDown
        ? [beside(column, unit, between), headPx + row * (column + 0.5) - 8]
        : [between * (column + 0.5), headPx + beside(column, unit, row) - 8],
  };
}

/** The middle of the weight and of its gradient, and where their lines of text begin. */
export function edgeLabel(
  [startX, startY]: Place,
  [endX, endY]: Place,
  { height, isDown }: Pick<PlacedNet, "height" | "isDown">,
): { readonly x: number; readonly top: number; readonly gradTop: number } {
  // Lines that cross do so in the middle: the labels of slanted ones stand before it. Level ones have theirs on the outer side.
  const isStraight = isDown ? Math.abs(endX - startX) < narrowestLabelPx : Math.abs(endY - startY) < 1;
  // Of those that run down and do not cross, nearer to the end than to what is written below the start.
  const share = isStraight ? (isDown ? 0.55 : 0.5) : 0.33;
  const [x, y] = [startX + (endX - startX) * share, startY + (endY - startY) * share];
  if (isDown || !isStraight) return { x, top: y - 14, gradTop: y };
  return y < height / 2 ? { x, top: y - 34, gradTop: y - 19 } : { x, top: y + 4, gradTop: y + 19 };
}
