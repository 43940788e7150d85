// Random numbers by counter: number i is made of the seed and i alone, the same bits as in plainRandomness.ts.

import { DROPOUT_MASK, NORMAL_NOISE } from "../../opcodes";
import { address, double, word } from "../tape/record";
import { storePart } from "../vectors/vector";

export function runRandomnessRoutine(opcode: i32, record: usize): void {
  if (opcode === DROPOUT_MASK) dropoutMask(record);
  else if (opcode === NORMAL_NOISE) normalNoise(record);
  else abort();
}

/** 2³² divided by the golden ratio: keeps neighbouring seeds apart. */
const GOLDEN_RATIO: u32 = 0x9e3779b9;

function mix(value: u32): u32 {
  let mixed = value ^ (value >>> 16);
  mixed *= 0x21f0aaad;
  mixed ^= mixed >>> 15;
  mixed *= 0x735a2d97;
  return mixed ^ (mixed >>> 15);
}

function mixFour(value: v128): v128 {
  let mixed = v128.xor(value, i32x4.shr_u(value, 16));
  mixed = i32x4.mul(mixed, i32x4.splat(0x21f0aaad));
  mixed = v128.xor(mixed, i32x4.shr_u(mixed, 15));
  mixed = i32x4.mul(mixed, i32x4.splat(0x735a2d97));
  return v128.xor(mixed, i32x4.shr_u(mixed, 15));
}

/** output, length, seed, limit, kept (double), the first number's place: 0 where the hash lies below the limit */
function dropoutMask(record: usize): void {
  let output = address(record, 2);
  const a = mix(<u32>word(record, 4) ^ GOLDEN_RATIO);
  const b = i32x4.splat(mix(a + GOLDEN_RATIO));
  const limit = i32x4.splat(word(record, 5));
  const kept = f32x4.splat(<f32>double(record, 6));
  let places = i32x4.add(i32x4.splat(a + <u32>word(record, 8)), i32x4(0, 1, 2, 3));
  for (let left = word(record, 3); left > 0; left -= 4) {
    const hash = mixFour(v128.xor(mixFour(places), b));
    storePart(output, v128.and(kept, i32x4.ge_u(hash, limit)), left);
    places = i32x4.add(places, i32x4.splat(4));
    output += 16;
  }
}

/** output, length, seed, standard deviation (double), the first number's place */
function normalNoise(record: usize): void {
  const output = address(record, 2);
  const length = word(record, 3);
  const seed = mix(<u32>word(record, 4) ^ GOLDEN_RATIO);
  const b = mix(seed + GOLDEN_RATIO);
  const a = seed + <u32>word(record, 7);
  const deviation = double(record, 5);
  for (let index = 0; index < length; index += 2) {
    const place = output + ((<usize>index) << 2);
    const r = deviation * sqrt(-2 * naturalLog(mix(mix(index + a) ^ b)));
    setCosineAndSine(mix(mix(index + 1 + a) ^ b));
    store<f32>(place, <f32>(r * cosine));
    if (index + 1 < length) store<f32>(place, <f32>(r * sine), 4);
  }
}

/** `ln((bits + ½) / 2³²)`, of the number `m · 2ᵉ` with m from 1 to 2. */
function naturalLog(bits: u32): f64 {
  let m = (<f64>bits + 0.5) / 4294967296;
  let exponent = 0;
  while (m < 1) {
    m *= 2;
    exponent--;
  }
  return <f64>exponent * logUpToTwo(2) + logUpToTwo(m);
}

/** `ln m = 2 (s + s³/3 + s⁵/5 + …)` with `s = (m − 1) / (m + 1)`. */
function logUpToTwo(m: f64): f64 {
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum: f64 = 0;
  for (let divisor: f64 = 25; divisor >= 1; divisor -= 2) sum = sum * square + 1 / divisor;
  return 2 * s * sum;
}

let cosine: f64 = 0;
let sine: f64 = 0;

/** The upper two bits say the quarter of the circle, the others the angle within it. */
function setCosineAndSine(bits: u32): void {
  const t = ((<f64>(bits & 0x3fffffff) + 0.5) / 1073741824 - 0.5) * (Math.PI / 2);
  const square = t * t;
  let even: f64 = 1;
  for (let n: f64 = 14; n >= 2; n -= 2) even = 1 - (square * even) / (n * (n - 1));
  let odd: f64 = 1;
  for (let n: f64 = 13; n >= 3; n -= 2) odd = 1 - (square * odd) / (n * (n - 1));
  odd *= t;
  const quarter = bits >>> 30;
  if (quarter === 0) setBoth(even, odd);
  else if (quarter === 1) setBoth(-odd, even);
  else if (quarter === 2) setBoth(-even, -odd);
  else setBoth(odd, -even);
}

function setBoth(cosineValue: f64, sineValue: f64): void {
  cosine = cosineValue;
  sine = sineValue;
}
