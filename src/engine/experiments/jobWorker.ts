// A worker's side of races: takes trainings one after the other, gives back how they went, and keeps those that were stopped.

import { useBackend } from "../backend/choose.ts";
import { runHelper } from "../backend/simd/threads/helperThread.ts";
import { type HelperWork, setEngineHost } from "../host.ts";
import { type Job, type JobProgress, type JobResult, type SharedExamples, type Training, trainingOf } from "./job.ts";
import { LentThreads } from "./lentThreads.ts";
import { RaceData } from "./raceData.ts";
import { type SentError, sentError } from "./sentError.ts";
import { UsedModels } from "./usedModels.ts";

/** What a worker is told. */
export type ToJobWorker =
  /** A race begins: on which backend, of which data; where `stop` is not 0, trainings end. */
  | {
      readonly kind: "begin";
      readonly backend: "plain" | "simd" | "simdBaseline";
      readonly examples: SharedExamples;
      readonly stop: Int32Array | null;
      /** How many other workers may help this one. */
      readonly offered: Int32Array | null;
    }
  /** `isOneOfMany`: others of the race are likely to come here after it. */
  | { readonly kind: "run"; readonly job: Job; readonly isOneOfMany: boolean }
  /** Goes on with a training that was stopped here. */
  | { readonly kind: "goOn"; readonly id: number }
  /** To be a thread of another worker's computations until that one is done. */
  | { readonly kind: "help"; readonly work: HelperWork }
  | { readonly kind: "forget"; readonly ids: readonly number[] }
  /** The race has ended: the memory that threads share may go. */
  | { readonly kind: "rest" };

/** What a worker tells. */
export type FromJobWorker =
  /** One of those that were offered is to come. */
  | { readonly kind: "helperWanted"; readonly work: HelperWork }
  | { readonly kind: "progressed"; readonly id: number; readonly progress: JobProgress }
  | { readonly kind: "done"; readonly id: number; readonly result: JobResult }
  | { readonly kind: "failed"; readonly id: number; readonly error: SentError };

/** Sends a message. What is handed over goes with it, uncopied, and is not here any more. */
type Post = (message: FromJobWorker, handedOver: ArrayBuffer[]) => void;

/** Serves the trainings that come in. Whoever starts the worker passes on what it is sent to what this gives. */
export function serveJobs(post: Post): (message: unknown) => void {
  let threads = new LentThreads(null);
  const data = new RaceData();
  const models = new UsedModels();
  const startHelper = (work: HelperWork) => {
    post({ kind: "helperWanted", work }, []);
    // It has ended by itself then.
    return () => undefined;
  };
  /** Those that were stopped. */
  const held = new Map<number, Training>();
  const carryOn = async (id: number, find: () => Training | undefined): Promise<void> => {
    try {
      const training = find();
      if (training === undefined) throw new TypeError("A training was to go on where none was stopped.");
      held.delete(id);
      const tell = (progress: JobProgress) => post({ kind: "progressed", id, progress }, []);
      const { record, model, snapshots, closeUps, ms } = await training.carryOn(tell, threads);
      if (record.state === "stopped") held.set(id, training);
      const result = { record, model, snapshots, closeUps, ms };
      post({ kind: "done", id, result }, record.state === "stopped" ? [] : buffersOf(result));
      if (record.state === "finished") models.keep(training.model);
    } catch (error) {
      post({ kind: "failed", id, error: sentError(error) }, []);
    }
  };
  return (given) => {
    // Only `JobPool` and `Hand` write to it.
    const message = given as ToJobWorker;
    switch (message.kind) {
      case "begin": {
        useBackend(message.backend);
        data.begin(message.examples);
        const { stop, offered } = message;
        threads = new LentThreads(offered);
        setEngineHost({ shouldStop: () => stop !== null && Atomics.load(stop, 0) !== 0, startHelper });
        return;
      }
      case "help":
        runHelper(message.work);
        return;
      case "run": {
        const { job, isOneOfMany } = message;
        const examples = data.use(isOneOfMany);
        // It tells its failures itself, as the next one does.
        void carryOn(job.id, () => (examples === null ? undefined : trainingOf(job, examples, models)));
        return;
      }
      case "goOn":
        void carryOn(message.id, () => held.get(message.id));
        return;
      case "forget":
        for (const id of message.ids) held.delete(id);
        return;
      case "rest":
        data.rest();
        setEngineHost({ shouldStop: () => false });
    }
  };
}

/** The large parts of a result. */
function buffersOf({ model, snapshots }: JobResult): ArrayBuffer[] {
  const arrays = [...(model?.weights ?? []), ...snapshots.flatMap(({ weights }) => weights)];
  return [...new Set(arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])))];
}
