// How much of a drawn line lies in a box, and which stretches of it: names look for places that lines leave free, pens draw no further. Pure.

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

export function isInside({ left, right, top, bottom }: Box, { x, y }: Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
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

/**
 * The stretches of a line that lie in a box, cut at its edges. A path that left the surface may be as far away as numbers go,
 * and a browser asked to draw to there fills half of the picture.
 */
export function stretchesInside(line: readonly Point[], box: Box): readonly (readonly Point[])[] {
  const stretches: Point[][] = [];
  let last: Point | null = null;
  for (let at = 1; at < line.length; at++) {
    const [from, to] = [line[at - 1], line[at]];
    const part = from === undefined || to === undefined ? null : shareInside(box, [from, to]);
    if (from === undefined || to === undefined || part === null) continue;
    const [start, end] = part.map((share) => between(from, to, share)) as [Point, Point];
    if (start === last) stretches.at(-1)?.push(end);
    else stretches.push([start, end]);
    last = end;
  }
  return stretches;
}

/** Where a line that ends outside of a box left it for good, and in which direction (radians, 0 to the right, downwards); `null` where it did not. */
export function exitOf(line: readonly Point[], box: Box): (Point & { readonly direction: number }) | null {
  const end = line.at(-1);
  if (end === undefined || isInside(box, end)) return null;
  const [from, to] = stretchesInside(line, box).at(-1)?.slice(-2) ?? [];
  if (from === undefined || to === undefined || !Number.isFinite(to.x + to.y)) return null;
  return { ...to, direction: Math.atan2(to.y - from.y, to.x - from.x) };
}

function between(from: Point, to: Point, share: number): Point {
  if (share === 0) return from;
  if (share === 1) return to;
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

/** The length of a straight piece that lies inside of a box. */
export function lengthInside(box: Box, piece: readonly [from: Point, to: Point]): number {
  const [from, to] = piece;
  const [start, end] = shareInside(box, piece) ?? [0, 0];
  return (end - start) * Math.hypot(to.x - from.x, to.y - from.y);
}

/** Where on its way, from 0 to 1, a straight piece enters a box and leaves it; `null` where it stays outside. */
function shareInside(box: Box, [from, to]: readonly [Point, Point]): readonly [start: number, end: number] | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [start, end] = [0, 1];
  for (const [change, low, high] of [
    [dx, box.left - from.x, box.right - from.x],
    [dy, box.top - from.y, box.bottom - from.y],
  ] as const) {
    if (change === 0) {
      if (low > 0 || high < 0) return null;
      continue;
    }
    const [near, far] = change > 0 ? [low / change, high / change] : [high / change, low / change];
    start = Math.max(start, near);
    end = Math.min(end, far);
  }
  return end < start ? null : [start, end];
}
