// Ticks of a linear axis: round numbers, as many as fit. Pure.

const mantissas = [1, 2, 2.5, 5, 10];

/** Multiples of a round step within `[low, high]`, at most `room` of them (one at least, where one lies inside). */
export function linearTicks(low: number, high: number, room: number): readonly number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [];
  const least = (high - low) / Math.max(1, room);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * (mantissas.find((each) => each * power >= least * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
