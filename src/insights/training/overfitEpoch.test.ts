// What is a rise of the validation loss, and what is only its noise.

import { expect, test } from "vitest";
import { Random } from "../../engine/random.ts";
import { overfitEpoch } from "./overfitEpoch.ts";

/** A loss of so many epochs whose training falls throughout. */
function since(epochs: number, validationAt: (epoch: number) => number): number | null {
  const all = Array.from({ length: epochs }, (_, index) => index + 1);
  const [train, validation] = [all.map((epoch) => 1 / epoch), all.map(validationAt)];
  return overfitEpoch({ name: "loss", measure: "mse", better: "lower", train, validation });
}

/** Falls to 0.2 until `turn`, and rises by `slope` an epoch from there. */
const turning = (turn: number, slope: number) => (epoch: number) =>
  epoch <= turn ? 0.2 + 0.5 * (1 - epoch / turn) : 0.2 + slope * (epoch - turn);

test("a rise since an epoch, smooth or noisy, is overfitting since there", () => {
  expect(since(16, turning(5, 0.02))).toBe(5);
  expect(since(200, turning(60, 0.001))).toBe(60);
  const random = new Random(1);
  const noisy = since(200, (epoch) => turning(60, 0.001)(epoch) + 0.01 * random.normal());
  expect(noisy).toBeGreaterThan(45);
  expect(noisy).toBeLessThan(75);
  // Up by half at once, and level from there.
  expect(since(60, (epoch) => (epoch <= 20 ? 0.22 - 0.001 * epoch : 0.3))).toBe(20);
});

test("a noisy curve that is level is none, wherever its lowest dip is", () => {
  for (const epochs of [20, 50, 200])
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed);
      expect(since(epochs, () => 0.13 + 0.015 * random.normal())).toBeNull();
    }
  for (const dip of [32, 45, 48]) expect(since(50, (epoch) => (epoch === dip ? 0.1 : 0.13))).toBeNull();
});

test("of a dozen epochs, level but for noise, hardly any is one", () => {
  for (const epochs of [7, 10, 14]) {
    const random = new Random(epochs);
    const found = Array.from({ length: 200 }, () => since(epochs, () => 0.13 + 0.013 * random.normal()));
    expect(found.filter((epoch) => epoch !== null).length).toBeLessThanOrEqual(0.03 * found.length);
  }
});

test("a curve that still falls, a small rise and a rise of the last epochs alone are none", () => {
  expect(since(50, (epoch) => 1 / epoch)).toBeNull();
  expect(since(50, turning(25, 0.0003))).toBeNull();
  expect(since(200, (epoch) => (epoch > 198 ? 0.02 : 0.01))).toBeNull();
});

test("a clear rise within a dozen epochs is overfitting, and a slight one is not", () => {
  expect(since(7, turning(2, 0.04))).toBe(2);
  expect(since(9, turning(2, 0.2))).toBe(2);
  expect(since(10, turning(3, 0.03))).toBe(3);
  expect(since(10, turning(3, 0.004))).toBeNull();
});

test("fewer than seven epochs, no validation and a training loss that rises too are none", () => {
  expect(since(3, turning(1, 0.2))).toBeNull();
  expect(since(6, turning(2, 0.2))).toBeNull();
  const loss = { name: "loss", measure: "mse", better: "lower" } as const;
  expect(overfitEpoch({ ...loss, train: [2, 1], validation: null })).toBeNull();
  expect(overfitEpoch(undefined)).toBeNull();
  const rising = Array.from({ length: 30 }, (_, epoch) => 1 + epoch);
  expect(overfitEpoch({ ...loss, train: rising, validation: rising })).toBeNull();
});
