// Lists of the numbers of a matrix that are not zero, a list for each row: where the other operand's row that belongs to a number
// stands in its panel, and the number.

/** An item: an offset in bytes, a number. */
export const ITEM_BYTES: usize = 8;

/** The rows of a panel stand so many bytes apart: twelve vectors, whose sums, with what they need, take all registers but one. */
export const LINE_BYTES: usize = 192;

const STEP: i32 = 192;

/**
 * Lists `rows` rows of `inner` numbers: the first in `lists`, the next `inner` items further on, whatever their lengths, and where each
 * ends in `ends`. With `all` zeros are listed too.
 */
export function listNonzeros(
  matrix: usize,
  rowStride: usize,
  columnStride: usize,
  rows: i32,
  inner: i32,
  all: bool,
  lists: usize,
  ends: usize,
): void {
  const slot = <usize>inner * ITEM_BYTES;
  let source = matrix;
  let list = lists;
  let row = 0;
  if (rowStride === 4)
    for (; row + 4 <= rows; row += 4) {
      listFourTurned(source, columnStride, inner, all, list, slot, ends + ((<usize>row) << 2));
      source += 16;
      list += 4 * slot;
    }
  for (; row < rows; row++) {
    const end =
      columnStride === 4
        ? listSideBySide(source, inner, all, list)
        : listSteps(source, columnStride, inner, 0, all, list);
    store<u32>(ends + ((<usize>row) << 2), <u32>end);
    source += rowStride;
    list += slot;
  }
}

/** A row whose numbers stand side by side. Gives where its list ends. */
function listSideBySide(source: usize, inner: i32, all: bool, list: usize): usize {
  const kept = all ? 15 : 0;
  const next = i32x4.splat(4 * STEP);
  let offsets = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(STEP));
  let place = source;
  let end = list;
  const stop = source + ((<usize>(inner & ~3)) << 2);
  for (; place < stop; place += 16) {
    const numbers = v128.load(place);
    end = append(end, numbers, offsets, kept);
    offsets = i32x4.add(offsets, next);
  }
  return listSteps(place, 4, inner & 3, (inner & ~3) * STEP, all, end);
}

/** Four rows of a transposed matrix, whose numbers at one inner place stand side by side. */
function listFourTurned(
  source: usize,
  columnStride: usize,
  inner: i32,
  all: bool,
  lists: usize,
  slot: usize,
  ends: usize,
): void {
  const kept = all ? 15 : 0;
  const next = i32x4.splat(4 * STEP);
  let offsets = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(STEP));
  let place = source;
  let end0 = lists;
  let end1 = end0 + slot;
  let end2 = end1 + slot;
  let end3 = end2 + slot;
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    const v0 = v128.load(place);
    const v1 = v128.load(place + columnStride);
    const v2 = v128.load(place + 2 * columnStride);
    const v3 = v128.load(place + 3 * columnStride);
    const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    end0 = append(end0, v128.shuffle<f64>(low01, low23, 0, 2), offsets, kept);
    end1 = append(end1, v128.shuffle<f64>(low01, low23, 1, 3), offsets, kept);
    end2 = append(end2, v128.shuffle<f64>(high01, high23, 0, 2), offsets, kept);
    end3 = append(end3, v128.shuffle<f64>(high01, high23, 1, 3), offsets, kept);
    offsets = i32x4.add(offsets, next);
    place += 4 * columnStride;
  }
  const left = inner - k;
  store<u32>(ends, <u32>listSteps(place, columnStride, left, k * STEP, all, end0));
  store<u32>(ends, <u32>listSteps(place + 4, columnStride, left, k * STEP, all, end1), 4);
  store<u32>(ends, <u32>listSteps(place + 8, columnStride, left, k * STEP, all, end2), 8);
  store<u32>(ends, <u32>listSteps(place + 12, columnStride, left, k * STEP, all, end3), 12);
}

/** Four items are written, each over the one before where that was zero: no branch depends on a number. */
function append(end: usize, numbers: v128, offsets: v128, kept: i32): usize {
  const mask = i32x4.bitmask(f32x4.ne(numbers, f32x4.splat(0))) | kept;
  const low = v128.shuffle<i32>(offsets, numbers, 0, 4, 1, 5);
  const high = v128.shuffle<i32>(offsets, numbers, 2, 6, 3, 7);
  let place = end;
  v128.store64_lane(place, low, 0);
  place += (mask & 1) << 3;
  v128.store64_lane(place, low, 1);
  place += (mask & 2) << 2;
  v128.store64_lane(place, high, 0);
  place += (mask & 4) << 1;
  v128.store64_lane(place, high, 1);
  return place + (mask & 8);
}

function listSteps(source: usize, columnStride: usize, inner: i32, firstOffset: i32, all: bool, list: usize): usize {
  let place = source;
  let offset = firstOffset;
  let end = list;
  for (let k = 0; k < inner; k++) {
    const value = load<f32>(place);
    store<i32>(end, offset);
    store<f32>(end, value, 4);
    if (all || value !== 0) end += ITEM_BYTES;
    place += columnStride;
    offset += STEP;
  }
  return end;
}
