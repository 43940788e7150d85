// A moving mean over a line, so that its course shows through the noise; the line itself stays visible behind it. Pure.

/**
 * Exponential moving mean: each point counts `weight` times less than the one after it. Corrected for its start, so that
 * the first points are not drawn towards 0. Gaps stay gaps.
 */
export function smoothLine(values: readonly (number | null)[], weight: number): readonly (number | null)[] {
  let mean = 0;
  let counted = 0;
  return values.map((value) => {
    if (value === null) return null;
    mean = weight * mean + (1 - weight) * value;
    counted = weight * counted + (1 - weight);
    return mean / counted;
  });
}
