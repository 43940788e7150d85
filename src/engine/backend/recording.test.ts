// Recorded calls against the same calls run at once.

import { describe, expect, it } from "vitest";
import { Floats } from "../intrinsics.ts";
import { noMoments } from "./backend.ts";
import { backend, computeInHost, currentRecorder, newArray, recordInto } from "./current.ts";
import { plainBackend } from "./plain.ts";

describe("a recording", () => {
  it("runs nothing while it is made, and the same calls in order at every run", () => {
    const recorder = plainBackend.startRecording();
    const x = new Floats([1, 2, 3]);
    const y = recorder.allocate(3);
    recorder.backend.unary("square", x, y, 0);
    recorder.host({ reads: [x], writes: [y] }, ({ writes: [place = y] }) => {
      place[0] = 100;
    });
    recorder.backend.addScaled(x, y, 10);
    const calls = recorder.finish();
    expect([...y]).toEqual([0, 0, 0]);
    calls.run();
    expect([...calls.locate(y)]).toEqual([110, 24, 39]);
    x.set([0, 1, 0]);
    calls.run();
    expect([...calls.locate(y)]).toEqual([100, 11, 0]);
  });

  it("refuses routines that answer a number", () => {
    const { backend: recording } = plainBackend.startRecording();
    expect(() => recording.areFinite(new Floats(1))).toThrow(RangeError);
    expect(() => recording.addMoments(new Floats(1), noMoments())).toThrow(RangeError);
  });

  it("copies numbers into its memory, and counts them too", () => {
    const { memory } = backend();
    const before = memory.usedFloats;
    const numbers = new Float32Array([1, 2, 3]);
    const copy = memory.copy(numbers);
    numbers.fill(0);
    expect([...copy]).toEqual([1, 2, 3]);
    expect(memory.usedFloats).toBeGreaterThanOrEqual(before + 3);
    memory.release(copy);
    expect(memory.usedFloats).toBe(before);
  });

  it("counts its memory until it is released", () => {
    const before = plainBackend.memory.usedFloats;
    const recorder = plainBackend.startRecording();
    recorder.allocate(5);
    recorder.allocate(7);
    const calls = recorder.finish();
    expect(plainBackend.memory.usedFloats).toBe(before + 12);
    calls.release();
    calls.release();
    expect(plainBackend.memory.usedFloats).toBe(before);
  });
});

describe("recordInto", () => {
  it("stands in for the backend until its work is done, even when that fails", () => {
    const before = backend();
    const recorder = plainBackend.startRecording();
    recordInto(recorder, () => {
      expect(backend()).toBe(recorder.backend);
      expect(currentRecorder()).toBe(recorder);
    });
    expect(() =>
      recordInto(recorder, () => {
        throw new Error("broken");
      }),
    ).toThrow("broken");
    expect(backend()).toBe(before);
    expect(currentRecorder()).toBeNull();
  });

  it("puts pieces of JavaScript between the calls; without a recording they run at once", () => {
    const double = (input: Floats, output: Floats) =>
      computeInHost([input], output, ([from = input], to) => {
        for (let index = 0; index < to.length; index++) to[index] = 2 * (from[index] ?? 0);
      });
    const x = new Floats([1, 2]);
    const now = newArray(2);
    double(x, now);
    expect([...now]).toEqual([2, 4]);

    const recorder = plainBackend.startRecording();
    const later = recordInto(recorder, () => {
      const output = newArray(2);
      double(x, output);
      return output;
    });
    const calls = recorder.finish();
    expect([...later]).toEqual([0, 0]);
    x.set([5, 6]);
    calls.run();
    expect([...later]).toEqual([10, 12]);
  });
});
