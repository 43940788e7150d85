// The optimizers' routines of the plain backend: each changes a parameter's values in place, and its memory with them.

import { maths } from "../intrinsics.ts";
import type {
  AdadeltaSetting,
  AdadeltaState,
  AdagradSetting,
  AdagradState,
  AdamaxSetting,
  AdamaxState,
  AdamSetting,
  AdamState,
  LionSetting,
  LionState,
  MomentumSetting,
  MomentumState,
  NadamSetting,
  NadamState,
  RmspropSetting,
  RmspropState,
} from "./updates.ts";

const { abs, max, sign, sqrt } = maths;

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

/** s = s + g²; p −= rate · g / √(s + ε) or rate · g / (√s + ε). */
export function adagradUpdate(
  { values, gradient, squares }: AdagradState,
  { epsilon, isEpsilonInRoot, rate }: AdagradSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    const s = (squares[index] as number) + g * g;
    squares[index] = s;
    values[index] = (values[index] as number) - (rate * g) / (isEpsilonInRoot ? sqrt(s + epsilon) : sqrt(s) + epsilon);
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

/** v = ρv + (1 − ρ)g², d = g · √(u + ε) / √(v + ε), u = ρu + (1 − ρ)d²; p −= rate · d. */
export function adadeltaUpdate(
  { values, gradient, squares, changeSquares }: AdadeltaState,
  { rho, epsilon, rate }: AdadeltaSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    const v = rho * (squares[index] as number) + (1 - rho) * g * g;
    const u = changeSquares[index] as number;
    const change = g * sqrt((u + epsilon) / (v + epsilon));
    squares[index] = v;
    changeSquares[index] = rho * u + (1 - rho) * change * change;
    values[index] = (values[index] as number) - rate * change;
  }
}

/** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p −= rate · m / (√v + ε); AMSGrad: the largest v so far; not adaptive: p −= rate · m. */
export function adamUpdate(
  { values, gradient, means, squares, largestSquares }: AdamState,
  { beta1, beta2, epsilon, rate, isAdaptive }: AdamSetting,
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
    values[index] = (values[index] as number) - (rate * m) / (isAdaptive ? sqrt(v) + epsilon : 1);
  }
}

/** m = β₁m + (1 − β₁)g, u = max(β₂u, |g|), p −= rate · m / (u + ε); or u = max(β₂u, |g| + ε), p −= rate · m / u. */
export function adamaxUpdate(
  { values, gradient, means, largest }: AdamaxState,
  { beta1, beta2, epsilon, isEpsilonInLargest, rate }: AdamaxSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    const m = beta1 * (means[index] as number) + (1 - beta1) * g;
    const u = max(beta2 * (largest[index] as number), isEpsilonInLargest ? abs(g) + epsilon : abs(g));
    means[index] = m;
    largest[index] = u;
    values[index] = (values[index] as number) - (rate * m) / (isEpsilonInLargest ? u : u + epsilon);
  }
}

/** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p −= (a·g + b·m) / (√v + ε). */
export function nadamUpdate(
  { values, gradient, means, squares }: NadamState,
  { beta1, beta2, epsilon, gradientRate, meanRate }: NadamSetting,
): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    const m = beta1 * (means[index] as number) + (1 - beta1) * g;
    const v = beta2 * (squares[index] as number) + (1 - beta2) * g * g;
    means[index] = m;
    squares[index] = v;
    values[index] = (values[index] as number) - (gradientRate * g + meanRate * m) / (sqrt(v) + epsilon);
  }
}

/** p −= rate · sign(β₁m + (1 − β₁)g), then m = β₂m + (1 − β₂)g. */
export function lionUpdate({ values, gradient, means }: LionState, { beta1, beta2, rate }: LionSetting): void {
  for (let index = 0; index < values.length; index++) {
    const g = gradient[index] as number;
    const m = means[index] as number;
    values[index] = (values[index] as number) - rate * sign(beta1 * m + (1 - beta1) * g);
    means[index] = beta2 * m + (1 - beta2) * g;
  }
}
