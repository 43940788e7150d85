// Second derivatives: of every operation against differences of its first ones, and where they are known exactly.

import { describe, expect, it } from "vitest";
import {
  activationInfo,
  activationNames,
  activations,
  concat,
  grad,
  hessian,
  hessianVectorProduct,
  layers,
  losses,
  noGrad,
  oneHot,
  Random,
  type Shape,
  Tensor,
  tensor,
  valueAndGrad,
  where,
} from "../src/engine/index.ts";
import { runOp } from "../src/engine/tensor.ts";
import { expectSecondGradients } from "./support/finiteDifferences.ts";

const random = new Random(77);

/** Random numbers, none nearer than 0.05 to any of the kinks. */
function randomTensor(shape: Shape, { min = -2, max = 2, kinks = [] as readonly number[] } = {}): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = random.uniformFloats(size, min, max).map((value) => {
    let moved = value;
    while (kinks.some((kink) => Math.abs(moved - kink) < 0.05)) moved = random.uniform(min, max);
    return moved;
  });
  return new Tensor(shape, data);
}

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

describe("where they are known exactly", () => {
  it("the Hessian of a quadratic form is its matrix", () => {
    const a = tensor([
      [2, 1],
      [1, 3],
    ]);
    const form = (x: Tensor) =>
      x
        .reshape([1, 2])
        .matmul(a)
        .matmul(x.reshape([2, 1]))
        .mul(0.5);
    expect(hessian(form)([5, -7]).toArray()).toEqual(a.toArray());
    expect(hessianVectorProduct(form)([5, -7], [1, -1]).toArray()).toEqual([1, -2]);
  });

  it("log-sum-exp: diag(s) − s·sᵀ", () => {
    const x = tensor([0.5, -1, 2]);
    const s = x.softmax();
    const row = s.reshape([1, 3]);
    const wanted = s
      .mul(
        tensor([
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]),
      )
      .sub(row.transpose().matmul(row));
    hessian((each) => each.logSumExp())(x).data.forEach((value, index) => {
      expect(value).toBeCloseTo(wanted.data[index] ?? Number.NaN, 6);
    });
  });

  it.each([
    ["sigmoid", (z: number) => 1 / (1 + Math.exp(-z)), (_: number, y: number) => y * (1 - y) * (1 - 2 * y)],
    ["tanh", Math.tanh, (_: number, y: number) => -2 * y * (1 - y * y)],
    [
      "gelu",
      () => Number.NaN,
      // φ(x)·(2 − x²)
      (z: number) => (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (2 - z * z),
    ],
  ] as const)("%s", (name, value, second) => {
    for (const z of [-3, -0.5, 0, 1, 2.5])
      expect(grad(grad((x) => activations[name](x).sum()))(z).item()).toBeCloseTo(second(z, value(z)), 5);
  });

  it("of ReLU and of what does not curve: 0", () => {
    expect(grad(grad((x) => x.relu().sum()))(2).item()).toBe(0);
    expect(hessian((x) => x.mul(3).sum())([1, 2]).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe("derivatives inside derivatives", () => {
  it("an inner derivative depends on what its function found outside", () => {
    // d/dx of x · d/dy (x·y²) at y = 3 is d/dx (6x²) = 12x.
    expect(grad((x) => grad((y) => x.mul(y.square()))(3).mul(x))(2).item()).toBe(24);
  });

  it("valueAndGrad inside gives a value that goes on", () => {
    const outer = grad((x) => {
      const { value, grad: slope } = valueAndGrad((y) => y.pow(3))(x);
      return value.add(slope);
    });
    // 3x² + 6x
    expect(outer(2).item()).toBe(24);
  });

  it("noGrad around the inner one ends it there, and the inner one still works", () => {
    expect(noGrad(() => grad((x) => x.square())(3)).item()).toBe(6);
    expect(grad((x) => noGrad(() => grad((y) => y.square())(x)).mul(x))(3).item()).toBe(6);
  });

  it("backward with a graph adds up, and one without ends the graph", () => {
    const x = tensor(2, { requiresGrad: true });
    x.pow(3).backward({ createGraph: true });
    x.pow(2).backward({ createGraph: true });
    const slope = x.grad ?? expect.fail("no gradient");
    expect(slope.item()).toBe(16);
    x.zeroGrad();
    slope.backward();
    expect(x.grad?.item()).toBe(14);
    x.zeroGrad();
    x.pow(3).backward({ createGraph: true });
    x.pow(2).backward();
    expect(x.grad?.item()).toBe(16);
    expect(x.grad?.needsGradient).toBe(false);
    expect(() => x.pow(2).backward({ creategraph: true } as never)).toThrow('Did you mean "createGraph"?');
  });
});

describe("operations without a useful derivative", () => {
  it.each([
    ["step", (x: Tensor) => activations.step(x), "Use sigmoid or ReLU"],
    ["sign", (x: Tensor) => x.sign(), "Use tanh"],
    ["round", (x: Tensor) => x.round(), "Round what is shown"],
    ["floor", (x: Tensor) => x.mul(3).floor(), "Round what is shown"],
    ["argMax", (x: Tensor) => x.argMax(), "Use softmax"],
    ["argMin", (x: Tensor) => x.argMin(), "Use softmax"],
    ["greater", (x: Tensor) => x.greater(0), "Use sigmoid(x − limit)"],
  ] as const)("%s says so, and what to use", (name, f, advice) => {
    const x = tensor([1, -2], { requiresGrad: true });
    const message = () => f(x).sum().backward();
    expect(message).toThrow(`through ${name} only: its derivative is 0 everywhere`);
    expect(message).toThrow(advice);
    expect(() => grad((each) => f(each).sum())([1, 2])).toThrow("0 everywhere");
    // Beside a path with a slope they do no harm.
    f(x).add(x.sum()).sum().backward();
    expect(x.grad?.data.every(Number.isFinite)).toBe(true);
  });

  it("an operation without second derivatives is named", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const op = {
      name: "fold",
      outputShape: () => [],
      forward: () => undefined,
      backward: () => undefined,
    };
    const y = runOp(op, [x], null);
    expect(() => y.backward({ createGraph: true })).toThrow("Second derivatives through fold are not there");
  });
});
