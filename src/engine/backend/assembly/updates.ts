// The optimizers' rules, four numbers at a time. Every record begins: flag, values, gradient, length; the flag becomes 1 when a value is not finite afterwards.

import {
  ADADELTA_UPDATE,
  ADAGRAD_UPDATE,
  ADAM_UPDATE,
  ADAMAX_UPDATE,
  LION_UPDATE,
  MOMENTUM_UPDATE,
  NADAM_UPDATE,
  RMSPROP_UPDATE,
} from "../opcodes";
import { address, real, word } from "./record";
import { keepFirst, multiplyAdd, storePart } from "./vector";

export function runUpdateRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case MOMENTUM_UPDATE:
      momentumUpdate(record);
      break;
    case ADAGRAD_UPDATE:
      adagradUpdate(record);
      break;
    case RMSPROP_UPDATE:
      rmspropUpdate(record);
      break;
    case ADADELTA_UPDATE:
      adadeltaUpdate(record);
      break;
    case ADAM_UPDATE:
      adamUpdate(record);
      break;
    case ADAMAX_UPDATE:
      adamaxUpdate(record);
      break;
    case NADAM_UPDATE:
      nadamUpdate(record);
      break;
    case LION_UPDATE:
      lionUpdate(record);
      break;
    default:
      abort();
  }
}

/**
 * Stores new values and adds `0 · value` to the check: that is zero for finite numbers alone, so the sum over a range tells
 * of any that is not.
 */
function storeValues(target: usize, value: v128, left: i32, check: v128): v128 {
  storePart(target, value, left);
  const counted = left >= 4 ? value : keepFirst(value, left);
  return multiplyAdd(counted, f32x4.splat(0), check);
}

function endCheck(record: usize, check: v128): void {
  if (v128.any_true(f32x4.ne(check, f32x4.splat(0)))) store<i32>(record, 1, 8);
}

const LEAST_NORMAL: usize = memory.data<f32>([1.1754944e-38]);

/**
 * Stores memory that fades. What falls below the normal numbers of float32 becomes 0: it would stay there for ever where a
 * gradient has become 0, and processors take several times as long for such numbers.
 */
function storeFading(target: usize, value: v128, left: i32): v128 {
  const least = v128.load32_splat(LEAST_NORMAL);
  const kept = v128.andnot(value, f32x4.lt(f32x4.abs(value), least));
  storePart(target, kept, left);
  return kept;
}

function splat(record: usize, index: i32): v128 {
  return f32x4.splat(real(record, index));
}

/** … velocity, momentum, gradient scale, velocity scale, whether it looks ahead */
function momentumUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let velocity = address(record, 6);
  const momentum = splat(record, 7);
  const gradientScale = splat(record, 8);
  const velocityScale = splat(record, 9);
  const looksAhead = word(record, 10) !== 0;
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const push = f32x4.mul(gradientScale, v128.load(gradient));
    const moved = storeFading(velocity, multiplyAdd(momentum, v128.load(velocity), push), left);
    const change = looksAhead ? multiplyAdd(momentum, moved, push) : moved;
    check = storeValues(values, multiplyAdd(velocityScale, change, v128.load(values)), left, check);
    values += 16;
    gradient += 16;
    velocity += 16;
  }
  endCheck(record, check);
}

/** `√(s + ε)` or `√s + ε`. */
function rootWithEpsilon(squares: v128, epsilon: v128, isInRoot: bool): v128 {
  return isInRoot ? f32x4.sqrt(f32x4.add(squares, epsilon)) : f32x4.add(f32x4.sqrt(squares), epsilon);
}

/** … squares, epsilon, whether it stands in the root, rate */
function adagradUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let squares = address(record, 6);
  const epsilon = splat(record, 7);
  const isInRoot = word(record, 8) !== 0;
  const rate = splat(record, 9);
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    const s = multiplyAdd(g, g, v128.load(squares));
    storePart(squares, s, left);
    const change = f32x4.div(f32x4.mul(rate, g), rootWithEpsilon(s, epsilon, isInRoot));
    check = storeValues(values, f32x4.sub(v128.load(values), change), left, check);
    values += 16;
    gradient += 16;
    squares += 16;
  }
  endCheck(record, check);
}

