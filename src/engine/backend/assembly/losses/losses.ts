// Losses: one number for predictions and targets, and its gradient. Sums in double precision.

import {
  BINARY_CROSSENTROPY_LOGITS,
  CATEGORICAL_CROSSENTROPY,
  CATEGORICAL_HINGE,
  LOSS,
  LOSS_GRAD,
  MSE,
} from "../../opcodes";
import { address, double, real, word } from "../tape/record";
import { addHigh, addLow, sumOf } from "../vectors/doubleSums";
import { keepFirst, multiplyAdd, storePart } from "../vectors/vector";
import { sigmoid, softplus } from "../vectors/vectorMaths";
import { elementSlope, elementValue } from "./lossElements";
import { addRowSlope, logitValueWithSlope, rowValue } from "./lossRows";

export function runLossRoutine(opcode: i32, record: usize): void {
  if (opcode === LOSS) lossValue(record);
  else if (opcode === LOSS_GRAD) lossGrad(record);
  else abort();
}

/** Rows come between these two numbers. */
export function isOfRows(kind: i32): bool {
  return kind >= CATEGORICAL_CROSSENTROPY && kind <= CATEGORICAL_HINGE;
}

function isFast(kind: i32): bool {
  return kind === MSE || kind === BINARY_CROSSENTROPY_LOGITS;
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
  } else if (isFast(kind)) total = fastSum(kind, predictions, targets, length);
  else {
    for (let index = 0; index < length; index++) {
      const offset = (<usize>index) << 2;
      total += elementValue(kind, <f64>load<f32>(predictions + offset), <f64>load<f32>(targets + offset), parameter);
    }
  }
  store<f32>(address(record, 4), <f32>(total / double(record, 9)));
}

/** The two most common losses of single numbers, four at a time, summed in double precision. */
function fastSum(kind: i32, predictions: usize, targets: usize, length: i32): f64 {
  let low = f64x2.splat(0);
  let high = low;
  for (let left = length; left > 0; left -= 4) {
    const offset = (<usize>(length - left)) << 2;
    const p = v128.load(predictions + offset);
    const t = v128.load(targets + offset);
    let value = f32x4.sub(p, t);
    if (kind === MSE) value = f32x4.mul(value, value);
    else value = f32x4.sub(softplus(p), f32x4.mul(t, p));
    if (left < 4) value = keepFirst(value, left);
    low = addLow(low, value);
    high = addHigh(high, value);
  }
  return sumOf(low) + sumOf(high);
}

/** predictions, targets, predictionGrad, kind, length, width, parameter, divisor (double), outputGrad, where the loss goes too (or 0: nowhere) */
function lossGrad(record: usize): void {
  const predictions = address(record, 2);
  const targets = address(record, 3);
  const grad = address(record, 4);
  const kind = word(record, 5);
  const length = word(record, 6);
  const width = word(record, 7);
  const parameter = <f64>real(record, 8);
  const scale = <f64>load<f32>(address(record, 11)) / double(record, 9);
  const output = address(record, 12);
  if (output !== 0) {
    let total: f64 = 0;
    for (let index = 0; index < length; index += width) {
      const offset = (<usize>index) << 2;
      total += logitValueWithSlope(predictions + offset, targets + offset, grad + offset, width, scale);
    }
    store<f32>(output, <f32>(total / double(record, 9)));
  } else if (isOfRows(kind)) {
    for (let index = 0; index < length; index += width) {
      const offset = (<usize>index) << 2;
      addRowSlope(kind, predictions + offset, targets + offset, grad + offset, width, scale);
    }
  } else if (isFast(kind)) addFastSlope(kind, predictions, targets, grad, length, scale);
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
