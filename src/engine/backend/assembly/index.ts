// The entry of the WebAssembly routines: runs a tape, record after record, alone or together with other threads.

import { runRecord } from "./tape/run";

export { SCRATCH_BYTES, setScratch } from "./products/packing";
export {
  help,
  longestRecord,
  MOST_HELPERS,
  prepareTeam,
  roomFor,
  runShared,
  setLeastWork,
  setRoom,
  setThreads,
  settle,
  sharedTime,
  stopTeam,
  TEAM_BYTES,
  tryWaiting,
} from "./threads/team";

/** Runs the records from `start` (an address) up to `end`. */
export function run(start: usize, end: usize): void {
  for (let record = start; record < end; record += (<usize>load<u32>(record, 4)) << 2)
    runRecord(load<i32>(record), record);
}

/** Where the memory is free: below are the routines' own constants. */
export function firstFreeAddress(): usize {
  return __heap_base;
}
