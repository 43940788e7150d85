// The seeded random generator: everything random in the engine comes from here, so that the same seed gives the same run on every machine.

import { readArguments } from "./argumentCounts.ts";
import { checkedCount, checkedNumber, describeValue, ValueError } from "./errors.ts";
import { Doubles, Floats, maths } from "./intrinsics.ts";

/**
 * A seeded stream of random numbers (xoshiro128**, Blackman & Vigna 2018).
 *
 * Streams for different purposes are derived by key and do not disturb one another: `random.child("shuffle")` is the same
 * whatever was drawn from `random` before.
 *
 * @example new Random(1).uniform() // always the same number
 */
export class Random {
  /** What its numbers follow from. */
  readonly seed: number;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spareNormal: number | null = null;

  /** @throws ValueError for a seed that is not a finite number. */
  constructor(seed: number);
  constructor(...given: [number]) {
    const [seed] = readArguments("Random", 1, given);
    this.seed = checkedNumber("Random", "the seed", seed);
    const next = splitMix(hashText(String(seed)));
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next();
  }

  /** A new stream that depends on this one's seed and the key alone. */
  child(key: string | number): Random {
    if (typeof key !== "string" && !Number.isFinite(key))
      throw new ValueError({ op: "child", expected: "the key as a text or a finite number", got: describeValue(key) });
    return new Random(hashText(`${this.seed}/${String(key)}`));
  }

  /** A number from `min` (included) to `max` (excluded), with 53 random bits. */
  uniform(min = 0, max = 1): number {
    checkBounds("uniform", min, max);
    return this.#uniform(min, max);
  }

  /** A number from the normal distribution (polar method of Marsaglia). */
  normal(mean = 0, standardDeviation = 1): number {
    checkBounds("normal", mean, standardDeviation);
    return mean + standardDeviation * this.#standardNormal();
  }

  /** A normal number drawn again until it lies within two standard deviations of the mean. */
  truncatedNormal(mean = 0, standardDeviation = 1): number {
    checkBounds("truncatedNormal", mean, standardDeviation);
    let z = this.#standardNormal();
    while (maths.abs(z) > 2) z = this.#standardNormal();
    return mean + standardDeviation * z;
  }

  /** A whole number from 0 to `bound - 1`, each as likely as the others. */
  integer(bound: number): number {
    checkedCount("integer", "the bound", bound, 1);
    return maths.floor(this.#uniform(0, 1) * bound);
  }

  /** `true` with the given probability, from 0 to 1. */
  chance(probability: number): boolean {
    const share = checkedNumber("chance", "the probability", probability);
    if (share < 0 || share > 1)
      throw new ValueError({ op: "chance", expected: "the probability from 0 to 1", got: String(share) });
    return this.#uniform(0, 1) < probability;
  }

  /** Puts a list in random order, in place (Fisher–Yates), and returns it. */
  shuffle<List extends { length: number; [index: number]: unknown }>(list: List): List {
    if (typeof list !== "object" || list === null)
      throw new ValueError({ op: "shuffle", expected: "a list", got: describeValue(list) });
    checkedCount("shuffle", "the list's length", list.length);
    // What `integer(last + 1)` would give each time, many at once: a training draws its examples' order anew for every epoch.
    let draws = new Doubles(0);
    for (let last = list.length - 1, draw = 0; last > 0; last--, draw++) {
      if (draw === draws.length) {
        draws = this.fillUniform(new Doubles(maths.min(last, 4096)), 0, 1);
        draw = 0;
      }
      const other = maths.floor((draws[draw] as number) * (last + 1));
      const kept = list[last];
      list[last] = list[other];
      list[other] = kept;
    }
    return list;
  }

  /** The numbers 0 to `count - 1` in random order. */
  permutation(count: number): number[] {
    if (checkedCount("permutation", "the count", count) > mostPlaces) throw tooMany("permutation", count);
    const order: number[] = [];
    for (let index = 0; index < count; index++) order.push(index);
    return this.shuffle(order);
  }

  /** An array filled with uniform numbers. */
  uniformFloats(count: number, min = 0, max = 1): Floats {
    return this.fillUniform(floatsOf("uniformFloats", count), min, max);
  }

  /**
   * @internal Fills an array with what `uniform` would give, number by number, and returns it. The same arithmetic with the
   * state in local variables: three times as fast, and the weights of a large model are millions of numbers.
   */
  fillUniform<Numbers extends Floats | Doubles>(values: Numbers, min: number, max: number): Numbers {
    checkBounds("uniform", min, max);
    let [a, b, c, d, high] = [this.#a, this.#b, this.#c, this.#d, 0];
    for (let draw = 0, index = 0; index < values.length; draw++) {
      const product = maths.imul(b, 5);
      const result = maths.imul((product << 7) | (product >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      if (draw % 2 === 0) high = result >>> 5;
      else values[index++] = min + ((high * 67108864 + (result >>> 6)) / 9007199254740992) * (max - min);
    }
    [this.#a, this.#b, this.#c, this.#d] = [a, b, c, d];
    return values;
  }

  /** An array filled with normal numbers. */
  normalFloats(count: number, mean = 0, standardDeviation = 1): Floats {
    const values = floatsOf("normalFloats", count);
    checkBounds("normal", mean, standardDeviation);
    for (let index = 0; index < count; index++) values[index] = mean + standardDeviation * this.#standardNormal();
    return values;
  }

  /** Without looking at the bounds or at what else was given: most numbers are drawn here. */
  #uniform(min: number, max: number): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return min + ((high * 67108864 + low) / 9007199254740992) * (max - min);
  }

  #standardNormal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    for (;;) {
      const u = this.#uniform(-1, 1);
      const v = this.#uniform(-1, 1);
      const square = u * u + v * v;
      if (square === 0 || square >= 1) continue;
      const scale = maths.sqrt((-2 * maths.log(square)) / square);
      this.#spareNormal = v * scale;
      return u * scale;
    }
  }

  #next(): number {
    const product = maths.imul(this.#b, 5);
    const result = maths.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }
}

/** FNV-1a over the characters: spreads seeds and keys over all 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = maths.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** SplitMix32: fills the state of the main generator, never with all zeros in practice. */
function splitMix(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = maths.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = maths.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) | 0;
  };
}

/** A list of more numbers takes gigabytes, which ends the whole program on many machines. */
const mostPlaces = 2 ** 27;

function floatsOf(op: string, count: number): Floats {
  checkedCount(op, "the count", count);
  try {
    return new Floats(count);
  } catch {
    // The only thing a new array of zeros can fail at is its size.
    throw tooMany(op, count);
  }
}

function tooMany(op: string, count: number): ValueError {
  return new ValueError({ op, expected: "a count of numbers that fit into memory", got: String(count) });
}

/** Asked for every number drawn: the quick way to tell two finite numbers from anything else. */
function checkBounds(op: string, first: unknown, second: unknown): void {
  if (typeof first === "number" && typeof second === "number" && (first - second) * 0 === 0) return;
  checkedNumber(op, "the first number", first);
  checkedNumber(op, "the second number", second);
}
