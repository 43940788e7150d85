// The threads that work on one memory: starts helpers when the first long record is to run, and shares its parts with them.

import { engineHost } from "../../../host.ts";
import { maths } from "../../../intrinsics.ts";
import { leastSharedWork, mostThreads } from "../../threads.ts";
import type { SimdMemory } from "../module/memory.ts";
import type { WasmMemory, WasmModule } from "../module/webAssembly.ts";

export interface TeamExports {
  readonly SCRATCH_BYTES: { readonly value: number };
  readonly TEAM_BYTES: { readonly value: number };
  readonly MOST_HELPERS: { readonly value: number };
  prepareTeam(team: number): void;
  tryWaiting(team: number): void;
  setLeastWork(nanoseconds: number): void;
  setThreads(team: number, threads: number): void;
  setRoom(team: number, index: number, room: number, bytes: number): void;
  settle(team: number): number;
  stopTeam(team: number): void;
  runShared(team: number, start: number, end: number): number;
  longestRecord(start: number, end: number): number;
  sharedTime(start: number, end: number): number;
  roomFor(start: number, end: number): number;
}

interface Helper {
  readonly scratch: number;
  room: number | null;
  readonly end: () => void;
}

/** Short records are worth waking helpers for when so many times the time of a long one can be shared. */
const leastLongRecords = 5;

/** The helpers of one memory. */
export class Team {
  readonly #routines: TeamExports;
  readonly #module: WasmModule;
  readonly #wasmMemory: WasmMemory;
  readonly #memory: SimdMemory;
  #helpers: Helper[] = [];
  #block: number | null = null;
  #roomBytes = 0;
  /** For how many threads the team was put together. */
  #threads = 1;
  /** A helper was lost in the middle of its work: what it does from then on cannot be known. */
  #isBroken = false;
  #isRunning = false;

  constructor(routines: TeamExports, module: WasmModule, wasmMemory: WasmMemory, memory: SimdMemory) {
    this.#routines = routines;
    this.#module = module;
    this.#wasmMemory = wasmMemory;
    this.#memory = memory;
  }

  /** Whether there are helpers, or should be. */
  get isWanted(): boolean {
    return mostThreads() !== 1 || this.#helpers.length > 0;
  }

  /** About how many nanoseconds the longest record between two addresses takes that is worth sharing; 0 where none is. */
  longestRecord(start: number, end: number): number {
    this.#routines.setLeastWork(leastSharedWork());
    return this.#routines.longestRecord(start, end);
  }

  /** Whether helpers may gain something on a tape: long records, or many of those that can be shared by who is awake. */
  isWorthSharing(start: number, end: number): boolean {
    if (this.longestRecord(start, end) > 0) return true;
    return this.#routines.sharedTime(start, end) > leastLongRecords * leastSharedWork();
  }

  /** Sees to it that there are as many helpers as wanted, with room for the records. Gives whether there are any. */
  isReadyFor(start: number, end: number): boolean {
    if (this.#isBroken) return false;
    if (this.#threads !== mostThreads()) this.#gather(mostThreads());
    if (this.#helpers.length === 0) return false;
    this.#makeRoom(this.#routines.roomFor(start, end));
    return true;
  }

  /** Runs the records with the helpers. @throws RangeError when one of them does not finish what it took. */
  run(start: number, end: number): void {
    if (this.#block === null) return;
    this.#isRunning = true;
    const isDone = this.#routines.runShared(this.#block, start, end) !== 0;
    this.#isRunning = false;
    if (!isDone) this.#giveUp();
  }

  /** Waits for parts that still run of a run that was ended from outside. Memory must not be used anew before that. */
  settle(): void {
    if (!this.#isRunning || this.#block === null) return;
    if (this.#routines.settle(this.#block) === 0) this.#giveUp();
    this.#isRunning = false;
  }

  /** Lets the helpers go; others come when they are wanted again. */
  dismiss(): void {
    this.settle();
    this.#leaveHelpers();
    this.#threads = 1;
  }

  #gather(threads: number): void {
    this.#leaveHelpers();
    this.#threads = threads;
    const { startHelper } = engineHost();
    if (threads <= 1 || startHelper === null) return;
    const block = this.#memory.allocate(this.#routines.TEAM_BYTES.value);
    this.#routines.prepareTeam(block);
    this.#block = block;
    try {
      this.#routines.tryWaiting(block);
    } catch {
      // The thread that draws a web page may not sleep: it waits awake.
    }
    const count = maths.min(threads - 1, this.#routines.MOST_HELPERS.value);
    for (let index = 0; index < count; index++) {
      const scratch = this.#memory.allocate(this.#routines.SCRATCH_BYTES.value);
      const work = { module: this.#module, memory: this.#wasmMemory, scratch, team: block, index };
      const end = startHelper(work);
      if (end === null) {
        this.#memory.release(scratch);
        break;
      }
      this.#helpers.push({ scratch, room: null, end });
    }
    this.#routines.setThreads(block, this.#helpers.length + 1);
  }

  /** Each helper has room of its own for what a record works in. Nobody works now. */
  #makeRoom(bytes: number): void {
    if (bytes <= this.#roomBytes || this.#block === null) return;
    this.#roomBytes = bytes;
    this.#helpers.forEach((helper, index) => {
      if (helper.room !== null) this.#memory.release(helper.room);
      helper.room = this.#memory.allocate(bytes);
      this.#routines.setRoom(this.#block ?? 0, index, helper.room, bytes);
    });
  }

  /** The shared block stays: a helper that is about to end still looks there. */
  #leaveHelpers(): void {
    if (this.#block !== null) this.#routines.stopTeam(this.#block);
    for (const { scratch, room, end } of this.#helpers) {
      end();
      // Nobody works now: what they have is free at once.
      this.#memory.release(scratch);
      if (room !== null) this.#memory.release(room);
    }
    this.#helpers = [];
    this.#roomBytes = 0;
    this.#block = null;
  }

  #giveUp(): never {
    this.#isBroken = true;
    this.#isRunning = false;
    if (this.#block !== null) this.#routines.stopTeam(this.#block);
    // Their memory is not given back: one of them may still write there.
    for (const { end } of this.#helpers) end();
    this.#helpers = [];
    this.#block = null;
    throw new RangeError(
      "A helper thread of the engine did not finish its part of a computation within half a minute: it ended, or the machine is overloaded. What was being computed is incomplete; from now on one thread computes.",
    );
  }
}
