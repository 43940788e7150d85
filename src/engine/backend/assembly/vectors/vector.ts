// Four numbers at a time: multiply-and-add in the two builds, and the part of a vector that an array still holds at its end.

/** `a · b + c`: rounded once where the machine can (relaxed build), twice otherwise. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** `c − a · b`, rounded as `multiplyAdd` is. */
export function subtractProduct(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** Stores the first `count` (1 to 3) of four numbers: an array may be followed by another. */
export function storeFirst(target: usize, value: v128, count: i32): void {
  if (count >= 2) v128.store64_lane(target, value, 0);
  else v128.store32_lane(target, value, 0);
  if (count === 3) v128.store32_lane(target, value, 2, 8);
}

/** The sum of the four numbers, in a fixed order. */
export function sumLanes(value: v128): f32 {
  return (
    f32x4.extract_lane(value, 0) +
    f32x4.extract_lane(value, 1) +
    (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3))
  );
}

/** Stores four numbers, or the first `left` where fewer are left of an array. */
export function storePart(target: usize, value: v128, left: i32): void {
  if (left >= 4) v128.store(target, value);
  else storeFirst(target, value, left);
}

/** The value in the first `count` places (1 to 3), zero in the others: what stands behind an array must not count. */
export function keepFirst(value: v128, count: i32): v128 {
  const places = i32x4(0, 1, 2, 3);
  return v128.and(value, i32x4.lt_s(places, i32x4.splat(count)));
}
