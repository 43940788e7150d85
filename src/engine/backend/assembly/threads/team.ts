// Threads that work on one tape: a leader opens one record after another for all, and whoever is free takes its next part.
//
// Nobody waits for anybody but the leader, and it only for parts that were taken and are not finished. Each thread has an
// instance of this module over the same memory. What they share stands in one block of it.

import {
  BINARY_GRAD,
  BINARY_GRAD_SUM,
  NORMALIZE_ROWS_GRAD,
  NORMALIZE_ROWS_SUMS,
  NORMALIZE_ROWS_X_GRAD,
  SUM,
} from "../../opcodes";
import { afterAxes } from "../tape/outerAxes";
import { address } from "../tape/record";
import { runRecord } from "../tape/run";
import { nanoseconds } from "./parts";
import { partsOf, runPart } from "./recordParts";
import { roomBytesOf } from "./windowParts";

// Where things stand in the shared block; what several threads write has a cache line of its own.
/** Lower half: the next part, or CLOSED. Upper half: a number that each opened record counts on. */
const TURN: usize = 0;
const TURN_NUMBER: usize = 4;
/** How many helpers have a part, or are about to take one. */
const BUSY: usize = 64;
const SLEEPING: usize = 128;
const LEADER_WAITS: usize = 192;
const RECORD: usize = 256;
const OPCODE: usize = 260;
const PARTS: usize = 264;
const STOPPED: usize = 268;
/** How many threads there are, the leader included; how many bytes each helper has for itself; where. */
const THREADS: usize = 272;
const ROOM_BYTES: usize = 276;
/** Whether the leader may sleep: not the thread that draws a web page. */
const MAY_WAIT: usize = 280;
/** How many helpers have come, and how many parts they took: nobody computes with these, tests look there. */
const STARTED: usize = 284;
const TAKEN: usize = 288;
const ROOMS: usize = 320;
export const MOST_HELPERS: i32 = 32;
export const TEAM_BYTES: i32 = 320 + 4 * MOST_HELPERS;

const CLOSED: i64 = 0x7fffffff;

/** Shorter work is not shared: handing it over takes its time too. */
let leastNanoseconds: f64 = 20000;

export function setLeastWork(time: f64): void {
  leastNanoseconds = time;
}

/** A helper that is awake may share work that takes only this share of that. */
const AWAKE: f64 = 0.2;

/** How often a helper looks for work before it sleeps: some 30 µs. */
const HELPER_SPINS: i32 = 15000;
const LEADER_SPINS: i32 = 15000;
/** Half a minute for a leader that may not sleep. */
const MOST_SPINS: i64 = 20000000000;
/** A part is given up after so many tenths of a second. */
const MOST_WAITS: i32 = 300;
const TENTH_OF_SECOND: i64 = 100000000;

// Whoever reads 64 bits at once reads halves that belong together.
function turnOf(team: usize): i64 {
  return atomic.load<i64>(team + TURN);
}

function partOf(turn: i64): i64 {
  return turn & 0xffffffff;
}

/** Takes the next part of the open record and runs it. Gives whether there may be more. */
function takePart(team: usize): bool {
  const turn = turnOf(team);
  const index = <i32>partOf(turn);
  const parts = load<i32>(team + PARTS);
  if (index >= parts) return false;
  if (atomic.cmpxchg<i64>(team + TURN, turn, turn + 1) === turn)
    runPart(load<i32>(team + OPCODE), load<u32>(team + RECORD), index, parts, 0);
  return true;
}

/** The same for a helper. It counts as busy before it takes a part: so the leader never overlooks one. */
function helpOnce(team: usize, room: usize): bool {
  const turn = turnOf(team);
  const index = <i32>partOf(turn);
  const parts = load<i32>(team + PARTS);
  if (index >= parts) return false;
  atomic.add<i32>(team + BUSY, 1);
  const opcode = load<i32>(team + OPCODE);
  const record = <usize>load<u32>(team + RECORD);
  // Where this succeeds, all that was read is of this turn: the leader closes it before it writes anew.
  if (atomic.cmpxchg<i64>(team + TURN, turn, turn + 1) === turn) {
    runPart(opcode, record, index, parts, room);
    atomic.add<i32>(team + TAKEN, 1);
  }
  atomic.sub<i32>(team + BUSY, 1);
  if (atomic.load<i32>(team + LEADER_WAITS) !== 0) atomic.notify(team + BUSY, 1);
  return true;
}

