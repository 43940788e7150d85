// Starts the WebAssembly routines: chooses the build this machine can run, makes the memory, gives both.

import { baselineRoutines, maximumPages, relaxedRoutines } from "./generatedRoutines.ts";
import { SimdMemory } from "./memory.ts";
import { bytesOf, webAssembly } from "./webAssembly.ts";

/** Which of the two builds: `relaxed` rounds a product with a sum once (FMA), `baseline` twice. */
export type RoutinesBuild = "baseline" | "relaxed";

/** The routines with their memory. */
export interface Routines {
  readonly build: RoutinesBuild;
  readonly memory: SimdMemory;
  /** Runs the records of a tape between two addresses. */
  run(start: number, end: number): void;
}

interface Exports {
  run(start: number, end: number): void;
  firstFreeAddress(): number;
  setScratch(start: number): void;
  readonly SCRATCH_BYTES: { readonly value: number };
}

const initialPages = 64;

/** `null` where there is no WebAssembly, no SIMD or no shared memory. */
export function startRoutines(wanted: RoutinesBuild = "relaxed"): Routines | null {
  if (webAssembly === null) return null;
  const relaxed = bytesOf(relaxedRoutines);
  const build = wanted === "relaxed" && webAssembly.validate(relaxed) ? "relaxed" : "baseline";
  const bytes = build === "relaxed" ? relaxed : bytesOf(baselineRoutines);
  if (!webAssembly.validate(bytes)) return null;
  const memory = new webAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });
  const instance = new webAssembly.Instance(new webAssembly.Module(bytes), { env: { memory, abort } });
  const routines = instance.exports as Exports;
  const simdMemory = new SimdMemory(memory, routines.firstFreeAddress());
  routines.setScratch(simdMemory.allocate(routines.SCRATCH_BYTES.value));
  return { build, memory: simdMemory, run: routines.run };
}

function abort(): never {
  throw new RangeError("A routine of the engine met something it cannot do.");
}
