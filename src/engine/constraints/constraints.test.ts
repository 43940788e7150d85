// Constraints: weights move to where they are allowed, and no further.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { Tensor } from "../tensor.ts";
import { constraints, resolveConstraint } from "./constraints.ts";

const randomWeights = (shape: readonly number[], seed: number) =>
  new Tensor(
    shape,
    new Random(seed).uniformFloats(
      shape.reduce((product, length) => product * length, 1),
      -2,
      2,
    ),
  );

const shapes = fc.array(fc.constantFrom(1, 3, 5, 7), { minLength: 2, maxLength: 4 });

describe("constraints on lengths", () => {
  it("maxNorm scales longer vectors down to the limit and leaves the others alone", () => {
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        const before = randomWeights(shape, seed);
        const after = new Tensor(shape, before.data.slice());
        const axis = shape.map((_, index) => index).slice(0, -1);
        constraints.maxNorm(1.5, { axis }).apply(after.data, shape);
        const lengths = before.norm(axis).data;
        after.norm(axis).data.forEach((length, unit) => {
          expect(length).toBeCloseTo(Math.min(1.5, lengths[unit] ?? 0), 5);
        });
        // The direction stays.
        const width = lengths.length;
        after.data.forEach((value, index) => {
          const length = lengths[index % width] ?? 0;
          const wanted = (before.data[index] ?? 0) * (length > 1.5 ? 1.5 / length : 1);
          expect(value).toBeCloseTo(wanted, 5);
        });
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("unitNorm makes every column as long as 1; zeros stay zeros", () => {
    const w = new Tensor([2, 3], new Float32Array([3, 0, -1, 4, 0, 0]));
    constraints.unitNorm().apply(w.data, w.shape);
    for (const [index, wanted] of [0.6, 0, -1, 0.8, 0, 0].entries()) expect(w.data[index]).toBeCloseTo(wanted, 6);
  });

  it("minMaxNorm moves lengths by its rate", () => {
    const w = new Tensor([2, 2], new Float32Array([3, 0.03, 4, 0.04]));
    constraints.minMaxNorm({ minValue: 0.5, maxValue: 1, rate: 0.5 }).apply(w.data, w.shape);
    const [long = 0, short = 0] = w.norm(0).data;
    expect(long).toBeCloseTo(3, 5);
    expect(short).toBeCloseTo(0.275, 5);
  });
});

it("nonNeg sets negative weights to 0 and keeps NaN", () => {
  const w = new Float32Array([-1, 0, 2, Number.NaN]);
  constraints.nonNeg().apply(w, [4]);
  expect([...w]).toEqual([0, 0, 2, Number.NaN]);
});

it("by name, and refused when unknown or out of range", () => {
  expect(resolveConstraint("max_norm").rule).toBe("length of at most 2");
  expect(() => resolveConstraint("maxNom")).toThrow('Did you mean "maxNorm"?');
  expect(() => constraints.maxNorm(-1)).toThrow("expected maxValue of 0 or more, got -1");
  expect(() => constraints.minMaxNorm({ minValue: 2 })).toThrow("expected minValue of at most maxValue, got 2 and 1");
  expect(() => constraints.unitNorm({ axis: 3 }).apply(new Float32Array(4), [2, 2])).toThrow("axis from -2 to 1");
});
