// Lines of equal height through a grid of heights (marching squares). Pure: numbers in, numbers out.

/** A grid of heights, row by row; places that are not numbers are holes. */
export interface HeightGrid {
  readonly columns: number;
  readonly rows: number;
  readonly heights: Float64Array;
}

/**
 * The pieces of the line at `level`, each as x0, y0, x1, y1 in columns and rows of the grid. Within a cell heights lie on straight
 * lines along its edges; where two corners across stand above the level and two below, the mean of the four says which are joined.
 */
export function contourSegments({ columns, rows, heights }: HeightGrid, level: number): readonly number[] {
  const segments: number[] = [];
  const at = (column: number, row: number) => heights[row * columns + column] ?? Number.NaN;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      // Corners in turn: lower left, lower right, upper right, upper left.
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)] as const;
      if (corners.some(Number.isNaN)) continue;
      const crossings: number[] = [];
      for (let side = 0; side < 4; side++) {
        const from = corners[side] ?? 0;
        const to = corners[(side + 1) % 4] ?? 0;
        if (from >= level === to >= level) continue;
        const share = (level - from) / (to - from);
        const [x0, y0] = places[side] ?? [0, 0];
        const [x1, y1] = places[(side + 1) % 4] ?? [0, 0];
        crossings.push(column + x0 + (x1 - x0) * share, row + y0 + (y1 - y0) * share);
      }
      if (crossings.length === 4) segments.push(...crossings);
      else if (crossings.length === 8) segments.push(...joined(crossings, corners, level));
    }
  }
  return segments;
}

const places: readonly (readonly [x: number, y: number])[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Four crossings, one on each side: cut off the corners that differ from the middle. */
function joined(crossings: readonly number[], corners: readonly number[], level: number): readonly number[] {
  const middle = corners.reduce((sum, height) => sum + height, 0) / 4;
  const cutsFirst = (corners[0] ?? 0) >= level !== middle >= level;
  const side = (index: number) => [crossings[2 * index] ?? 0, crossings[2 * index + 1] ?? 0];
  return cutsFirst
    ? [...side(3), ...side(0), ...side(1), ...side(2)]
    : [...side(0), ...side(1), ...side(2), ...side(3)];
}

/** The height at a place between the grid's, in columns and rows; NaN outside. */
export function heightAt({ columns, rows, heights }: HeightGrid, x: number, y: number): number {
  if (!(x >= 0 && y >= 0 && x <= columns - 1 && y <= rows - 1)) return Number.NaN;
  const column = Math.min(columns - 2, Math.floor(x));
  const row = Math.min(rows - 2, Math.floor(y));
  const [right, up] = [x - column, y - row];
  const at = (dx: number, dy: number) => heights[(row + dy) * columns + column + dx] ?? Number.NaN;
  const low = at(0, 0) * (1 - right) + at(1, 0) * right;
  const high = at(0, 1) * (1 - right) + at(1, 1) * right;
  return low * (1 - up) + high * up;
}
