// Which epochs of a long line are drawn: as few as look the same, since a browser draws tens of thousands of dashes slowly.

/** A line is drawn whole up to this many points. */
const wholeUpTo = 1_000;
/** At most so many pieces of a longer line; each keeps its first, lowest, highest and last point, so no peak is lost. */
const mostPieces = 500;

/** The indices to draw, ascending, the first and the last always among them. `null` and NaN are gaps: a piece that holds one keeps it. */
export function thinLine(values: readonly (number | null)[]): readonly number[] {
  return new LineThinner().of(values);
}

/** Thins a line that grows: the pieces that are full stay as they were thinned, until the line is so long that pieces must be longer. */
export class LineThinner {
  #length = 0;
  #pieceLength = 1;
  /** The indices that full pieces keep. */
  readonly #full: number[] = [];

  /** The indices to draw of `values`, which begin with those that were thinned before. */
  of(values: readonly (number | null)[]): readonly number[] {
    const pieceLength = pieceLengthOf(values.length);
    let from = Math.floor(this.#length / pieceLength) * pieceLength;
    if (pieceLength !== this.#pieceLength || values.length < this.#length) {
      this.#full.length = 0;
      from = 0;
    }
    for (; from + pieceLength <= values.length; from += pieceLength)
      this.#full.push(...pointsOf(values, from, from + pieceLength));
    this.#length = values.length;
    this.#pieceLength = pieceLength;
    return from < values.length ? [...this.#full, ...pointsOf(values, from, values.length)] : this.#full;
  }
}

/** Lengthens by a quarter at most, so that there are never few pieces, and seldom, so that thinning anew is rare. */
function pieceLengthOf(count: number): number {
  if (count <= wholeUpTo) return 1;
  const least = Math.ceil(count / mostPieces);
  const step = 2 ** Math.max(0, Math.floor(Math.log2(least)) - 2);
  return Math.ceil(least / step) * step;
}

function pointsOf(values: readonly (number | null)[], from: number, to: number): readonly number[] {
  if (to - from === 1) return [from];
  let [lowest, highest, gap] = [-1, -1, -1];
  let [low, high] = [Infinity, -Infinity];
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) gap = index;
    else {
      if (lowest < 0 || value < low) [low, lowest] = [value, index];
      if (highest < 0 || value > high) [high, highest] = [value, index];
    }
  }
  const kept = [from, lowest, highest, gap, to - 1].filter((index) => index >= 0).sort((a, b) => a - b);
  return kept.filter((index, at) => index !== kept[at - 1]);
}
