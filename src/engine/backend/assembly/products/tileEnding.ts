// What happens to the sums of a tile when they are complete, and how a tile at the edge of an output gets there.

import { storePart } from "../vectors/vector";

const TILE_COLUMNS: i32 = 8;

/** Eight numbers that are added to each row when its sum is complete; 0: none. */
export let bias: usize = 0;

export function setBias(place: usize): void {
  bias = place;
}

/** Whether what is below zero becomes zero when the sum is complete. */
export let rectifies: bool = false;

export function setRectifying(whether: bool): void {
  rectifies = whether;
}

/** What a ReLU gives. */
export function rectified(x: v128): v128 {
  const zero = f32x4.splat(0);
  return f32x4.add(f32x4.pmax(x, zero), zero);
}

/** Of a tile at the edge of an output, 32 bytes a row, only what lies inside. */
export function moveEdge(
  tile: usize,
  target: usize,
  targetRow: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let row = 0; row < rows; row++) {
    const from = tile + ((<usize>(row * TILE_COLUMNS)) << 2);
    const to = target + <usize>row * targetRow;
    movePart(from, to, bias, columns, accumulate);
    if (columns > 4) movePart(from + 16, to + 16, bias === 0 ? 0 : bias + 16, columns - 4, accumulate);
  }
}

function movePart(from: usize, to: usize, extra: usize, left: i32, accumulate: bool): void {
  let value = v128.load(from);
  if (accumulate) value = f32x4.add(v128.load(to), value);
  if (extra !== 0) value = f32x4.add(value, v128.load(extra));
  if (rectifies) value = rectified(value);
  storePart(to, value, left);
}
