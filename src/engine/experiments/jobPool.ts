// Carries out the trainings of a race on workers, several at once: each takes the next one when it is done.

import { ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { type Employer, type Hand, letRest, sharedWord, takeHand } from "./hands.ts";
import { IdleHands } from "./idleHands.ts";
import type { Job, JobProgress, JobResult, SharedExamples } from "./job.ts";
import type { FromJobWorker, ToJobWorker } from "./jobWorker.ts";
import { receivedError } from "./sentError.ts";

/** Told of the trainings, by the ids of their jobs. */
export interface JobListener {
  progressed(id: number, progress: JobProgress): void;
  done(id: number, result: JobResult): void;
  /** What a training threw, or that its workers died. */
  failed(id: number, error: Error): void;
  /** Whether a job that waits is still to be done: asked after one failed. */
  isWanted(id: number): boolean;
  /** Asked whenever a worker tells something; `true` ends all trainings between two steps. */
  shouldStop(): boolean;
}

/** So often a training is begun when its worker dies. */
const mostAttempts = 2;

/** The workers that one race has, until it ends or is stopped. */
export class JobPool implements Employer {
  readonly #begin: Omit<Extract<ToJobWorker, { readonly kind: "begin" }>, "offered">;
  readonly #stop: Int32Array | null = sharedWord();
  readonly #idle = new IdleHands();
  readonly #size: number;
  /** What each does; `null` for nothing. */
  readonly #doing = new Map<Hand, Job | null>();
  readonly #attempts = new Map<number, number>();
  #waiting: Job[] = [];
  #listener: JobListener | null = null;
  #settle: (() => void) | null = null;

  constructor(size: number, backend: "plain" | "simd" | "simdBaseline", examples: SharedExamples) {
    this.#size = size;
    this.#begin = { kind: "begin", backend, examples, stop: this.#stop };
  }

  /**
   * Runs jobs until they are done, or are stopped: those that had not begun are then left out. What was stopped before goes on
   * in the worker that holds it, if that is free. One that fails ends alone.
   */
  async run(jobs: readonly Job[], listener: JobListener): Promise<void> {
    this.#waiting = [...jobs];
    this.#listener = listener;
    if (this.#stop !== null) Atomics.store(this.#stop, 0, 0);
    if (jobs.length === 0) return;
    const ended = new Promise<void>((resolve) => {
      this.#settle = resolve;
    });
    while (this.#doing.size < maths.min(this.#size, jobs.length)) if (!this.#takeOne()) break;
    for (const hand of this.#doing.keys()) this.#giveNext(hand);
    this.#lendIdle();
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

  /** Lets its workers rest, for the next race; ends those that are at work. */
  end(): void {
    for (const [hand, job] of this.#doing)
      if (job === null && !this.#idle.helps(hand)) letRest(hand);
      else hand.end();
    this.#doing.clear();
  }

  told(hand: Hand, message: FromJobWorker): void {
    switch (message.kind) {
      case "progressed":
        this.#listener?.progressed(message.id, message.progress);
        break;
      case "helperWanted":
        this.#idle.helpersOf(hand)[message.work.index]?.post({ kind: "help", work: message.work });
        return;
      case "done":
        this.#doing.set(hand, null);
        this.#idle.free(hand);
        if (message.result.record.state === "stopped") hand.held.add(message.id);
        // It need not wait until what it did is looked at.
        this.#giveNext(hand);
        this.#lendIdle();
        this.#listener?.done(message.id, message.result);
        break;
      case "failed":
        this.#doing.set(hand, null);
        this.#idle.free(hand);
        this.#fail(message.id, receivedError(message.error));
        this.#giveNext(hand);
        this.#lendIdle();
        break;
    }
    if (this.#listener?.shouldStop() === true) this.stop();
    this.#settleWhenIdle();
  }

  /** What a worker did that is gone is done by another one, from its start. */
  lost(hand: Hand, reason: string): void {
    const job = this.#doing.get(hand) ?? null;
    this.#doing.delete(hand);
    // Whoever helped it would wait for ever.
    for (const helper of this.#idle.free(hand)) {
      helper.end();
      this.#doing.delete(helper);
    }
    const helped = this.#idle.takeBack(hand);
    if (helped !== null) {
      // A part of its computation may be lost.
      helped.end();
      this.lost(helped, reason);
    }
    if (job !== null) {
      if ((this.#attempts.get(job.id) ?? 0) >= mostAttempts) this.#fail(job.id, deathOf(job, reason));
      else this.#waiting.unshift(job);
    }
    if (this.#waiting.length > 0 && this.#takeOne())
      for (const [each, at] of this.#doing) if (at === null) this.#giveNext(each);
    this.#lendIdle();
    this.#settleWhenIdle();
  }

  #takeOne(): boolean {
    const hand = takeHand(
      this,
      this.#waiting.map(({ id }) => id),
    );
    if (hand === null) return false;
    this.#doing.set(hand, null);
    if (hand.offered !== null) Atomics.store(hand.offered, 0, 0);
    hand.post({ ...this.#begin, offered: hand.offered });
    return true;
  }

  #giveNext(hand: Hand): void {
    const mine = this.#waiting.findIndex(({ id }) => hand.held.has(id));
    // What another one holds is left to that one.
    const free = this.#waiting.findIndex(({ id }) => [...this.#doing.keys()].every(({ held }) => !held.has(id)));
    const [job = null] = this.#waiting.splice(mine === -1 ? free : mine, mine === -1 && free === -1 ? 0 : 1);
    this.#doing.set(hand, job);
    if (job === null) return;
    this.#idle.takeBack(hand);
    this.#attempts.set(job.id, (this.#attempts.get(job.id) ?? 0) + 1);
    const isOneOfMany = this.#waiting.length >= this.#doing.size;
    hand.post(hand.held.delete(job.id) ? { kind: "goOn", id: job.id } : { kind: "run", job, isOneOfMany });
  }

  /** When nothing waits, whoever has nothing to do helps the others. */
  #lendIdle(): void {
    if (this.#waiting.length > 0) return;
    const handsThat = (work: boolean) =>
      [...this.#doing].flatMap(([hand, job]) => ((job !== null) === work ? [hand] : []));
    this.#idle.lend(handsThat(false), handsThat(true));
  }

  #fail(id: number, error: Error): void {
    this.#listener?.failed(id, error);
    this.#waiting = this.#waiting.filter((job) => this.#listener?.isWanted(job.id));
  }

  #settleWhenIdle(): void {
    if ([...this.#doing.values()].some((job) => job !== null)) return;
    // Without any worker what waits is for whoever called.
    if (this.#waiting.length > 0 && this.#doing.size > 0) return;
    this.#settle?.();
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
