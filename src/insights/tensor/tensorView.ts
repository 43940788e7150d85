// A tensor as a grid of its last two axes, at some places of the others. Long axes are thinned evenly, and the view says to which rows and columns.

import { toViewNumber } from "../../shared/json.ts";
import { shortDigits } from "../../shared/numbers.ts";
import type { TensorPage, TensorView, TensorWindow } from "../../shared/views.ts";

/** A view is kept in the file: 12 pages of 32 × 32 numbers of four to six digits stay below 130 KB. */
const fileAxis = 32;
const mostPages = 12;
/** Where more rows and columns are kept there are fewer pages. */
const mostNumbers = 65_536;
/** What a window shows: as many numbers as are read rather than looked at. */
const windowRows = 24;
const windowColumns = 12;

/** What is drawn: a tensor, or numbers with a shape. */
export interface ShapedNumbers {
  readonly shape: readonly number[];
  /** In row-major order. */
  readonly data: ArrayLike<number>;
  /** What it is called; `null` for nothing. */
  readonly name?: string | null;
}

/** What is to be seen of a tensor. */
export interface TensorLook {
  /** A part of it, number by number; `null` for all of it, thinned where it is large. */
  readonly window?: TensorWindow | null;
  /** So many rows and columns are kept at most; 32 by default, which suits a file. */
  readonly longestAxis?: number;
}

/** The view of a tensor, or of numbers with a shape. */
export function tensorView(numbers: ShapedNumbers, look: TensorLook = {}): TensorView {
  const { shape, data, name = null } = numbers;
  const { window = null, longestAxis = fileAxis } = look;
  const height = shape.at(-2) ?? 1;
  const width = shape.at(-1) ?? 1;
  const leading = shape.slice(0, -2);
  const pageCount = height * width === 0 ? 0 : data.length / (height * width);
  const rows = window === null ? evenly(height, longestAxis) : following(window.row, height, windowRows);
  const columns = window === null ? evenly(width, longestAxis) : following(window.column, width, windowColumns);
  const pagesKept = Math.max(
    1,
    Math.min(mostPages, Math.floor(mostNumbers / Math.max(1, rows.length * columns.length))),
  );
  const page = (index: number): TensorPage => ({
    place: placeOf(index, leading),
    values: rows.flatMap((row) =>
      columns.map((column) => {
        const value = data[(index * height + row) * width + column];
        return toViewNumber(value, shortDigits(value ?? 0));
      }),
    ),
  });
  return {
    kind: "tensor",
    version: 1,
    name,
    shape: [...shape],
    ...rangeOf(data),
    rows,
    columns,
    pages: (window === null ? evenly(pageCount, pagesKept) : following(window.page, pageCount, 1)).map(page),
    pageCount,
  };
}

/** At most `most` of the numbers from 0 to `length` − 1, evenly apart, first and last among them. */
export function evenly(length: number, most: number): readonly number[] {
  if (length <= most) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (length - 1)) / (most - 1)));
}

/** `most` of the numbers below `length`, from `start` on; the last ones where the start is beyond them. */
function following(start: number, length: number, most: number): readonly number[] {
  const from = Math.max(0, Math.min(start, length - most));
  return Array.from({ length: Math.min(most, length) }, (_, index) => from + index);
}

/** The place of page `index` on the axes before the last two. */
function placeOf(index: number, axes: readonly number[]): readonly number[] {
  const place: number[] = [];
  for (let rest = index, axis = axes.length - 1; axis >= 0; axis--) {
    const size = axes[axis] ?? 1;
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}

function rangeOf(data: ArrayLike<number>): Pick<TensorView, "min" | "mean" | "std" | "max" | "zeros" | "notFinite"> {
  let [min, max, sum, squares, zeros, finite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, 0];
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    if (value === 0) zeros++;
    finite++;
  }
  const mean = sum / finite;
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  const known = (value: number) => (finite === 0 ? null : toViewNumber(value));
  return {
    min: known(min),
    mean: known(mean),
    std: known(Math.sqrt(squares / finite)),
    max: known(max),
    zeros,
    notFinite: data.length - finite,
  };
}
