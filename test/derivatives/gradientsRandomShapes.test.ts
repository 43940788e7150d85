// First and second derivatives of tensor operations over random shapes of odd sizes, stretched operands, axes and places.

import fc from "fast-check";
import { describe, it } from "vitest";
import { concat, Random, type Shape, stack, Tensor, where } from "../../src/engine/index.ts";
import { expectGradients, expectSecondGradients } from "../support/finiteDifferences.ts";

const runs = { numRuns: 15, seed: 20 };
const lengths: fc.Arbitrary<number> = fc.constantFrom(1, 2, 3, 5, 7, 9, 17);

/** Shapes of up to three axes and a bounded number of numbers: differences take two passes for each. */
const shapes = (minLength = 1) =>
  fc
    .array(lengths, { minLength, maxLength: 3 })
    .filter((shape) => shape.reduce((product, length) => product * length, 1) <= 63);

function randomTensor(shape: Shape, random: Random, min = -1.5, max = 1.5): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(shape, random.uniformFloats(size, min, max));
}

/** Numbers that differ by at least a third, so that no small step changes which is the largest. */
function spreadTensor(shape: Shape, random: Random): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Tensor(
    shape,
    Float32Array.from(random.permutation(size), (place) => (place - size / 2) / 3),
  );
}

/** Checks both derivatives of `f` at random numbers, each output and gradient counting on its own. */
function expectBoth(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[], random: Random): void {
  expectGradients(f, inputs, random, 4e-3);
  expectSecondGradients((...leaves) => f(...leaves).square(), inputs, random, 2e-2);
}

function checkShapes(
  f: (x: Tensor, random: Random) => Tensor,
  make: (shape: Shape, random: Random) => Tensor = randomTensor,
  minLength = 1,
): void {
  fc.assert(
    fc.property(shapes(minLength), fc.integer(), (shape, seed) => {
      const random = new Random(seed);
      // The same random choices at every call: the function must stay the same.
      expectBoth((x) => f(x, new Random(seed)), [make(shape, random)], random);
    }),
    runs,
  );
}

const someAxis = (x: Tensor, random: Random) => random.integer(x.rank) - (random.chance(0.5) ? x.rank : 0);

describe("operations that move numbers", () => {
  const moves: Record<string, (x: Tensor, random: Random) => Tensor> = {
    transpose: (x, random) => x.transpose(random.permutation(x.rank)),
    "slice along an axis": (x, random) => x.slice(random.integer(2), undefined, someAxis(x, random)).flatten(),
    "slice of a block": (x, random) => x.slice(x.shape.map((length) => random.integer(length))),
    at: (x, random) => x.at(random.integer(x.shape[0] ?? 1)),
    gather: (x, random) => {
      const axis = someAxis(x, random);
      const length = x.shape.at(axis) ?? 1;
      return x.gather(
        Array.from({ length: 3 }, () => random.integer(length)),
        axis,
      );
    },
    expandDims: (x, random) => x.expandDims(random.integer(x.rank + 1)),
    "squeeze and flatten": (x) => x.squeeze().flatten(),
    broadcastTo: (x) => x.expandDims(1).broadcastTo([x.shape[0] ?? 1, 3, ...x.shape.slice(1)]),
    tile: (x, random) => x.tile(x.shape.map(() => 1 + random.integer(2))),
    pad: (x, random) =>
      x.pad(
        x.shape.map(() => [random.integer(3), random.integer(2)] as const),
        2,
      ),
    flip: (x, random) => x.flip(someAxis(x, random)),
    split: (x) => concat(x.split([...new Array<number>(x.shape[0] ?? 1).fill(1)]).reverse()),
    cumsum: (x, random) => x.mul(0.3).cumsum(someAxis(x, random)),
    "concat and stack": (x, random) => {
      const axis = someAxis(x, random);
      return stack([x, x.mul(2)]).add(concat([x, x], axis).slice(0, x.shape.at(axis), axis));
    },
  };
  it.each(Object.entries(moves))("%s", (_, f) => checkShapes(f));
  it("sort", () => checkShapes((x, random) => x.sort(someAxis(x, random)), spreadTensor));
  it("topK", () => checkShapes((x, random) => x.topK(1, someAxis(x, random)).values, spreadTensor));
});

