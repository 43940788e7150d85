// A session with a real kernel for tests: runs cells, keeps what happened.

import { LanguageClient } from "../../src/session/languageClient.ts";
import { NotebookSession } from "../../src/session/notebookSession.ts";
import type { CellRunOutcome, SessionEvent } from "../../src/session/sessionEvents.ts";
import type { NotebookSessionOptions } from "../../src/session/sessionOptions.ts";
import type { Output } from "../../src/shared/outputs.ts";
import { type BuiltBundles, type BundleName, buildKernelBundles } from "./kernelBundles.ts";

export interface TestSession {
  readonly bundles: BuiltBundles;
  readonly session: NotebookSession;
  /** Everything so far, in order. */
  readonly events: SessionEvent[];
  /** Runs a cell under the next number. `debugFile`: the path by which a debugger knows it. */
  run(source: string, debugFile?: string): Promise<CellRunOutcome>;
  /** Runs a cell that must succeed; its last shown text. */
  value(source: string): Promise<string | undefined>;
  /** What the newest cell printed. */
  printed(): string;
  outputs(): readonly Output[];
  /** Waits for an event. */
  until<Kind extends SessionEvent["kind"]>(kind: Kind): Promise<Extract<SessionEvent, { kind: Kind }>>;
  dispose(): Promise<void>;
}

export async function startTestSession(
  options: Pick<
    NotebookSessionOptions,
    "nodePath" | "maxHeapMb" | "kernelFlags" | "threads" | "traceDetail" | "trainingGraceMs" | "yields" | "onMoment"
  > = {},
  more: readonly BundleName[] = [],
): Promise<TestSession> {
  const bundles = await buildKernelBundles(["kernel", "kernelWorker", "computeWorker", "languageWorker", ...more]);
  const language = new LanguageClient({ distFolder: bundles.distFolder });
  const events: SessionEvent[] = [];
  const waiting: { readonly kind: string; readonly resolve: (event: SessionEvent) => void }[] = [];
  const session = new NotebookSession({
    distFolder: bundles.distFolder,
    folder: bundles.workFolder,
    language,
    locale: "en",
    threads: () => 1,
    ...options,
    onEvent: (event) => {
      events.push(event);
      for (const { resolve } of waiting.filter(({ kind }) => kind === event.kind)) resolve(event);
    },
  });
  let cells = 0;
  const newest = () => events.findLast((event) => event.kind === "cellStarted")?.execution;
  const run = (source: string, debugFile?: string) => {
    const number = ++cells;
    const named = debugFile === undefined ? {} : { debugFile };
    return session.runCell({ cellId: `cell:${number}`, label: `Cell ${number}`, source, ...named });
  };
  const outputs = () =>
    events.flatMap((event) => (event.kind === "displayed" && event.execution === newest() ? [event.output] : []));
  return {
    bundles,
    session,
    events,
    run,
    async value(source) {
      const outcome = await run(source);
      if (outcome.kind !== "succeeded") throw new Error(`${source}\n${JSON.stringify(outcome)}`);
      const text = outputs().at(-1)?.items["text/plain"];
      return typeof text === "string" ? text : undefined;
    },
    printed: () =>
      events.map((event) => (event.kind === "streamed" && event.execution === newest() ? event.text : "")).join(""),
    outputs,
    until: (kind) =>
      new Promise((resolve) => {
        // The filter above sees to it that only this kind arrives.
        waiting.push({ kind, resolve: (event) => resolve(event as never) });
      }),
    async dispose() {
      session.dispose();
      language.dispose();
      await bundles.remove();
    },
  };
}
