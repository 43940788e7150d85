// The line where the likeliest class of a field changes, from edge to edge; on the page and in a still picture.

/** A field on a square grid, row by row from the top; each point lies in the middle of its cell. */
export interface Field {
  readonly size: number;
  /** The class of each point. */
  readonly winners: ArrayLike<number>;
  /** How far it is ahead, 0–1. */
  readonly margins: ArrayLike<number>;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Sample extends Place {
  readonly winner: number;
  readonly margin: number;
}

/**
 * The line as stretches of a picture `sizePx` wide. In each square of four neighbours it goes through the places on the sides where
 * the margin of the one class meets that of the other.
 */
export function changeStretches(field: Field, sizePx: number): readonly (readonly [from: Place, to: Place])[] {
  const { size, winners } = field;
  const cellPx = sizePx / size;
  const stretches: (readonly [Place, Place])[] = [];
  const winnerAt = (row: number, column: number) => winners[within(row, size) * size + within(column, size)];
  for (let row = -1; row < size; row++)
    for (let column = -1; column < size; column++) {
      const winner = winnerAt(row, column);
      // Most squares lie within one class.
      if (
        winner === winnerAt(row, column + 1) &&
        winner === winnerAt(row + 1, column) &&
        winner === winnerAt(row + 1, column + 1)
      )
        continue;
      const corners = [
        sampleAt(field, row, column),
        sampleAt(field, row, column + 1),
        sampleAt(field, row + 1, column + 1),
        sampleAt(field, row + 1, column),
      ];
      const found = corners.flatMap((corner, index) => crossing(corner, corners[(index + 1) % 4] ?? corner, cellPx));
      const [start, end] = found;
      if (found.length === 2 && start !== undefined && end !== undefined) stretches.push([start, end]);
      else for (const place of found) stretches.push([middleOf(found), place]);
    }
  return stretches;
}

function within(place: number, size: number): number {
  return Math.max(0, Math.min(size - 1, place));
}

/** The field at a point of the grid, or on the edge beside it: there a margin goes on as it came. */
function sampleAt({ size, winners, margins }: Field, row: number, column: number): Sample {
  const [innerRow, innerColumn] = [within(row, size), within(column, size)];
  const own = innerRow * size + innerColumn;
  const [winner, margin] = [winners[own] ?? 0, margins[own] ?? 0];
  // Of another class it counts against this one.
  const rise = (isOutside: boolean, neighbour: number) =>
    isOutside && size > 1
      ? (margin - (winners[neighbour] === winner ? (margins[neighbour] ?? 0) : -(margins[neighbour] ?? 0))) / 2
      : 0;
  const down = rise(row !== innerRow, own + (row < 0 ? size : -size));
  const across = rise(column !== innerColumn, own + (column < 0 ? 1 : -1));
  return {
    winner,
    margin: Math.max(0, margin + down + across),
    x: Math.max(0, Math.min(size, column + 0.5)),
    y: Math.max(0, Math.min(size, row + 0.5)),
  };
}

function crossing(near: Sample, far: Sample, cellPx: number): readonly Place[] {
  if (near.winner === far.winner) return [];
  const both = near.margin + far.margin;
  const share = both === 0 ? 0.5 : near.margin / both;
  return [{ x: (near.x + (far.x - near.x) * share) * cellPx, y: (near.y + (far.y - near.y) * share) * cellPx }];
}

function middleOf(places: readonly Place[]): Place {
  const mean = (axis: "x" | "y") => places.reduce((sum, place) => sum + place[axis], 0) / Math.max(1, places.length);
  return { x: mean("x"), y: mean("y") };
}
