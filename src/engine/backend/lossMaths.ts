// The mathematics of losses: each beside its derivative by the prediction, in double precision, before summing and averaging.

import { maths } from "../intrinsics.ts";
import { unaryFunctions } from "./scalarMaths.ts";

const { abs, exp, log, log1p, max, min, sqrt } = maths;
const sigmoid = (x: number) => unaryFunctions.sigmoid.value(x, 0);
const softplus = (x: number) => unaryFunctions.softplus.value(x, 0);

/** Keras' epsilon: probabilities are kept this far from 0 and 1. The upper bound is the float32 next to 1 − 1e-7, as there. */
export const probabilityFloor = 1e-7;
export const probabilityCeiling = maths.fround(1 - probabilityFloor);

/** A loss of single numbers: predictions `p` against targets `t`. */
export interface ElementLoss {
  value(p: number, t: number, parameter: number): number;
  slope(p: number, t: number, parameter: number): number;
}

/** Rows of two flat arrays: `width` numbers from `at` on. */
export interface RowPair {
  readonly prediction: ArrayLike<number>;
  readonly target: ArrayLike<number>;
  readonly at: number;
  readonly width: number;
}

/** A loss of whole rows, such as the cross-entropy of a sample's class probabilities. */
export interface RowLoss {
  value(pair: RowPair): number;
  /** Adds `scale · ∂value/∂prediction` to the row of `grad`. */
  addSlope(pair: RowPair, grad: { [index: number]: number }, scale: number): void;
}

const clip = (p: number) => max(probabilityFloor, min(probabilityCeiling, p));
const isClipped = (p: number) => p < probabilityFloor || p > probabilityCeiling;
/** Hinge losses want −1 and +1; targets of 0 (with 1) are read as −1, as in Keras. `parameter` is 1 where that is so. */
const hingeTarget = (t: number, isZeroOne: number) => (isZeroOne === 1 ? 2 * t - 1 : t);

export const elementLosses = {
  mse: { value: (p, t) => (p - t) ** 2, slope: (p, t) => 2 * (p - t) },
  mae: { value: (p, t) => abs(p - t), slope: (p, t) => maths.sign(p - t) },
  huber: {
    value: (p, t, delta) => (abs(p - t) <= delta ? 0.5 * (p - t) ** 2 : delta * (abs(p - t) - 0.5 * delta)),
    slope: (p, t, delta) => max(-delta, min(delta, p - t)),
  },
  // Huber divided by its delta, so that the slope is ±1 far out.
  smoothL1: {
    value: (p, t, beta) => (abs(p - t) < beta ? (0.5 * (p - t) ** 2) / beta : abs(p - t) - 0.5 * beta),
    slope: (p, t, beta) => max(-1, min(1, (p - t) / beta)),
  },
  // log cosh x = x + softplus(−2x) − log 2; by |x| it neither overflows nor cancels.
  logCosh: {
    value: (p, t) => abs(p - t) + softplus(-2 * abs(p - t)) - maths.log(2),
    slope: (p, t) => maths.tanh(p - t),
  },
  msle: {
    value: (p, t) => (log1p(max(p, probabilityFloor)) - log1p(max(t, probabilityFloor))) ** 2,
    slope: (p, t) =>
      p < probabilityFloor ? 0 : (2 * (log1p(max(p, probabilityFloor)) - log1p(max(t, probabilityFloor)))) / (1 + p),
  },
  mape: {
    value: (p, t) => (100 * abs(p - t)) / max(abs(t), probabilityFloor),
    slope: (p, t) => (100 * maths.sign(p - t)) / max(abs(t), probabilityFloor),
  },
  hinge: {
    value: (p, t, isZeroOne) => max(1 - hingeTarget(t, isZeroOne) * p, 0),
    slope: (p, t, isZeroOne) => (hingeTarget(t, isZeroOne) * p < 1 ? -hingeTarget(t, isZeroOne) : 0),
  },
  squaredHinge: {
    value: (p, t, isZeroOne) => max(1 - hingeTarget(t, isZeroOne) * p, 0) ** 2,
    slope: (p, t, isZeroOne) => -2 * hingeTarget(t, isZeroOne) * max(1 - hingeTarget(t, isZeroOne) * p, 0),
  },
  binaryCrossentropy: {
    value: (p, t) => -(t * log(clip(p)) + (1 - t) * log1p(-clip(p))),
    slope: (p, t) => (isClipped(p) ? 0 : (p - t) / (p * (1 - p))),
  },
  // PyTorch's form: logarithms are held at −100, the slope's divisor at 1e-12.
  binaryCrossentropyTorch: {
    value: (p, t) => -(t * max(log(p), -100) + (1 - t) * max(log1p(-p), -100)),
    slope: (p, t) => (p - t) / max(p * (1 - p), 1e-12),
  },
  // Positive examples count `weight` times.
  weightedBinaryCrossentropy: {
    value: (p, t, weight) => -(weight * t * log(clip(p)) + (1 - t) * log1p(-clip(p))),
    slope: (p, t, weight) => (isClipped(p) ? 0 : (1 - t) / (1 - p) - (weight * t) / p),
  },
  weightedBinaryCrossentropyLogits: {
    value: (x, t, weight) => weight * t * softplus(-x) + (1 - t) * softplus(x),
    slope: (x, t, weight) => (1 - t) * sigmoid(x) - weight * t * sigmoid(-x),
  },
  // Probabilities as they are, not made to sum to 1.
  categoricalCrossentropyPlain: {
    value: (p, t) => -t * log(clip(p)),
    slope: (p, t) => (isClipped(p) ? 0 : -t / p),
  },
  // From the logit x: softplus(x) − t·x, whose derivative is sigmoid(x) − t.
  binaryCrossentropyLogits: { value: (x, t) => softplus(x) - t * x, slope: (x, t) => sigmoid(x) - t },
  klDivergence: {
    value: (p, t) => floorTo1(t) * log(floorTo1(t) / floorTo1(p)),
    slope: (p, t) => (p < probabilityFloor || p > 1 ? 0 : -floorTo1(t) / p),
  },
  poisson: {
    value: (p, t) => p - t * log(p + probabilityFloor),
    slope: (p, t) => 1 - t / (p + probabilityFloor),
  },
  // Predictions are logarithms here.
  klDivergenceLog: { value: (p, t) => (t > 0 ? t * (log(t) - p) : 0), slope: (_, t) => -t },
  poissonLog: { value: (p, t) => exp(p) - t * p, slope: (p, t) => exp(p) - t },
} satisfies Record<string, ElementLoss>;

