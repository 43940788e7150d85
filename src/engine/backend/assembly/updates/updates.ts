// The optimizers' rules, four numbers at a time. Every record begins: values, gradient, length, arrays of the optimizer's own.

import {
  ADADELTA_UPDATE,
  ADAGRAD_UPDATE,
  ADAM_UPDATE,
  ADAMAX_UPDATE,
  LION_UPDATE,
  MOMENTUM_UPDATE,
  NADAM_UPDATE,
  RMSPROP_UPDATE,
} from "../../opcodes";
import { edgeTile } from "../products/packing";
import { address, real, word } from "../tape/record";
import { multiplyAdd, storeFirst } from "../vectors/vector";

/** Where copies of the last one to three numbers of each array stand while a rule runs on them; 0 while it runs on the arrays. */
let copies: usize = 0;

export function runUpdateRoutine(opcode: i32, record: usize): void {
  const length = word(record, 4);
  const over = length & 3;
  // A run that was ended from outside may have left it behind.
  copies = 0;
  runRule(opcode, record, length - over);
  if (over === 0) return;
  const start = (<usize>(length - over)) << 2;
  const last = 4 + stateArrays(opcode);
  for (let index = 2; index <= last; index++)
    if (isArray(record, index)) v128.store(restOf(index), v128.load(address(record, index) + start));
  copies = edgeTile;
  runRule(opcode, record, 4);
  copies = 0;
  for (let index = 2; index <= last; index++)
    if (isArray(record, index) && index !== 3)
      storeFirst(address(record, index) + start, v128.load(restOf(index)), over);
}

function isArray(record: usize, index: i32): bool {
  return index !== 4 && word(record, index) !== 0;
}

function restOf(index: i32): usize {
  return edgeTile + ((<usize>index) << 4);
}

/** Where a rule finds an array; 0 where there is none. */
function placeOf(record: usize, index: i32): usize {
  const place = address(record, index);
  return copies === 0 || place === 0 ? place : restOf(index);
}

/** How many arrays an optimizer keeps for its values, those that are optional included. */
export function stateArrays(opcode: i32): i32 {
  switch (opcode) {
    case RMSPROP_UPDATE:
    case ADAM_UPDATE:
      return 3;
    case ADADELTA_UPDATE:
    case ADAMAX_UPDATE:
    case NADAM_UPDATE:
      return 2;
    default:
      return 1;
  }
}

/** Whole vectors: `length` is a multiple of four. */
function runRule(opcode: i32, record: usize, length: i32): void {
  switch (opcode) {
    case MOMENTUM_UPDATE:
      momentumUpdate(record, length);
      break;
    case ADAGRAD_UPDATE:
      adagradUpdate(record, length);
      break;
    case RMSPROP_UPDATE:
      rmspropUpdate(record, length);
      break;
    case ADADELTA_UPDATE:
      adadeltaUpdate(record, length);
      break;
    case ADAM_UPDATE:
      adamUpdate(record, length);
      break;
    case ADAMAX_UPDATE:
      adamaxUpdate(record, length);
      break;
    case NADAM_UPDATE:
      nadamUpdate(record, length);
      break;
    case LION_UPDATE:
      lionUpdate(record, length);
      break;
    default:
      abort();
  }
}

const LEAST_NORMAL: usize = memory.data<f32>([1.1754944e-38]);

/**
 * Stores memory that fades. What falls below the normal numbers of float32 becomes 0: it would stay there for ever where a
 * gradient has become 0, and processors take several times as long for such numbers.
 */
function storeFading(target: usize, value: v128): v128 {
  const least = v128.load32_splat(LEAST_NORMAL);
  const kept = v128.andnot(value, f32x4.lt(f32x4.abs(value), least));
  v128.store(target, kept);
  return kept;
}

function splat(record: usize, index: i32): v128 {
  return f32x4.splat(real(record, index));
}

/** … velocity, momentum, gradient scale, velocity scale, whether it looks ahead */
function momentumUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let velocity = placeOf(record, 5);
  const momentum = splat(record, 6);
  const gradientScale = splat(record, 7);
  const velocityScale = splat(record, 8);
  const looksAhead = word(record, 9) !== 0;
  for (let left = length; left > 0; left -= 4) {
    const push = f32x4.mul(gradientScale, v128.load(gradient));
    const moved = storeFading(velocity, multiplyAdd(momentum, v128.load(velocity), push));
    const change = looksAhead ? multiplyAdd(momentum, moved, push) : moved;
    v128.store(values, multiplyAdd(velocityScale, change, v128.load(values)));
    values += 16;
    gradient += 16;
    velocity += 16;
  }
}

