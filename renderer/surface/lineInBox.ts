// How much of a drawn line lies in a box: names look for places that lines leave free. Pure.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The pieces of lines that come near a box, each from point to point. */
export function piecesNear(lines: readonly (readonly Point[])[], near: Box): readonly (readonly [Point, Point])[] {
  const found: (readonly [Point, Point])[] = [];
  for (const line of lines) {
    for (let at = 1; at < line.length; at++) {
      const [from, to] = [line[at - 1], line[at]];
      if (from === undefined || to === undefined) continue;
      const isApart =
        (from.x < near.left && to.x < near.left) ||
        (from.x > near.right && to.x > near.right) ||
        (from.y < near.top && to.y < near.top) ||
        (from.y > near.bottom && to.y > near.bottom);
      if (!isApart) found.push([from, to]);
    }
  }
  return found;
}

/** The length of a straight piece that lies inside of a box. */
export function lengthInside(box: Box, [from, to]: readonly [Point, Point]): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [start, end] = [0, 1];
  for (const [change, low, high] of [
    [dx, box.left - from.x, box.right - from.x],
    [dy, box.top - from.y, box.bottom - from.y],
  ] as const) {
    if (change === 0) {
      if (low > 0 || high < 0) return 0;
      continue;
    }
    const [near, far] = change > 0 ? [low / change, high / change] : [high / change, low / change];
    start = Math.max(start, near);
    end = Math.min(end, far);
  }
  return Math.max(0, end - start) * Math.hypot(dx, dy);
}
