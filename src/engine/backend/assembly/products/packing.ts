// Packing blocks of matrices into panels that the tiles of a product read straight on.

// A block of A stays in the second cache, a panel of B in the first. V8 keeps 6 rows of 8 numbers in registers, no more.
export const BLOCK_INNER: i32 = 400;
export const BLOCK_ROWS: i32 = 96;
/** Rows of no more numbers are one block. */
export const BLOCK_NUMBERS: i32 = 98304;
export const BLOCK_COLUMNS: i32 = 1024;
export const PANEL_ROWS: i32 = 6;
export const PANEL_COLUMNS: i32 = 8;
/** As many as a cache line holds. */
const LINE_COLUMNS: i32 = 16;

/** More words than any record has. */
const RECORD_WORDS: i32 = 256;

/** A block with its last rows filled up. */
const PACKED_A: i32 = BLOCK_NUMBERS + PANEL_ROWS * BLOCK_INNER;

/** A block of B with its last columns filled up. */
export const PACKED_B: i32 = BLOCK_INNER * (BLOCK_COLUMNS + 8);

/** How much scratch memory a thread needs. */
export const SCRATCH_BYTES: i32 = (PACKED_A + PACKED_B + 64 + RECORD_WORDS) * 4;

/** How many inner places to take at a time. Blocks of even length: a short last one would cost as much for its sums as a long one. */
export function evenBlock(inner: i32): i32 {
  const blocks = (inner + BLOCK_INNER - 1) / BLOCK_INNER;
  return ((inner + blocks - 1) / blocks + 3) & ~3;
}

export let packedA: usize = 0;
export let packedB: usize = 0;
/** A tile of which only a part lies inside the output. */
export let edgeTile: usize = 0;
/** Where a part of a record is written as a record of its own. */
export let partRecord: usize = 0;

/** Where this thread may write while it computes: SCRATCH_BYTES bytes. */
export function setScratch(start: usize): void {
  packedA = start;
  packedB = packedA + ((<usize>PACKED_A) << 2);
  edgeTile = packedB + ((<usize>PACKED_B) << 2);
  partRecord = edgeTile + 256;
}

/** Rows of A in panels of six, for each inner place six numbers; rows that are not there are zero. */
export function packA(a: usize, rowStride: usize, columnStride: usize, rows: i32, inner: i32, packed: usize): void {
  let target = packed;
  for (let row = 0; row < rows; row += PANEL_ROWS) {
    const source = a + <usize>row * rowStride;
    const count = rows - row;
    if (count < PANEL_ROWS) packFewRows(source, rowStride, columnStride, count, inner, target);
    else if (columnStride === 4) packRowMajor(source, rowStride, inner, target);
    else if (rowStride === 4) packColumnMajor(source, columnStride, inner, target);
    else packFewRows(source, rowStride, columnStride, PANEL_ROWS, inner, target);
    target += (<usize>(PANEL_ROWS * inner)) << 2;
  }
}

function packFewRows(source: usize, rowStride: usize, columnStride: usize, rows: i32, inner: i32, packed: usize): void {
  let target = packed;
  for (let k = 0; k < inner; k++) {
    let place = source + <usize>k * columnStride;
    for (let row = 0; row < PANEL_ROWS; row++) {
      store<f32>(target, row < rows ? load<f32>(place) : <f32>0);
      place += rowStride;
      target += 4;
    }
  }
}

/** Six rows whose numbers stand side by side: four inner places at once, turned by shuffles. */
function packRowMajor(source: usize, rowStride: usize, inner: i32, packed: usize): void {
  let r0 = source;
  let r1 = r0 + rowStride;
  let r2 = r1 + rowStride;
  let r3 = r2 + rowStride;
  let r4 = r3 + rowStride;
  let r5 = r4 + rowStride;
  let target = packed;
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    const v0 = v128.load(r0);
    const v1 = v128.load(r1);
    const v2 = v128.load(r2);
    const v3 = v128.load(r3);
    const v4 = v128.load(r4);
    const v5 = v128.load(r5);
    const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    const low45 = v128.shuffle<f32>(v4, v5, 0, 4, 1, 5);
    const high45 = v128.shuffle<f32>(v4, v5, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(target, v128.shuffle<f64>(low01, low23, 1, 3), 24);
    v128.store(target, v128.shuffle<f64>(high01, high23, 0, 2), 48);
    v128.store(target, v128.shuffle<f64>(high01, high23, 1, 3), 72);
    v128.store64_lane(target, low45, 0, 16);
    v128.store64_lane(target, low45, 1, 40);
    v128.store64_lane(target, high45, 0, 64);
    v128.store64_lane(target, high45, 1, 88);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    r4 += 16;
    r5 += 16;
    target += 96;
  }
  if (k < inner) packFewRows(r0, rowStride, 4, PANEL_ROWS, inner - k, target);
}

