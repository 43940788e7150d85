// Carries out the trainings of a race on workers, several at once: each takes the next one when it is done.

import { ValueError } from "../errors.ts";
import { engineHost, type JobWorker } from "../host.ts";
import { maths, Words } from "../intrinsics.ts";
import type { Job, JobProgress, JobResult, SharedExamples } from "./job.ts";
import type { FromJobWorker, ToJobWorker } from "./jobWorker.ts";
import { receivedError } from "./sentError.ts";

/** Told of the trainings, by the ids of their jobs. */
export interface JobListener {
  progressed(id: number, progress: JobProgress): void;
  done(id: number, result: JobResult): void;
  /** The error of a training, with where it was. */
  explain(id: number, error: Error): Error;
  /** Asked whenever a worker tells something; `true` ends all trainings between two steps. */
  shouldStop(): boolean;
}

interface Member {
  readonly worker: JobWorker;
  /** What it does; `null` for nothing. */
  job: Job | null;
}

/** So often a training is begun when its worker dies. */
const mostAttempts = 2;

/** Workers for the trainings of one race. */
export class JobPool {
  readonly #begin: Extract<ToJobWorker, { readonly kind: "begin" }>;
  readonly #stop: Int32Array | null;
  readonly #size: number;
  readonly #members = new Set<Member>();
  readonly #attempts = new Map<number, number>();
  #waiting: Job[] = [];
  #listener: JobListener | null = null;
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null;

  constructor(size: number, backend: "plain" | "simd" | "simdBaseline", examples: SharedExamples) {
    this.#size = size;
    this.#stop = typeof SharedArrayBuffer === "function" ? new Words(new SharedArrayBuffer(4)) : null;
    this.#begin = { kind: "begin", backend, examples, stop: this.#stop };
  }

  /**
   * Runs jobs until they are done, or are stopped: those that had not begun are then left out.
   *
   * @throws the error of a training; ValueError when workers die.
   */
  async run(jobs: readonly Job[], listener: JobListener): Promise<void> {
    this.#waiting = [...jobs];
    this.#listener = listener;
    if (this.#stop !== null) Atomics.store(this.#stop, 0, 0);
    if (jobs.length === 0) return;
    const ended = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    for (const member of this.#members) this.#giveNext(member);
    while (this.#members.size < maths.min(this.#size, jobs.length) && this.#waiting.length > 0)
      if (!this.#startMember()) break;
    this.#settleWhenIdle();
    await ended;
  }

  /** Ends trainings between two steps; at once, and without what they had learned, where threads share no memory. */
  stop(): void {
    this.#waiting = [];
    if (this.#stop !== null) Atomics.store(this.#stop, 0, 1);
    else this.end();
    this.#settleWhenIdle();
  }

  /** Ends all workers. */
  end(): void {
    for (const { worker } of this.#members) worker.end();
    this.#members.clear();
  }

  #startMember(): boolean {
    const member: { worker: JobWorker | null; job: Job | null } = { worker: null, job: null };
    const worker =
      engineHost().jobWorkers?.start(
        (message) => this.#receive(member as Member, message as FromJobWorker),
        (reason) => this.#lose(member as Member, reason),
      ) ?? null;
    if (worker === null) return false;
    member.worker = worker;
    this.#members.add(member as Member);
    worker.post(this.#begin);
    this.#giveNext(member as Member);
    return true;
  }

  #giveNext(member: Member): void {
    const job = this.#waiting.shift() ?? null;
    member.job = job;
    if (job === null) return;
    this.#attempts.set(job.id, (this.#attempts.get(job.id) ?? 0) + 1);
    const message: ToJobWorker = { kind: "run", job };
    member.worker.post(message);
  }

  #receive(member: Member, message: FromJobWorker): void {
    if (!this.#members.has(member)) return;
    switch (message.kind) {
      case "progressed":
        this.#listener?.progressed(message.id, message.progress);
        break;
      case "done":
        this.#listener?.done(message.id, message.result);
        this.#giveNext(member);
        break;
      case "failed":
        this.#fail(this.#listener?.explain(message.id, receivedError(message.error)) ?? receivedError(message.error));
        return;
    }
    if (this.#listener?.shouldStop() === true) this.stop();
    this.#settleWhenIdle();
  }

  /** A worker is gone: what it did is done by another one. */
  #lose(member: Member, reason: string): void {
    if (!this.#members.delete(member)) return;
    const { job } = member;
    if (job !== null) {
      if ((this.#attempts.get(job.id) ?? 0) >= mostAttempts) {
        this.#fail(deathOf(job, reason));
        return;
      }
      this.#waiting.unshift(job);
    }
    if (this.#waiting.length > 0) this.#startMember();
    this.#settleWhenIdle();
  }

  #fail(error: Error): void {
    this.#waiting = [];
    this.end();
    this.#settle?.reject(error);
    this.#settle = null;
  }

  #settleWhenIdle(): void {
    if ([...this.#members].some(({ job }) => job !== null)) return;
    // Without any worker what waits is for whoever called.
    if (this.#waiting.length > 0 && this.#members.size > 0) return;
    this.#settle?.resolve();
    this.#settle = null;
  }
}

function deathOf({ settings }: Job, reason: string): ValueError {
  return new ValueError({
    op: "compare",
    expected: `a worker that lives until "${settings.name}" is trained`,
    got: `${mostAttempts} that ended before: ${reason}`,
    hint: "With workers: 0 it trains in the thread of the cells.",
  });
}
