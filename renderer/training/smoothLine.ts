// A moving mean over a line, so that its course shows through the noise; the line itself stays visible behind it. Pure.

/**
 * Exponential moving mean: each point counts `weight` times less than the one after it. Corrected for its start, so that
 * the first points are not drawn towards 0. Gaps stay gaps.
 */
export function smoothLine(values: readonly (number | null)[], weight: number): readonly (number | null)[] {
  return values.map(movingMean(weight));
}

/** The same point by point: takes the next value of the line and gives its mean. */
export function movingMean(weight: number): (value: number | null) => number | null {
  let mean = 0;
  let counted = 0;
  return (value) => {
    if (value === null) return null;
    mean = weight * mean + (1 - weight) * value;
    counted = weight * counted + (1 - weight);
    return mean / counted;
  };
}
