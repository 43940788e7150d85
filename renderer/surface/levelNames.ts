// Where the heights of lines stand on them. Pure: pixels in, pixels out.

/** A line of equal height in pixels, as pieces: x0, y0, x1, y1 … */
export interface LevelLine {
  readonly text: string;
  readonly widthPx: number;
  readonly pieces: readonly number[];
}

export interface LevelName {
  readonly text: string;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
}

/** With how many digits a line's height differs from that of the next named line below: two, and more where heights lie close together. */
export function levelDigits(height: number, below: number): number {
  const ratio = Math.abs(height) / Math.abs(height - below);
  return ratio > 0 && Number.isFinite(ratio) ? Math.min(9, Math.max(2, Math.ceil(Math.log10(ratio)) + 1)) : 2;
}

/** A line that is shorter needs no name. */
const shortestPx = 60;
/** Names stand at least so far apart, and so far from marks. */
const apartPx = 40;
/** More room than this makes a place no better. */
const roomyPx = 120;
/** So many places along a line are tried. */
const tried = 80;

/** One name a line where there is room for it: as far from the other names and from `marks` as may be. */
export function placeLevelNames(
  lines: readonly LevelLine[],
  size: { readonly widthPx: number; readonly heightPx: number },
  marks: readonly { readonly x: number; readonly y: number }[],
): readonly LevelName[] {
  const names: LevelName[] = [];
  for (const { text, widthPx, pieces } of lines) {
    if (lengthOf(pieces, size) < shortestPx) continue;
    const count = pieces.length / 4;
    const stride = Math.max(1, Math.floor(count / tried));
    let best: { readonly x: number; readonly y: number; readonly roomPx: number } | null = null;
    for (let piece = 0; piece < count; piece += stride) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = pieces.slice(4 * piece, 4 * piece + 4);
      const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
      const marginPx = widthPx / 2 + 6;
      if (x < marginPx || x > size.widthPx - marginPx || y < 12 || y > size.heightPx - 12) continue;
      const distances = [...names, ...marks].map((other) => Math.hypot(other.x - x, other.y - y));
      const roomPx = Math.min(roomyPx, ...distances);
      if (roomPx >= apartPx && roomPx > (best?.roomPx ?? 0)) best = { x, y, roomPx };
    }
    if (best !== null) names.push({ text, x: best.x, y: best.y });
  }
  return names;
}

/** Of what is in the picture. */
function lengthOf(pieces: readonly number[], { widthPx, heightPx }: { widthPx: number; heightPx: number }): number {
  let length = 0;
  for (let at = 0; at < pieces.length; at += 4) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = pieces.slice(at, at + 4);
    if (x0 < 0 || x0 > widthPx || y0 < 0 || y0 > heightPx) continue;
    length += Math.hypot(x1 - x0, y1 - y0);
  }
  return length;
}
