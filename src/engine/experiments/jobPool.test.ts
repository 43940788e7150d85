// Who trains what, and who helps whom when nothing waits any more; workers are made up here, and do what a test says.

import { afterEach, expect, it } from "vitest";
import { type HelperWork, type JobWorkers, setEngineHost } from "../host.ts";
import type { Job, JobResult } from "./job.ts";
import { JobPool } from "./jobPool.ts";
import type { FromJobWorker, ToJobWorker } from "./jobWorker.ts";

interface MadeUp {
  readonly told: ToJobWorker[];
  readonly tell: (message: FromJobWorker) => void;
  readonly die: () => void;
  isEnded: boolean;
}

const examples = { train: { xs: [], ys: [], weights: null }, validation: null };
const job = (id: number) => ({ id, settings: { name: `job ${id}` } }) as unknown as Job;
const work = { index: 0 } as HelperWork;

afterEach(() => setEngineHost({ jobWorkers: null }));

/** A pool of two with these jobs, under way. */
function start(...ids: number[]) {
  const workers: MadeUp[] = [];
  const jobWorkers: JobWorkers = {
    count: () => 2,
    start(listen, gone) {
      const worker: MadeUp = { told: [], tell: listen, die: () => gone("it was ended"), isEnded: false };
      workers.push(worker);
      return {
        post: (message) => worker.told.push(message as ToJobWorker),
        keepAwake: () => undefined,
        end: () => {
          worker.isEnded = true;
        },
      };
    },
  };
  setEngineHost({ jobWorkers });
  const pool = new JobPool(2, "plain", examples);
  const finished: number[] = [];
  /** Jobs 12, 22 … are given up when 2 fails. */
  const failed: number[] = [];
  const ended = pool.run(ids.map(job), {
    progressed: () => undefined,
    done: (id) => finished.push(id),
    failed: (id) => failed.push(id),
    isWanted: (id) => id < 10 || !failed.includes(id % 10),
    shouldStop: () => false,
  });
  const at = (index: number): MadeUp => workers[index] ?? expect.fail(`there is no worker ${index}`);
  return {
    ...{ pool, ended, finished, failed, workers, at },
    done: (index: number, id: number) => at(index).tell({ kind: "done", id, result: { record: {} } as JobResult }),
    /** The jobs that a worker was given, and where it was told to help. */
    did: (index: number) =>
      at(index).told.flatMap((message): (number | string)[] =>
        message.kind === "run" ? [message.job.id] : message.kind === "help" ? [message.kind] : [],
      ),
    /** How many may help it. */
    offered: (index: number) => {
      const begin = at(index).told.find((message) => message.kind === "begin");
      return begin?.kind === "begin" ? begin.offered?.[0] : undefined;
    },
  };
}

it("whoever has nothing to do helps the one that still trains, when that asks, until it is done", async () => {
  const { ended, finished, did, done, offered, at } = start(1, 2, 3);
  expect([did(0), did(1)]).toEqual([[1], [2]]);
  done(0, 1);
  expect([did(0), offered(0), offered(1)]).toEqual([[1, 3], 0, 0]);
  done(1, 2);
  expect([offered(0), offered(1), did(1)], "it is offered, and not sent before it is wanted").toEqual([1, 0, [2]]);
  at(0).tell({ kind: "helperWanted", work });
  expect(did(1)).toEqual([2, "help"]);
  done(0, 3);
  expect([offered(0), finished]).toEqual([0, [1, 2, 3]]);
  await ended;
});

it("those that helped one help another when that is done", async () => {
  const { ended, did, done, offered, at } = start(1, 2);
  at(1).tell({ kind: "helperWanted", work });
  expect(did(0), "nobody has nothing to do").toEqual([1]);
  done(0, 1);
  expect(offered(1)).toBe(1);
  done(1, 2);
  expect([offered(0), offered(1)]).toEqual([0, 0]);
  await ended;
});

it("a training is begun anew when a worker is lost that helped with it", async () => {
  const { ended, did, done, workers, at } = start(1, 2);
  done(0, 1);
  at(1).tell({ kind: "helperWanted", work });
  at(0).die();
  expect(at(1).isEnded, "a part of its computation may be lost").toBe(true);
  expect([workers.length, did(2)]).toEqual([3, [2]]);
  done(2, 2);
  await ended;
});

it("a worker that helped is ended when the one that it helped is lost, for it would wait for ever", async () => {
  const { ended, did, done, at } = start(1, 2);
  done(0, 1);
  at(1).tell({ kind: "helperWanted", work });
  at(1).die();
  expect(at(0).isEnded).toBe(true);
  expect(did(2)).toEqual([2]);
  done(2, 2);
  await ended;
});

it("a training that fails ends alone: its worker takes the next one that is still wanted", async () => {
  const { ended, failed, finished, did, done, at } = start(1, 2, 12, 3, 22);
  at(1).tell({ kind: "failed", id: 2, error: { kind: "error", name: "RangeError", message: "out of step" } as never });
  expect([failed, did(1)]).toEqual([[2], [2, 3]]);
  done(0, 1);
  done(1, 3);
  await ended;
  expect([finished, did(0), did(1)], "12 and 22 are given up").toEqual([[1, 3], [1], [2, 3]]);
});

it("a race that is given up ends those that train and those that help", () => {
  const { pool, done, at } = start(1, 2);
  done(0, 1);
  at(1).tell({ kind: "helperWanted", work });
  pool.end();
  expect([at(0).isEnded, at(1).isEnded]).toEqual([true, true]);
});