/** A helper's life: it works, looks for work, sleeps. Ends when the team is stopped. */
export function help(team: usize, index: i32): void {
  let idle = 0;
  atomic.add<i32>(team + STARTED, 1);
  while (atomic.load<i32>(team + STOPPED) === 0) {
    if (helpOnce(team, load<u32>(team + ROOMS + ((<usize>index) << 2)))) {
      idle = 0;
      continue;
    }
    if (++idle < HELPER_SPINS) continue;
    idle = 0;
    sleep(team);
  }
}

/** Until the next record is opened. */
function sleep(team: usize): void {
  const number = atomic.load<i32>(team + TURN_NUMBER);
  atomic.add<i32>(team + SLEEPING, 1);
  const turn = turnOf(team);
  const isIdle = <i32>partOf(turn) >= load<i32>(team + PARTS);
  if (isIdle && <i32>(turn >> 32) === number && atomic.load<i32>(team + STOPPED) === 0)
    atomic.wait<i32>(team + TURN_NUMBER, number, 10 * TENTH_OF_SECOND);
  atomic.sub<i32>(team + SLEEPING, 1);
}

/**
 * Ends what is open and waits until no helper is busy. Gives whether that came: after half a minute, tenths of a second in
 * which nothing else could be done, a helper is given up.
 */
export function settle(team: usize): bool {
  atomic.store<i64>(team + TURN, turnOf(team) | CLOSED);
  for (let spin = 0; spin < LEADER_SPINS; spin++) if (atomic.load<i32>(team + BUSY) === 0) return true;
  if (load<i32>(team + MAY_WAIT) === 0) {
    for (let spin: i64 = 0; spin < MOST_SPINS; spin++) if (atomic.load<i32>(team + BUSY) === 0) return true;
    return false;
  }
  let waits = 0;
  atomic.store<i32>(team + LEADER_WAITS, 1);
  for (let busy = atomic.load<i32>(team + BUSY); busy !== 0; busy = atomic.load<i32>(team + BUSY)) {
    const outcome = atomic.wait<i32>(team + BUSY, busy, TENTH_OF_SECOND);
    if (outcome === AtomicWaitResult.TIMED_OUT && ++waits >= MOST_WAITS) break;
  }
  atomic.store<i32>(team + LEADER_WAITS, 0);
  return waits < MOST_WAITS;
}

/** Ends every helper as soon as it has finished its part. */
export function stopTeam(team: usize): void {
  atomic.store<i32>(team + STOPPED, 1);
  // A turn without parts: whoever is about to sleep until the number changes finds that it has.
  const number = <i64>(atomic.load<i32>(team + TURN_NUMBER) + 1);
  atomic.store<i64>(team + TURN, (number << 32) | CLOSED);
  atomic.notify(team + TURN_NUMBER, MOST_HELPERS);
}

/** Throws where this thread may not sleep; else it may from now on. */
export function tryWaiting(team: usize): void {
  atomic.wait<i32>(team + BUSY, -1, 0);
  store<i32>(team + MAY_WAIT, 1);
}

function wakeHelpers(team: usize): void {
  if (atomic.load<i32>(team + SLEEPING) !== 0) atomic.notify(team + TURN_NUMBER, MOST_HELPERS);
}

/** Runs a record together. Gives whether every part was finished. */
function share(team: usize, opcode: i32, record: usize, parts: i32): bool {
  const number = <i64>(atomic.load<i32>(team + TURN_NUMBER) + 1);
  // The turn is closed: nobody reads these now and takes a part.
  store<u32>(team + RECORD, <u32>record);
  store<i32>(team + OPCODE, opcode);
  store<i32>(team + PARTS, parts);
  atomic.store<i64>(team + TURN, number << 32);
  wakeHelpers(team);
  while (takePart(team)) {}
  return settle(team);
}

function runTogetherOrAlone(team: usize, opcode: i32, record: usize, threads: i32, roomBytes: i32): bool {
  const parts = partsOf(opcode, record, threads, roomBytes, leastToShare(team, threads));
  if (parts > 1) return share(team, opcode, record, parts);
  runRecord(opcode, record);
  return true;
}

