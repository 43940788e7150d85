// Second derivatives of every operation against differences of its first ones.

import { describe, expect, it } from "vitest";
import {
  activationInfo,
  activationNames,
  activations,
  concat,
  grad,
  hessian,
  layers,
  losses,
  oneHot,
  Random,
  type Shape,
  Tensor,
  tensor,
  where,
} from "../../src/engine/index.ts";
import { expectSecondGradients } from "../support/finiteDifferences.ts";
import { randomTensors } from "../support/randomTensors.ts";

const random = new Random(77);
const randomTensor = randomTensors(random);

describe("functions of one number", () => {
  const all: Record<string, { f: (x: Tensor) => Tensor; min?: number; kinks?: readonly number[] }> = {
    neg: { f: (x) => x.neg() },
    abs: { f: (x) => x.abs(), kinks: [0] },
    square: { f: (x) => x.square() },
    sqrt: { f: (x) => x.sqrt(), min: 0.5 },
    reciprocal: { f: (x) => x.reciprocal(), min: 0.8 },
    exp: { f: (x) => x.exp() },
    log: { f: (x) => x.log(), min: 0.5 },
    log1p: { f: (x) => x.log1p(), min: -0.4 },
    expm1: { f: (x) => x.expm1() },
    sin: { f: (x) => x.sin() },
    cos: { f: (x) => x.cos() },
    tan: { f: (x) => x.mul(0.4).tan() },
    asin: { f: (x) => x.mul(0.3).asin() },
    acos: { f: (x) => x.mul(0.3).acos() },
    atan: { f: (x) => x.atan() },
    sinh: { f: (x) => x.sinh() },
    cosh: { f: (x) => x.cosh() },
    asinh: { f: (x) => x.asinh() },
    acosh: { f: (x) => x.add(4).acosh() },
    atanh: { f: (x) => x.mul(0.3).atanh() },
    log2: { f: (x) => x.log2(), min: 0.5 },
    log10: { f: (x) => x.log10(), min: 0.5 },
    rsqrt: { f: (x) => x.rsqrt(), min: 0.8 },
    erf: { f: (x) => x.erf() },
    clip: { f: (x) => x.square().clip(0.5, 2), kinks: [0.5 ** 0.5, -(0.5 ** 0.5), 2 ** 0.5, -(2 ** 0.5)] },
    mod: { f: (x) => x.square().mod(10) },
  };
  for (const [name, { f, min = -2, kinks = [] }] of Object.entries(all))
    it(`${name} has the second derivative that differences show`, () => {
      for (const shape of [[], [7], [3, 5]]) expectSecondGradients(f, [randomTensor(shape, { min, kinks })], random);
    });

  const elementwise = activationNames.filter(
    (name): name is Exclude<typeof name, "prelu"> =>
      name !== "step" && name !== "prelu" && activationInfo(name).isElementwise,
  );
  it.each(elementwise)("activation %s has the second derivative that differences show", (name) => {
    const { kinks } = activationInfo(name);
    const f = activations[name];
    // The factor makes linear pieces curved; ELU's and CELU's curvature jumps at 0.
    expectSecondGradients((x) => f(x).mul(x), [randomTensor([17], { min: -4, max: 4, kinks: [0, ...kinks] })], random);
  });
});