function floorTo1(share: number): number {
  return max(probabilityFloor, min(1, share));
}

export const rowLosses = {
  categoricalCrossentropy: { value: crossentropy, addSlope: addCrossentropySlope },
  categoricalCrossentropyLogits: { value: logitCrossentropy, addSlope: addLogitCrossentropySlope },
  cosineSimilarity: { value: negativeCosine, addSlope: addNegativeCosineSlope },
  categoricalHinge: { value: categoricalHinge, addSlope: addCategoricalHingeSlope },
} satisfies Record<string, RowLoss>;

/** Losses of single numbers that are summed over a row: averaged over the samples, as those of rows. */
export const summedOverRows: readonly string[] = ["klDivergence", "klDivergenceLog", "categoricalCrossentropyPlain"];

export type ElementLossName = keyof typeof elementLosses;
export type RowLossName = keyof typeof rowLosses;
export type LossFunctionName = ElementLossName | RowLossName;

/** −Σ t · log(clip(p / Σp)): probabilities are made to sum to 1 first, as Keras does. */
function crossentropy(pair: RowPair): number {
  const total = sumOf(pair.prediction, pair);
  let loss = 0;
  for (let index = pair.at; index < pair.at + pair.width; index++)
    loss -= (pair.target[index] ?? 0) * log(clip((pair.prediction[index] ?? 0) / total));
  return loss;
}

function addCrossentropySlope(pair: RowPair, grad: { [index: number]: number }, scale: number): void {
  const total = sumOf(pair.prediction, pair);
  // With q = p / S: ∂L/∂pⱼ = (∂L/∂qⱼ − Σ qᵢ ∂L/∂qᵢ) / S, and ∂L/∂qⱼ = −tⱼ / qⱼ where q is not clipped.
  let unclippedTarget = 0;
  for (let index = pair.at; index < pair.at + pair.width; index++)
    if (!isClipped((pair.prediction[index] ?? 0) / total)) unclippedTarget += pair.target[index] ?? 0;
  for (let index = pair.at; index < pair.at + pair.width; index++) {
    const q = (pair.prediction[index] ?? 0) / total;
    const own = isClipped(q) ? 0 : -(pair.target[index] ?? 0) / q;
    grad[index] = (grad[index] ?? 0) + (scale * (own + unclippedTarget)) / total;
  }
}

