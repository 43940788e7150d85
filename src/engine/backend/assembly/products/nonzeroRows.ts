// A row of a product: each item of a list times the row of a panel that belongs to it. The plain loops below stay in V8's registers.

import { multiplyAdd } from "../vectors/vector";
import { ITEM_BYTES, LINE_BYTES } from "./nonzeroLists";

/** Sums of `vectors` (4, 8 or 12) times four columns of each row, into `sums`, LINE_BYTES apart; with `goesOn` on top of what stands there. */
export function multiplyLists(
  lists: usize,
  slot: usize,
  ends: usize,
  rows: i32,
  panel: usize,
  vectors: i32,
  sums: usize,
  goesOn: bool,
): void {
  let list = lists;
  let target = sums;
  for (let row = 0; row < rows; row++) {
    const end = <usize>load<u32>(ends + ((<usize>row) << 2));
    if (vectors === 12) multiplyTwelve(list, end, panel, target, goesOn);
    else if (vectors === 8) multiplyEight(list, end, panel, target, goesOn);
    else multiplyFour(list, end, panel, target, goesOn);
    list += slot;
    target += LINE_BYTES;
  }
}

function multiplyTwelve(list: usize, end: usize, panel: usize, target: usize, goesOn: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  let s8 = s0;
  let s9 = s0;
  let s10 = s0;
  let s11 = s0;
  if (goesOn) {
    s0 = v128.load(target);
    s1 = v128.load(target, 16);
    s2 = v128.load(target, 32);
    s3 = v128.load(target, 48);
    s4 = v128.load(target, 64);
    s5 = v128.load(target, 80);
    s6 = v128.load(target, 96);
    s7 = v128.load(target, 112);
    s8 = v128.load(target, 128);
    s9 = v128.load(target, 144);
    s10 = v128.load(target, 160);
    s11 = v128.load(target, 176);
  }
  for (let item = list; item < end; item += ITEM_BYTES) {
    const offsetAndNumber = load<u64>(item);
    const line = panel + <usize>(<u32>offsetAndNumber);
    const each = f32x4.splat(reinterpret<f32>(<u32>(offsetAndNumber >> 32)));
    s0 = multiplyAdd(each, v128.load(line), s0);
    s1 = multiplyAdd(each, v128.load(line, 16), s1);
    s2 = multiplyAdd(each, v128.load(line, 32), s2);
    s3 = multiplyAdd(each, v128.load(line, 48), s3);
    s4 = multiplyAdd(each, v128.load(line, 64), s4);
    s5 = multiplyAdd(each, v128.load(line, 80), s5);
    s6 = multiplyAdd(each, v128.load(line, 96), s6);
    s7 = multiplyAdd(each, v128.load(line, 112), s7);
    s8 = multiplyAdd(each, v128.load(line, 128), s8);
    s9 = multiplyAdd(each, v128.load(line, 144), s9);
    s10 = multiplyAdd(each, v128.load(line, 160), s10);
    s11 = multiplyAdd(each, v128.load(line, 176), s11);
  }
  v128.store(target, s0);
  v128.store(target, s1, 16);
  v128.store(target, s2, 32);
  v128.store(target, s3, 48);
  v128.store(target, s4, 64);
  v128.store(target, s5, 80);
  v128.store(target, s6, 96);
  v128.store(target, s7, 112);
  v128.store(target, s8, 128);
  v128.store(target, s9, 144);
  v128.store(target, s10, 160);
  v128.store(target, s11, 176);
}

function multiplyEight(list: usize, end: usize, panel: usize, target: usize, goesOn: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  if (goesOn) {
    s0 = v128.load(target);
    s1 = v128.load(target, 16);
    s2 = v128.load(target, 32);
    s3 = v128.load(target, 48);
    s4 = v128.load(target, 64);
    s5 = v128.load(target, 80);
    s6 = v128.load(target, 96);
    s7 = v128.load(target, 112);
  }
  for (let item = list; item < end; item += ITEM_BYTES) {
    const offsetAndNumber = load<u64>(item);
    const line = panel + <usize>(<u32>offsetAndNumber);
    const each = f32x4.splat(reinterpret<f32>(<u32>(offsetAndNumber >> 32)));
    s0 = multiplyAdd(each, v128.load(line), s0);
    s1 = multiplyAdd(each, v128.load(line, 16), s1);
    s2 = multiplyAdd(each, v128.load(line, 32), s2);
    s3 = multiplyAdd(each, v128.load(line, 48), s3);
    s4 = multiplyAdd(each, v128.load(line, 64), s4);
    s5 = multiplyAdd(each, v128.load(line, 80), s5);
    s6 = multiplyAdd(each, v128.load(line, 96), s6);
    s7 = multiplyAdd(each, v128.load(line, 112), s7);
  }
  v128.store(target, s0);
  v128.store(target, s1, 16);
  v128.store(target, s2, 32);
  v128.store(target, s3, 48);
  v128.store(target, s4, 64);
  v128.store(target, s5, 80);
  v128.store(target, s6, 96);
  v128.store(target, s7, 112);
}

function multiplyFour(list: usize, end: usize, panel: usize, target: usize, goesOn: bool): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  if (goesOn) {
    s0 = v128.load(target);
    s1 = v128.load(target, 16);
    s2 = v128.load(target, 32);
    s3 = v128.load(target, 48);
  }
  for (let item = list; item < end; item += ITEM_BYTES) {
    const offsetAndNumber = load<u64>(item);
    const line = panel + <usize>(<u32>offsetAndNumber);
    const each = f32x4.splat(reinterpret<f32>(<u32>(offsetAndNumber >> 32)));
    s0 = multiplyAdd(each, v128.load(line), s0);
    s1 = multiplyAdd(each, v128.load(line, 16), s1);
    s2 = multiplyAdd(each, v128.load(line, 32), s2);
    s3 = multiplyAdd(each, v128.load(line, 48), s3);
  }
  v128.store(target, s0);
  v128.store(target, s1, 16);
  v128.store(target, s2, 32);
  v128.store(target, s3, 48);
}
