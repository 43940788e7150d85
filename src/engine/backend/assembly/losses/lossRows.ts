// Losses of whole rows: cross-entropies of class probabilities or logits, cosine similarity, the hinge for several classes.

import { CATEGORICAL_CROSSENTROPY, CATEGORICAL_CROSSENTROPY_LOGITS, CATEGORICAL_HINGE } from "../../opcodes";
import { largestOf } from "../reductions/softmax";
import { keepFirst, multiplyAdd, storePart, sumLanes } from "../vectors/vector";
import { exp } from "../vectors/vectorMaths";
import { clipped, isClipped } from "./lossElements";

/** Keras: each row is divided by √max(Σx², 1e-12). */
const SQUARED_LENGTH_FLOOR: f64 = 1e-12;

export function rowValue(kind: i32, p: usize, t: usize, width: i32): f64 {
  if (kind === CATEGORICAL_CROSSENTROPY_LOGITS) return logitValue(p, t, width);
  if (kind === CATEGORICAL_CROSSENTROPY) return crossentropyValue(p, t, width);
  if (kind === CATEGORICAL_HINGE) return max(<f64>0, hingeMargin(p, t, width));
  readCosine(p, t, width);
  return -dot / sqrt(max(predictionSquare, SQUARED_LENGTH_FLOOR) * targetSquare);
}

/** Adds `scale · ∂value/∂p` to the row of `grad`. */
export function addRowSlope(kind: i32, p: usize, t: usize, grad: usize, width: i32, scale: f64): void {
  if (kind === CATEGORICAL_CROSSENTROPY_LOGITS) addLogitSlope(p, t, grad, width, scale);
  else if (kind === CATEGORICAL_CROSSENTROPY) addCrossentropySlope(p, t, grad, width, scale);
  else if (kind === CATEGORICAL_HINGE) addHingeSlope(p, t, grad, width, scale);
  else addCosineSlope(p, t, grad, width, scale);
}

function at(row: usize, index: i32): f64 {
  return <f64>load<f32>(row + ((<usize>index) << 2));
}

function addTo(row: usize, index: i32, value: f64): void {
  const place = row + ((<usize>index) << 2);
  store<f32>(place, <f32>(<f64>load<f32>(place) + value));
}

function sumOf(row: usize, width: i32): f64 {
  let sum: f64 = 0;
  for (let index = 0; index < width; index++) sum += at(row, index);
  return sum;
}

/** The largest number of a row, taken out before exponentials so that nothing overflows, and `log Σ e^(x − largest)`. */
let largest: f32 = 0;
let logTotal: f64 = 0;

function readLogits(row: usize, width: i32): void {
  largest = largestOf(row, width);
  const shift = f32x4.splat(largest);
  let sum = f32x4.splat(0);
  for (let left = width; left > 0; left -= 4) {
    const e = exp(f32x4.sub(v128.load(row + ((<usize>(width - left)) << 2)), shift));
    sum = f32x4.add(sum, left >= 4 ? e : keepFirst(e, left));
  }
  logTotal = Math.log(<f64>sumLanes(sum));
}

function logitValue(p: usize, t: usize, width: i32): f64 {
  readLogits(p, width);
  return valueOfLogits(p, t, width);
}

function addLogitSlope(p: usize, t: usize, grad: usize, width: i32, scale: f64): void {
  readLogits(p, width);
  addSlopeOfLogits(p, t, grad, width, scale);
}

/** Both, of one reading. */
export function logitValueWithSlope(p: usize, t: usize, grad: usize, width: i32, scale: f64): f64 {
  readLogits(p, width);
  const value = valueOfLogits(p, t, width);
  addSlopeOfLogits(p, t, grad, width, scale);
  return value;
}

