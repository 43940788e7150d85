// Axes of a record that its inner loops do not cover: how many places they have, where each stands, and reading numbers that stand apart.
//
// In a record: the number of axes, then for each its length and its step in each of the arrays that are walked.

import { word } from "./record";

/** How many places the axes have together: 1 where there are none. */
export function outerPlaces(record: usize, place: i32, stepCount: i32): i32 {
  let count = 1;
  const axes = word(record, place);
  for (let axis = 0; axis < axes; axis++) count *= word(record, place + 1 + axis * (stepCount + 1));
  return count;
}

/** How far, in bytes, the `index`-th place (the last axis is the fastest) stands from the start of one of the arrays. */
export function outerOffset(record: usize, place: i32, stepCount: i32, index: i32, array: i32): usize {
  let offset = 0;
  for (let axis = word(record, place) - 1; axis >= 0; axis--) {
    const at = place + 1 + axis * (stepCount + 1);
    const length = word(record, at);
    offset += (index % length) * word(record, at + 1 + array);
    index /= length;
  }
  return (<usize>offset) << 2;
}

/** The word after the axes. */
export function afterAxes(record: usize, place: i32, stepCount: i32): i32 {
  return place + 1 + word(record, place) * (stepCount + 1);
}

/** A step that a record gives in numbers. */
export function byteStep(record: usize, index: i32): usize {
  return (<usize>word(record, index)) << 2;
}

/** Up to four numbers that stand `step` bytes apart; never reads beyond the last of them, except side by side. */
export function loadSteps(start: usize, step: usize, count: i32): v128 {
  if (step === 4) return v128.load(start);
  if (step === 0) return v128.load32_splat(start);
  let value = v128.load32_zero(start);
  if (count > 1) value = v128.load32_lane(start + step, value, 1);
  if (count > 2) value = v128.load32_lane(start + 2 * step, value, 2);
  if (count > 3) value = v128.load32_lane(start + 3 * step, value, 3);
  return value;
}

/** Stores up to four numbers `step` bytes apart. */
export function storeSteps(start: usize, step: usize, value: v128, count: i32): void {
  v128.store32_lane(start, value, 0);
  if (count > 1) v128.store32_lane(start + step, value, 1);
  if (count > 2) v128.store32_lane(start + 2 * step, value, 2);
  if (count > 3) v128.store32_lane(start + 3 * step, value, 3);
}
