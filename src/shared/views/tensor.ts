// The numbers of a tensor as a grid: small ones number by number, large ones as a heat map of some of their rows and columns.

import type { ViewNumber } from "../json.ts";

export interface TensorView {
  readonly kind: "tensor";
  readonly version: 1;
  /** What it is called, where it has a name ("kernel"). */
  readonly name: string | null;
  readonly shape: readonly number[];
  /** Over all numbers that are finite. */
  readonly min: ViewNumber;
  readonly mean: ViewNumber;
  readonly std: ViewNumber;
  readonly max: ViewNumber;
  readonly zeros: number;
  /** How many are NaN or infinite. */
  readonly notFinite: number;
  /** Which rows and columns (of the last two axes) are shown, counted from 0; a vector is one row. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The shown places of the axes before the last two; one without place where there are none. */
  readonly pages: readonly TensorPage[];
  /** How many such places there are. */
  readonly pageCount: number;
}

export interface TensorPage {
  /** Where on the axes before the last two. */
  readonly place: readonly number[];
  /** Row by row, as many as `rows` times `columns`. */
  readonly values: readonly ViewNumber[];
}

/** A part of a tensor, shown number by number from these places on: of the axes before the last two (as one), and of the last two. */
export interface TensorWindow {
  readonly page: number;
  readonly row: number;
  readonly column: number;
}
