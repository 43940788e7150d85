// Ticks of a log axis: powers of ten only, as many as fit. Pure.

/** Distances between neighbouring exponents that read well. */
const distances = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200];

/**
 * Powers of ten within `[min, max]`, ascending, at most `room`: the densest even spacing that fits, counted from 10⁰ so that
 * ticks stay where they are while the range grows. At least one where there is any.
 */
export function powersOfTen(min: number, max: number, room: number): readonly number[] {
  if (!(min > 0) || !(max >= min)) return [];
  const low = Math.ceil(Math.log10(min) - 1e-9);
  const high = Math.floor(Math.log10(max) + 1e-9);
  for (const distance of distances) {
    const first = Math.ceil(low / distance) * distance;
    const count = Math.floor((high - first) / distance) + 1;
    if (count > Math.max(1, Math.floor(room))) continue;
    if (count < 1) break;
    return Array.from({ length: count }, (_, index) => 10 ** (first + index * distance));
  }
  return high >= low ? [10 ** high] : [];
}

/** The range of a log axis: whole powers of ten around the positive values, at least one decade; `null` when there are none. */
export function logRange(values: readonly number[]): { readonly min: number; readonly max: number } | null {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return null;
  const low = Math.floor(Math.log10(Math.min(...positive)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(...positive)) - 1e-9);
  return { min: 10 ** low, max: 10 ** Math.max(high, low + 1) };
}
