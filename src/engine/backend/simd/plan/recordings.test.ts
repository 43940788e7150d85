// Random recordings: what a plan computes is what the same calls compute one by one, to the bit, however it was shortened and laid out.

import { describe, expect, it } from "vitest";
import { Random } from "../../../random.ts";
import type { Backend } from "../../backend.ts";
import { CallRecorder, CountedMemory, type RecordedCalls, type Recorder } from "../../recording.ts";
import { createSimdBackend } from "../simdBackend.ts";
import { randomRecording } from "./recordings.testing.ts";
import { type RecordedArray, type Recording, record } from "./recordingWriter.testing.ts";

/** Others by hand: `RECORDINGS=100000 FIRST_RECORDING=400 npx vitest run recordings`. */
const cases = Number(process.env.RECORDINGS ?? 400);
const first = Number(process.env.FIRST_RECORDING ?? 0);

interface Laid {
  readonly calls: RecordedCalls;
  readonly at: (array: RecordedArray) => Float32Array;
  release(): void;
}

function layOut(recording: Recording, backend: Backend, recorder: Recorder): Laid {
  const residents = new Map<RecordedArray, Float32Array>();
  const { at } = record(recording, recorder, (array) => {
    const place = backend.memory.allocate(array.length);
    residents.set(array, place);
    return place;
  });
  const calls = recorder.finish();
  return {
    calls,
    at: (array) => residents.get(array) ?? calls.locate(at(array)),
    release() {
      calls.release();
      for (const array of residents.values()) backend.memory.release(array);
    },
  };
}

describe.each(["baseline", "relaxed"] as const)("plans of the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

  it(`compute what ${cases} random recordings say, run after run`, () => {
    const before = simd.memory.usedFloats;
    for (let seed = first; seed < first + cases; seed++) {
      const recording = randomRecording(new Random(seed), 4 + (seed % 30));
      const planned = layOut(recording, simd, simd.startRecording());
      const eager = layOut(recording, simd, new CallRecorder(simd, new CountedMemory()));
      const seen = recording.arrays.filter(({ kind }) => kind === "kept" || kind === "resident");
      const inputs = new Random(seed);
      for (let run = 0; run < 2; run++) {
        for (const array of seen) {
          const numbers = inputs.uniformFloats(array.length, -1, 1);
          for (const laid of [planned, eager]) laid.at(array).set(numbers);
        }
        for (const laid of [planned, eager]) laid.calls.run();
        for (const array of seen) {
          const [got, want] = [planned.at(array), eager.at(array)];
          const place = want.findIndex((value, index) => !isSame(value, got[index]));
          if (place !== -1)
            expect.fail(
              `seed ${seed}, run ${run}, ${array.kind}${recording.arrays.indexOf(array)} at ${place}: ${got[place]}, not ${want[place]}\n${recording.names.join("\n")}`,
            );
        }
      }
      for (const laid of [planned, eager]) laid.release();
    }
    expect(simd.memory.usedFloats).toBe(before);
  });
});

/** The sign of a zero apart: what is added to a cleared array is written at once, and 0 + −0 is 0. */
function isSame(a: number, b: number | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