describe("functions of two numbers, stretched to one shape", () => {
  const shapes: readonly (readonly [Shape, Shape])[] = [
    [[3, 5], [5]],
    [
      [3, 1],
      [1, 5],
    ],
    [[], [7]],
    [
      [2, 3, 1],
      [3, 5],
    ],
  ];
  const all: Record<string, { f: (a: Tensor, b: Tensor) => Tensor; min?: number }> = {
    add: { f: (a, b) => a.add(b).square() },
    sub: { f: (a, b) => a.sub(b).square() },
    mul: { f: (a, b) => a.mul(b) },
    div: { f: (a, b) => a.div(b), min: 0.8 },
    pow: { f: (a, b) => a.pow(b), min: 0.7 },
    mod: { f: (a, b) => a.square().mod(b.add(10)) },
  };
  for (const [name, { f, min = -2 }] of Object.entries(all))
    it(`${name} has the second derivatives that differences show`, () => {
      for (const [left, right] of shapes)
        expectSecondGradients(f, [randomTensor(left, { min }), randomTensor(right, { min })], random);
    });

  it("maximum, minimum, where, prelu and limits pass second derivatives to the chosen side", () => {
    const a = new Tensor(
      [3, 5],
      randomTensor([3, 5]).data.map((value) => Math.round(value * 2)),
    );
    const b = new Tensor(
      [5],
      randomTensor([5]).data.map((value) => Math.round(value * 2) + 0.5),
    );
    expectSecondGradients((x, y) => x.maximum(y).square(), [a, b], random);
    expectSecondGradients((x, y) => x.minimum(y).square(), [a, b], random);
    expectSecondGradients((x) => x.relu().square().mul(x), [b], random);
    expectSecondGradients((x, y) => where(a.greater(0), x.square(), y.mul(x)), [a, b], random);
    expectSecondGradients((x, y) => x.clip(y).pow(2).mul(x), [a, b], random);
    expectSecondGradients((x, y) => x.clip(undefined, y).mul(y), [a, b], random);
    expectSecondGradients(
      (x, y) => activations.prelu(x, y).square(),
      [randomTensor([3, 5], { kinks: [0] }), randomTensor([5])],
      random,
    );
  });

  it("a power with a whole exponent can be differentiated until nothing is left, also at 0", () => {
    const cube = (x: Tensor) => x.pow(3);
    expect(grad(grad(cube))(2).item()).toBe(12);
    expect(grad(grad(grad(cube)))(0).item()).toBe(6);
    expect(grad(grad(grad(grad(cube))))(0).item()).toBe(0);
  });
});

describe("products, softmax and reductions", () => {
  it("matrix products of all forms", () => {
    for (const [left, right] of [
      [
        [3, 5],
        [5, 2],
      ],
      [
        [2, 3, 4],
        [4, 2],
      ],
      [
        [2, 3, 4],
        [2, 4, 1],
      ],
      [
        [2, 4],
        [3, 4, 2],
      ],
      [
        [2, 1, 1, 3],
        [2, 3, 2],
      ],
      [[3], [3]],
      [[3], [2, 3, 4]],
      [[2, 2, 3], [3]],
    ] as const)
      expectSecondGradients((a, b) => a.matmul(b).square(), [randomTensor(left), randomTensor(right)], random, 6e-3);
  });

  it("softmax and its logarithm", () => {
    for (const shape of [[5], [3, 4]]) {
      expectSecondGradients((x) => x.softmax(), [randomTensor(shape)], random);
      expectSecondGradients((x) => x.logSoftmax(), [randomTensor(shape)], random);
    }
  });

  it.each([[undefined], [0], [-1], [[0, 2]]] as const)("reductions over axes %j", (axes) => {
    const x = randomTensor([3, 2, 2], { min: 0.5, max: 1.5 });
    const spread = new Tensor([3, 2, 2], new Float32Array(random.permutation(12)));
    expectSecondGradients((each) => each.sum(axes).square(), [x], random, 6e-3);
    expectSecondGradients((each) => each.mean(axes).square(), [x], random);
    expectSecondGradients((each) => each.max(axes).square(), [spread], random);
    expectSecondGradients((each) => each.min(axes).square(), [spread], random);
    expectSecondGradients((each) => each.prod(axes), [x], random, 6e-3);
    expectSecondGradients((each) => each.norm(axes, { keepAxes: true }), [x], random);
    expectSecondGradients((each) => each.logSumExp(axes), [x], random);
    expectSecondGradients((each) => each.variance(axes, { keepAxes: true }), [x], random);
    expectSecondGradients((each) => each.std(axes), [randomTensor([3, 2, 2], { min: -9, max: 9 })], random);
  });

  it("a product with a zero in it", () => {
    expect(hessian((x) => x.prod())([2, 0, 3]).toArray()).toEqual([
      [0, 3, 0],
      [3, 0, 2],
      [0, 2, 0],
    ]);
  });
});

describe("operations that move numbers", () => {
  const moves: Record<string, (x: Tensor) => Tensor> = {
    reshape: (x) => x.reshape([5, -1]),
    transpose: (x) => x.transpose([1, -1, 0]),
    slice: (x) => x.slice([1, -3], [3, 5]),
    gather: (x) => x.gather([2, 0, 2]),
    "gather along the last axis": (x) => x.gather([1, 1, 0], -1),
    concat: (x) => concat([x, x.slice(0, 2, 1)], 1),
    broadcastTo: (x) => x.slice(0, 1, 1).broadcastTo([2, 3, 5, 2]),
    tile: (x) => x.tile([1, 2, 2]),
    pad: (x) => x.pad([[1, 0], 2, 0], 3),
    flip: (x) => x.flip(),
    cumsum: (x) => x.cumsum(1),
    sort: (x) => x.add([5, 0]).sort(),
    topK: (x) => x.add([0, 5]).topK(1).values,
  };
  for (const [name, f] of Object.entries(moves))
    it(`${name} passes second derivatives through`, () => {
      expectSecondGradients((x) => f(x.square()).mul(f(x)), [randomTensor([3, 5, 2])], random, 8e-3);
    });
});