/** `√(s + ε)` or `√s + ε`, one of the two ε being 0: a choice within the loop would find both roots. */
function rootWithEpsilon(squares: v128, insideRoot: v128, besideRoot: v128): v128 {
  return f32x4.add(f32x4.sqrt(f32x4.add(squares, insideRoot)), besideRoot);
}

/** … squares, epsilon, whether it stands in the root, rate */
function adagradUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let squares = placeOf(record, 5);
  const isInRoot = word(record, 7) !== 0;
  const insideRoot = f32x4.splat(isInRoot ? real(record, 6) : 0);
  const besideRoot = f32x4.splat(isInRoot ? 0 : real(record, 6));
  const rate = splat(record, 8);
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const s = multiplyAdd(g, g, v128.load(squares));
    v128.store(squares, s);
    const change = f32x4.div(f32x4.mul(rate, g), rootWithEpsilon(s, insideRoot, besideRoot));
    v128.store(values, f32x4.sub(v128.load(values), change));
    values += 16;
    gradient += 16;
    squares += 16;
  }
}

/** … squares, means (or 0), velocity (or 0), rho, 1 − rho, momentum, epsilon, whether in the root, gradient scale, change scale */
function rmspropUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let squares = placeOf(record, 5);
  let means = placeOf(record, 6);
  let velocity = placeOf(record, 7);
  const isCentred = means !== 0;
  const hasMomentum = velocity !== 0;
  const rho = splat(record, 8);
  const rest = splat(record, 9);
  const momentum = splat(record, 10);
  const isInRoot = word(record, 12) !== 0;
  const insideRoot = f32x4.splat(isInRoot ? real(record, 11) : 0);
  const besideRoot = f32x4.splat(isInRoot ? 0 : real(record, 11));
  const gradientScale = splat(record, 13);
  const changeScale = splat(record, 14);
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    let v = storeFading(squares, multiplyAdd(rho, v128.load(squares), f32x4.mul(rest, f32x4.mul(g, g))));
    if (isCentred) {
      const mean = storeFading(means, multiplyAdd(rho, v128.load(means), f32x4.mul(rest, g)));
      // Rounding can take the variance below zero where the gradient hardly changes.
      v = f32x4.max(f32x4.splat(0), f32x4.sub(v, f32x4.mul(mean, mean)));
      means += 16;
    }
    let change = f32x4.div(f32x4.mul(gradientScale, g), rootWithEpsilon(v, insideRoot, besideRoot));
    if (hasMomentum) {
      change = storeFading(velocity, multiplyAdd(momentum, v128.load(velocity), change));
      velocity += 16;
    }
    v128.store(values, f32x4.sub(v128.load(values), f32x4.mul(changeScale, change)));
    values += 16;
    gradient += 16;
    squares += 16;
  }
}

/** … squares, squares of changes, rho, 1 − rho, epsilon, rate */
function adadeltaUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let squares = placeOf(record, 5);
  let changeSquares = placeOf(record, 6);
  const rho = splat(record, 7);
  const rest = splat(record, 8);
  const epsilon = splat(record, 9);
  const rate = splat(record, 10);
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const v = multiplyAdd(rho, v128.load(squares), f32x4.mul(rest, f32x4.mul(g, g)));
    const u = v128.load(changeSquares);
    const ratio = f32x4.div(f32x4.add(u, epsilon), f32x4.add(v, epsilon));
    const change = f32x4.mul(g, f32x4.sqrt(ratio));
    storeFading(squares, v);
    storeFading(changeSquares, multiplyAdd(rho, u, f32x4.mul(rest, f32x4.mul(change, change))));
    v128.store(values, f32x4.sub(v128.load(values), f32x4.mul(rate, change)));
    values += 16;
    gradient += 16;
    squares += 16;
    changeSquares += 16;
  }
}

