// Lists of numbers and of rows as pictures: a grid of numbers, or a table of columns.

import { tableView, tensorView } from "../../insights/index.ts";
import type { TensorWindow } from "../../shared/views.ts";
import {
  isList,
  isObject,
  isProxy,
  isTypedArray,
  keysOf,
  type TypedArray,
  typedLength,
  valueAt,
} from "./plainReading.ts";
import type { Reading } from "./reading.ts";

type Grid = NonNullable<Reading["grid"]>;

/** So many rows or numbers of a list are copied to be drawn: the kernel is held up meanwhile. */
const mostRows = 20_000;
const mostNumbers = 2_000_000;
/** So many of a long list's elements are looked at to know what it holds. */
const mostLookedAt = 50;

export interface ListShape {
  readonly sizes: readonly number[];
  /** Whether it is (nested) lists of numbers all of one size, as far as was looked. */
  readonly isNumbers: boolean;
}

/** The shape of a list, or of lists in it. */
export function listShape(list: readonly unknown[]): ListShape {
  const first = valueAt(list, 0);
  const alike = (is: (value: unknown) => boolean) => {
    for (let place = 0; place < Math.min(list.length, mostLookedAt); place++)
      if (!is(valueAt(list, place))) return false;
    return list.length > 0;
  };
  if (alike((value) => typeof value === "number")) return { sizes: [list.length], isNumbers: true };
  if (isTypedArray(first)) {
    const length = typedLength(first);
    if (alike((value) => isTypedArray(value) && typedLength(value) === length))
      return { sizes: [list.length, length], isNumbers: true };
  }
  if (isList(first)) {
    const inner = listShape(first);
    const isSame = (value: unknown) =>
      isList(value) && (value === first || String(listShape(value).sizes) === String(inner.sizes));
    if (inner.isNumbers && alike(isSame)) return { sizes: [list.length, ...inner.sizes], isNumbers: true };
  }
  return { sizes: [list.length], isNumbers: false };
}

/** A grid of all numbers in a list, or in lists of lists. */
export function numbersGrid(list: readonly unknown[] | TypedArray, sizes: readonly number[]): Grid | null {
  const rowSize = sizes.slice(1).reduce((size, axis) => size * axis, 1);
  if (rowSize === 0 || rowSize > mostNumbers) return null;
  return (name, window) => {
    const rows = Math.min(sizes[0] ?? 0, Math.floor(mostNumbers / rowSize));
    const data = new Float64Array(rows * rowSize);
    for (let row = 0; row < rows; row++) fill(data, row * rowSize, elementOf(list, row), sizes.slice(1));
    const shown = partName(name, rows, sizes[0] ?? 0);
    return tensorView({ shape: [rows, ...sizes.slice(1)], data, name: shown }, gridLook(window));
  };
}

/** What is no number, or in a place that a ragged list lacks, is NaN. */
function fill(data: Float64Array, at: number, value: unknown, sizes: readonly number[]): void {
  const [length, ...inner] = sizes;
  if (length === undefined) {
    data[at] = typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN;
    return;
  }
  const size = inner.reduce((product, axis) => product * axis, 1);
  for (let place = 0; place < length; place++) fill(data, at + place * size, elementOf(value, place), inner);
}

function elementOf(list: unknown, place: number): unknown {
  if (isTypedArray(list)) return list[place];
  return isList(list) ? valueAt(list, place) : undefined;
}

/** A table of rows: objects, lists or single values. */
export function rowsGrid(list: readonly unknown[]): Grid | null {
  if (list.length === 0) return null;
  return (name) => {
    const rows = Array.from({ length: Math.min(list.length, mostRows) }, (_, row) => plainRow(valueAt(list, row)));
    return tableView(rows, { rows: 100 }, partName(name, rows.length, list.length));
  };
}

/** "values[0 … 1999999]": what is drawn, and counted in its heading, is the beginning of the list alone. */
function partName(name: string, count: number, length: number): string {
  return count < length ? `${name}[0 … ${count - 1}]` : name;
}

/** A copy of a row that holds no code: what would have to be computed is left out. */
function plainRow(row: unknown): unknown {
  if (!isObject(row) || typeof row === "function") return plainCell(row);
  if (isProxy(row)) return {};
  if (isList(row) || isTypedArray(row)) {
    const length = Math.min(60, isTypedArray(row) ? typedLength(row) : row.length);
    return Array.from({ length }, (_, column) => plainCell(elementOf(row, column)));
  }
  const names = keysOf(row)
    .filter((key) => typeof key === "string")
    .slice(0, 60);
  // A null prototype: a column may be called `__proto__`.
  const copy: Record<string, unknown> = Object.create(null);
  for (const name of names) copy[name] = plainCell(valueAt(row, name));
  return copy;
}

function plainCell(value: unknown): unknown {
  if (!isObject(value) || typeof value === "symbol") return typeof value === "symbol" ? "Symbol" : value;
  if (isTypedArray(value)) return Array.from({ length: typedLength(value) });
  return isList(value) ? Array.from({ length: Math.min(value.length, 1_000_000) }) : {};
}

/** A grid fills a page of its own: it holds more than a picture that is kept in a file. */
export function gridLook(window: TensorWindow | null): {
  readonly window: TensorWindow | null;
  readonly longestAxis: number;
} {
  return { window, longestAxis: 128 };
}
