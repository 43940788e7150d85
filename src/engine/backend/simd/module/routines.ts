// Starts the WebAssembly routines: chooses the build this machine can run, makes the memory, gives both.

import { maximumPages } from "../generatedRoutines.ts";
import { Team, type TeamExports } from "../threads/team.ts";
import { SimdMemory } from "./memory.ts";
import { type RoutinesBuild, routineBytes } from "./routineBytes.ts";
import { unsharedModule } from "./unsharedModule.ts";
import { canShareMemory, type WasmMemory, type WasmModule, webAssembly } from "./webAssembly.ts";

/** The routines with their memory. */
export interface Routines {
  readonly build: RoutinesBuild;
  readonly memory: SimdMemory;
  /** Runs the records of a tape between two addresses. */
  run(start: number, end: number): void;
  /** Other threads that may help; `null` where memory is not shared. */
  readonly team: Team | null;
}

interface Exports extends TeamExports {
  run(start: number, end: number): void;
  firstFreeAddress(): number;
  setScratch(start: number): void;
}

const pageBytes = 65_536;
const initialPages = 64;
/** 1 GiB: of an unshared memory, most of which may never be touched. */
const unsharedPages = 16_384;

/**
 * Routines with a memory of their own, shared if wanted: by default wherever that is allowed and there is room.
 *
 * @returns `null` where there is no WebAssembly or no SIMD, or a page's policy forbids it.
 */
export function startRoutines(wanted: RoutinesBuild = "relaxed", mayShare: boolean = canShareMemory): Routines | null {
  const shared = mayShare ? sharedMemory() : null;
  const memory = shared ?? fixedMemory();
  if (webAssembly === null || memory === null) return null;
  const { baseline, relaxed: sharedRelaxed } = routineBytes();
  const forMemory = (bytes: Uint8Array) => (shared === null ? unsharedModule(bytes) : bytes);
  const relaxed = forMemory(sharedRelaxed);
  const build = wanted === "relaxed" && webAssembly.validate(relaxed) ? "relaxed" : "baseline";
  const bytes = build === "relaxed" ? relaxed : forMemory(baseline);
  const started = webAssembly.validate(bytes) ? instantiate(bytes, memory) : null;
  if (started === null) return null;
  const { module, routines } = started;
  const mostBytes = shared === null ? memory.buffer.byteLength : maximumPages * pageBytes;
  const simdMemory = new SimdMemory(memory, routines.firstFreeAddress(), mostBytes);
  routines.setScratch(simdMemory.allocate(routines.SCRATCH_BYTES.value));
  const team = shared === null ? null : new Team(routines, module, memory, simdMemory);
  return { build, memory: simdMemory, run: routines.run, team };
}

interface Started {
  readonly module: WasmModule;
  readonly routines: Exports;
}

function instantiate(bytes: Uint8Array, memory: WasmMemory): Started | null {
  if (webAssembly === null) return null;
  try {
    const module = new webAssembly.Module(bytes);
    const instance = new webAssembly.Instance(module, { env: { memory, abort } });
    return { module, routines: instance.exports as Exports };
  } catch {
    // Valid, but not allowed: a content security policy may say so, or how large a module a page may compile at once.
    return null;
  }
}

/** `null` where the system has not as much room as it may grow to. */
function sharedMemory(): WasmMemory | null {
  if (webAssembly === null) return null;
  try {
    return new webAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });
  } catch {
    return null;
  }
}

/**
 * As large as can be had from the start: when an unshared memory grows, every array that stands in it is lost. Systems
 * give pages of it when they are first used.
 */
function fixedMemory(): WasmMemory | null {
  if (webAssembly === null) return null;
  for (let pages = unsharedPages; pages >= initialPages; pages /= 2) {
    try {
      return new webAssembly.Memory({ initial: pages, maximum: pages, shared: false });
    } catch {
      // Not as much: half of it may be there.
    }
  }
  return null;
}

function abort(): never {
  throw new RangeError("A routine of the engine met something it cannot do.");
}