/** … squares, means (or 0), velocity (or 0), rho, 1 − rho, momentum, epsilon, whether in the root, gradient scale, change scale */
function rmspropUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let squares = address(record, 6);
  let means = address(record, 7);
  let velocity = address(record, 8);
  const isCentred = means !== 0;
  const hasMomentum = velocity !== 0;
  const rho = splat(record, 9);
  const rest = splat(record, 10);
  const momentum = splat(record, 11);
  const epsilon = splat(record, 12);
  const isInRoot = word(record, 13) !== 0;
  const gradientScale = splat(record, 14);
  const changeScale = splat(record, 15);
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    let v = storeFading(squares, multiplyAdd(rho, v128.load(squares), f32x4.mul(rest, f32x4.mul(g, g))), left);
    if (isCentred) {
      const mean = storeFading(means, multiplyAdd(rho, v128.load(means), f32x4.mul(rest, g)), left);
      // Rounding can take the variance below zero where the gradient hardly changes.
      v = f32x4.max(f32x4.splat(0), f32x4.sub(v, f32x4.mul(mean, mean)));
      means += 16;
    }
    let change = f32x4.div(f32x4.mul(gradientScale, g), rootWithEpsilon(v, epsilon, isInRoot));
    if (hasMomentum) {
      change = storeFading(velocity, multiplyAdd(momentum, v128.load(velocity), change), left);
      velocity += 16;
    }
    check = storeValues(values, f32x4.sub(v128.load(values), f32x4.mul(changeScale, change)), left, check);
    values += 16;
    gradient += 16;
    squares += 16;
  }
  endCheck(record, check);
}

/** … squares, squares of changes, rho, 1 − rho, epsilon, rate */
function adadeltaUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let squares = address(record, 6);
  let changeSquares = address(record, 7);
  const rho = splat(record, 8);
  const rest = splat(record, 9);
  const epsilon = splat(record, 10);
  const rate = splat(record, 11);
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    const v = multiplyAdd(rho, v128.load(squares), f32x4.mul(rest, f32x4.mul(g, g)));
    const u = v128.load(changeSquares);
    const ratio = f32x4.div(f32x4.add(u, epsilon), f32x4.add(v, epsilon));
    const change = f32x4.mul(g, f32x4.sqrt(ratio));
    storeFading(squares, v, left);
    storeFading(changeSquares, multiplyAdd(rho, u, f32x4.mul(rest, f32x4.mul(change, change))), left);
    check = storeValues(values, f32x4.sub(v128.load(values), f32x4.mul(rate, change)), left, check);
    values += 16;
    gradient += 16;
    squares += 16;
    changeSquares += 16;
  }
  endCheck(record, check);
}

/** … means, squares, largest squares (or 0), β₁, 1 − β₁, β₂, 1 − β₂, epsilon, rate, whether the root divides */
function adamUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let means = address(record, 6);
  let squares = address(record, 7);
  let largest = address(record, 8);
  const keepsLargest = largest !== 0;
  const beta1 = splat(record, 9);
  const rest1 = splat(record, 10);
  const beta2 = splat(record, 11);
  const rest2 = splat(record, 12);
  const epsilon = splat(record, 13);
  const rate = splat(record, 14);
  const isAdaptive = word(record, 15) !== 0;
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = storeFading(means, multiplyAdd(beta1, v128.load(means), f32x4.mul(rest1, g)), left);
    let v = storeFading(squares, multiplyAdd(beta2, v128.load(squares), f32x4.mul(rest2, f32x4.mul(g, g))), left);
    if (keepsLargest) {
      v = f32x4.max(v, v128.load(largest));
      storePart(largest, v, left);
      largest += 16;
    }
    let change = f32x4.mul(rate, m);
    if (isAdaptive) change = f32x4.div(change, f32x4.add(f32x4.sqrt(v), epsilon));
    check = storeValues(values, f32x4.sub(v128.load(values), change), left, check);
    values += 16;
    gradient += 16;
    means += 16;
    squares += 16;
  }
  endCheck(record, check);
}