/** … means, squares, largest squares (or 0), β₁, 1 − β₁, β₂, 1 − β₂, epsilon, rate, whether the root divides */
function adamUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let means = placeOf(record, 5);
  let squares = placeOf(record, 6);
  let largest = placeOf(record, 7);
  const keepsLargest = largest !== 0;
  const beta1 = splat(record, 8);
  const rest1 = splat(record, 9);
  const beta2 = splat(record, 10);
  const rest2 = splat(record, 11);
  const epsilon = splat(record, 12);
  const rate = splat(record, 13);
  const isAdaptive = word(record, 14) !== 0;
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = storeFading(means, multiplyAdd(beta1, v128.load(means), f32x4.mul(rest1, g)));
    let v = storeFading(squares, multiplyAdd(beta2, v128.load(squares), f32x4.mul(rest2, f32x4.mul(g, g))));
    if (keepsLargest) {
      v = f32x4.max(v, v128.load(largest));
      v128.store(largest, v);
      largest += 16;
    }
    let change = f32x4.mul(rate, m);
    if (isAdaptive) change = f32x4.div(change, f32x4.add(f32x4.sqrt(v), epsilon));
    v128.store(values, f32x4.sub(v128.load(values), change));
    values += 16;
    gradient += 16;
    means += 16;
    squares += 16;
  }
}

/** … means, largest, β₁, 1 − β₁, β₂, epsilon, whether it is added to |g|, rate */
function adamaxUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let means = placeOf(record, 5);
  let largest = placeOf(record, 6);
  const beta1 = splat(record, 7);
  const rest1 = splat(record, 8);
  const beta2 = splat(record, 9);
  const epsilon = splat(record, 10);
  const isInLargest = word(record, 11) !== 0;
  const rate = splat(record, 12);
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = multiplyAdd(beta1, v128.load(means), f32x4.mul(rest1, g));
    const size = f32x4.abs(g);
    const faded = f32x4.mul(beta2, v128.load(largest));
    const u = f32x4.max(faded, isInLargest ? f32x4.add(size, epsilon) : size);
    storeFading(means, m);
    storeFading(largest, u);
    const change = f32x4.div(f32x4.mul(rate, m), isInLargest ? u : f32x4.add(u, epsilon));
    v128.store(values, f32x4.sub(v128.load(values), change));
    values += 16;
    gradient += 16;
    means += 16;
    largest += 16;
  }
}

/** … means, squares, β₁, 1 − β₁, β₂, 1 − β₂, epsilon, gradient rate, mean rate */
function nadamUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let means = placeOf(record, 5);
  let squares = placeOf(record, 6);
  const beta1 = splat(record, 7);
  const rest1 = splat(record, 8);
  const beta2 = splat(record, 9);
  const rest2 = splat(record, 10);
  const epsilon = splat(record, 11);
  const gradientRate = splat(record, 12);
  const meanRate = splat(record, 13);
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = multiplyAdd(beta1, v128.load(means), f32x4.mul(rest1, g));
    const v = multiplyAdd(beta2, v128.load(squares), f32x4.mul(rest2, f32x4.mul(g, g)));
    storeFading(means, m);
    storeFading(squares, v);
    const push = multiplyAdd(gradientRate, g, f32x4.mul(meanRate, m));
    const change = f32x4.div(push, f32x4.add(f32x4.sqrt(v), epsilon));
    v128.store(values, f32x4.sub(v128.load(values), change));
    values += 16;
    gradient += 16;
    means += 16;
    squares += 16;
  }
}

/** −1, 0 or 1; a NaN and a zero stay as they are. */
function signOf(x: v128): v128 {
  const zero = f32x4.splat(0);
  const isSigned = v128.or(f32x4.lt(x, zero), f32x4.gt(x, zero));
  const one = v128.or(f32x4.splat(1), v128.and(x, i32x4.splat(i32.MIN_VALUE)));
  return v128.bitselect(one, x, isSigned);
}

/** … means, β₁, 1 − β₁, β₂, 1 − β₂, rate */
function lionUpdate(record: usize, length: i32): void {
  let values = placeOf(record, 2);
  let gradient = placeOf(record, 3);
  let means = placeOf(record, 5);
  const beta1 = splat(record, 6);
  const rest1 = splat(record, 7);
  const beta2 = splat(record, 8);
  const rest2 = splat(record, 9);
  const rate = splat(record, 10);
  for (let left = length; left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = v128.load(means);
    const direction = signOf(multiplyAdd(beta1, m, f32x4.mul(rest1, g)));
    storeFading(means, multiplyAdd(beta2, m, f32x4.mul(rest2, g)));
    v128.store(values, f32x4.sub(v128.load(values), f32x4.mul(rate, direction)));
    values += 16;
    gradient += 16;
    means += 16;
  }
}
