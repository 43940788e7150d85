// Ticks of a log axis: powers of ten only, as many as fit. Pure.

/** Powers of ten within `[min, max]`, ascending; thinned from the largest down so that at most `room` stand. */
export function powersOfTen(min: number, max: number, room: number): readonly number[] {
  if (!(min > 0) || !(max >= min)) return [];
  const low = Math.ceil(Math.log10(min) - 1e-9);
  const high = Math.floor(Math.log10(max) + 1e-9);
  const every = Math.max(1, Math.ceil((high - low + 1) / Math.max(1, Math.floor(room))));
  const ticks: number[] = [];
  for (let exponent = high; exponent >= low; exponent -= every) ticks.unshift(10 ** exponent);
  return ticks;
}

/** The range of a log axis: whole powers of ten around the positive values, at least one decade; `null` when there are none. */
export function logRange(values: readonly number[]): { readonly min: number; readonly max: number } | null {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return null;
  const low = Math.floor(Math.log10(Math.min(...positive)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(...positive)) - 1e-9);
  return { min: 10 ** low, max: 10 ** Math.max(high, low + 1) };
}
