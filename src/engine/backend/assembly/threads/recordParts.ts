// A record in parts for several threads: how many are worth it, and one of them run as a record of its own.

import { partRecord } from "../products/packing";
import { runRecord } from "../tape/run";
import { measureArrays, narrowArrays } from "./arrayParts";
import { measure, nanoseconds, units } from "./parts";
import {
  measureLosses,
  measureNormalization,
  measureRandomness,
  measureReductions,
  measureUpdate,
  narrowLosses,
  narrowNormalization,
  narrowRandomness,
  narrowReductions,
  narrowUpdate,
} from "./rowParts";
import { measureWindows, moveRoom, narrowWindows, roomBytesOf } from "./windowParts";

/** How long a part should take, of the shortest work that is shared. */
const LEAST_PART: f64 = 0.4;
const PARTS_PER_THREAD: i32 = 4;

/** Into how many parts a record is split for so many threads: 1 when it is too short for that. */
export function partsOf(opcode: i32, record: usize, threads: i32, roomBytes: i32, least: f64): i32 {
  measureRecord(opcode, record);
  if (nanoseconds < least || units < 2) return 1;
  if (roomBytesOf(opcode, record) > roomBytes) return 1;
  const most = <i32>min(nanoseconds / (LEAST_PART * least), <f64>(threads * PARTS_PER_THREAD));
  return min(most, units);
}

/** Runs one part of a record, as a record of its own; in a helper's own room. */
export function runPart(opcode: i32, record: usize, index: i32, parts: i32, room: usize): void {
  measureRecord(opcode, record);
  const first = <i32>((<i64>units * <i64>index) / <i64>parts);
  const end = <i32>((<i64>units * <i64>(index + 1)) / <i64>parts);
  memory.copy(partRecord, record, (<usize>load<u32>(record, 4)) << 2);
  store<i32>(partRecord, opcode);
  narrowRecord(opcode, partRecord, first, end - first);
  if (room !== 0) moveRoom(opcode, partRecord, room);
  runRecord(opcode, partRecord);
}

function measureRecord(opcode: i32, record: usize): void {
  switch (opcode >> 6) {
    case 0:
    case 1:
    case 2:
      measureArrays(opcode, record);
      break;
    case 3:
      measureReductions(opcode, record);
      break;
    case 4:
      measureLosses(opcode, record);
      break;
    case 5:
      measureUpdate(record);
      break;
    case 7:
      measureWindows(opcode, record);
      break;
    case 8:
      measureNormalization(opcode, record);
      break;
    case 9:
      measureRandomness(opcode, record);
      break;
    default:
      measure(1, 0);
  }
}

function narrowRecord(opcode: i32, part: usize, first: i32, count: i32): void {
  switch (opcode >> 6) {
    case 0:
    case 1:
    case 2:
      narrowArrays(opcode, part, first, count);
      break;
    case 3:
      narrowReductions(opcode, part, first, count);
      break;
    case 4:
      narrowLosses(part, first, count);
      break;
    case 5:
      narrowUpdate(opcode, part, first, count);
      break;
    case 7:
      narrowWindows(opcode, part, first, count);
      break;
    case 8:
      narrowNormalization(opcode, part, first, count);
      break;
    case 9:
      narrowRandomness(opcode, part, first, count);
      break;
    default:
      abort();
  }
}
