// Second derivatives where they are known exactly, inside other derivatives, and where there are none.

import { describe, expect, it } from "vitest";
import {
  activations,
  grad,
  hessian,
  hessianVectorProduct,
  noGrad,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../../src/engine/index.ts";
import { runOp } from "../../src/engine/tensor.ts";

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

  it("of a power whose exponent is 0: the same whichever of the two is first", () => {
    const power = (x: Tensor) => x.slice(0, 1).pow(x.slice(1, 2)).sum();
    // d²/da² a^b = b(b − 1)·a^(b − 2), d²/da db = a^(b − 1)·(1 + b·ln a), d²/db² = a^b·(ln a)².
    const bend = Math.log(2) ** 2;
    expect(hessian(power)([2, 0]).toArray()).toEqual([
      [0, 0.5],
      [0.5, expect.closeTo(bend, 6)],
    ]);
    expect(grad((a) => a.pow(0).sum())([0, 1e-40, 3, -2]).toArray()).toEqual([0, 0, 0, 0]);
    expect(grad(grad((a) => a.pow(0)))(0).item()).toBe(0);
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
    ["argSort", (x: Tensor) => x.argSort(), "Use the numbers themselves"],
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
