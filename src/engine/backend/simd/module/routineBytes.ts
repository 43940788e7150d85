// The two builds of the routines as WebAssembly modules, unpacked.

import { baselineDifference, baselineLength, relaxedDifference, relaxedLength } from "../generatedRoutines.ts";
import { applyDifference } from "./difference.ts";
import { bytesOf } from "./webAssembly.ts";

/** Which of the two builds: `relaxed` rounds a product with a sum once (FMA), `baseline` twice. */
export type RoutinesBuild = "baseline" | "relaxed";

export function routineBytes(): Readonly<Record<RoutinesBuild, Uint8Array>> {
  const baseline = applyDifference(new Uint8Array(), bytesOf(baselineDifference), baselineLength);
  return { baseline, relaxed: applyDifference(baseline, bytesOf(relaxedDifference), relaxedLength) };
}
