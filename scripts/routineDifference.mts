// Writes bytes as their difference to others: both builds of the routines are shipped, which are nearly the same, and each repeats itself.
// src/engine/backend/simd/module/difference.ts reads it and says how it is laid out.

/** Shorter runs of equal bytes are not looked for. */
const shortestCopy = 4;
/** Of a run that stands in many places, only so many are tried, the newest ones. */
const mostPlaces = 256;

/** Bytes that stood somewhere before. */
interface Copy {
  readonly place: number;
  readonly length: number;
  /** How many bytes it takes less than it stands for. */
  readonly gain: number;
}

/** The bytes from which `applyDifference(base, …)` makes `target`. */
export function differenceOf(base: Uint8Array, target: Uint8Array): Uint8Array {
  const known = new KnownBytes(base, target);
  const written: number[] = [];
  let literals: number[] = [];
  // Where the copy before ended: a copy from here needs the shortest step.
  let expected = 0;
  for (let at = base.length; at < known.bytes.length; ) {
    const copy = known.bestCopy(at, expected);
    // One byte later there may be a better one.
    if (copy === null || (known.bestCopy(at + 1, expected)?.gain ?? 0) > copy.gain + 1) {
      literals.push(known.bytes[at++] ?? 0);
      continue;
    }
    written.push(...countOf(literals.length));
    for (const literal of literals) written.push(literal);
    literals = [];
    written.push(...countOf(copy.length), ...countOf(stepBetween(expected, copy.place)));
    expected = copy.place + copy.length;
    at += copy.length;
  }
  if (literals.length > 0) {
    written.push(...countOf(literals.length));
    for (const literal of literals) written.push(literal);
  }
  return Uint8Array.from(written);
}

/** The base, and behind it the target, as far as it is made. */
class KnownBytes {
  readonly bytes: Uint8Array;
  readonly #places = new Map<string, number[]>();
  #listed = 0;

  constructor(base: Uint8Array, target: Uint8Array) {
    this.bytes = new Uint8Array(base.length + target.length);
    this.bytes.set(base);
    this.bytes.set(target, base.length);
  }

  bestCopy(at: number, expected: number): Copy | null {
    this.#listUntil(at);
    let best: Copy | null = null;
    for (const place of [expected, ...(this.#places.get(this.#runAt(at))?.slice(-mostPlaces) ?? [])]) {
      const length = place < at ? this.#equalBytes(place, at) : 0;
      const gain = length - countOf(length).length - countOf(stepBetween(expected, place)).length - 1;
      if (gain > (best?.gain ?? 0)) best = { place, length, gain };
    }
    return best;
  }

  /** A copy may go on into what it makes itself. */
  #equalBytes(place: number, at: number): number {
    let length = 0;
    while (at + length < this.bytes.length && this.bytes[place + length] === this.bytes[at + length]) length++;
    return length;
  }

  #listUntil(end: number): void {
    for (; this.#listed < end && this.#listed + shortestCopy <= this.bytes.length; this.#listed++) {
      const run = this.#runAt(this.#listed);
      const places = this.#places.get(run);
      if (places === undefined) this.#places.set(run, [this.#listed]);
      else places.push(this.#listed);
    }
  }

  #runAt(at: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + shortestCopy));
  }
}

function stepBetween(expected: number, place: number): number {
  const skip = place - expected;
  return skip < 0 ? -2 * skip - 1 : 2 * skip;
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function countOf(count: number): readonly number[] {
  return count < 128 ? [count] : [(count % 128) + 128, ...countOf(Math.floor(count / 128))];
}
