// One column in a few numbers: its range and spread with a histogram, or its words and how often each comes.

import { toViewNumber, type ViewNumber } from "../../shared/json.ts";
import { shortDigits } from "../../shared/numbers.ts";
import type { ColumnNumbers, ColumnWords, TableColumn } from "../../shared/views.ts";
import type { SourceColumn } from "./tableSource.ts";

const binCount = 24;
const mostWords = 12;
const longestWord = 40;
/** As many as the largest whole number that is exact has. */
const wholeDigits = 16;

/** The column over all `rowCount` rows, with the first `shownRows` values. */
export function tableColumn({ name, role, at: given }: SourceColumn, rowCount: number, shownRows: number): TableColumn {
  const at = (row: number) => numeric(given(row));
  const isNumbers = isOfNumbers(at, rowCount);
  return {
    name: shortened(name),
    role,
    numbers: isNumbers ? columnNumbers(at, rowCount) : null,
    words: isNumbers ? null : columnWords(at, rowCount),
    missing: countOf(rowCount, (row) => isMissing(at(row))),
    cells: Array.from({ length: shownRows }, (_, row) => cellOf(at(row))),
  };
}

function cellOf(value: unknown): TableColumn["cells"][number] {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? shortOrWhole(value) : { word: wordOf(value) };
}

/** Whole numbers to their last digit: keys, amounts and times would else be the same as their neighbours. */
function shortOrWhole(value: number): ViewNumber {
  return toViewNumber(value, Number.isSafeInteger(value) ? wholeDigits : shortDigits(value));
}

/** A `bigint` is a number like others. */
function numeric(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

/** Whether nothing else than numbers is in a column: a word among them must not be lost. */
function isOfNumbers(at: SourceColumn["at"], rowCount: number): boolean {
  for (let row = 0; row < rowCount; row++) if (typeof at(row) !== "number" && !isMissing(at(row))) return false;
  return true;
}

function isMissing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (typeof value === "number" && !Number.isFinite(value))
  );
}

function columnNumbers(at: SourceColumn["at"], rowCount: number): ColumnNumbers {
  const numbers: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const value = at(row);
    if (typeof value === "number" && Number.isFinite(value)) numbers.push(value);
  }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, numbers.length);
  const min = numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (numbers.length === 0) return { min: null, mean: null, std: null, max: null, histogram: [] };
  const whole = numbers.every(Number.isInteger);
  const end = (value: number) => (whole ? shortOrWhole(value) : toViewNumber(value));
  return {
    min: end(min),
    mean: toViewNumber(mean),
    std: toViewNumber(Math.sqrt(variance)),
    max: end(max),
    histogram: histogramOf(numbers, min, max),
    ...(whole ? { whole } : {}),
  };
}

/** Whole numbers in a small range get a bin each, all others 24 equally wide ones. */
function histogramOf(numbers: readonly number[], min: number, max: number): readonly number[] {
  const span = max - min;
  if (span === 0) return [numbers.length];
  const bins = span < binCount && numbers.every(Number.isInteger) ? span + 1 : binCount;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of numbers) {
    const bin = Math.min(bins - 1, Math.floor(((value - min) / span) * (bins === span + 1 ? bins - 1 : bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function columnWords(at: SourceColumn["at"], rowCount: number): ColumnWords {
  const counts = new Map<string, number>();
  for (let row = 0; row < rowCount; row++) {
    const value = at(row);
    if (!isMissing(value)) counts.set(wordOf(value), (counts.get(wordOf(value)) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, left], [, right]) => right - left);
  return { distinct: counts.size, most: sorted.slice(0, mostWords).map(([word, count]) => ({ word, count })) };
}

function wordOf(value: unknown): string {
  if (value instanceof Date) return dateText(value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? `[${value.length}]` : "{…}";
  return shortened(String(value));
}

/** A day where it is no more than that: "2026-11-29", else with its time (UTC). */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return String(date);
  const [day = "", time = ""] = date.toISOString().split("T");
  return time === "00:00:00.000Z" ? day : `${day} ${time.replace(/(:00)?\.000Z$/, "").replace(/Z$/, "")}`;
}

function shortened(text: string): string {
  return text.length <= longestWord ? text : `${text.slice(0, longestWord - 1)}…`;
}

function countOf(rowCount: number, is: (row: number) => boolean): number {
  let total = 0;
  for (let row = 0; row < rowCount; row++) if (is(row)) total++;
  return total;
}
