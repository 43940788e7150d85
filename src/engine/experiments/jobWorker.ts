// A worker's side of a race: takes trainings one after the other, and gives back how they went.

import { useBackend } from "../backend/choose.ts";
import { setEngineHost } from "../host.ts";
import { type Job, type JobProgress, type JobResult, runJob, type SharedExamples } from "./job.ts";
import { type SentError, sentError } from "./sentError.ts";

/** What a worker is told. */
export type ToJobWorker =
  /** First of all: on which backend, of which data; where `stop` is not 0, trainings end. */
  | {
      readonly kind: "begin";
      readonly backend: "plain" | "simd" | "simdBaseline";
      readonly examples: SharedExamples;
      readonly stop: Int32Array | null;
    }
  | { readonly kind: "run"; readonly job: Job };

/** What a worker tells. */
export type FromJobWorker =
  | { readonly kind: "progressed"; readonly id: number; readonly progress: JobProgress }
  | { readonly kind: "done"; readonly id: number; readonly result: JobResult }
  | { readonly kind: "failed"; readonly id: number; readonly error: SentError };

/** Serves the trainings that come in. Whoever starts the worker passes on what it is sent to what this gives. */
export function serveJobs(post: (message: FromJobWorker) => void): (message: unknown) => void {
  let examples: SharedExamples | null = null;
  const run = async ({ id, model, settings }: Job): Promise<void> => {
    if (examples === null) return;
    try {
      const done = await runJob({ model, settings }, examples, (progress) =>
        post({ kind: "progressed", id, progress }),
      );
      post({ kind: "done", id, result: { record: done.record, model: done.model, ms: done.ms } });
    } catch (error) {
      post({ kind: "failed", id, error: sentError(error) });
    }
  };
  return (given) => {
    // Only `JobPool` writes to it.
    const message = given as ToJobWorker;
    if (message.kind === "run") {
      // It tells its failures itself.
      void run(message.job);
      return;
    }
    useBackend(message.backend);
    examples = message.examples;
    const { stop } = message;
    if (stop !== null) setEngineHost({ shouldStop: () => Atomics.load(stop, 0) !== 0 });
  };
}
