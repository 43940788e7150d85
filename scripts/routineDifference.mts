// Writes one build of the routines as its difference to another: they are nearly the same, and both are shipped.
// src/engine/backend/simd/difference.ts reads it and says how it is laid out.

/** Shorter runs of equal bytes are not worth a step. */
const shortestCopy = 6;
/** Of a run that stands in many places, only so many are tried. */
const mostPlaces = 64;

/** The bytes from which `applyDifference(base, …)` makes `target`. */
export function differenceOf(base: Uint8Array, target: Uint8Array): Uint8Array {
  const places = placesOfRuns(base);
  const written: number[] = [];
  let literals: number[] = [];
  let expected = 0;
  for (let at = 0; at < target.length; ) {
    const copy = longestCopy({ base, target, at, expected, places });
    if (copy.length < shortestCopy) {
      literals.push(target[at++] ?? 0);
      continue;
    }
    writeCount(written, literals.length);
    for (const literal of literals) written.push(literal);
    literals = [];
    writeCount(written, copy.length);
    const skip = copy.place - expected;
    writeCount(written, skip < 0 ? -2 * skip - 1 : 2 * skip);
    expected = copy.place + copy.length;
    at += copy.length;
  }
  if (literals.length > 0) written.push(...countOf(literals.length), ...literals);
  return Uint8Array.from(written);
}

interface Search {
  readonly base: Uint8Array;
  readonly target: Uint8Array;
  readonly at: number;
  /** Where the copy before ended: a copy from here needs the shortest step. */
  readonly expected: number;
  readonly places: ReadonlyMap<string, readonly number[]>;
}

function longestCopy({ base, target, at, expected, places }: Search): {
  readonly place: number;
  readonly length: number;
} {
  const candidates = [expected, ...(places.get(runAt(target, at)) ?? [])];
  let best = { place: expected, length: 0 };
  for (const place of candidates) {
    let length = 0;
    while (at + length < target.length && place + length < base.length && base[place + length] === target[at + length])
      length++;
    if (length > best.length) best = { place, length };
  }
  return best;
}

function placesOfRuns(base: Uint8Array): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + shortestCopy <= base.length; at++) {
    const run = runAt(base, at);
    const known = places.get(run);
    if (known === undefined) places.set(run, [at]);
    else if (known.length < mostPlaces) known.push(at);
  }
  return places;
}

function runAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + shortestCopy));
}

function writeCount(into: number[], count: number): void {
  into.push(...countOf(count));
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function countOf(count: number): readonly number[] {
  return count < 128 ? [count] : [(count % 128) + 128, ...countOf(Math.floor(count / 128))];
}
