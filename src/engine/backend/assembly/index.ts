// The entry of the WebAssembly routines: runs a tape, record after record.

import { runArrangeRoutine } from "./arrange";
import { runArrayRoutine } from "./arrays";
import { runElementwiseRoutine } from "./elementwise";
import { runLossRoutine } from "./losses";
import { runNormalizationRoutine } from "./normalization";
import { runRandomnessRoutine } from "./randomness";
import { runReductionRoutine } from "./reductions";
import { runStatisticsRoutine } from "./statistics";
import { runUpdateRoutine } from "./updates";
import { runWindowRoutine } from "./windows";

export { SCRATCH_BYTES, setScratch } from "./packing";

/** Runs the records from `start` (an address) up to `end`. */
export function run(start: usize, end: usize): void {
  for (let record = start; record < end; record += (<usize>load<u32>(record, 4)) << 2) runRecord(record);
}

/** Each family of 64 routines has a file that knows its own. */
function runRecord(record: usize): void {
  const opcode = load<i32>(record);
  switch (opcode >> 6) {
    case 0:
      runArrayRoutine(opcode, record);
      break;
    case 1:
      runElementwiseRoutine(opcode, record);
      break;
    case 2:
      runArrangeRoutine(opcode, record);
      break;
    case 3:
      runReductionRoutine(opcode, record);
      break;
    case 4:
      runLossRoutine(opcode, record);
      break;
    case 5:
      runUpdateRoutine(opcode, record);
      break;
    case 6:
      runStatisticsRoutine(opcode, record);
      break;
    case 7:
      runWindowRoutine(opcode, record);
      break;
    case 8:
      runNormalizationRoutine(opcode, record);
      break;
    case 9:
      runRandomnessRoutine(opcode, record);
      break;
    default:
      abort();
  }
}

/** Where the memory is free: below are the routines' own constants. */
export function firstFreeAddress(): usize {
  return __heap_base;
}
