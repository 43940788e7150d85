// Every operation's gradient against finite differences, on odd and stretched shapes, with seeded numbers.

import { describe, expect, it } from "vitest";
import {
  activationInfo,
  activationNames,
  activations,
  concat,
  layers,
  losses,
  oneHot,
  Random,
  type Shape,
  stack,
  Tensor,
  where,
} from "../../src/engine/index.ts";
import { expectGradients } from "../support/finiteDifferences.ts";
import { randomTensors } from "../support/randomTensors.ts";

const random = new Random(2026);
const randomTensor = randomTensors(random);

const oddShapes: readonly Shape[] = [[], [1], [7], [3, 5], [1, 9], [2, 3, 5], [5, 1, 3]];
const stretched: readonly (readonly [Shape, Shape])[] = [
  [
    [3, 5],
    [3, 5],
  ],
  [[3, 5], [5]],
  [[3, 5], []],
  [[], [7]],
  [
    [3, 1],
    [1, 5],
  ],
  [
    [2, 3, 5],
    [3, 1],
  ],
  [
    [1, 3, 1],
    [2, 1, 5],
  ],
];

describe("functions of one number", () => {
  const all: Record<string, { f: (x: Tensor) => Tensor; min?: number; kinks?: readonly number[] }> = {
    neg: { f: (x) => x.neg() },
    abs: { f: (x) => x.abs(), kinks: [0] },
    square: { f: (x) => x.square() },
    sqrt: { f: (x) => x.sqrt(), min: 0.3 },
    reciprocal: { f: (x) => x.reciprocal(), min: 0.5 },
    exp: { f: (x) => x.exp() },
    log: { f: (x) => x.log(), min: 0.3 },
    log1p: { f: (x) => x.log1p(), min: -0.5 },
    expm1: { f: (x) => x.expm1() },
    sin: { f: (x) => x.sin() },
    cos: { f: (x) => x.cos() },
    tanh: { f: (x) => x.tanh() },
    sigmoid: { f: (x) => x.sigmoid() },
    relu: { f: (x) => x.relu(), kinks: [0] },
    tan: { f: (x) => x.mul(0.5).tan() },
    asin: { f: (x) => x.mul(0.4).asin() },
    acos: { f: (x) => x.mul(0.4).acos() },
    atan: { f: (x) => x.atan() },
    sinh: { f: (x) => x.sinh() },
    cosh: { f: (x) => x.cosh() },
    asinh: { f: (x) => x.asinh() },
    acosh: { f: (x) => x.add(4).acosh() },
    atanh: { f: (x) => x.mul(0.4).atanh() },
    log2: { f: (x) => x.log2(), min: 0.3 },
    log10: { f: (x) => x.log10(), min: 0.3 },
    rsqrt: { f: (x) => x.rsqrt(), min: 0.5 },
    erf: { f: (x) => x.erf() },
    clip: { f: (x) => x.clip(-1, 1.5), kinks: [-1, 1.5] },
    "clip above": { f: (x) => x.clip(undefined, 1), kinks: [1] },
    mod: { f: (x) => x.mod(0.75), kinks: [-1.5, -0.75, 0, 0.75, 1.5] },
    maskedFill: { f: (x) => x.maskedFill(x.greater(0), 3), kinks: [0] },
  };
  for (const [name, { f, min = -2, kinks = [] }] of Object.entries(all))
    it(`${name} has the gradient that differences show`, () => {
      for (const shape of oddShapes) expectGradients(f, [randomTensor(shape, { min, kinks })], random);
    });

  const elementwise = activationNames.filter(
    (name): name is Exclude<typeof name, "prelu"> =>
      name !== "step" && name !== "prelu" && activationInfo(name).isElementwise,
  );
  it.each(elementwise)("activation %s has the gradient that differences show", (name) => {
    const { kinks } = activationInfo(name);
    const f = activations[name];
    for (const shape of oddShapes)
      expectGradients((x) => f(x).mul(1), [randomTensor(shape, { min: -4, max: 4, kinks })], random);
  });

  it("the step function has gradient zero beside one that has another", () => {
    const x = new Tensor([3], new Float32Array([-1, 0, 2]), { requiresGrad: true });
    activations.step(x).add(x.mul(3)).sum().backward();
    expect(x.grad?.toArray()).toEqual([3, 3, 3]);
  });
});

