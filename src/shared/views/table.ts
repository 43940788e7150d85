// The columns of a data set or of rows: what is in each, how it is spread, and the first rows themselves.

import type { ViewNumber } from "../json.ts";
import type { Sentence } from "./common.ts";

export interface TableView {
  readonly kind: "table";
  readonly version: 1;
  readonly name: string;
  readonly sentence: Sentence;
  /** All rows; the statistics are over all of them. */
  readonly rowCount: number;
  /** All columns; `columns` holds the first of them. */
  readonly columnCount: number;
  /** How many rows stand in the columns' `cells`: the first ones. */
  readonly shownRows: number;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: string;
  /** A "target" is what there is to learn. */
  readonly role: "feature" | "target" | "value";
  /** Of numbers; `null` for a column of words or classes. */
  readonly numbers: ColumnNumbers | null;
  /** Of words or classes, the most frequent first; `null` for numbers. */
  readonly words: ColumnWords | null;
  /** Values that are missing, NaN or infinite. */
  readonly missing: number;
  /** The first rows' values. */
  readonly cells: readonly (ViewNumber | { readonly word: string })[];
}

export interface ColumnNumbers {
  readonly min: ViewNumber;
  readonly mean: ViewNumber;
  readonly std: ViewNumber;
  readonly max: ViewNumber;
  /** How many values lie in each of as many equally wide bins from `min` to `max`. */
  readonly histogram: readonly number[];
  /** Whether all of them are whole: counts, years, labels. Left out by views of earlier versions. */
  readonly whole?: boolean | undefined;
}

export interface ColumnWords {
  /** How many different ones there are; `most` holds the most frequent. */
  readonly distinct: number;
  readonly most: readonly { readonly word: string; readonly count: number }[];
}
