// Which backend computes: one for the whole engine. While a step is laid out, its recorder stands in for it.

import { Floats } from "../intrinsics.ts";
import type { Backend } from "./backend.ts";
import { plainBackend } from "./plain.ts";
import type { Recorder } from "./recording.ts";

let chosen: Backend = plainBackend;
let current: Backend = plainBackend;
let recorder: Recorder | null = null;

/** The routines to call now. */
export function backend(): Backend {
  return current;
}

/** Changes the backend for everything computed from now on. */
export function setBackend(next: Backend): void {
  chosen = next;
  if (recorder === null) current = next;
}

/** What calls are recorded into now; `null` when they run at once. */
export function currentRecorder(): Recorder | null {
  return recorder;
}

/** Lays `work` out: all that it computes is recorded instead of run. */
export function recordInto<Result>(into: Recorder, work: () => Result): Result {
  const before = recorder;
  recorder = into;
  current = into.backend;
  try {
    return work();
  } finally {
    recorder = before;
    current = before?.backend ?? chosen;
  }
}

/** After code was ended from outside, which runs no `finally`: nothing is being laid out any more. */
export function endAllRecordings(): void {
  recorder = null;
  current = chosen;
}

/** An array for what is computed next, all zero unless a recording will run there. */
export function newArray(length: number): Floats {
  return recorder === null ? new Floats(length) : recorder.allocate(length);
}

/**
 * A piece of JavaScript that makes `output`'s numbers from those of `inputs`: it runs at once, or, in a recording, at every run.
 */
export function computeInHost(
  inputs: readonly Floats[],
  output: Floats,
  work: (inputs: readonly Floats[], output: Floats) => void,
): void {
  if (recorder === null) work(inputs, output);
  else recorder.host({ reads: inputs, writes: [output] }, ({ reads, writes: [place = output] }) => work(reads, place));
}
