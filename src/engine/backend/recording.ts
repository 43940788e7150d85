// Recording: routine calls are written down with their arrays and settings instead of run, to be run again and again as one list.
// What every backend's recorder promises, and the recorder that any backend can have.

import { Floats } from "../intrinsics.ts";
import type { Backend } from "./backend.ts";

/** Memory that outlives a recording: weights, their gradients, an optimizer's memory, the batches that go in. */
export interface BackendMemory {
  /** Zeros that stay where they are until they are released. @throws MemoryFullError */
  allocate(length: number): Floats;
  /** A copy of these numbers, likewise. @throws MemoryFullError */
  copy(numbers: Floats): Floats;
  /** Takes an array back that `allocate` or `copy` gave. From now on it may hold other numbers. */
  release(array: Floats): void;
  /** How many numbers are handed out now, those of recordings included. */
  readonly usedFloats: number;
  /** How many there can be. */
  readonly mostFloats: number;
  /** Whether routines work in a memory of their own, into which arrays from elsewhere are copied. */
  readonly isApart: boolean;
  /** Whether an array stands there. */
  holds(array: Floats): boolean;
  /** Lets helper threads go that work in it; others come when they are wanted again. */
  dismissHelpers(): void;
}

/** The arrays of a recording that a piece of JavaScript uses. */
export interface HostArrays {
  readonly reads: readonly Floats[];
  /** Written from end to end, or added to. */
  readonly writes: readonly Floats[];
}

/**
 * Writes calls down. An array that belongs neither to the recording nor to the backend's memory is a constant: its numbers
 * are those it holds when `finish` is called.
 */
export interface Recorder {
  /** The backend's routines, but each call is recorded; those that answer a number to JavaScript refuse. */
  readonly backend: Backend;
  /** An array of the recording. Where it stands is settled by `finish`; until then nothing may read or write it but recorded calls. */
  allocate(length: number): Floats;
  /** Says that an array of the recording is read or written between runs too, so that nothing else may stand in its place. */
  keep(array: Floats): void;
  /** A piece of JavaScript between the calls; it is given its arrays, as they stand, at every run. */
  host(arrays: HostArrays, work: (arrays: HostArrays) => void): void;
  /** Ends the recording. */
  finish(): RecordedCalls;
}

/** A list of calls that can be run. */
export interface RecordedCalls {
  /** Runs all calls, in order. */
  run(): void;
  /** Where the numbers of a kept array stand. */
  locate(array: Floats): Floats;
  /**
   * What the calls read in a kept array they read in another one of the backend's memory from now on; for `null` in its own
   * place again. Gives `false`, and changes nothing, where that cannot be: something writes to the array, or JavaScript uses it.
   */
  redirect(array: Floats, to: Floats | null): boolean;
  /** Gives the memory of the recording back. It must not be run after that. */
  release(): void;
}

/** The routines that answer JavaScript at once. */
export const questions: ReadonlySet<string> = new Set<keyof Backend>(["areFinite", "addMoments", "startRecording"]);

/** Ordinary arrays, counted. */
export class CountedMemory implements BackendMemory {
  usedFloats = 0;
  readonly mostFloats: number = Number.POSITIVE_INFINITY;
  readonly isApart = false;

  /** Every array may have come from here. */
  holds(): boolean {
    return true;
  }

  /** There are none. */
  dismissHelpers(): void {}

  allocate(length: number): Floats {
    this.usedFloats += length;
    return new Floats(length);
  }

  copy(numbers: Floats): Floats {
    this.usedFloats += numbers.length;
    return numbers.slice();
  }

  release(array: Floats): void {
    this.usedFloats -= array.length;
  }
}

/** A recorder for any backend: each call becomes a closure over its arguments. */
export class CallRecorder implements Recorder {
  readonly backend: Backend;
  readonly #memory: BackendMemory;
  readonly #calls: (() => void)[] = [];
  readonly #arrays: Floats[] = [];

  constructor(backend: Backend, memory: BackendMemory) {
    this.#memory = memory;
    this.backend = recordingBackend(backend, this.#calls);
  }

  allocate(length: number): Floats {
    const array = this.#memory.allocate(length);
    this.#arrays.push(array);
    return array;
  }

  /** Each array has a place of its own here. */
  keep(): void {}

  host(arrays: HostArrays, work: (arrays: HostArrays) => void): void {
    this.#calls.push(() => work(arrays));
  }

  finish(): RecordedCalls {
    const calls = this.#calls;
    return {
      run() {
        for (let index = 0; index < calls.length; index++) (calls[index] as () => void)();
      },
      locate: (array) => array,
      redirect: () => false,
      release: () => {
        calls.length = 0;
        for (const array of this.#arrays.splice(0)) this.#memory.release(array);
      },
    };
  }
}

type Routine = (...settings: unknown[]) => unknown;

function recordingBackend(backend: Backend, calls: (() => void)[]): Backend {
  const members = Object.entries(backend).map(([name, member]: [string, unknown]) => {
    if (typeof member !== "function") return [name, member];
    if (questions.has(name)) return [name, () => refuse(name)];
    return [name, (...settings: unknown[]) => void calls.push(bound(member as Routine, settings))];
  });
  // Made from a backend's own members, one for one.
  return Object.fromEntries(members) as unknown as Backend;
}

export function refuse(name: string): never {
  throw new RangeError(`${name} answers at once and cannot be recorded: ask between runs.`);
}

/** A call with its arguments. One form for each count, since spreading them at every run costs. */
function bound(routine: Routine, settings: readonly unknown[]): () => void {
  const [a, b, c, d, e, f] = settings;
  switch (settings.length) {
    case 1:
      return () => void routine(a);
    case 2:
      return () => void routine(a, b);
    case 3:
      return () => void routine(a, b, c);
    case 4:
      return () => void routine(a, b, c, d);
    case 5:
      return () => void routine(a, b, c, d, e);
    case 6:
      return () => void routine(a, b, c, d, e, f);
    default:
      return () => void routine(...settings);
  }
}
