// Measuring: what a training wants to know of its numbers, added up in double precision in a table that stands beside them.

import type { Floats } from "../intrinsics.ts";

/**
 * Where an activation's slope is next to nothing: `x ≤ below`, `x ≥ above`, or `low ≤ x ≤ high`. A NaN stands for a part
 * that is not there.
 */
export interface FlatRegions {
  readonly below: number;
  readonly above: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Each routine reads its numbers once and adds what it found to the doubles of `table` from `place` on. A table is an array of
 * twice as many floats: the memory of its doubles (see `doublesOf`). So measuring can be recorded like any other call.
 */
export interface MeasurementRoutines {
  /** Adds six: how many numbers, Σx, Σ|x|, Σx², the largest |x| (not added: the larger stays, and NaN when one is), zeros. */
  measureNumbers(values: Floats, table: Floats, place: number): void;
  /** Adds three: how many numbers, Σx, Σx². */
  measureSpread(values: Floats, table: Floats, place: number): void;
  /** Adds five: how many numbers, Σx, Σx², how many numbers once more, how many of them lie in the regions. */
  measureOutput(values: Floats, regions: FlatRegions, table: Floats, place: number): void;
  /** Adds five: how many weights, Σx and Σx² as they were before, Σ(new − before)², how many weights once more. */
  measureUpdate(values: Floats, before: Floats, table: Floats, place: number): void;
  /** `values += factor · gradient`, the factor being the double in an array of two; adds what `measureUpdate` adds of that. */
  measuredStep(gradient: Floats, values: Floats, factor: Floats, table: Floats, place: number): void;
  /** Adds two: how many numbers, how many of them lie in the regions. */
  measureFlat(values: Floats, regions: FlatRegions, table: Floats, place: number): void;
  /** Adds two: how many columns of a matrix with rows of `width` numbers, how many of them hold nothing but zeros. */
  measureZeroColumns(values: Floats, width: number, table: Floats, place: number): void;
  /** Adds one more than there are edges (ascending, above 0): how many |x| lie below the first, from one to the next, from the last on. Zeros and NaN are not counted. */
  countMagnitudes(values: Floats, edges: Floats, table: Floats, place: number): void;
  /** The same of x itself, zeros too. NaN is not counted. */
  countValues(values: Floats, edges: Floats, table: Floats, place: number): void;
  /** Copies the table into `rows`, which are as long as tables: to the row (from 0) that the double in `place`, an array of two, says. */
  keepRow(table: Floats, rows: Floats, place: Floats): void;
}
