// Random recordings for tests: the arrays they work on, and how any recorder writes them down.

import { Floats } from "../../../intrinsics.ts";
import type { Random } from "../../../random.ts";
import type { Backend } from "../../backend.ts";
import type { Recorder } from "../../recording.ts";

/**
 * Where an array stands: `own`: in the recording, `kept`: there, but looked at between runs, `resident`: in the backend's
 * memory, `constant`: elsewhere.
 */
export type ArrayKind = "own" | "kept" | "resident" | "constant";

export interface RecordedArray {
  readonly kind: ArrayKind;
  readonly length: number;
  readonly numbers: Floats;
}

type Places = (array: RecordedArray) => Floats;
type Call = (backend: Backend, at: Places, recorder: Recorder) => void;

/** Calls, each with its name for messages, and the arrays they work on. */
export interface Recording {
  readonly arrays: readonly RecordedArray[];
  readonly calls: readonly Call[];
  readonly names: readonly string[];
}
/** Writes a recording down in a backend's way. `resident` gives an array in its memory. */
export function record(recording: Recording, recorder: Recorder, resident: Places): { at: Places } {
  const places = new Map<RecordedArray, Floats>();
  for (const array of recording.arrays) {
    if (array.kind === "resident") places.set(array, resident(array));
    else if (array.kind === "constant") places.set(array, array.numbers);
    else places.set(array, recorder.allocate(array.length));
  }
  const at = (array: RecordedArray) => places.get(array) ?? new Floats(0);
  for (const array of recording.arrays) if (array.kind === "kept") recorder.keep(at(array));
  for (const call of recording.calls) call(recorder.backend, at, recorder);
  return { at };
}

export function pick<Choice>(random: Random, choices: readonly Choice[]): Choice {
  return choices[random.integer(choices.length)] as Choice;
}

/** Makes up arrays and calls on them. */
export class RecordingWriter implements Recording {
  readonly random: Random;
  readonly arrays: RecordedArray[] = [];
  readonly calls: Call[] = [];
  readonly names: string[] = [];
  /** Those with numbers in them. */
  readonly #filled = new Set<RecordedArray>();
  readonly #sizes: readonly number[];

  constructor(random: Random) {
    this.random = random;
    this.#sizes = [0, 1, 2].map(() => pick(random, [1, 1, 2, 3, 4, 5, 7, 9, 17]));
  }

  get size(): number {
    return pick(this.random, this.#sizes);
  }

  get shape(): [number, number] {
    return [this.size, this.size];
  }

  call(name: string, call: Call): void {
    this.calls.push(call);
    this.names.push(name);
  }

  /** An array that can be read. */
  source(length: number): RecordedArray {
    const known = this.arrays.filter((array) => array.length === length && this.#filled.has(array));
    if (known.length > 0 && this.random.chance(0.8)) return pick(this.random, known);
    return this.#make(pick(this.random, ["kept", "resident", "constant"]), length);
  }

  /** An array for a call to write, none of those given. */
  target(length: number, not: readonly RecordedArray[] = []): RecordedArray {
    const known = this.arrays.filter(
      (array) => array.length === length && array.kind !== "constant" && !not.includes(array),
    );
    const array =
      known.length > 0 && this.random.chance(0.3)
        ? pick(this.random, known)
        : this.#make(pick(this.random, ["own", "own", "own", "own", "kept", "resident"]), length);
    this.#filled.add(array);
    return array;
  }

  /** An array to add to; often one of zeros. */
  sum(length: number, not: readonly RecordedArray[] = []): RecordedArray {
    if (this.random.chance(0.7)) {
      const array = this.target(length, not);
      this.call(`fill ${this.name(array)} with 0`, (backend, at) => backend.fill(at(array), 0));
      return array;
    }
    const known = this.arrays.filter(
      (array) =>
        array.length === length && array.kind !== "constant" && this.#filled.has(array) && !not.includes(array),
    );
    return known.length > 0 ? pick(this.random, known) : this.#make("kept", length);
  }

  name(array: RecordedArray): string {
    return `${array.kind}${this.arrays.indexOf(array)}[${array.length}]`;
  }

  #make(kind: ArrayKind, length: number): RecordedArray {
    const numbers = this.random.uniformFloats(length, -1, 1);
    const array = { kind, length, numbers };
    this.arrays.push(array);
    if (kind !== "own") this.#filled.add(array);
    return array;
  }
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
