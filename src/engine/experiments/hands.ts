// The threads that carry out trainings, whichever race they are of: kept when a race ends, for starting one takes longer than a short training.

import { engineHost, type JobWorker, type JobWorkers } from "../host.ts";
import { Words } from "../intrinsics.ts";
import type { FromJobWorker, ToJobWorker } from "./jobWorker.ts";

/** Whoever a thread works for. */
export interface Employer {
  told(hand: Hand, message: FromJobWorker): void;
  /** It ended by itself. */
  lost(hand: Hand, reason: string): void;
}

/** A thread that carries out one training at a time. */
export class Hand {
  /** The jobs whose trainings were stopped there, and can go on there. */
  readonly held = new Set<number>();
  /** How many others may help it, where it looks between two steps; `null` where threads share no memory. */
  readonly offered: Int32Array | null = sharedWord();
  /** `null` while it rests. */
  employer: Employer | null = null;
  readonly #staff: Set<Hand>;
  readonly #worker: JobWorker | null;

  constructor(workers: JobWorkers, staff: Set<Hand>) {
    this.#staff = staff;
    this.#worker = workers.start(
      (message) => this.employer?.told(this, message as FromJobWorker),
      (reason) => {
        staff.delete(this);
        this.employer?.lost(this, reason);
      },
    );
    if (this.#worker !== null) staff.add(this);
  }

  /** Whether there is a thread at all. */
  get isThere(): boolean {
    return this.#worker !== null;
  }

  post(message: ToJobWorker): void {
    this.#worker?.post(message);
  }

  keepAwake(isWorking: boolean): void {
    this.#worker?.keepAwake(isWorking);
  }

  /** Ends it, whatever it does. */
  end(): void {
    this.employer = null;
    this.#staff.delete(this);
    this.#worker?.end();
  }
}

/** A number that threads can look at together; `null` where memory cannot be shared. */
export function sharedWord(): Int32Array | null {
  return typeof SharedArrayBuffer === "function" ? new Words(new SharedArrayBuffer(4)) : null;
}

/** All there are, by who starts them. */
const staffs = new WeakMap<JobWorkers, Set<Hand>>();

function staffOf(workers: JobWorkers): Set<Hand> {
  const known = staffs.get(workers);
  if (known !== undefined) return known;
  const none = new Set<Hand>();
  staffs.set(workers, none);
  return none;
}

/** One that rests, if there is any one that holds a training of these jobs, else a new one. `null` where there can be none. */
export function takeHand(employer: Employer, jobs: readonly number[]): Hand | null {
  const { jobWorkers } = engineHost();
  if (jobWorkers === null) return null;
  const staff = staffOf(jobWorkers);
  const resting = [...staff].filter((each) => each.employer === null);
  const holder = resting.find(({ held }) => jobs.some((job) => held.has(job)));
  const hand = holder ?? resting[0] ?? new Hand(jobWorkers, staff);
  if (!hand.isThere) return null;
  hand.employer = employer;
  hand.keepAwake(true);
  return hand;
}

/** It has nothing to do: it rests, or ends where more would rest than may work at once. */
export function letRest(hand: Hand): void {
  const { jobWorkers } = engineHost();
  hand.employer = null;
  const staff = jobWorkers === null ? [] : staffOf(jobWorkers);
  const resting = [...staff].filter((each) => each.employer === null);
  if (jobWorkers === null || resting.length > jobWorkers.count()) {
    hand.end();
    return;
  }
  hand.post({ kind: "rest" });
  hand.keepAwake(false);
}

/** Nobody goes on with these trainings any more. */
export function forgetJobs(jobs: Iterable<number>): void {
  const { jobWorkers } = engineHost();
  const ids = [...jobs];
  if (jobWorkers === null) return;
  for (const hand of staffOf(jobWorkers)) {
    const forgotten = ids.filter((id) => hand.held.delete(id));
    if (forgotten.length > 0) hand.post({ kind: "forget", ids: forgotten });
  }
}