/** Six rows of a transposed matrix: the six numbers of an inner place stand side by side. */
function packColumnMajor(source: usize, columnStride: usize, inner: i32, packed: usize): void {
  let place = source;
  let target = packed;
  for (let k = 0; k < inner; k++) {
    v128.store(target, v128.load(place));
    store<u64>(target, load<u64>(place, 16), 16);
    place += columnStride;
    target += 24;
  }
}

/** Columns of B in panels of eight, for each inner place eight numbers; columns that are not there are zero. */
export function packB(b: usize, rowStride: usize, columnStride: usize, inner: i32, columns: i32, packed: usize): void {
  if (columnStride === 4 && columns % LINE_COLUMNS === 0) {
    packLines(b, rowStride, inner, columns, packed);
    return;
  }
  let target = packed;
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    const source = b + <usize>column * columnStride;
    const count = columns - column;
    if (count < PANEL_COLUMNS) packFewColumns(source, rowStride, columnStride, count, inner, target);
    else if (columnStride === 4) packSideBySide(source, rowStride, inner, target);
    else if (rowStride === 4) packTransposed(source, columnStride, inner, target);
    else packFewColumns(source, rowStride, columnStride, PANEL_COLUMNS, inner, target);
    target += (<usize>(PANEL_COLUMNS * inner)) << 2;
  }
}

function packFewColumns(
  source: usize,
  rowStride: usize,
  columnStride: usize,
  columns: i32,
  inner: i32,
  packed: usize,
): void {
  let target = packed;
  for (let k = 0; k < inner; k++) {
    let place = source + <usize>k * rowStride;
    for (let column = 0; column < PANEL_COLUMNS; column++) {
      store<f32>(target, column < columns ? load<f32>(place) : <f32>0);
      place += columnStride;
      target += 4;
    }
  }
}

/** Whole cache lines of rows that stand side by side: each is read once, and those of a row one after another. */
function packLines(source: usize, rowStride: usize, inner: i32, columns: i32, packed: usize): void {
  const panelBytes = (<usize>inner) << 5;
  const lineBytes = (<usize>columns) << 2;
  for (let k = 0; k < inner; k++) {
    let place = source + <usize>k * rowStride;
    let target = packed + ((<usize>k) << 5);
    const end = place + lineBytes;
    while (place < end) {
      v128.store(target, v128.load(place));
      v128.store(target, v128.load(place, 16), 16);
      target += panelBytes;
      v128.store(target, v128.load(place, 32));
      v128.store(target, v128.load(place, 48), 16);
      target += panelBytes;
      place += 64;
    }
  }
}

function packSideBySide(source: usize, rowStride: usize, inner: i32, packed: usize): void {
  let place = source;
  let target = packed;
  for (let k = 0; k < inner; k++) {
    v128.store(target, v128.load(place));
    v128.store(target, v128.load(place, 16), 16);
    place += rowStride;
    target += 32;
  }
}

/** Eight columns of a transposed matrix, four inner places at once. */
function packTransposed(source: usize, columnStride: usize, inner: i32, packed: usize): void {
  let place = source;
  let target = packed;
  let k = 0;
  for (; k + 4 <= inner; k += 4) {
    transposeFour(place, columnStride, target);
    transposeFour(place + 4 * columnStride, columnStride, target + 16);
    place += 16;
    target += 128;
  }
  if (k < inner) packFewColumns(place, 4, columnStride, PANEL_COLUMNS, inner - k, target);
}

/** Four columns at four inner places, turned, into rows that stand 32 bytes apart. */
function transposeFour(source: usize, columnStride: usize, target: usize): void {
  const v0 = v128.load(source);
  const v1 = v128.load(source + columnStride);
  const v2 = v128.load(source + 2 * columnStride);
  const v3 = v128.load(source + 3 * columnStride);
  const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(target, v128.shuffle<f64>(low01, low23, 1, 3), 32);
  v128.store(target, v128.shuffle<f64>(high01, high23, 0, 2), 64);
  v128.store(target, v128.shuffle<f64>(high01, high23, 1, 3), 96);
}
