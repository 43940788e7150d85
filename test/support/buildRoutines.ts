// Before any unit test: the engine's WebAssembly routines are compiled if their sources have changed.

import { buildRoutines } from "../../scripts/buildRoutines.mts";

export async function setup(): Promise<void> {
  await buildRoutines();
}
