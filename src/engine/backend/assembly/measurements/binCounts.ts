// How many numbers lie between edges.

import { address, word } from "../tape/record";
import { keepFirst } from "../vectors/vector";
import { add, BLOCK, countLanes, SIZE_BITS } from "./blockSums";

const ALL_BITS: usize = memory.data<u32>([0xffffffff]);
/** values, length, edges, edge count, results: how many lie below the first edge, from each to the next, and from the last on */
export function countInBins(record: usize, areMagnitudes: bool): void {
  const values = address(record, 2);
  const length = word(record, 3);
  for (let start = 0; start < length; start += BLOCK)
    countBlock(values + ((<usize>start) << 2), min(BLOCK, length - start), record, areMagnitudes);
}

/** Only the edges between the least and the largest number part a block: for each of them, those above it are counted. */
function countBlock(values: usize, length: i32, record: usize, areMagnitudes: bool): void {
  const edges = address(record, 4);
  const edgeCount = word(record, 5);
  const results = address(record, 6);
  let least = f32x4.splat(f32.POSITIVE_INFINITY);
  let largest = f32x4.splat(f32.NEGATIVE_INFINITY);
  let others = i32x4.splat(0);
  for (let left = length; left > 0; left -= 4) {
    const x = countable(values + ((<usize>(length - left)) << 2), left, areMagnitudes);
    // A comparison with NaN is false: the first operand stays.
    least = f32x4.pmin(least, x);
    largest = f32x4.pmax(largest, x);
    others = i32x4.sub(others, f32x4.ne(x, x));
  }
  const missing = (4 - (length & 3)) & 3;
  let counted = length + missing - countLanes(others);
  if (counted === 0) return;
  const last = binOf(
    max(
      max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
      max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
    ),
    edges,
    edgeCount,
  );
  let bin = binOf(
    min(
      min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
      min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
    ),
    edges,
    edgeCount,
  );
  for (; bin < last; bin++) {
    const above = countFrom(values, length, load<f32>(edges + ((<usize>bin) << 2)), areMagnitudes);
    add(results, bin, <f64>(counted - above));
    counted = above;
  }
  add(results, last, <f64>counted);
}

/** Four numbers, or the `left` that there are; a NaN in place of what is not counted. */
function countable(values: usize, left: i32, areMagnitudes: bool): v128 {
  const none = f32x4.splat(f32.NaN);
  let x = v128.load(values);
  if (areMagnitudes) {
    x = f32x4.abs(x);
    x = v128.or(x, v128.and(none, f32x4.eq(x, f32x4.splat(0))));
  }
  return left >= 4 ? x : v128.bitselect(x, none, keepFirst(i32x4.splat(-1), left));
}

/** How many are not below an edge. */
function countFrom(values: usize, length: i32, edge: f32, areMagnitudes: bool): i32 {
  const low = f32x4.splat(edge);
  const mask = v128.load32_splat(areMagnitudes ? SIZE_BITS : ALL_BITS);
  const end = values + ((<usize>(length & ~3)) << 2);
  let counts = i32x4.splat(0);
  for (let at = values; at < end; at += 16) counts = i32x4.sub(counts, f32x4.ge(v128.and(v128.load(at), mask), low));
  if (length & 3) counts = i32x4.sub(counts, f32x4.ge(countable(end, length & 3, areMagnitudes), low));
  return countLanes(counts);
}

/** How many edges are not above a number. */
function binOf(x: f32, edges: usize, count: i32): i32 {
  let bin = 0;
  while (bin < count && x >= load<f32>(edges + ((<usize>bin) << 2))) bin++;
  return bin;
}
