// The built-ins the engine counts on, taken when it loads: a cell that declares its own `Math` or `Float32Array` must not change how networks train.

/** The functions and constants of `Math` that the engine uses. */
export const maths = {
  abs: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atan2: Math.atan2,
  atanh: Math.atanh,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  expm1: Math.expm1,
  floor: Math.floor,
  fround: Math.fround,
  hypot: Math.hypot,
  imul: Math.imul,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  max: Math.max,
  min: Math.min,
  PI: Math.PI,
  pow: Math.pow,
  round: Math.round,
  sign: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
} as const;

/** Float32Array: how all tensors store their numbers. */
export const Floats = Float32Array;
export type Floats = Float32Array<ArrayBufferLike>;

/** Float64Array: where sums are accumulated. */
export const Doubles = Float64Array;
export type Doubles<Buffer extends ArrayBufferLike = ArrayBufferLike> = Float64Array<Buffer>;

/** Uint8Array: what files hold. */
export const Bytes = Uint8Array;

/** Int32Array: the bits of numbers as whole numbers. */
export const Words = Int32Array;
