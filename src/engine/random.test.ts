// The same seed gives the same numbers, and they are spread as they should be.

import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";

describe("random", () => {
  it("the same seed gives the same stream, another seed another", () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (random) => () =>
            random.uniform()
        )(new Random(seed)),
      );
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("stays the same from version to version", () => {
    const random = new Random(42);
    expect([random.uniform(), random.normal(), random.integer(1000)]).toMatchInlineSnapshot(`
      [
        0.5698703826924216,
        -0.2849915771023789,
        61,
      ]
    `);
  });

  it("an array is filled with the numbers that single draws give, and the stream goes on behind them", () => {
    const [one, other] = [new Random(9), new Random(9)];
    const filled = one.uniformFloats(7, -2, 3);
    expect([...filled]).toEqual(Array.from({ length: 7 }, () => Math.fround(other.uniform(-2, 3))));
    expect(one.uniform()).toBe(other.uniform());
  });

  it.each([5, 4097, 9000])("puts %d numbers into the order that single draws give", (count) => {
    const [one, other] = [new Random(7), new Random(7)];
    const order = Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const drawn = other.integer(last + 1);
      [order[last], order[drawn]] = [order[drawn] ?? 0, order[last] ?? 0];
    }
    expect(one.permutation(count)).toEqual(order);
    expect(one.uniform()).toBe(other.uniform());
  });

  it("a child depends on seed and key, not on what was drawn before", () => {
    const random = new Random(3);
    const early = random.child("shuffle").uniform();
    random.uniform();
    expect(random.child("shuffle").uniform()).toBe(early);
    expect(random.child("weights").uniform()).not.toBe(early);
    expect(random.child("a").child("b").seed).not.toBe(random.child("b").child("a").seed);
  });

  it("uniform numbers fill the interval evenly", () => {
    const random = new Random(5);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20000; draw++) {
      const value = random.uniform(-1, 1);
      expect(value >= -1 && value < 1).toBe(true);
      const tenth = Math.floor((value + 1) * 5);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    // 2000 in each tenth, five standard deviations of 42.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(212);
  });

  it("normal numbers have mean 0, deviation 1 and the right tails", () => {
    const values = new Random(6).normalFloats(20000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.036);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(Math.abs(values.filter((value) => Math.abs(value) > 2).length / values.length - 0.0455)).toBeLessThan(
      0.0075,
    );
  });

  it("truncated normal numbers stay within two deviations", () => {
    const random = new Random(7);
    const values = Array.from({ length: 5000 }, () => random.truncatedNormal(1, 0.5));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(2);
  });

  it("shuffling keeps every item and moves each to every place", () => {
    const random = new Random(8);
    const firsts = new Array<number>(5).fill(0);
    for (let round = 0; round < 5000; round++) {
      const order = random.permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      const first = order[0] ?? 0;
      firsts[first] = (firsts[first] ?? 0) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(142);
  });
});