/** … means, largest, β₁, 1 − β₁, β₂, epsilon, whether it is added to |g|, rate */
function adamaxUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let means = address(record, 6);
  let largest = address(record, 7);
  const beta1 = splat(record, 8);
  const rest1 = splat(record, 9);
  const beta2 = splat(record, 10);
  const epsilon = splat(record, 11);
  const isInLargest = word(record, 12) !== 0;
  const rate = splat(record, 13);
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = multiplyAdd(beta1, v128.load(means), f32x4.mul(rest1, g));
    const size = f32x4.abs(g);
    const faded = f32x4.mul(beta2, v128.load(largest));
    const u = f32x4.max(faded, isInLargest ? f32x4.add(size, epsilon) : size);
    storeFading(means, m, left);
    storeFading(largest, u, left);
    const change = f32x4.div(f32x4.mul(rate, m), isInLargest ? u : f32x4.add(u, epsilon));
    check = storeValues(values, f32x4.sub(v128.load(values), change), left, check);
    values += 16;
    gradient += 16;
    means += 16;
    largest += 16;
  }
  endCheck(record, check);
}

/** … means, squares, β₁, 1 − β₁, β₂, 1 − β₂, epsilon, gradient rate, mean rate */
function nadamUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let means = address(record, 6);
  let squares = address(record, 7);
  const beta1 = splat(record, 8);
  const rest1 = splat(record, 9);
  const beta2 = splat(record, 10);
  const rest2 = splat(record, 11);
  const epsilon = splat(record, 12);
  const gradientRate = splat(record, 13);
  const meanRate = splat(record, 14);
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = multiplyAdd(beta1, v128.load(means), f32x4.mul(rest1, g));
    const v = multiplyAdd(beta2, v128.load(squares), f32x4.mul(rest2, f32x4.mul(g, g)));
    storeFading(means, m, left);
    storeFading(squares, v, left);
    const push = multiplyAdd(gradientRate, g, f32x4.mul(meanRate, m));
    const change = f32x4.div(push, f32x4.add(f32x4.sqrt(v), epsilon));
    check = storeValues(values, f32x4.sub(v128.load(values), change), left, check);
    values += 16;
    gradient += 16;
    means += 16;
    squares += 16;
  }
  endCheck(record, check);
}

/** −1, 0 or 1; a NaN and a zero stay as they are. */
function signOf(x: v128): v128 {
  const zero = f32x4.splat(0);
  const isSigned = v128.or(f32x4.lt(x, zero), f32x4.gt(x, zero));
  const one = v128.or(f32x4.splat(1), v128.and(x, i32x4.splat(i32.MIN_VALUE)));
  return v128.bitselect(one, x, isSigned);
}

/** … means, β₁, 1 − β₁, β₂, 1 − β₂, rate */
function lionUpdate(record: usize): void {
  let values = address(record, 3);
  let gradient = address(record, 4);
  let means = address(record, 6);
  const beta1 = splat(record, 7);
  const rest1 = splat(record, 8);
  const beta2 = splat(record, 9);
  const rest2 = splat(record, 10);
  const rate = splat(record, 11);
  let check = f32x4.splat(0);
  for (let left = word(record, 5); left > 0; left -= 4) {
    const g = v128.load(gradient);
    const m = v128.load(means);
    const direction = signOf(multiplyAdd(beta1, m, f32x4.mul(rest1, g)));
    storeFading(means, multiplyAdd(beta2, m, f32x4.mul(rest2, g)), left);
    check = storeValues(values, f32x4.sub(v128.load(values), f32x4.mul(rate, direction)), left, check);
    values += 16;
    gradient += 16;
    means += 16;
  }
  endCheck(record, check);
}