describe("functions of two numbers, stretched to one shape", () => {
  const all: Record<string, { f: (a: Tensor, b: Tensor) => Tensor; min?: number }> = {
    add: { f: (a, b) => a.add(b) },
    sub: { f: (a, b) => a.sub(b) },
    mul: { f: (a, b) => a.mul(b) },
    div: { f: (a, b) => a.div(b), min: 0.6 },
    pow: { f: (a, b) => a.pow(b), min: 0.5 },
  };
  for (const [name, { f, min = -2 }] of Object.entries(all))
    it(`${name} has the gradients that differences show`, () => {
      for (const [left, right] of stretched)
        expectGradients(f, [randomTensor(left, { min }), randomTensor(right, { min })], random);
    });

  it("maximum, minimum and where pass the gradient to the chosen side", () => {
    for (const [left, right] of stretched) {
      // Apart from one another, so that no difference crosses from one side to the other.
      const a = new Tensor(
        left,
        randomTensor(left).data.map((value) => Math.round(value * 2)),
      );
      const b = new Tensor(
        right,
        randomTensor(right).data.map((value) => Math.round(value * 2) + 0.5),
      );
      expectGradients((x, y) => x.maximum(y), [a, b], random);
      expectGradients((x, y) => x.minimum(y), [a, b], random);
      expectGradients((x, y) => where(a.greater(0), x, y), [a, b], random);
    }
  });

  it("equal numbers share the gradient of their maximum", () => {
    const a = new Tensor([2], new Float32Array([1, 3]), { requiresGrad: true });
    const b = new Tensor([2], new Float32Array([1, 2]), { requiresGrad: true });
    a.maximum(b).sum().backward();
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
      [0.5, 1],
      [0.5, 0],
    ]);
  });

  it("prelu has the gradients that differences show", () => {
    const x = randomTensor([7, 3], { kinks: [0] });
    expectGradients((input, alpha) => activations.prelu(input, alpha), [x, randomTensor([3])], random);
  });
});

describe("matrix products", () => {
  const products: readonly (readonly [Shape, Shape])[] = [
    [
      [1, 1],
      [1, 1],
    ],
    [
      [3, 5],
      [5, 7],
    ],
    [
      [7, 1],
      [1, 4],
    ],
    [
      [1, 9],
      [9, 1],
    ],
    [
      [2, 3, 5],
      [5, 4],
    ],
    [
      [2, 3, 5],
      [2, 5, 4],
    ],
    [
      [2, 2, 3, 1],
      [2, 2, 1, 5],
    ],
    [
      [3, 5],
      [2, 5, 4],
    ],
    [
      [3, 1, 2, 5],
      [2, 5, 1],
    ],
    [[3], [3]],
    [[3], [3, 4]],
    [[2, 3], [3]],
    [[3], [2, 2, 3, 4]],
    [[2, 2, 4, 3], [3]],
  ];
  it.each(products)("of %j and %j have the gradients that differences show", (left, right) => {
    expectGradients((a, b) => a.matmul(b), [randomTensor(left), randomTensor(right)], random);
  });
});

describe("reductions", () => {
  const axes: readonly (undefined | number | readonly number[])[] = [undefined, 0, 1, -1, [0, 2], [1, 2], [0, 1, 2]];
  it.each(axes.map((each) => [each]))("over axes %j have the gradients that differences show", (each) => {
    for (const keepAxes of [false, true]) {
      for (const f of [
        (x: Tensor) => x.prod(each, { keepAxes }),
        (x: Tensor) => x.norm(each, { keepAxes }),
        (x: Tensor) => x.logSumExp(each, { keepAxes }),
        (x: Tensor) => x.variance(each, { keepAxes }),
      ])
        expectGradients(f, [randomTensor([3, 2, 2], { min: 0.5, max: 1.5 })], random);
      expectGradients((x) => x.std(each, { keepAxes, correction: 1 }), [randomTensor([3, 5, 2])], random, 5e-3);
      expectGradients((x) => x.sum(each, { keepAxes }), [randomTensor([3, 5, 2])], random);
      expectGradients((x) => x.mean(each, { keepAxes }), [randomTensor([3, 5, 2])], random);
      // Different by more than the step, so that the largest stays the largest.
      const spread = new Tensor([3, 5, 2], new Float32Array(random.permutation(30)));
      expectGradients((x) => x.max(each, { keepAxes }), [spread], random);
      expectGradients((x) => x.min(each, { keepAxes }), [spread], random);
    }
  });
});

