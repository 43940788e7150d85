// The WebAssembly backend: the interface's routines as records for the AssemblyScript code, run at once or laid out as a plan.

import { Floats } from "../../intrinsics.ts";
import type { Backend } from "../backend.ts";
import { plainBackend } from "../plain.ts";
import { type BackendMemory, type HostArrays, questions, type Recorder, refuse } from "../recording.ts";
import { ImmediateWriter } from "./immediate.ts";
import type { RoutinesBuild } from "./module/routineBytes.ts";
import { type Routines, startRoutines } from "./module/routines.ts";
import { TapeRecorder } from "./plan/tapeRecorder.ts";
import { arrangeRoutines, checkedGatherRows } from "./records/arrangeRoutines.ts";
import { arrayRoutines } from "./records/arrayRoutines.ts";
import { binaryRoutines } from "./records/binaryRoutines.ts";
import { elementwiseRoutines } from "./records/elementwiseRoutines.ts";
import { lossRoutines } from "./records/lossRoutines.ts";
import { measurementRoutines } from "./records/measurementRoutines.ts";
import { normalizationRoutines, randomnessRoutines } from "./records/normalizationRoutines.ts";
import type { RecordWriter } from "./records/records.ts";
import { reductionRoutines } from "./records/reductionRoutines.ts";
import { statisticsRoutines } from "./records/statisticsRoutines.ts";
import { updateRoutines } from "./records/updateRoutines.ts";
import { windowRoutines } from "./records/windowRoutines.ts";

/** `null` where WebAssembly with SIMD is not there. */
export function createSimdBackend(build?: RoutinesBuild): Backend | null {
  const routines = startRoutines(build);
  if (routines === null) return null;
  const name = `simd-${routines.build}`;
  const memory = backendMemory(routines);
  const writer = new ImmediateWriter(routines);
  const simd: Backend = {
    ...plainBackend,
    name,
    memory,
    startRecording: () => new TapeRecorder(routines, (tape, recorder) => recordingBackend(simd, tape, recorder)),
    ...recordedRoutines(writer),
    ...checkedGatherRows(writer),
    ...statisticsRoutines(writer, routines),
  };
  return simd;
}

/** What can be a record: the families of routines that write into arrays. */
function recordedRoutines(tape: RecordWriter) {
  return {
    ...arrangeRoutines(tape),
    ...arrayRoutines(tape),
    ...binaryRoutines(tape),
    ...elementwiseRoutines(tape),
    ...reductionRoutines(tape),
    ...lossRoutines(tape),
    ...measurementRoutines(tape),
    ...normalizationRoutines(tape),
    ...randomnessRoutines(tape),
    ...updateRoutines(tape),
    ...windowRoutines(tape),
  };
}

function backendMemory({ memory, team }: Routines): BackendMemory {
  const place = (length: number) => memory.floats(memory.allocate(4 * length), length);
  return {
    allocate: (length) => place(length).fill(0),
    copy(numbers) {
      const array = place(numbers.length);
      array.set(numbers);
      return array;
    },
    release: (array) => memory.release(array.byteOffset),
    get usedFloats() {
      return memory.usedBytes / 4;
    },
    mostFloats: memory.mostBytes / 4,
    isApart: true,
    holds: (array) => memory.addressOf(array) !== null,
    dismissHelpers: () => team?.dismiss(),
  };
}

type Routine = (...settings: unknown[]) => unknown;

/** Records for what has a routine; the rest runs as JavaScript between them; questions are refused. */
function recordingBackend(simd: Backend, tape: RecordWriter, recorder: Recorder): Backend {
  const recorded: Partial<Record<string, unknown>> = recordedRoutines(tape);
  const members = Object.entries(simd).map(([name, member]: [string, unknown]) => {
    if (typeof member !== "function") return [name, member];
    if (questions.has(name)) return [name, () => refuse(name)];
    return [name, recorded[name] ?? ((...settings: unknown[]) => runInHost(recorder, member as Routine, settings))];
  });
  // Made from a backend's own members, one for one.
  return Object.fromEntries(members) as unknown as Backend;
}

function runInHost(recorder: Recorder, routine: Routine, settings: readonly unknown[]): void {
  const arrays: Floats[] = [];
  collectArrays(settings, arrays);
  recorder.host({ reads: [], writes: arrays }, ({ writes }: HostArrays) => {
    const places = new Map(arrays.map((array, index) => [array, writes[index] ?? array]));
    routine(...(withPlaces(settings, places) as unknown[]));
  });
}

/** Arrays among a call's arguments, also inside objects and lists. */
function collectArrays(value: unknown, into: Floats[]): void {
  if (value instanceof Floats) into.push(value);
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) collectArrays(part, into);
}

/** The same arguments with each array where it stands. */
function withPlaces(value: unknown, places: ReadonlyMap<Floats, Floats>): unknown {
  if (value instanceof Floats) return places.get(value) ?? value;
  if (Array.isArray(value)) return value.map((part) => withPlaces(part, places));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withPlaces(part, places)]));
}
