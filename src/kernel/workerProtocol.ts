// Messages between the two threads of a kernel process: the supervisor (main thread) and the worker that runs cells.

import type { FromKernel, ToKernel } from "../shared/kernelProtocol.ts";

/** What the supervisor hands over as the worker starts. */
export interface KernelWorkerData {
  /** One Int32: see {@link stopReasons}. Written by the supervisor, read by the engine after every step. */
  readonly stopFlag: SharedArrayBuffer;
}

export const stopReasons = {
  none: 0,
  /** The running `fit` ends between two steps and returns; the cell goes on. */
  stopTraining: 1,
  /** The running `fit` ends between two steps, and the cell with it. */
  interrupt: 2,
} as const;

export type ToWorker =
  | Extract<ToKernel, { readonly kind: "initialize" | "runCell" | "setControl" | "modulesCompiled" | "testVectors" }>
  /** Answered as soon as the worker's event loop turns. */
  | { readonly kind: "ping"; readonly ping: number }
  /** The cell was stopped from outside: say its last words and report it finished. */
  | { readonly kind: "endInterrupted"; readonly execution: number; readonly how: "terminated" | "abandoned" };

export type FromWorker =
  | FromKernel
  | { readonly kind: "pong"; readonly ping: number }
  | { readonly kind: "fitStarted"; readonly runId: string }
  | { readonly kind: "fitEnded"; readonly runId: string }
  /** `process.exit(code)` was called; the worker is gone right after this. */
  | { readonly kind: "exitCalled"; readonly code: number; readonly label: string | null };

/** What the worker's half of an interrupt found and did. */
export type InterruptResult =
  /** Running code was ended. */
  | "terminated"
  /** Code runs, but to end it here would take the process along: try again. */
  | "unsafe"
  /** Nothing runs: the cell waits for something, and is given up. */
  | "idle"
  /** That cell is over. */
  | "over";
