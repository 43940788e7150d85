// Code that is ended from outside runs no `finally`: the engine is put in order all the same.

import { runInThisContext } from "node:vm";
import { expect, it } from "vitest";
import { backend, currentRecorder, recordInto } from "./backend/current.ts";
import { grad, noGrad, tensor, useBackend } from "./index.ts";
import { settleAfterInterruption } from "./interruption.ts";
import { isRecording } from "./tape.ts";

/** Runs it until it is ended, as a kernel's stop ends a cell. */
function endInTheMiddle(work: () => void): void {
  const key = Symbol.for("nnbook test of an interruption");
  Reflect.set(globalThis, key, work);
  const call = `globalThis[Symbol.for("nnbook test of an interruption")]()`;
  expect(() => runInThisContext(call, { timeout: 50 })).toThrow("timed out");
  Reflect.deleteProperty(globalThis, key);
}

function forEver(): never {
  for (;;);
}

it.each(["plain", "simd"] as const)("computes on %s after everything was ended at once", (name) => {
  useBackend(name);
  const routines = backend();
  endInTheMiddle(() =>
    noGrad(() => grad(() => recordInto(routines.startRecording(), () => noGrad(forEver)))(tensor(1))),
  );
  expect([currentRecorder() === null, isRecording()]).toEqual([false, false]);
  settleAfterInterruption();
  expect([currentRecorder(), isRecording(), backend()]).toEqual([null, true, routines]);
  expect(grad((x) => x.square())(3).item()).toBe(6);
});
