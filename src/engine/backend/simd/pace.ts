// Whether a list of routine calls runs faster alone or with helpers: tried out now and then, since other programs want the processor too.

import { maths } from "../../intrinsics.ts";

/** Runs before anything is measured: the first ones compile. */
const firstRuns = 3;
/** So many runs tell how long one takes. */
const sampleSize = 5;
/** A trial: the first run of it only wakes the helpers. */
const trialRuns = 4;
const shortestInterval = 8;
const longestAlone = 1024;
const longestTogether = 128;
/** How much faster the other way must be. */
const gain = 0.95;

/** Decides for one list of calls, from the times of its runs. */
export class Pace {
  #isTogether = false;
  #isTrial = false;
  /** Times of the newest runs, and of those of a trial. */
  #recent: number[] = [];
  #trial: number[] = [];
  #untilTrial = firstRuns + sampleSize;
  #interval = shortestInterval;
  /** The best that was usual on the present way. */
  #usual: number = Number.POSITIVE_INFINITY;

  /** Whether the next run is one with helpers. */
  get isTogether(): boolean {
    return this.#isTogether !== this.#isTrial;
  }

  /** Says how long the run took. */
  took(ms: number): void {
    if (this.#isTrial) this.#tookInTrial(ms);
    else {
      this.#recent.push(ms);
      if (this.#recent.length > sampleSize) this.#recent.shift();
      this.#untilTrial--;
      if (this.#isSlower()) this.#untilTrial = 0;
      this.#isTrial = this.#untilTrial <= 0;
    }
  }

  /** With helpers a run can become slow from one moment to the next. */
  #isSlower(): boolean {
    if (this.#recent.length < sampleSize) return false;
    const now = middle(this.#recent);
    this.#usual = maths.min(this.#usual, now);
    const isDue = this.#interval - this.#untilTrial >= shortestInterval;
    return this.#isTogether && isDue && now > 1.3 * this.#usual;
  }

  #tookInTrial(ms: number): void {
    this.#trial.push(ms);
    const before = middle(this.#recent);
    const isHopeless = this.#trial.length <= 2 && ms > (this.#trial.length === 1 ? 4 : 2) * before;
    if (this.#trial.length < trialRuns && !isHopeless) return;
    const isBetter = !isHopeless && middle(this.#trial.slice(1)) < gain * before;
    if (isBetter) {
      this.#isTogether = !this.#isTogether;
      this.#recent = this.#trial.slice(1);
      this.#interval = shortestInterval;
    } else {
      const longest = this.#isTogether ? longestTogether : longestAlone;
      this.#interval = maths.min((isHopeless ? 4 : 2) * this.#interval, longest);
    }
    // What is usual changes with the machine's other work.
    this.#usual = Number.POSITIVE_INFINITY;
    this.#trial = [];
    this.#isTrial = false;
    this.#untilTrial = this.#interval;
  }
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.POSITIVE_INFINITY;
}