describe("layers and losses", () => {
  const targets = new Tensor([5, 3], random.uniformFloats(15, 0.1, 0.9));
  const classes = oneHot([0, 2, 1, 1, 0], 3);
  const cases: Record<string, { f: (p: Tensor) => Tensor; min?: number; max?: number }> = {
    mse: { f: (p) => losses.mse().compute(p, targets) },
    mae: { f: (p) => losses.mae().compute(p.square(), targets.add(5)) },
    huber: { f: (p) => losses.huber({ delta: 0.7 }).compute(p, targets.sub(0.03)), min: 3 },
    logCosh: { f: (p) => losses.logCosh().compute(p, targets) },
    msle: { f: (p) => losses.msle().compute(p, targets), min: 0.2 },
    mape: { f: (p) => losses.mape().compute(p.square().mul(0.01), targets.add(5)) },
    hinge: { f: (p) => losses.hinge().compute(p.square().mul(0.1), classes) },
    squaredHinge: { f: (p) => losses.squaredHinge().compute(p.mul(0.3), classes) },
    categoricalHinge: {
      f: (p) => losses.categoricalHinge().compute(p.mul(0.1).add([1, 2, 3]).square(), classes),
    },
    binaryCrossentropy: { f: (p) => losses.binaryCrossentropy().compute(p, targets), min: 0.2, max: 0.8 },
    "binaryCrossentropy from logits": { f: (p) => losses.binaryCrossentropy({ fromLogits: true }).compute(p, targets) },
    categoricalCrossentropy: { f: (p) => losses.categoricalCrossentropy().compute(p, classes), min: 0.3, max: 1 },
    "categoricalCrossentropy from logits": {
      f: (p) => losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.2 }).compute(p, classes),
    },
    klDivergence: { f: (p) => losses.klDivergence().compute(p, targets), min: 0.3, max: 0.9 },
    poisson: { f: (p) => losses.poisson().compute(p, targets), min: 0.5 },
    cosineSimilarity: { f: (p) => losses.cosineSimilarity().compute(p, targets), min: 0.5 },
  };
  for (const [name, { f, min = -2, max = min + 4 }] of Object.entries(cases))
    it(`${name} has the second derivatives that differences show`, () =>
      expectSecondGradients(f, [randomTensor([5, 3], { min, max })], random));

  it("a small network has second derivatives by its input and its weights", () => {
    const network = [layers.dense(4, { activation: "tanh" }), layers.dense(1)];
    const context = { training: true, random };
    let shape: Shape = [3];
    for (const layer of network) {
      layer.build(shape, random);
      shape = layer.outputShape ?? expect.fail("not built");
    }
    const f = (x: Tensor) => network.reduce((values, layer) => layer.call(values, context), x);
    expectSecondGradients(f, [randomTensor([5, 3])], random);
    // A penalty on the gradient by the input reaches the weights.
    const x = tensor([[0.5, -1, 2]], { requiresGrad: true });
    f(x).sum().backward({ createGraph: true });
    const penalty = x.grad?.square().sum() ?? expect.fail("no gradient");
    const [kernel = expect.fail("no kernel")] = network[0]?.weights ?? [];
    kernel.zeroGrad();
    penalty.backward();
    const wanted = () => {
      const at = tensor(x, { requiresGrad: true });
      f(at).sum().backward();
      return at.grad?.square().sum().item() ?? Number.NaN;
    };
    const got = kernel.grad?.data.slice() ?? expect.fail("the penalty does not reach the weights");
    kernel.data.forEach((value, index) => {
      kernel.data[index] = value + 2 ** -7;
      const above = wanted();
      kernel.data[index] = value - 2 ** -7;
      const below = wanted();
      kernel.data[index] = value;
      expect(Math.abs((got[index] ?? Number.NaN) - (above - below) * 2 ** 6)).toBeLessThan(3e-3);
    });
  });
});
