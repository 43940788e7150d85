// Losses of single numbers, each beside its slope by the prediction, in double precision; the formulas are those of lossMaths.ts.

import {
  BINARY_CROSSENTROPY,
  BINARY_CROSSENTROPY_LOGITS,
  BINARY_CROSSENTROPY_TORCH,
  CATEGORICAL_CROSSENTROPY_PLAIN,
  HINGE,
  HUBER,
  KL_DIVERGENCE,
  KL_DIVERGENCE_LOG,
  LOG_COSH,
  MAE,
  MAPE,
  MSE,
  MSLE,
  POISSON,
  POISSON_LOG,
  SMOOTH_L1,
  SQUARED_HINGE,
  WEIGHTED_BINARY_CROSSENTROPY,
  WEIGHTED_BINARY_CROSSENTROPY_LOGITS,
} from "../../opcodes";

export const PROBABILITY_FLOOR: f64 = 1e-7;
/** The float32 next to 1 − 1e-7. */
export const PROBABILITY_CEILING: f64 = <f64>(<f32>(1 - 1e-7));

/** To the nearest bound; a NaN stays. */
export function clipped(p: f64): f64 {
  return max(PROBABILITY_FLOOR, min(PROBABILITY_CEILING, p));
}

export function isClipped(p: f64): bool {
  return p < PROBABILITY_FLOOR || p > PROBABILITY_CEILING;
}

function floorTo1(share: f64): f64 {
  return max(PROBABILITY_FLOOR, min(<f64>1, share));
}

/** Targets of 0 (with 1) are read as −1 where `isZeroOne` is 1. */
function hingeTarget(t: f64, isZeroOne: f64): f64 {
  return isZeroOne === 1 ? 2 * t - 1 : t;
}

function signOf(x: f64): f64 {
  return x > 0 ? 1 : x < 0 ? -1 : x;
}

function softplus(x: f64): f64 {
  return max(x, <f64>0) + Math.log1p(Math.exp(-abs(x)));
}

function sigmoid(x: f64): f64 {
  return 1 / (1 + Math.exp(-x));
}

function square(x: f64): f64 {
  return x * x;
}

export function elementValue(kind: i32, p: f64, t: f64, parameter: f64): f64 {
  const distance = abs(p - t);
  switch (kind) {
    case MSE:
      return square(p - t);
    case MAE:
      return distance;
    case HUBER:
      return distance <= parameter ? 0.5 * square(distance) : parameter * (distance - 0.5 * parameter);
    case SMOOTH_L1:
      return distance < parameter ? (0.5 * square(distance)) / parameter : distance - 0.5 * parameter;
    case LOG_COSH:
      return distance + softplus(-2 * distance) - Math.LN2;
    case MSLE:
      return square(Math.log1p(max(p, PROBABILITY_FLOOR)) - Math.log1p(max(t, PROBABILITY_FLOOR)));
    case MAPE:
      return (100 * distance) / max(abs(t), PROBABILITY_FLOOR);
    case HINGE:
      return max(1 - hingeTarget(t, parameter) * p, <f64>0);
    case SQUARED_HINGE:
      return square(max(1 - hingeTarget(t, parameter) * p, <f64>0));
    default:
      return probabilityValue(kind, p, t, parameter);
  }
}

function probabilityValue(kind: i32, p: f64, t: f64, parameter: f64): f64 {
  switch (kind) {
    case BINARY_CROSSENTROPY:
      return -(t * Math.log(clipped(p)) + (1 - t) * Math.log1p(-clipped(p)));
    case BINARY_CROSSENTROPY_TORCH:
      return -(t * max(Math.log(p), <f64>-100) + (1 - t) * max(Math.log1p(-p), <f64>-100));
    case WEIGHTED_BINARY_CROSSENTROPY:
      return -(parameter * t * Math.log(clipped(p)) + (1 - t) * Math.log1p(-clipped(p)));
    case WEIGHTED_BINARY_CROSSENTROPY_LOGITS:
      return parameter * t * softplus(-p) + (1 - t) * softplus(p);
    case BINARY_CROSSENTROPY_LOGITS:
      return softplus(p) - t * p;
    case CATEGORICAL_CROSSENTROPY_PLAIN:
      return -t * Math.log(clipped(p));
    case KL_DIVERGENCE:
      return floorTo1(t) * Math.log(floorTo1(t) / floorTo1(p));
    case POISSON:
      return p - t * Math.log(p + PROBABILITY_FLOOR);
    case KL_DIVERGENCE_LOG:
      return t > 0 ? t * (Math.log(t) - p) : 0;
    case POISSON_LOG:
      return Math.exp(p) - t * p;
    default:
      abort();
      return 0;
  }
}

export function elementSlope(kind: i32, p: f64, t: f64, parameter: f64): f64 {
  switch (kind) {
    case MSE:
      return 2 * (p - t);
    case MAE:
      return signOf(p - t);
    case HUBER:
      return max(-parameter, min(parameter, p - t));
    case SMOOTH_L1:
      return max(<f64>-1, min(<f64>1, (p - t) / parameter));
    case LOG_COSH:
      return Math.tanh(p - t);
    case MSLE:
      if (p < PROBABILITY_FLOOR) return 0;
      return (2 * (Math.log1p(max(p, PROBABILITY_FLOOR)) - Math.log1p(max(t, PROBABILITY_FLOOR)))) / (1 + p);
    case MAPE:
      return (100 * signOf(p - t)) / max(abs(t), PROBABILITY_FLOOR);
    case HINGE:
      return hingeTarget(t, parameter) * p < 1 ? -hingeTarget(t, parameter) : 0;
    case SQUARED_HINGE:
      return -2 * hingeTarget(t, parameter) * max(1 - hingeTarget(t, parameter) * p, <f64>0);
    default:
      return probabilitySlope(kind, p, t, parameter);
  }
}

function probabilitySlope(kind: i32, p: f64, t: f64, parameter: f64): f64 {
  switch (kind) {
    case BINARY_CROSSENTROPY:
      return isClipped(p) ? 0 : (p - t) / (p * (1 - p));
    case BINARY_CROSSENTROPY_TORCH:
      return (p - t) / max(p * (1 - p), <f64>1e-12);
    case WEIGHTED_BINARY_CROSSENTROPY:
      return isClipped(p) ? 0 : (1 - t) / (1 - p) - (parameter * t) / p;
    case WEIGHTED_BINARY_CROSSENTROPY_LOGITS:
      return (1 - t) * sigmoid(p) - parameter * t * sigmoid(-p);
    case BINARY_CROSSENTROPY_LOGITS:
      return sigmoid(p) - t;
    case CATEGORICAL_CROSSENTROPY_PLAIN:
      return isClipped(p) ? 0 : -t / p;
    case KL_DIVERGENCE:
      return p < PROBABILITY_FLOOR || p > 1 ? 0 : -floorTo1(t) / p;
    case POISSON:
      return 1 - t / (p + PROBABILITY_FLOOR);
    case KL_DIVERGENCE_LOG:
      return -t;
    case POISSON_LOG:
      return Math.exp(p) - t;
    default:
      abort();
      return 0;
  }
}
