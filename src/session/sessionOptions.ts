// What a session is given: where its notebook stands, what compiles its cells, and how its kernels are to run.

import type { TraceDetail } from "../shared/kernelProtocol.ts";
import type { Locale } from "../shared/words/message.ts";
import type { LanguageClient } from "./languageClient.ts";
import type { SessionEvent } from "./sessionEvents.ts";
import type { SessionMoment } from "./sessionMoments.ts";

export interface NotebookSessionOptions {
  /** The folder of the bundles. */
  readonly distFolder: string;
  /** The notebook's folder: imports and relative paths start there. */
  readonly folder: string;
  /** The folder above it up to which a tsconfig.json counts; by default the notebook's own. */
  readonly workspaceFolder?: string | undefined;
  readonly language: Pick<LanguageClient, "request">;
  readonly locale: Locale;
  /** The Node to run the kernel with; this process's own when absent. */
  readonly nodePath?: string;
  /** How large the cells' heap may grow; the kernel's own default when absent. */
  readonly maxHeapMb?: number;
  /** Asked before a kernel starts: options of Node and V8 for it. Must not reject; none when absent. */
  readonly kernelFlags?: () => Promise<readonly string[]>;
  /** Asked when a kernel starts: how many threads may compute. 0, and no answer, leave it to the kernel. */
  readonly threads?: () => number;
  /** Asked when a kernel starts: what a `fit` records that does not say; "summary" when absent. */
  readonly traceDetail?: () => TraceDetail;
  /** Asked when a kernel starts: how long a training that is to stop gets to end between two steps, before it is ended from outside; the kernel's own default when absent. */
  readonly trainingGraceMs?: () => number;
  /** Whether the kernel makes way for other programs when all cores are busy: an editor must answer while it computes. */
  readonly yields?: boolean;
  readonly onEvent: (event: SessionEvent) => void;
  /** Told what a log wants to know. */
  readonly onMoment?: (moment: SessionMoment) => void;
}
