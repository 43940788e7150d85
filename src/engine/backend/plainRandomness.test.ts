// Random masks and noise of the plain backend: the documented hash, and the statistics of what it gives.

import { describe, expect, it } from "vitest";
import { plainRandomness } from "./plainRandomness.ts";

const count = 100_000;

function mask(length: number, rate: number, seed: number): Float32Array {
  const output = new Float32Array(length);
  plainRandomness.dropoutMask(output, rate, () => seed);
  return output;
}

function noise(length: number, seed: number, standardDeviation = 1): Float32Array {
  const output = new Float32Array(length);
  plainRandomness.normalNoise(output, standardDeviation, () => seed);
  return output;
}

/** The documented hash in whole numbers of any size, reduced modulo 2³² after each step. */
function documentedHash(seed: number, index: number): number {
  const modulo = (value: bigint) => BigInt.asUintN(32, value);
  const mix = (value: bigint): bigint => {
    let h = modulo(value);
    h ^= h >> 16n;
    h = modulo(h * 0x21f0aaadn);
    h ^= h >> 15n;
    h = modulo(h * 0x735a2d97n);
    return h ^ (h >> 15n);
  };
  const a = mix(modulo(BigInt(seed)) ^ 0x9e3779b9n);
  const b = mix(a + 0x9e3779b9n);
  return Number(mix(mix(BigInt(index) + a) ^ b));
}

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** How two sequences go together, in standard deviations of what independent ones would show. */
function dependence(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const products = a.map((value, index) => (value - meanA) * ((b[index] ?? 0) - meanB));
  const spread = (values: Float32Array, mean: number) => Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  return (meanOf(products) / (spread(a, meanA) * spread(b, meanB))) * Math.sqrt(a.length);
}

describe("dropout masks", () => {
  it.each([0, 1, 12345, 0xffffffff])("of seed %d are those of the documented hash", (seed) => {
    const wanted = Array.from({ length: 200 }, (_, index) => (documentedHash(seed, index) < 0.3 * 2 ** 32 ? 0 : 1));
    expect(Array.from(mask(200, 0.3, seed), Math.sign)).toEqual(wanted);
  });

  it.each([0.001, 0.1, 0.5, 0.8, 0.999])("drop the share %d and scale the others", (rate) => {
    const values = mask(count, rate, 7);
    const dropped = values.filter((value) => value === 0).length;
    expect(Math.abs(dropped - rate * count)).toBeLessThan(5 * Math.sqrt(count * rate * (1 - rate)));
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
  });

  it("keep everything at rate 0", () => {
    expect(new Set(mask(1000, 0, 3))).toEqual(new Set([1]));
  });

  it("of neighbouring places, seeds and distant places have nothing to do with one another", () => {
    const values = mask(count + 1024, 0.5, 1);
    for (const distance of [1, 2, 3, 8, 64, 1024])
      expect(Math.abs(dependence(values.slice(0, count), values.slice(distance, count + distance)))).toBeLessThan(5);
    for (const seed of [0, 2, 3, 0x80000001])
      expect(Math.abs(dependence(values.slice(0, count), mask(count, 0.5, seed)))).toBeLessThan(5);
  });
});

describe("normal noise", () => {
  it.each([0, 1, 99, 0xdeadbeef])(
    "of seed %d is what Box and Muller's formula makes of the documented hash",
    (seed) => {
      noise(2001, seed).forEach((value, index) => {
        const first = documentedHash(seed, index - (index % 2));
        const second = documentedHash(seed, index - (index % 2) + 1);
        const r = Math.sqrt(-2 * Math.log((first + 0.5) / 2 ** 32));
        const part = ((second % 2 ** 30) + 0.5) / 2 ** 30 - 0.5;
        const angle = (Math.PI / 2) * (Math.floor(second / 2 ** 30) + part);
        const wanted = r * (index % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 + 6e-8 * Math.abs(wanted));
      });
    },
  );

  it("has the mean, deviation and tails of the normal distribution", () => {
    const values = noise(count, 5);
    expect(Math.abs(meanOf(values))).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(meanOf(values.map((value) => value ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    for (const [limit, share] of [
      [0.5, 0.6170750774519738],
      [1, 0.31731050786291415],
      [2, 0.04550026389635842],
      [3, 0.0026997960632601866],
    ] as const) {
      const beyond = values.filter((value) => Math.abs(value) > limit).length;
      expect(Math.abs(beyond - share * count), `beyond ${limit}`).toBeLessThan(
        5 * Math.sqrt(count * share * (1 - share)),
      );
    }
  });

  it("grows with the standard deviation", () => {
    const [narrow, wide] = [noise(100, 4), noise(100, 4, 8)];
    expect(Array.from(wide)).toEqual(Array.from(narrow, (value) => 8 * value));
  });

  it("of neighbouring places and seeds has nothing to do with one another", () => {
    const values = noise(count + 8, 1);
    for (const distance of [1, 2, 3, 8])
      expect(Math.abs(dependence(values.slice(0, count), values.slice(distance, count + distance)))).toBeLessThan(5);
    expect(Math.abs(dependence(values.slice(0, count), noise(count, 2)))).toBeLessThan(5);
  });
});

describe("number i", () => {
  it.each([1, 3, 5, 7, 9, 17])("is the same in an array of %d as in a longer one", (length) => {
    expect(mask(length, 0.5, 11)).toEqual(mask(100, 0.5, 11).slice(0, length));
    expect(noise(length, 11)).toEqual(noise(100, 11).slice(0, length));
  });

  it("follows the seed that is asked for when the routine runs, once", () => {
    const asked: number[] = [];
    const seed = () => asked.push(asked.length);
    const output = new Float32Array(64);
    plainRandomness.dropoutMask(output, 0.5, seed);
    expect(output).toEqual(mask(64, 0.5, 1));
    plainRandomness.normalNoise(output, 1, seed);
    expect(output).toEqual(noise(64, 2));
  });
});
