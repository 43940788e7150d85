// Whether a list of routine calls runs faster alone or with helpers: tried out now and then, since other programs want the processor too.
//
// Runs are timed in blocks, so long that a single preemption does not decide. Between blocks of the usual way there are trials
// of the other one. What counts is the mean: a helper that is sometimes kept from its part for long makes few runs slow. What is lost
// with helpers is remembered, and made up for by runs alone before they are tried again.

import { maths } from "../../../intrinsics.ts";

/** Runs before anything is measured: the first ones compile. */
const firstRuns = 3;
/** A block: at least so many milliseconds and so many runs. */
const blockMs = 8;
const blockRuns = 2;
/** So many of the newest blocks tell how long a run usually takes. */
const recentBlocks = 4;
/** Blocks between trials. */
const shortestInterval = 2;
const longestAlone = 64;
const longestTogether = 32;
/** How much faster the other way must be. */
const gain = 0.95;
/** Helpers that are so much slower than one thread was are doubted at once. */
const suspicion = 1.1;
/** A trial that takes so much longer than usual is ended early: its first run, which also wakes the helpers, and later. */
const hopelessFirst = 4;
const hopeless = 2;
/** Which share of the time helpers may cost: trials that failed, and what was lost while they were used. */
const lossShare = 0.04;
/** So many milliseconds of what helpers gained may be lost again before that share is drawn on. */
const mostCredit = 200;
/** A trial has at most so many blocks. */
const mostDoubt = 4;

/** Times of runs put together. */
class Block {
  ms = 0;
  runs = 0;

  get mean(): number {
    return this.ms / this.runs;
  }

  add(ms: number): void {
    this.ms += ms;
    this.runs++;
  }

  append({ ms, runs }: Block): void {
    this.ms += ms;
    this.runs += runs;
  }

  /** Whether it is as long as so many blocks. */
  isFull(blocks: number): boolean {
    return this.runs >= blockRuns && this.ms >= blocks * blockMs;
  }
}

/** Decides for one list of calls, from the times of its runs. */
export class Pace {
  #isTogether = false;
  #isTrial = false;
  #runsToSkip = firstRuns;
  #block = new Block();
  /** The newest blocks of the present way. */
  #recent: Block[] = [];
  #untilTrial = shortestInterval;
  #interval = shortestInterval;
  /** Milliseconds that runs with helpers may take longer than one thread; below zero after dear ones. */
  #credit = 0;
  /** How long a run took alone when that was last tried. */
  #aloneMean = Number.POSITIVE_INFINITY;
  /** All runs with helpers since then. */
  #together = new Block();
  /** How many blocks a trial has to last until helpers are used: more after they have failed. */
  #doubt = 1;

  /** Whether the next run is one with helpers. */
  get isTogether(): boolean {
    return this.#isTogether !== this.#isTrial;
  }

  /** Says how long the run took. */
  took(ms: number): void {
    if (this.#runsToSkip > 0) {
      this.#runsToSkip--;
      return;
    }
    this.#block.add(ms);
    if (this.#isTrial) this.#continueTrial(ms);
    else if (this.#block.isFull(1)) this.#endUsualBlock();
  }

  #endUsualBlock(): void {
    const block = this.#nextBlock();
    this.#recent.push(block);
    if (this.#recent.length > recentBlocks) this.#recent.shift();
    this.#untilTrial--;
    if (this.#isTogether) {
      this.#together.append(block);
      if (block.mean > suspicion * this.#aloneMean) this.#untilTrial = 0;
    } else this.#credit = maths.min(this.#credit + lossShare * block.ms, mostCredit);
    this.#isTrial = this.#untilTrial <= 0 && (this.#isTogether || this.#credit >= 0);
  }

  #continueTrial(ms: number): void {
    const usual = this.#usualMean();
    const trial = this.#block;
    const isHopeless = trial.runs === 1 ? ms > hopelessFirst * usual : trial.mean > hopeless * usual;
    if (isHopeless || trial.isFull(this.#isTogether ? 1 : this.#doubt)) this.#endTrial(usual);
  }

  #endTrial(usual: number): void {
    const trial = this.#nextBlock();
    const isBetter = trial.mean < gain * usual;
    if (this.#isTogether) this.#account(trial.mean);
    else if (!isBetter) this.#credit -= maths.max(trial.ms - trial.runs * usual, 0);
    this.#aloneMean = this.#isTogether ? trial.mean : usual;
    // Helpers may have lost more than their newest blocks tell: long waits come seldom.
    if (isBetter || (this.#isTogether && this.#credit < 0)) {
      if (this.#isTogether) this.#doubt = maths.min(2 * this.#doubt, mostDoubt);
      else this.#together.append(trial);
      this.#isTogether = !this.#isTogether;
      this.#recent = [trial];
      this.#interval = shortestInterval;
    } else {
      // Helpers that stood a trial are trusted again.
      if (this.#isTogether) this.#doubt = 1;
      this.#interval = maths.min(2 * this.#interval, this.#isTogether ? longestTogether : longestAlone);
    }
    this.#isTrial = false;
    this.#untilTrial = this.#interval;
  }

  /** What helpers gained or lost since one thread was last tried, which now takes so long. */
  #account(aloneMean: number): void {
    const { ms, runs } = this.#together;
    this.#credit = maths.min(this.#credit + (runs * (this.#aloneMean + aloneMean)) / 2 - ms, mostCredit);
    this.#together = new Block();
  }

  #usualMean(): number {
    const all = new Block();
    for (const block of this.#recent) all.append(block);
    return all.mean;
  }

  #nextBlock(): Block {
    const block = this.#block;
    this.#block = new Block();
    return block;
  }
}
