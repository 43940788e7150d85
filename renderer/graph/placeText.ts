// Which number of a tensor, as code would ask for it. Pure.

/** "[4]"; "[1, 2]" in a matrix. Counted from 0. */
export function placeText(at: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = at;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `[${index.join(", ")}]`;
}
