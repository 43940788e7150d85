// The WebAssembly backend: the interface's routines as records for the AssemblyScript code, run at once.

import type { Backend } from "../backend.ts";
import { plainBackend } from "../plain.ts";
import { arrayRoutines } from "./arrayRoutines.ts";
import { ImmediateWriter } from "./immediate.ts";
import { type RoutinesBuild, startRoutines } from "./routines.ts";
import { statisticsRoutines } from "./statisticsRoutines.ts";
import { updateRoutines } from "./updateRoutines.ts";
import { windowRoutines } from "./windowRoutines.ts";

/** `null` where WebAssembly with SIMD and shared memory is not there. */
export function createSimdBackend(build?: RoutinesBuild): Backend | null {
  const routines = startRoutines(build);
  if (routines === null) return null;
  const writer = new ImmediateWriter(routines);
  return {
    ...plainBackend,
    name: `simd-${routines.build}`,
    ...arrayRoutines(writer),
    ...updateRoutines(writer),
    ...windowRoutines(writer),
    ...statisticsRoutines(writer, routines),
  };
}
