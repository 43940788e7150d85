// Routines that move weights to where a constraint allows them.

import type { Floats } from "../intrinsics.ts";
import type { ReductionWalk } from "./backend.ts";

export interface ConstraintRoutines {
  /** Sets negative numbers to 0. */
  clipNegative(values: Floats): void;
  /**
   * Scales each vector (the numbers of `values`, row-major in `walk.shape`, that share a place by `walk.outputStrides`) so
   * that its length moves to the nearest one from `smallest` to `largest`, by the share `rate` of the way. Lengths are
   * found in double precision, plus 1e-7, so that a vector of zeros stays.
   */
  limitLengths(values: Floats, walk: ReductionWalk, setting: LengthSetting): void;
}

export interface LengthSetting {
  /** How many vectors there are. */
  readonly count: number;
  readonly smallest: number;
  readonly largest: number;
  readonly rate: number;
}
