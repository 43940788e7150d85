// What a live notebook tells whoever follows it: the status bar, the renderer, the problems list.

import type { CellError } from "../../shared/outputs.ts";
import type { RaceFrame } from "../../shared/raceFrames.ts";
import type { TrainingFrame } from "../../shared/rendererProtocol.ts";
import type { OptimizersView } from "../../shared/views.ts";
import type { KnownRun } from "../runs/runStore.ts";
import type { LiveNotebook } from "./liveNotebook.ts";

export type CellNews =
  | { readonly kind: "cellStarted"; readonly cellId: string }
  /** Cells wait, ran or were abandoned, or their kernel is gone. */
  | { readonly kind: "ranCellsChanged" }
  /** However it ended. */
  | { readonly kind: "cellEnded"; readonly cellId: string }
  /** Restarted or dead: its variables are gone. */
  | { readonly kind: "kernelEnded" }
  | { readonly kind: "controlsChanged" }
  | { readonly kind: "raceChanged"; readonly view: OptimizersView; readonly frame: RaceFrame | null }
  | { readonly kind: "cellFailed"; readonly cellId: string; readonly error: CellError }
  /** An error outside of the cell's own course: in a timer, or a promise that nobody awaited. */
  | { readonly kind: "failedInBackground"; readonly cellId: string; readonly error: CellError }
  /** `frame` is the very message of the kernel; without it the run's view was replaced as a whole. */
  | { readonly kind: "runChanged"; readonly run: KnownRun; readonly frame: TrainingFrame | null };

export interface NotebookNews {
  readonly notebook: LiveNotebook;
  readonly news: CellNews;
}