describe("operations that move numbers", () => {
  const moves: Record<string, (x: Tensor) => Tensor> = {
    reshape: (x) => x.reshape([5, -1]),
    flatten: (x) => x.flatten(),
    transpose: (x) => x.transpose(),
    "transpose by order": (x) => x.transpose([1, 2, 0]),
    slice: (x) => x.slice(1, 3),
    "slice of an inner axis": (x) => x.slice(-3, -1, 1),
    "gather with repeats": (x) => x.gather([2, 0, 2]),
    "gather by a matrix of rows": (x) =>
      x.gather([
        [1, 1],
        [0, 2],
      ]),
  };
  Object.assign(moves, {
    "slice of a block": (x: Tensor) => x.slice([1, -3], [3, 5]),
    at: (x: Tensor) => x.at(-1, 2),
    expandDims: (x: Tensor) => x.expandDims(1).squeeze(1),
    broadcastTo: (x: Tensor) => x.slice(0, 1).broadcastTo([2, 3, 5, 2]),
    tile: (x: Tensor) => x.tile([2, 1, 3]),
    pad: (x: Tensor) => x.pad([[1, 0], 2, [0, 1]], 7),
    flip: (x: Tensor) => x.flip([0, 2]),
    split: (x: Tensor) => x.split([2, 3], 1)[1]?.mul(2) ?? x,
    "gather along the middle": (x: Tensor) => x.gather([4, 0, 4], 1),
    "gather a matrix of places along the last": (x: Tensor) => x.gather([[0], [1], [1]], -1),
    cumsum: (x: Tensor) => x.cumsum(1),
    sort: (x: Tensor) => x.sort(0, { descending: true }),
    topK: (x: Tensor) => x.topK(2, 1).values,
  });
  for (const [name, f] of Object.entries(moves))
    it(`${name} has the gradient that differences show`, () => expectGradients(f, [randomTensor([3, 5, 2])], random));

  it("concat and stack have the gradients that differences show", () => {
    const [a, b, c] = [randomTensor([3, 1, 2]), randomTensor([3, 4, 2]), randomTensor([3, 1, 2])];
    expectGradients((x, y, z) => concat([x, y, z], 1), [a, b, c], random);
    expectGradients((x, y) => stack([x, y], 1), [a, c], random);
    expectGradients((x) => concat([x, x]), [a], random);
  });
});

describe("softmax and losses", () => {
  it("softmax and log-softmax have the gradients that differences show", () => {
    for (const shape of [[1], [7], [3, 5], [2, 3, 5]]) {
      expectGradients((x) => x.softmax(), [randomTensor(shape)], random);
      expectGradients((x) => x.logSoftmax(), [randomTensor(shape)], random);
    }
  });

  const targets = new Tensor([5, 3], random.uniformFloats(15, 0.1, 0.9));
  const classes = oneHot([0, 2, 1, 1, 0], 3);
  const signs = new Tensor(
    [5, 3],
    classes.data.map((value) => 2 * value - 1),
  );
  const cases: Record<string, { f: (p: Tensor) => Tensor; min?: number; max?: number }> = {
    mse: { f: (p) => losses.mse().compute(p, targets) },
    huber: { f: (p) => losses.huber({ delta: 0.7 }).compute(p, targets) },
    logCosh: { f: (p) => losses.logCosh().compute(p, targets) },
    msle: { f: (p) => losses.msle().compute(p, targets), min: 0.2 },
    squaredHinge: { f: (p) => losses.squaredHinge().compute(p, signs) },
    binaryCrossentropy: {
      f: (p) => losses.binaryCrossentropy({ labelSmoothing: 0.1 }).compute(p, targets),
      min: 0.2,
      max: 0.8,
    },
    "binaryCrossentropy from logits": { f: (p) => losses.binaryCrossentropy({ fromLogits: true }).compute(p, targets) },
    categoricalCrossentropy: { f: (p) => losses.categoricalCrossentropy().compute(p, classes), min: 0.3, max: 1 },
    "categoricalCrossentropy from logits": {
      f: (p) => losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.2 }).compute(p, classes),
    },
    sparseCategoricalCrossentropy: {
      f: (p) => losses.sparseCategoricalCrossentropy().compute(p, new Tensor([5], new Float32Array([0, 2, 1, 1, 0]))),
      min: 0.3,
      max: 1,
    },
    klDivergence: { f: (p) => losses.klDivergence().compute(p, targets), min: 0.3, max: 0.9 },
    poisson: { f: (p) => losses.poisson().compute(p, targets), min: 0.5 },
    cosineSimilarity: { f: (p) => losses.cosineSimilarity().compute(p, targets), min: 0.5 },
  };
  for (const [name, { f, min = -2, max = 2 }] of Object.entries(cases))
    it(`${name} has the gradient that differences show`, () =>
      expectGradients(f, [randomTensor([5, 3], { min, max })], random));
});

describe("layers", () => {
  const smooth = ["sigmoid", "tanh", "softmax", "gelu", "linear"];
  it.each(smooth)("dense with %s has the gradients that differences show", (activation) => {
    const layer = layers.dense(3, { activation });
    layer.build([5], random);
    const context = { training: true, random };
    const x = randomTensor([7, 5]);
    expectGradients((input) => layer.call(input, context), [x], random);
    for (const weight of layer.weights) {
      // The squares make every output count, also where outputs sum to 1.
      const loss = () => layer.call(x, context).square().sum();
      weight.zeroGrad();
      loss().backward();
      for (const [at, value] of [...weight.data].entries()) {
        weight.data[at] = value + 2 ** -7;
        const above = loss().item();
        weight.data[at] = value - 2 ** -7;
        const wanted = (above - loss().item()) / 2 ** -6;
        weight.data[at] = value;
        const got = weight.grad?.data[at] ?? Number.NaN;
        expect(Math.abs(got - wanted), `${weight.name} ${at}`).toBeLessThan(3e-3 * (1 + Math.abs(wanted)));
      }
    }
  });
});