describe("functions of one number", () => {
  it("tanh", () => checkShapes((x) => x.tanh()));
  it("sigmoid", () => checkShapes((x) => x.sigmoid()));
  it("maskedFill", () => checkShapes((x) => x.mul(0.3).maskedFill(x.greater(0.1), 2), spreadTensor));
});

describe("reductions", () => {
  const axesOf = (x: Tensor, random: Random) => {
    const axes = random.permutation(x.rank).slice(0, 1 + random.integer(x.rank));
    return random.chance(0.2) ? undefined : axes;
  };
  const smooth: Record<string, (x: Tensor, random: Random) => Tensor> = {
    sum: (x, random) => x.mul(0.2).sum(axesOf(x, random)),
    mean: (x, random) => x.mean(axesOf(x, random), { keepAxes: true }),
    norm: (x, random) => x.add(3).mul(0.3).norm(axesOf(x, random)),
    logSumExp: (x, random) => x.logSumExp(axesOf(x, random), { keepAxes: true }),
    variance: (x, random) => x.variance(axesOf(x, random)),
    softmax: (x) => x.softmax(),
    logSoftmax: (x) => x.mul(0.5).logSoftmax(),
  };
  it.each(Object.entries(smooth))("%s", (_, f) => checkShapes(f));

  it("prod", () =>
    checkShapes(
      (x, random) => x.prod(axesOf(x, random)),
      (shape, random) => randomTensor(shape, random, 0.8, 1.1),
    ));

  it.each(["max", "min"] as const)("%s", (name) =>
    checkShapes((x, random) => x[name](axesOf(x, random)).mul(0.2), spreadTensor),
  );
});

describe("two operands, stretched", () => {
  /** A shape that stretches to the given one: some axes 1, some of the first ones missing. */
  const stretchable = (shape: Shape, random: Random): Shape =>
    shape.map((length) => (random.chance(0.4) ? 1 : length)).slice(random.integer(shape.length + 1));

  const all: Record<string, { f: (a: Tensor, b: Tensor) => Tensor; min?: number; max?: number }> = {
    add: { f: (a, b) => a.add(b) },
    sub: { f: (a, b) => a.sub(b) },
    mul: { f: (a, b) => a.mul(b) },
    div: { f: (a, b) => a.div(b), min: 1, max: 2 },
    pow: { f: (a, b) => a.pow(b), min: 0.8, max: 1.6 },
    where: { f: (a, b) => where(a.detach().greater(b.detach()).mul(0), a, b.mul(a)) },
  };
  it.each(Object.entries(all))("%s", (_, { f, min, max }) => {
    fc.assert(
      fc.property(shapes(), fc.integer(), (shape, seed) => {
        const random = new Random(seed);
        const pair = [
          randomTensor(shape, random, min, max),
          randomTensor(stretchable(shape, random), random, min, max),
        ];
        if (random.chance(0.5)) pair.reverse();
        expectBoth((a, b) => f(a ?? b, b ?? a).mul(0.4), pair, random);
      }),
      runs,
    );
  });

  it("matmul", () => {
    const sizes = fc.tuple(fc.constantFrom(1, 3, 5), fc.constantFrom(1, 2, 7), fc.constantFrom(1, 3, 5));
    fc.assert(
      fc.property(sizes, fc.constantFrom("plain", "tall", "batched", "stretched"), fc.integer(), (size, kind, seed) => {
        const random = new Random(seed);
        const [rows, inner, columns] = size;
        const batch = kind === "plain" ? [] : [2];
        const ofA = kind === "stretched" ? stretchable([2, 3], random) : batch;
        const ofB = kind === "stretched" ? stretchable([2, 3], random) : kind === "batched" ? batch : [];
        const a = randomTensor([...ofA, rows, inner], random, -0.8, 0.8);
        const b = randomTensor([...ofB, inner, columns], random, -0.8, 0.8);
        expectBoth((x, y) => x.matmul(y), [a, b], random);
      }),
      runs,
    );
  });
});
