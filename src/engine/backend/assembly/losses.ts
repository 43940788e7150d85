// Losses: one number for predictions and targets, and its gradient. Sums in double precision.

import {
  BINARY_CROSSENTROPY_LOGITS,
  CATEGORICAL_CROSSENTROPY,
  CATEGORICAL_HINGE,
  LOSS,
  LOSS_GRAD,
  MSE,
} from "../opcodes";
import { elementSlope, elementValue } from "./lossElements";
import { addRowSlope, rowValue } from "./lossRows";
import { address, double, real, word } from "./record";
import { keepFirst, multiplyAdd, storePart, sumLanes } from "./vector";
import { sigmoid } from "./vectorMaths";

export function runLossRoutine(opcode: i32, record: usize): void {
  if (opcode === LOSS) lossValue(record);
  else if (opcode === LOSS_GRAD) lossGrad(record);
  else abort();
}

/** Rows come between these two numbers. */
function isOfRows(kind: i32): bool {
  return kind >= CATEGORICAL_CROSSENTROPY && kind <= CATEGORICAL_HINGE;
}

/** predictions, targets, output, kind, length, width, parameter, divisor (double) */
function lossValue(record: usize): void {
  const predictions = address(record, 2);
  const targets = address(record, 3);
  const kind = word(record, 5);
  const length = word(record, 6);
  const width = word(record, 7);
  const parameter = <f64>real(record, 8);
  let total: f64 = 0;
  if (isOfRows(kind)) {
    for (let index = 0; index < length; index += width) {
      const offset = (<usize>index) << 2;
      total += rowValue(kind, predictions + offset, targets + offset, width);
    }
  } else if (kind === MSE) total = sumOfSquares(predictions, targets, length);
  else {
    for (let index = 0; index < length; index++) {
      const offset = (<usize>index) << 2;
      total += elementValue(kind, <f64>load<f32>(predictions + offset), <f64>load<f32>(targets + offset), parameter);
    }
  }
  store<f32>(address(record, 4), <f32>(total / double(record, 9)));
}

/** The sum of squared differences, in float32 for so many numbers at a time. */
function sumOfSquares(predictions: usize, targets: usize, length: i32): f64 {
  const block = 256;
  let total: f64 = 0;
  for (let start = 0; start < length; start += block) {
    const count = min(block, length - start);
    let sum = f32x4.splat(0);
    for (let left = count; left > 0; left -= 4) {
      const offset = (<usize>(start + count - left)) << 2;
      const whole = f32x4.sub(v128.load(predictions + offset), v128.load(targets + offset));
      const difference = left >= 4 ? whole : keepFirst(whole, left);
      sum = multiplyAdd(difference, difference, sum);
    }
    total += <f64>sumLanes(sum);
  }
  return total;
}

/** predictions, targets, predictionGrad, kind, length, width, parameter, divisor (double), outputGrad */
function lossGrad(record: usize): void {
  const predictions = address(record, 2);
  const targets = address(record, 3);
  const grad = address(record, 4);
  const kind = word(record, 5);
  const length = word(record, 6);
  const width = word(record, 7);
  const parameter = <f64>real(record, 8);
  const scale = <f64>load<f32>(address(record, 11)) / double(record, 9);
  if (isOfRows(kind)) {
    for (let index = 0; index < length; index += width) {
      const offset = (<usize>index) << 2;
      addRowSlope(kind, predictions + offset, targets + offset, grad + offset, width, scale);
    }
  } else if (kind === MSE || kind === BINARY_CROSSENTROPY_LOGITS)
    addFastSlope(kind, predictions, targets, grad, length, scale);
  else {
    for (let index = 0; index < length; index++) {
      const offset = (<usize>index) << 2;
      const p = <f64>load<f32>(predictions + offset);
      const slope = elementSlope(kind, p, <f64>load<f32>(targets + offset), parameter);
      store<f32>(grad + offset, <f32>(<f64>load<f32>(grad + offset) + scale * slope));
    }
  }
}

/** The two most common losses of single numbers, four at a time. */
function addFastSlope(kind: i32, predictions: usize, targets: usize, grad: usize, length: i32, scale: f64): void {
  const isSquare = kind === MSE;
  const factor = f32x4.splat(<f32>(isSquare ? 2 * scale : scale));
  for (let left = length; left > 0; left -= 4) {
    const offset = (<usize>(length - left)) << 2;
    const p = v128.load(predictions + offset);
    const slope = f32x4.sub(isSquare ? p : sigmoid(p), v128.load(targets + offset));
    storePart(grad + offset, multiplyAdd(factor, slope, v128.load(grad + offset)), left);
  }
}
