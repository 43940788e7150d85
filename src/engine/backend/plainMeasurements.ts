// The measurements of the plain backend: sums in double precision, one number after the other.

import { Doubles, Floats } from "../intrinsics.ts";
import type { MeasurementRoutines } from "./measurements.ts";

/** The doubles of a table. */
export function doublesOf(table: Floats): Doubles<ArrayBufferLike> {
  return new Doubles(table.buffer, table.byteOffset, table.length >> 1);
}

export const plainMeasurements: MeasurementRoutines = {
  measureNumbers(values, table, place) {
    const results = doublesOf(table);
    let [sum, sumAbs, sumSquares, zeros] = [0, 0, 0, 0];
    let largest = results[place + 4] as number;
    for (let index = 0; index < values.length; index++) {
      const entry = values[index] as number;
      const magnitude = entry < 0 ? -entry : entry;
      sum += entry;
      sumAbs += magnitude;
      sumSquares += entry * entry;
      if (magnitude > largest) largest = magnitude;
      if (entry === 0) zeros++;
    }
    addTo(results, place, values.length, sum, sumAbs, sumSquares);
    results[place + 4] = Number.isNaN(sumAbs) ? Number.NaN : largest;
    addTo(results, place + 5, zeros);
  },
  measureSpread(values, table, place) {
    let [sum, sumSquares] = [0, 0];
    for (let index = 0; index < values.length; index++) {
      const entry = values[index] as number;
      sum += entry;
      sumSquares += entry * entry;
    }
    addTo(doublesOf(table), place, values.length, sum, sumSquares);
  },
  measureOutput(values, regions, table, place) {
    plainMeasurements.measureSpread(values, table, place);
    plainMeasurements.measureFlat(values, regions, table, place + 3);
  },
  measureUpdate(values, before, table, place) {
    let [sum, sumSquares, moved] = [0, 0, 0];
    for (let index = 0; index < values.length; index++) {
      const entry = before[index] as number;
      const change = (values[index] as number) - entry;
      sum += entry;
      sumSquares += entry * entry;
      moved += change * change;
    }
    addTo(doublesOf(table), place, values.length, sum, sumSquares, moved, values.length);
  },
  measuredStep(gradient, values, factors, table, place) {
    const [factor = 0] = doublesOf(factors);
    const before = new Floats(values);
    for (let index = 0; index < values.length; index++)
      values[index] = (values[index] as number) + factor * (gradient[index] as number);
    plainMeasurements.measureUpdate(values, before, table, place);
  },
  measureFlat(values, { below, above, low, high }, table, place) {
    let count = 0;
    for (let index = 0; index < values.length; index++) {
      const x = values[index] as number;
      if (x <= below || x >= above || (x >= low && x <= high)) count++;
    }
    addTo(doublesOf(table), place, values.length, count);
  },
  measureZeroColumns(values, width, table, place) {
    let count = 0;
    for (let column = 0; column < width; column++) {
      let at = column;
      while (at < values.length && values[at] === 0) at += width;
      if (at >= values.length) count++;
    }
    addTo(doublesOf(table), place, width, count);
  },
  countMagnitudes(values, edges, table, place) {
    const results = doublesOf(table);
    for (let index = 0; index < values.length; index++) {
      const entry = values[index] as number;
      if (entry !== 0 && !Number.isNaN(entry)) addTo(results, place + binOf(entry < 0 ? -entry : entry, edges), 1);
    }
  },
  countValues(values, edges, table, place) {
    const results = doublesOf(table);
    for (let index = 0; index < values.length; index++) {
      const entry = values[index] as number;
      if (!Number.isNaN(entry)) addTo(results, place + binOf(entry, edges), 1);
    }
  },
  keepRow(table, rows, place) {
    const [row = 0] = doublesOf(place);
    doublesOf(rows).set(doublesOf(table), (row * table.length) >> 1);
  },
};

function addTo(results: Doubles<ArrayBufferLike>, place: number, ...found: readonly number[]): void {
  found.forEach((value, index) => {
    results[place + index] = (results[place + index] as number) + value;
  });
}

/** How many edges are not above the number. */
function binOf(value: number, edges: Floats): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= (edges[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
