// Statistics as records, and their results read back: these run at once, between the steps of a plan.

import { Doubles } from "../../intrinsics.ts";
import type { Backend } from "../backend.ts";
import * as opcodes from "../opcodes.ts";
import type { RecordWriter } from "./records.ts";
import type { Routines } from "./routines.ts";

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
      results.set([into.sum, into.sumAbs, into.sumSquares, into.largest, into.zeros]);
      tape.begin(opcodes.MOMENTS);
      tape.read(values);
      tape.word(values.length);
      tape.word(target);
      tape.end();
      into.count += values.length;
      [into.sum, into.sumAbs, into.sumSquares, into.largest, into.zeros] = results as unknown as [
        number,
        number,
        number,
        number,
        number,
      ];
    },
  };
}
