// What a session tells of its kernel and its cells, and how the runs of cells end.

import type { CellOutcome, FromKernel, KernelDeath } from "../shared/kernelProtocol.ts";
import type { KernelLoss } from "../shared/words/kernelWords.ts";

/** What happens in a session, in order. Events of a cell lie between its `cellStarted` and the answer of `runCell`, those in the background come later. */
export type SessionEvent =
  | Exclude<
      FromKernel,
      {
        readonly kind:
          | "ready"
          | "cellFinished"
          | "compileModules"
          | "inspectorOpened"
          | "inspectorRefused"
          | "vectorsTested"
          | "peeked"
          | "died";
      }
    >
  | { readonly kind: "kernelStarted"; readonly node: string; readonly pid: number; readonly backend: string }
  /** `execution` names this run of the cell in all events that follow; it never repeats within a session. */
  | { readonly kind: "cellStarted"; readonly execution: number; readonly cellId: string }
  | { readonly kind: "kernelDied"; readonly death: KernelDeath };

/**
 * How a cell run ended. `skipped`: one before it failed or was stopped, or the kernel was restarted; `lost`: it ended
 * without its kernel.
 */
export type CellRunOutcome =
  | CellOutcome
  | { readonly kind: "skipped" }
  | { readonly kind: "lost"; readonly loss: KernelLoss };