function valueOfLogits(p: usize, t: usize, width: i32): f64 {
  let loss: f64 = 0;
  for (let index = 0; index < width; index++) {
    const share = at(t, index);
    // A target of 0 asks nothing, also of a logit of −Infinity (a masked class).
    if (share !== 0) loss += share * (logTotal - (at(p, index) - <f64>largest));
  }
  return loss;
}

function addSlopeOfLogits(p: usize, t: usize, grad: usize, width: i32, scale: f64): void {
  const shift = f32x4.splat(largest);
  const rest = f32x4.splat(<f32>logTotal);
  const targets = f32x4.splat(<f32>sumOf(t, width));
  const factor = f32x4.splat(<f32>scale);
  for (let left = width; left > 0; left -= 4) {
    const offset = (<usize>(width - left)) << 2;
    const probability = exp(f32x4.sub(f32x4.sub(v128.load(p + offset), shift), rest));
    const slope = f32x4.sub(f32x4.mul(probability, targets), v128.load(t + offset));
    storePart(grad + offset, multiplyAdd(factor, slope, v128.load(grad + offset)), left);
  }
}

/** `−Σ t · log(clip(p / Σp))`: probabilities are made to sum to 1 first. */
function crossentropyValue(p: usize, t: usize, width: i32): f64 {
  const total = sumOf(p, width);
  let loss: f64 = 0;
  for (let index = 0; index < width; index++) loss -= at(t, index) * Math.log(clipped(at(p, index) / total));
  return loss;
}

function addCrossentropySlope(p: usize, t: usize, grad: usize, width: i32, scale: f64): void {
  const total = sumOf(p, width);
  let unclippedTarget: f64 = 0;
  for (let index = 0; index < width; index++) if (!isClipped(at(p, index) / total)) unclippedTarget += at(t, index);
  for (let index = 0; index < width; index++) {
    const q = at(p, index) / total;
    const own: f64 = isClipped(q) ? 0 : -at(t, index) / q;
    addTo(grad, index, (scale * (own + unclippedTarget)) / total);
  }
}

let dot: f64 = 0;
let predictionSquare: f64 = 0;
let targetSquare: f64 = 0;

function readCosine(p: usize, t: usize, width: i32): void {
  dot = 0;
  predictionSquare = 0;
  targetSquare = 0;
  for (let index = 0; index < width; index++) {
    dot += at(p, index) * at(t, index);
    predictionSquare += at(p, index) * at(p, index);
    targetSquare += at(t, index) * at(t, index);
  }
  targetSquare = max(targetSquare, SQUARED_LENGTH_FLOOR);
}

function addCosineSlope(p: usize, t: usize, grad: usize, width: i32, scale: f64): void {
  readCosine(p, t, width);
  const isFloored = predictionSquare < SQUARED_LENGTH_FLOOR;
  const lengths = sqrt(max(predictionSquare, SQUARED_LENGTH_FLOOR) * targetSquare);
  for (let index = 0; index < width; index++) {
    const along: f64 = isFloored ? 0 : (dot * at(p, index)) / predictionSquare;
    addTo(grad, index, (-scale * (at(t, index) - along)) / lengths);
  }
}

let wrongest: i32 = 0;

/** `1 + largest wrong score − right score`, and which was the largest wrong one. */
function hingeMargin(p: usize, t: usize, width: i32): f64 {
  let right: f64 = 0;
  let wrong: f64 = -Infinity;
  wrongest = 0;
  for (let index = 0; index < width; index++) {
    right += at(t, index) * at(p, index);
    const score = (1 - at(t, index)) * at(p, index);
    if (score > wrong) {
      wrong = score;
      wrongest = index;
    }
  }
  return 1 + wrong - right;
}

function addHingeSlope(p: usize, t: usize, grad: usize, width: i32, scale: f64): void {
  if (!(hingeMargin(p, t, width) > 0)) return;
  for (let index = 0; index < width; index++) {
    const target = at(t, index);
    addTo(grad, index, scale * ((index === wrongest ? 1 - target : 0) - target));
  }
}
