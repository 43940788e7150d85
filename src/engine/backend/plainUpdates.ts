// The optimizers' routines of the plain backend: each changes a parameter's values in place, and its memory with them.

import { maths } from "../intrinsics.ts";
import type {
  AdamSetting,
  AdamState,
  MomentumSetting,
  MomentumState,
  RmspropSetting,
  RmspropState,
} from "./backend.ts";

const { max, sqrt } = maths;

/** m = βm + a·g; p += b·m, looking ahead: p += b·(βm + a·g). */
export function momentumUpdate(
  { values, gradient, velocity }: MomentumState,
  { momentum, gradientScale, velocityScale, looksAhead }: MomentumSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const push = gradientScale * (gradient[index] as number);
    const m = momentum * (velocity[index] as number) + push;
    velocity[index] = m;
    values[index] = (values[index] as number) + velocityScale * (looksAhead ? momentum * m + push : m);
  }
}

/** v = ρv + (1 − ρ)g², centred: a = ρa + (1 − ρ)g and v − a² instead of v; d = a·g / √(v + ε) or a·g / (√v + ε), m = βm + d, p −= b·m. */
export function rmspropUpdate(
  { values, gradient, squares, means, velocity }: RmspropState,
  { rho, momentum, epsilon, isEpsilonInRoot, gradientScale, changeScale }: RmspropSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    let v = rho * (squares[index] as number) + (1 - rho) * g * g;
    squares[index] = v;
    if (means !== null) {
      const mean = rho * (means[index] as number) + (1 - rho) * g;
      means[index] = mean;
      // Rounding can take the variance below zero where the gradient hardly changes.
      v = max(0, v - mean * mean);
    }
    let change = (gradientScale * g) / (isEpsilonInRoot ? sqrt(v + epsilon) : sqrt(v) + epsilon);
    if (velocity !== null) {
      change += momentum * (velocity[index] as number);
      velocity[index] = change;
    }
    values[index] = (values[index] as number) - changeScale * change;
  }
}

/** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p −= rate · m / (√v + ε); AMSGrad: the largest v so far. */
export function adamUpdate(
  { values, gradient, means, squares, largestSquares }: AdamState,
  { beta1, beta2, epsilon, rate }: AdamSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    const m = beta1 * (means[index] as number) + (1 - beta1) * g;
    let v = beta2 * (squares[index] as number) + (1 - beta2) * g * g;
    means[index] = m;
    squares[index] = v;
    if (largestSquares !== null) {
      v = max(v, largestSquares[index] as number);
      largestSquares[index] = v;
    }
    values[index] = (values[index] as number) - (rate * m) / (sqrt(v) + epsilon);
  }
}
