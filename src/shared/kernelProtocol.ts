// Messages between a session and its kernel process. Asked: a verb. Told: what happened.
// They travel by fork's IPC with serialization "advanced"; everything here is plain data.

import type { ControlValue } from "./controlValues.ts";
import type { DebugFromKernel, DebugToKernel } from "./debugProtocol.ts";
import type { CallPlace, RunReport } from "./layerReport.ts";
import type { CellError, Output } from "./outputs.ts";
import type { PeekAnswers, PeekQuestion } from "./peekProtocol.ts";
import type { RaceFrame } from "./raceFrames.ts";
import type { TrainingFrame } from "./rendererProtocol.ts";
import type { TrainingView } from "./views.ts";
import type { Locale } from "./words/message.ts";

/** A cell as the compiler left it. */
export interface CompiledCell {
  readonly code: string;
  /** Source map, version 3, from `code` to the cell. */
  readonly map: string;
  /** Top-level names the cell declares: defined on the global object before it runs. */
  readonly declarations: readonly string[];
  /** Those of them that an `import` declares. */
  readonly imports: readonly string[];
}

/** A cell that is to run. */
export interface CellRun {
  /** Counts up with every cell run of the session. */
  readonly execution: number;
  readonly cellId: string;
  readonly label: string;
  readonly source: string;
  readonly compiled: CompiledCell;
  /** Absolute path by which a debugger knows the cell; `null` where nobody debugs. */
  readonly debugFile: string | null;
}

/** A local TypeScript or JavaScript module with all it imports from the notebook's folder, as CommonJS. */
export interface CompiledModules {
  /** Absolute path of the module asked for. */
  readonly entry: string;
  readonly modules: readonly CompiledModule[];
}

/** The answer to what a cell imports: modules of the user's own, why they could not be had, or that Node is to find it. */
export type ModulesAnswer =
  | CompiledModules
  | { readonly error: string }
  /** `note`: a sentence on why Node may not find it, where there is more to say than that it is missing. */
  | { readonly isPackage: true; readonly note: string | null };

export interface CompiledModule {
  readonly path: string;
  readonly code: string;
  readonly map: string;
  /** What it imports: specifier → absolute path (a local module, also in the list) or `null` (resolved by Node from the module's folder). */
  readonly imports: Readonly<Record<string, string | null>>;
}

/** What a training records of its layers: nothing, sizes of gradients and the like, or their distributions too. */
export type TraceDetail = "off" | "summary" | "full";

export type ToKernel =
  /** `threads`: how many may compute; 0 leaves it to the kernel. `traceDetail`: what a `fit` records that does not say. */
  | {
      readonly kind: "initialize";
      readonly folder: string;
      readonly locale: Locale;
      readonly threads: number;
      readonly traceDetail: TraceDetail;
    }
  | ({ readonly kind: "runCell" } & CellRun)
  | DebugToKernel
  /** Stops what runs: first the engine's own training (between two steps), then any code. Variables are kept. */
  | { readonly kind: "interrupt" }
  /** Ends the running `fit` between two steps; the cell then goes on with the run it got. Nothing happens when none runs. */
  | { readonly kind: "stopTraining"; readonly runId: string }
  /** A reader moved a control. `name`: the variable that holds nothing but its value, to be given it; `null` when a cell does that as it runs again. */
  | {
      readonly kind: "setControl";
      readonly controlId: string;
      readonly value: ControlValue;
      readonly name: string | null;
    }
  /** The answer to `compileModules`. */
  | {
      readonly kind: "modulesCompiled";
      readonly request: number;
      readonly result: ModulesAnswer;
    }
  /** Answered at once, also while a cell runs. */
  | { readonly kind: "peek"; readonly request: number; readonly question: PeekQuestion }
  /** Compares the engine's SIMD routines with the plain ones. Not for a kernel that runs cells: it changes what computes. */
  | { readonly kind: "testVectors" };

