// What a log wants to know of a session: kernels that come and go, and how long cells took. Never what stands in them.

import type { KernelDeath } from "../shared/kernelProtocol.ts";
import type { CellRunOutcome } from "./sessionEvents.ts";

export type SessionMoment =
  /** `ms`: until it was ready for cells. */
  | {
      readonly kind: "kernelStarted";
      readonly pid: number;
      readonly node: string;
      readonly backend: string;
      readonly ms: number;
    }
  | { readonly kind: "kernelEnded"; readonly reason: "restarted" | "closed" }
  | { readonly kind: "kernelDied"; readonly death: KernelDeath }
  | { readonly kind: "stopAsked"; readonly label: string }
  | { readonly kind: "stopFailed" }
  /** `ms`: with compiling, and with the start of the kernel where there was none. */
  | {
      readonly kind: "cellEnded";
      readonly label: string;
      readonly outcome: CellRunOutcome["kind"];
      readonly ms: number;
    };
