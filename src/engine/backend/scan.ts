// Routines that run along an axis, and those that add picked rows.

import type { Floats } from "../intrinsics.ts";
import type { AxisSizes } from "./backend.ts";

export interface ScanRoutines {
  /** `output += running sums of input` along the middle axis, from its end backwards if `isReverse`. Sums in double. */
  addRunningSums(input: Floats, output: Floats, sizes: AxisSizes, isReverse: boolean): void;
  /** `output[row] += table[ids[row]]` for rows of `width` numbers. */
  addRows(table: Floats, ids: Floats, output: Floats, width: number): void;
}