/** log Σ eˣ · Σt − Σ t·x, with the largest x taken out so that nothing overflows. */
function logitCrossentropy(pair: RowPair): number {
  const { largest, logTotal } = logSum(pair);
  let loss = 0;
  for (let index = pair.at; index < pair.at + pair.width; index++) {
    const share = pair.target[index] ?? 0;
    // A target of 0 asks nothing, also of a logit of −Infinity (a masked class).
    if (share !== 0) loss += share * (logTotal - ((pair.prediction[index] ?? 0) - largest));
  }
  return loss;
}

function addLogitCrossentropySlope(pair: RowPair, grad: { [index: number]: number }, scale: number): void {
  const { largest, logTotal } = logSum(pair);
  const targetTotal = sumOf(pair.target, pair);
  for (let index = pair.at; index < pair.at + pair.width; index++) {
    const probability = exp((pair.prediction[index] ?? 0) - largest - logTotal);
    grad[index] = (grad[index] ?? 0) + scale * (probability * targetTotal - (pair.target[index] ?? 0));
  }
}

function logSum({ prediction, at, width }: RowPair): { largest: number; logTotal: number } {
  let largest = -Infinity;
  for (let index = at; index < at + width; index++) largest = max(largest, prediction[index] ?? 0);
  let total = 0;
  for (let index = at; index < at + width; index++) total += exp((prediction[index] ?? 0) - largest);
  return { largest, logTotal: log(total) };
}

function sumOf(values: ArrayLike<number>, { at, width }: RowPair): number {
  let total = 0;
  for (let index = at; index < at + width; index++) total += values[index] ?? 0;
  return total;
}

// Keras: each row is divided by √max(Σx², 1e-12).
const squaredLengthFloor = 1e-12;

function cosineParts({ prediction, target, at, width }: RowPair) {
  let dot = 0;
  let predictionSquare = 0;
  let targetSquare = 0;
  for (let index = at; index < at + width; index++) {
    const p = prediction[index] ?? 0;
    const t = target[index] ?? 0;
    dot += p * t;
    predictionSquare += p * p;
    targetSquare += t * t;
  }
  return { dot, predictionSquare, targetSquare: max(targetSquare, squaredLengthFloor) };
}

function negativeCosine(pair: RowPair): number {
  const { dot, predictionSquare, targetSquare } = cosineParts(pair);
  return -dot / sqrt(max(predictionSquare, squaredLengthFloor) * targetSquare);
}

function addNegativeCosineSlope(pair: RowPair, grad: { [index: number]: number }, scale: number): void {
  const { dot, predictionSquare, targetSquare } = cosineParts(pair);
  const isFloored = predictionSquare < squaredLengthFloor;
  const lengths = sqrt(max(predictionSquare, squaredLengthFloor) * targetSquare);
  for (let index = pair.at; index < pair.at + pair.width; index++) {
    const along = isFloored ? 0 : (dot * (pair.prediction[index] ?? 0)) / predictionSquare;
    grad[index] = (grad[index] ?? 0) - (scale * ((pair.target[index] ?? 0) - along)) / lengths;
  }
}

/** max(0, 1 + largest wrong score − right score). */
function categoricalHinge(pair: RowPair): number {
  return max(0, hingeMargin(pair).margin);
}

function addCategoricalHingeSlope(pair: RowPair, grad: { [index: number]: number }, scale: number): void {
  const { margin, wrongest } = hingeMargin(pair);
  if (!(margin > 0)) return;
  for (let index = pair.at; index < pair.at + pair.width; index++) {
    const t = pair.target[index] ?? 0;
    grad[index] = (grad[index] ?? 0) + scale * ((index === wrongest ? 1 - t : 0) - t);
  }
}

function hingeMargin({ prediction, target, at, width }: RowPair): { margin: number; wrongest: number } {
  let right = 0;
  let wrong = -Infinity;
  let wrongest = at;
  for (let index = at; index < at + width; index++) {
    const p = prediction[index] ?? 0;
    const t = target[index] ?? 0;
    right += t * p;
    if ((1 - t) * p > wrong) {
      wrong = (1 - t) * p;
      wrongest = index;
    }
  }
  return { margin: 1 + wrong - right, wrongest };
}
