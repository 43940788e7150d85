// Measurements as records: what is found is added to the doubles of a table.

import type { Floats } from "../../../intrinsics.ts";
import type { MeasurementRoutines } from "../../measurements.ts";
import * as opcodes from "../../opcodes.ts";
import type { RecordWriter } from "./records.ts";

export function measurementRoutines(tape: RecordWriter): MeasurementRoutines {
  /** The places of so many doubles. */
  const results = (table: Floats, place: number, count: number) => tape.update(table, 2 * place, 2 * count);
  const count = (opcode: number, values: Floats, edges: Floats, table: Floats, place: number) => {
    tape.begin(opcode);
    tape.read(values);
    tape.word(values.length);
    tape.read(edges);
    tape.word(edges.length);
    results(table, place, edges.length + 1);
    tape.end();
  };
  return {
    measureNumbers(values, table, place) {
      tape.begin(opcodes.MEASURE_NUMBERS);
      tape.read(values);
      tape.word(values.length);
      results(table, place, 6);
      tape.end();
    },
    measureSpread(values, table, place) {
      tape.begin(opcodes.MEASURE_SPREAD);
      tape.read(values);
      tape.word(values.length);
      results(table, place, 3);
      tape.end();
    },
    measureOutput(values, { below, above, low, high }, table, place) {
      tape.begin(opcodes.MEASURE_OUTPUT);
      tape.read(values);
      tape.word(values.length);
      results(table, place, 5);
      for (const bound of [below, above, low, high]) tape.real(bound);
      tape.end();
    },
    measureUpdate(values, before, table, place) {
      tape.begin(opcodes.MEASURE_UPDATE);
      tape.read(values);
      tape.read(before);
      tape.word(values.length);
      results(table, place, 5);
      tape.end();
    },
    measuredStep(gradient, values, factor, table, place) {
      tape.begin(opcodes.MEASURED_STEP);
      tape.read(gradient);
      tape.update(values);
      tape.word(values.length);
      tape.read(factor, 0, 2);
      results(table, place, 5);
      tape.end();
    },
    measureFlat(values, { below, above, low, high }, table, place) {
      tape.begin(opcodes.MEASURE_FLAT);
      tape.read(values);
      tape.word(values.length);
      results(table, place, 2);
      for (const bound of [below, above, low, high]) tape.real(bound);
      tape.end();
    },
    measureZeroColumns(values, width, table, place) {
      tape.begin(opcodes.MEASURE_ZERO_COLUMNS);
      tape.read(values);
      tape.word(values.length);
      tape.word(width);
      results(table, place, 2);
      tape.end();
    },
    countMagnitudes: (values, edges, table, place) => count(opcodes.COUNT_MAGNITUDES, values, edges, table, place),
    countValues: (values, edges, table, place) => count(opcodes.COUNT_VALUES, values, edges, table, place),
    keepRow(table, rows, place) {
      tape.begin(opcodes.KEEP_ROW);
      tape.read(table);
      tape.word(table.length);
      tape.update(rows);
      tape.read(place, 0, 2);
      tape.end();
    },
  };
}
