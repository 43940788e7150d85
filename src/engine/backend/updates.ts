// What the optimizers' routines of a backend work on: a parameter with a rule's memory, and the rule's settings.

import type { Floats } from "../intrinsics.ts";

/** A parameter with its gradient; a rule's memory beside them is zero at first, Adagrad's apart. All of one length. */
interface UpdateState {
  readonly values: Floats;
  readonly gradient: Floats;
}

export interface MomentumState extends UpdateState {
  readonly velocity: Floats;
}

export interface MomentumSetting {
  /** β. */
  readonly momentum: number;
  /** What a gradient counts in the velocity. */
  readonly gradientScale: number;
  /** What the velocity counts in the change. */
  readonly velocityScale: number;
  /** Nesterov's way. */
  readonly looksAhead: boolean;
}

export interface AdagradState extends UpdateState {
  /** Starts at Adagrad's initial value. */
  readonly squares: Floats;
}

export interface AdagradSetting {
  readonly epsilon: number;
  /** Whether ε stands under the root. */
  readonly isEpsilonInRoot: boolean;
  readonly rate: number;
}

export interface RmspropState extends UpdateState {
  readonly squares: Floats;
  /** `null` unless centred. */
  readonly means: Floats | null;
  /** `null` without momentum. */
  readonly velocity: Floats | null;
}

export interface RmspropSetting {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  /** Whether ε stands under the root. */
  readonly isEpsilonInRoot: boolean;
  readonly gradientScale: number;
  readonly changeScale: number;
}

export interface AdadeltaState extends UpdateState {
  readonly squares: Floats;
  /** The running mean of the squares of the changes. */
  readonly changeSquares: Floats;
}

export interface AdadeltaSetting {
  readonly rho: number;
  readonly epsilon: number;
  readonly rate: number;
}

export interface AdamState extends UpdateState {
  readonly means: Floats;
  readonly squares: Floats;
  /** `null` without AMSGrad. */
  readonly largestSquares: Floats | null;
}

export interface AdamSetting {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The step's size, with the corrections for the start at zero. */
  readonly rate: number;
  /** Whether the root of `squares` divides; it does not in RAdam's first steps. */
  readonly isAdaptive: boolean;
}

export interface AdamaxState extends UpdateState {
  readonly means: Floats;
  /** The largest |g|, fading. */
  readonly largest: Floats;
}

export interface AdamaxSetting {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Whether ε is added to |g| before the comparison, or to what divides. */
  readonly isEpsilonInLargest: boolean;
  readonly rate: number;
}

export interface NadamState extends UpdateState {
  readonly means: Floats;
  readonly squares: Floats;
}

export interface NadamSetting {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** What the gradient itself counts in the change. */
  readonly gradientRate: number;
  /** What the running mean counts in the change. */
  readonly meanRate: number;
}

export interface LionState extends UpdateState {
  readonly means: Floats;
}

export interface LionSetting {
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: number;
}
