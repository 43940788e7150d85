// Sums in double precision of numbers that come four at a time.

/** The first and the second number added to two doubles. */
export function addLow(sums: v128, values: v128): v128 {
  return f64x2.add(sums, f64x2.promote_low_f32x4(values));
}

/** The third and the fourth number added to two doubles. */
export function addHigh(sums: v128, values: v128): v128 {
  return f64x2.add(sums, f64x2.promote_low_f32x4(v128.shuffle<i64>(values, values, 1, 1)));
}

/** The sum of both. */
export function sumOf(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Four sums as float32. */
export function narrowed(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
