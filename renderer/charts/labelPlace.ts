// Finds a free place for words beside a point of a chart. Pure: pixels in, pixels out.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedLabel extends Area {
  /** Whether the words stand above the point. */
  readonly above: boolean;
}

const heightPx = 14;
/** From the point to the near edge of the words: what is further away is not seen to belong to it. */
const distancesPx = [12, 22, 32];
/** So near to the point its own line goes. */
const pointPx = 6;

/**
 * The nearest place for words of `widthPx` beside `point` that none of `lines` crosses, nor the way to it; above before below.
 * Words stay inside `area`, and start or end at the point's x. `null` where there is no such place.
 */
export function placeLabel(
  point: Point,
  widthPx: number,
  area: Area,
  lines: readonly (readonly Point[])[],
): PlacedLabel | null {
  for (const distance of distancesPx) {
    for (const above of [true, false]) {
      for (const left of [point.x - 4, point.x - widthPx + 4]) {
        const top = above ? point.y - distance - heightPx : point.y + distance;
        const place = { left, right: left + widthPx, top, bottom: top + heightPx, above };
        if (left < area.left || place.right > area.right || top < area.top || place.bottom > area.bottom) continue;
        const [from, to] = above ? [place.bottom, point.y - pointPx] : [point.y + pointPx, top];
        const way = { left: point.x - 1, right: point.x + 1, top: from, bottom: to };
        if (lines.every((line) => crossingsOf(line, place) + crossingsOf(line, way) === 0)) return place;
      }
    }
  }
  return null;
}

/** Between two rows that words may stand in. */
const rowPx = 18;

/**
 * The place for words that the fewest pieces of `lines` cross: one of `firsts`, or rows below it as far as `bottom`; the first
 * of equals. `null` without `firsts`.
 */
export function freeRow(
  firsts: readonly Area[],
  bottom: number,
  lines: readonly (readonly Point[])[],
): (Pick<Area, "left" | "top"> & { readonly crossings: number }) | null {
  let [best, fewest]: [Area | null, number] = [null, Infinity];
  for (const first of firsts) {
    for (let down = 0; down === 0 || first.bottom + down <= bottom; down += rowPx) {
      const place = { ...first, top: first.top + down, bottom: first.bottom + down };
      const crossings = lines.reduce((sum, line) => sum + crossingsOf(line, place), 0);
      if (crossings < fewest) [best, fewest] = [place, crossings];
    }
  }
  return best === null ? null : { left: best.left, top: best.top, crossings: fewest };
}

/** How many of the sampled places along a line lie inside the area: five a piece are close enough for lines of epochs. */
function crossingsOf(line: readonly Point[], area: Area): number {
  let inside = 0;
  for (let index = 1; index < line.length; index++) {
    const from = line[index - 1];
    const to = line[index];
    if (from === undefined || to === undefined || to.x < area.left || from.x > area.right) continue;
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const x = from.x + (to.x - from.x) * share;
      const y = from.y + (to.y - from.y) * share;
      if (x >= area.left && x <= area.right && y >= area.top && y <= area.bottom) inside++;
    }
  }
  return inside;
}
