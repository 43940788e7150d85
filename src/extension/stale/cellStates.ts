// What is known of a notebook's cells when it is asked which are out of date, and the answer. Pure: knows no editor.

import type { CellNames } from "../../shared/cellNames.ts";
import type { Source } from "./cellGraph.ts";

/** How a cell ran last. */
export interface LastRun {
  readonly names: CellNames;
  /** Counts up with every run of the notebook. */
  readonly order: number;
  /** What it ran with, the newest last, each with the first of its runs in a row. */
  readonly history: readonly { readonly names: CellNames; readonly order: number }[];
  /** Which kernel it ran in, counted from 1. */
  readonly kernel: number;
  readonly outcome: "running" | "succeeded" | "failed" | "stopped";
}

export interface CellState {
  readonly id: string;
  /** Of its text as it is now. */
  readonly names: CellNames;
  /** `null`: it did not run since the notebook was opened. */
  readonly lastRun: LastRun | null;
  /** It runs, or is about to. */
  readonly isUnderWay: boolean;
  readonly hasOutputs: boolean;
}

export interface NotebookState {
  /** The code cells in order. */
  readonly cells: readonly CellState[];
  /** The kernel that is there now, counted from 1. */
  readonly kernel: number;
  /** Why kernels died that were not restarted, in words, by their number. */
  readonly deaths: ReadonlyMap<number, string>;
  /** Names that cells declared which were removed since. */
  readonly removedNames: ReadonlySet<string>;
}

export type StaleReason =
  /** What it shows was saved; no cell ran since the notebook was opened. Said of the first such cell alone. */
  | { readonly kind: "nothingRan" }
  /** What it shows was saved; it did not run since the notebook was opened, unlike cells that it has to do with. */
  | { readonly kind: "earlierSession" }
  /** It ran in a kernel that the user restarted. */
  | { readonly kind: "restarted" }
  /** It ran in a kernel that died. */
  | { readonly kind: "kernelDied"; readonly why: string }
  | { readonly kind: "edited" }
  /** Of the cell that makes or changes `name`: it was edited, ran again, or is out of date itself. */
  | ({ readonly kind: "sourceEdited" | "sourceRanAgain" | "sourceStale" } & Source)
  /** The cell that made `name` was removed. */
  | { readonly kind: "sourceRemoved"; readonly name: string };