function leastToShare(team: usize, threads: i32): f64 {
  const isAnyAwake = atomic.load<i32>(team + SLEEPING) < threads - 1;
  return isAnyAwake ? AWAKE * leastNanoseconds : leastNanoseconds;
}

/** Where it is long enough to share, the gradient of x goes by rows, then those of scale and shift, which are sums over the rows, by columns. */
function normalizeRowsGrad(team: usize, record: usize, threads: i32, roomBytes: i32): bool {
  if (partsOf(NORMALIZE_ROWS_GRAD, record, threads, roomBytes, leastToShare(team, threads)) === 1) {
    runRecord(NORMALIZE_ROWS_GRAD, record);
    return true;
  }
  const hasX = address(record, 7) !== 0;
  const hasSums = address(record, 8) !== 0 || address(record, 9) !== 0;
  if (hasX && !runTogetherOrAlone(team, NORMALIZE_ROWS_X_GRAD, record, threads, roomBytes)) return false;
  return !hasSums || runTogetherOrAlone(team, NORMALIZE_ROWS_SUMS, record, threads, roomBytes);
}

/** Runs the records from `start` to `end`, sharing the long ones. Gives whether every part was finished. */
export function runShared(team: usize, start: usize, end: usize): bool {
  // A leader that was ended in the middle of a record left it open.
  if (!settle(team)) return false;
  const threads = load<i32>(team + THREADS);
  const roomBytes = load<i32>(team + ROOM_BYTES);
  // Who is awake from the start may share short records too.
  wakeHelpers(team);
  for (let record = start; record < end; record += (<usize>load<u32>(record, 4)) << 2) {
    const opcode = load<i32>(record);
    if (opcode === BINARY_GRAD_SUM) {
      // The sums need all terms: two records, the second within the first.
      if (!runTogetherOrAlone(team, BINARY_GRAD, record, threads, roomBytes)) return false;
      if (!runTogetherOrAlone(team, SUM, innerSum(record), threads, roomBytes)) return false;
    } else if (opcode === NORMALIZE_ROWS_GRAD) {
      if (!normalizeRowsGrad(team, record, threads, roomBytes)) return false;
    } else if (!runTogetherOrAlone(team, opcode, record, threads, roomBytes)) return false;
  }
  return true;
}

/** The record of sums within one of terms, made complete. */
function innerSum(record: usize): usize {
  const at = afterAxes(record, 15, 2);
  const inner = record + ((<usize>at) << 2);
  store<u32>(inner, load<u32>(record, 4) - at, 4);
  store<u32>(inner, <u32>address(record, 7), 8);
  return inner;
}

/** About how many nanoseconds the longest record takes that is worth waking helpers for; 0 where none is. */
export function longestRecord(start: usize, end: usize): f64 {
  return timeToShare(start, end, leastNanoseconds, true);
}

/** About how many nanoseconds all records take together that helpers who are awake may share. */
export function sharedTime(start: usize, end: usize): f64 {
  return timeToShare(start, end, AWAKE * leastNanoseconds, false);
}

function timeToShare(start: usize, end: usize, least: f64, isLongest: bool): f64 {
  let time: f64 = 0;
  for (let record = start; record < end; record += (<usize>load<u32>(record, 4)) << 2) {
    const opcode = load<i32>(record);
    const first = opcode === BINARY_GRAD_SUM ? BINARY_GRAD : opcode;
    if (partsOf(first, record, 2, i32.MAX_VALUE, least) > 1)
      time = isLongest ? max(time, nanoseconds) : time + nanoseconds;
  }
  return time;
}

/** How many bytes of room the records need on each thread. */
export function roomFor(start: usize, end: usize): i32 {
  let most = 0;
  for (let record = start; record < end; record += (<usize>load<u32>(record, 4)) << 2)
    most = max(most, roomBytesOf(load<i32>(record), record));
  return most;
}

/** Before a helper starts: how many threads there are, and each one's room. */
export function setThreads(team: usize, threads: i32): void {
  store<i32>(team + THREADS, threads);
}

export function setRoom(team: usize, index: i32, room: usize, bytes: i32): void {
  store<u32>(team + ROOMS + ((<usize>index) << 2), <u32>room);
  store<i32>(team + ROOM_BYTES, bytes);
}

export function prepareTeam(team: usize): void {
  memory.fill(team, 0, <usize>TEAM_BYTES);
  atomic.store<i64>(team + TURN, CLOSED);
}
