// Statistics as records, and their results read back: these run at once, between the steps of a plan.

import { Doubles } from "../../../intrinsics.ts";
import type { Backend } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import type { Routines } from "../module/routines.ts";
import type { RecordWriter } from "./records.ts";

const resultNumbers = 8;

export function statisticsRoutines(
  tape: RecordWriter,
  { memory }: Routines,
): Pick<Backend, "areFinite" | "addMoments"> {
  const target = memory.allocate(8 * resultNumbers);
  const results = new Doubles(memory.buffer, target, resultNumbers);
  const result = () => results[0] ?? Number.NaN;
  return {
    areFinite(values) {
      tape.begin(opcodes.ARE_FINITE);
      tape.read(values);
      tape.word(values.length);
      tape.word(target);
      tape.end();
      return result() === 1;
    },
    addMoments(values, into) {
      results[0] = into.sum;
      results[1] = into.sumAbs;
      results[2] = into.sumSquares;
      results[3] = into.largest;
      results[4] = into.zeros;
      tape.begin(opcodes.MOMENTS);
      tape.read(values);
      tape.word(values.length);
      tape.word(target);
      tape.end();
      into.count += values.length;
      into.sum = results[0] as number;
      into.sumAbs = results[1] as number;
      into.sumSquares = results[2] as number;
      into.largest = results[3] as number;
      into.zeros = results[4] as number;
    },
  };
}