export type FromKernel =
  /** `backend`: what computes, as the engine calls it: "simd-relaxed", "simd-baseline" or "plain". */
  | { readonly kind: "ready"; readonly node: string; readonly pid: number; readonly backend: string }
  | {
      readonly kind: "streamed";
      readonly execution: number;
      readonly stream: "stdout" | "stderr";
      readonly text: string;
    }
  /** A new output. `displayId` names it for a later `displayUpdated`. */
  | { readonly kind: "displayed"; readonly execution: number; readonly displayId: string; readonly output: Output }
  | { readonly kind: "displayUpdated"; readonly execution: number; readonly displayId: string; readonly output: Output }
  /** Live training: `view` is the whole as it stands, at the start only; then deltas. */
  | { readonly kind: "trainingStarted"; readonly execution: number; readonly view: TrainingView }
  | { readonly kind: "trainingProgressed"; readonly execution: number; readonly frame: TrainingFrame }
  /** A live race: its view is that of its output, at the start only; then deltas. */
  | { readonly kind: "raceProgressed"; readonly execution: number; readonly frame: RaceFrame }
  | { readonly kind: "runReported"; readonly execution: number; readonly cellId: string; readonly report: RunReport }
  /** An output is a control, made by the call at `place` (`null`: not in a cell); it can be moved from now on. */
  | {
      readonly kind: "controlShown";
      readonly execution: number;
      readonly controlId: string;
      readonly place: CallPlace | null;
      /** Whether it is a picture that changes by itself: no cell runs again. */
      readonly isPicture: boolean;
    }
  | { readonly kind: "cellFinished"; readonly execution: number; readonly outcome: CellOutcome }
  /** An error outside any cell: a timer, a promise nobody awaited. `execution`: the run it belongs to, as far as can be told; else the newest. */
  | { readonly kind: "failedInBackground"; readonly execution: number; readonly error: CellError }
  | { readonly kind: "compileModules"; readonly request: number; readonly specifier: string; readonly folder: string }
  | DebugFromKernel
  /** The answer to `testVectors`. */
  | { readonly kind: "vectorsTested"; readonly report: VectorReport }
  /** The answer to `peek`; `null`: not in time. */
  | { readonly kind: "peeked"; readonly request: number; readonly peek: Peek | null }
  /** The interrupt has not taken for seconds: only a restart helps at once. */
  | { readonly kind: "interruptFailed" }
  /** The worker is gone (out of memory, `process.exit`); the process ends after this. */
  | { readonly kind: "died"; readonly death: KernelDeath };

/** What a kernel says to a question. */
export interface Peek {
  readonly answer: PeekAnswers[PeekQuestion["kind"]];
  /** How long what ran was held up. */
  readonly tookMs: number;
}

/** What the self-test of the SIMD routines found. */
export interface VectorReport {
  /** What computes: "simd-relaxed", "simd-baseline", or "plain" where there are no SIMD routines. */
  readonly backend: string;
  /** How many numbers were compared. */
  readonly compared: number;
  /** The first that is out of tolerance. */
  readonly mismatch: { readonly what: string; readonly wanted: number; readonly got: number } | null;
  /** Billions of operations a second in a matrix product. */
  readonly gigaflops: number;
}

/** Why a kernel is gone. */
export type KernelDeath =
  /** `limitMb`: how large the heap of the cells could grow, where that is what was reached. */
  | { readonly kind: "outOfMemory"; readonly limitMb: number | null }
  /** A cell ended it; `label` names the cell that ran then. */
  | { readonly kind: "exitCalled"; readonly code: number; readonly label: string | null }
  | { readonly kind: "signal"; readonly signal: string }
  /** `complaint`: the last line it wrote. */
  | { readonly kind: "ended"; readonly code: number | null; readonly complaint: string }
  | { readonly kind: "workerEnded"; readonly code: number }
  | { readonly kind: "workerFailed" | "notStarted"; readonly problem: string };

export type CellOutcome =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly error: CellError }
  /** `how`: the training ended between two steps; running code was terminated; or a waiting cell was abandoned. */
  | { readonly kind: "interrupted"; readonly how: "training" | "terminated" | "abandoned" };
