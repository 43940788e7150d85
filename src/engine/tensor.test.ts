// Tensors: how they are made, shown, combined and differentiated.

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { grad, noGrad, valueAndGrad } from "./autodiff.ts";
import { useBackend } from "./backend/choose.ts";
import { parameter, Tensor, tensor } from "./tensor.ts";
import { concat, full, oneHot, ones, stack, where, zeros } from "./tensorFunctions.ts";

describe("making tensors", () => {
  it("nested arrays give the shape", () => {
    expect(tensor(3).shape).toEqual([]);
    expect(tensor([1, 2, 3]).shape).toEqual([3]);
    expect(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]).shape,
    ).toEqual([2, 3]);
    expect(tensor([[[1], [2]]]).shape).toEqual([1, 2, 1]);
    expect(tensor([true, false]).toArray()).toEqual([1, 0]);
  });

  it("typed arrays and arrays of them are read", () => {
    expect(tensor(new Float32Array([1, 2, 3, 4]), [2, 2]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor([new Float64Array([1, 2]), new Float64Array([3, 4])]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor(new Int32Array([7]), { shape: [1, 1] }).toArray()).toEqual([[7]]);
  });

  it("the numbers given are copied", () => {
    const source = new Float32Array([1, 2]);
    const made = tensor(source);
    source[0] = 9;
    expect(made.toArray()).toEqual([1, 2]);
  });

  it("rows of different length are refused with the axis", () => {
    expect(() => tensor([[1, 2], [3]])).toThrow(
      "tensor: expected rows of 2 along axis 1, got a row of 1. All rows must be equally long.",
    );
    expect(() => tensor([[1], 2])).toThrow("got a number");
    expect(() => tensor([1, [2]])).toThrow("expected numbers along axis 1, got rows of 1");
  });

  it("what is not a number is refused", () => {
    expect(() => tensor([1, "2" as unknown as number])).toThrow('tensor: expected numbers, got "2".');
  });

  it("a shape that does not fit is refused", () => {
    expect(() => tensor([1, 2, 3], [2, 2])).toThrow("tensor: expected 4 numbers for shape [2, 2], got 3.");
    expect(() => zeros([2.5, 3])).toThrow(
      "zeros: expected a shape of whole numbers from 0 on, such as [2, 3], got [2.5, 3].",
    );
    expect(() => tensor([1, 2], [-1, -2])).toThrow("tensor: expected a shape of whole numbers");
    expect(() => tensor([1, 2]).reshape([Number.NaN])).toThrow("reshape: expected a shape of whole numbers");
    expect(() => tensor([1, 2, 3]).reshape([2, -1])).toThrow(
      "reshape: expected a shape for the 3 numbers of [3], got [2, -1].",
    );
  });

  it("zeros, ones, full and oneHot", () => {
    expect(zeros([2]).toArray()).toEqual([0, 0]);
    expect(ones([1, 2]).toArray()).toEqual([[1, 1]]);
    expect(full([2], 7).toArray()).toEqual([7, 7]);
    expect(oneHot([[2], [0]]).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(() => oneHot([0, 3], 3)).toThrow("oneHot: expected whole class numbers from 0 to 2, got 3 at row 1.");
  });
});

describe("showing tensors", () => {
  it("says the shape and the numbers", () => {
    expect(
      inspect(
        tensor([
          [1, 2.5],
          [-3, 1e-9],
        ]),
      ),
    ).toMatchInlineSnapshot(`
      "Tensor [2, 2]
       [[       1,      2.5],
        [      -3, 1.000e-9]]"
    `);
    expect(String(tensor(0.1))).toBe("Tensor [] 0.1");
    expect(String(tensor([1, Number.NaN, Number.NEGATIVE_INFINITY]))).toBe("Tensor [3] [1, NaN, -Infinity]");
    expect(String(parameter("bias", [0, 0]))).toBe("Parameter [2] [0, 0]");
  });

  it("cuts long axes and says by how much", () => {
    expect(String(tensor(Array.from({ length: 12 }, (_, index) => index)))).toBe(
      "Tensor [12] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … 2 more]",
    );
    expect(String(zeros([100, 2]))).toContain("… 92 more");
  });

  it("an empty tensor shows as empty", () => {
    expect(String(zeros([0, 3]))).toContain("[0, 3]");
    expect(zeros([0, 3]).toArray()).toEqual([]);
  });
});

describe("operations", () => {
  it("item gives the only number and refuses more", () => {
    expect(tensor([[4]]).item()).toBe(4);
    expect(() => tensor([1, 2]).item()).toThrow("item: expected a tensor of one number, got [2].");
  });

  it("broadcasting stretches axes of length 1 and says which do not fit", () => {
    expect(
      tensor([[1], [2]])
        .add([10, 20])
        .toArray(),
    ).toEqual([
      [11, 21],
      [12, 22],
    ]);
    expect(() => tensor([1, 2]).add([1, 2, 3])).toThrow("got [2] and [3]. Axis -1 is 2 in one and 3 in the other.");
  });

  it("matmul says what does not fit and when a transpose would", () => {
    expect(() => zeros([2, 3]).matmul(zeros([4, 3]))).toThrow(
      "a has 3 columns, b has 4 rows; b.transpose() would fit.",
    );
    expect(() => zeros([2, 2]).matmul(zeros([1, 3]))).toThrow("a has 2 columns, b has 1 row.");
    expect(() => zeros([3]).matmul(zeros([2, 3]))).toThrow("a has 3 columns, b has 2 rows; b.transpose() would fit.");
    expect(() => zeros([2, 3]).matmul(zeros([2]))).toThrow("a has 3 columns, b has 2 rows.");
    expect(() => zeros([3]).matmul(2)).toThrow(
      "matmul: expected two matrices or vectors, got [3] and []. A single number multiplies by mul.",
    );
  });

  it("matmul takes a vector for a row on the left and for a column on the right", () => {
    const matrix = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(tensor([1, 0, -1]).matmul(matrix).toArray()).toEqual([-4, -4]);
    expect(matrix.matmul([1, -1]).toArray()).toEqual([-1, -1, -1]);
    expect(tensor([1, 2, 3]).matmul([4, 5, 6]).item()).toBe(32);
    expect(tensor([1, 2, 3]).matmul([4, 5, 6]).shape).toEqual([]);
    expect(zeros([2, 4, 5, 3]).matmul(zeros([3])).shape).toEqual([2, 4, 5]);
    expect(zeros([3]).matmul(zeros([2, 4, 3, 5])).shape).toEqual([2, 4, 5]);
  });

  it("matmul stretches leading axes as sums do", () => {
    const a = tensor(
      Array.from({ length: 2 * 1 * 3 * 4 }, (_, index) => Math.sin(index)),
      [2, 1, 3, 4],
    );
    const b = tensor(
      Array.from({ length: 5 * 4 * 2 }, (_, index) => Math.cos(index)),
      [5, 4, 2],
    );
    const product = a.matmul(b);
    expect(product.shape).toEqual([2, 5, 3, 2]);
    for (let one = 0; one < 2; one++)
      for (let other = 0; other < 5; other++)
        expect(
          product
            .slice([one, other], [one + 1, other + 1])
            .reshape([3, 2])
            .toArray(),
        ).toEqual(
          a
            .slice(one, one + 1)
            .reshape([3, 4])
            .matmul(b.slice(other, other + 1).reshape([4, 2]))
            .toArray(),
        );
    expect(zeros([4, 4]).matmul(zeros([0, 4, 2])).shape).toEqual([0, 4, 2]);
    expect(() => zeros([2, 3, 4]).matmul(zeros([3, 4, 2]))).toThrow(
      "matmul: expected a and b with leading axes that agree, or are 1, got [2, 3, 4] and [3, 4, 2].",
    );
  });

  it("a matrix product of many odd sizes equals the sums written out", () => {
    // In double precision, rounded once.
    useBackend("plain");
    for (const [rows, inner, columns] of [
      [1, 1, 1],
      [2, 5, 3],
      [4, 1, 7],
      [3, 3, 3],
      [5, 17, 4],
      [7, 9, 1],
    ] as const) {
      const a = tensor(
        Float32Array.from({ length: rows * inner }, (_, index) => Math.sin(index)),
        [rows, inner],
      );
      const b = tensor(
        Float32Array.from({ length: inner * columns }, (_, index) => Math.cos(index)),
        [inner, columns],
      );
      const product = a.matmul(b);
      expect(product.shape).toEqual([rows, columns]);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          let sum = 0;
          for (let k = 0; k < inner; k++) sum += (a.data[row * inner + k] ?? 0) * (b.data[k * columns + column] ?? 0);
          expect(product.data[row * columns + column]).toBe(Math.fround(sum));
        }
    }
    useBackend();
  });

  it("sums are accumulated in double", () => {
    // In float32 the sum would stop growing at 2²⁴.
    expect(
      ones([2 ** 24 + 2])
        .sum()
        .item(),
    ).toBe(2 ** 24 + 2);
  });

  it("reductions by axis, kept or not", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(x.sum(0).toArray()).toEqual([5, 7, 9]);
    expect(x.mean(-1).toArray()).toEqual([2, 5]);
    expect(x.max(1, { keepAxes: true }).toArray()).toEqual([[3], [6]]);
    expect(x.min().item()).toBe(1);
    expect(x.argMax(0).toArray()).toEqual([1, 1, 1]);
    expect(
      tensor([[2, 2, 1]])
        .argMax()
        .toArray(),
    ).toEqual([0]);
    expect(() => x.sum(2)).toThrow("sum: expected an axis from -2 to 1, got axis 2.");
    expect(() => zeros([0]).mean()).toThrow("mean: expected at least one number");
  });

  it("moves numbers", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(x.transpose().toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(x.slice(-1).toArray()).toEqual([[4, 5, 6]]);
    expect(x.slice(1, 3, 1).toArray()).toEqual([
      [2, 3],
      [5, 6],
    ]);
    expect(x.gather([1, 0, 1]).shape).toEqual([3, 3]);
    expect(() => x.gather([2])).toThrow("gather: expected whole row numbers from 0 to 1, got 2.");
    expect(concat([x, x], 1).shape).toEqual([2, 6]);
    expect(stack([x, x]).shape).toEqual([2, 2, 3]);
    expect(() => concat([x, zeros([2, 2])])).toThrow("concat: expected inputs [2, 3] but for axis 0, got [2, 2].");
    expect(where(x.greater(3), x, 0).toArray()).toEqual([
      [0, 0, 0],
      [4, 5, 6],
    ]);
  });
});

describe("gradients", () => {
  it("backward adds to grad, zeroGrad forgets it", () => {
    const x = tensor([2, 3], { requiresGrad: true });
    x.square().sum().backward();
    x.square().sum().backward();
    expect(x.grad?.toArray()).toEqual([8, 12]);
    x.zeroGrad();
    expect(x.grad).toBeNull();
  });

  it("a value used twice gets both gradients", () => {
    expect(grad((x) => x.mul(x).add(x))(3).item()).toBe(7);
  });

  it("goes through a chain of thousands of operations", () => {
    const x = tensor(1, { requiresGrad: true });
    let y: Tensor = x;
    for (let step = 0; step < 20000; step++) y = y.add(1);
    y.backward();
    expect(x.grad?.item()).toBe(1);
  });

  it("detach, noGrad and constants stop it", () => {
    const x = tensor(2, { requiresGrad: true });
    expect(x.mul(x.detach()).needsGradient).toBe(true);
    expect(noGrad(() => x.mul(2)).needsGradient).toBe(false);
    expect(() => tensor(1).mul(2).backward()).toThrow(
      "backward: expected a tensor computed from one with requiresGrad: true",
    );
    expect(() => noGrad(() => x.mul(2)).backward()).toThrow("outside noGrad");
  });

  it("recording goes on after an error inside noGrad", () => {
    const fails = () => noGrad(() => tensor([1]).reshape([2]));
    expect(fails).toThrow("reshape");
    expect(tensor(1, { requiresGrad: true }).mul(2).needsGradient).toBe(true);
  });

  it("retainGrad keeps the gradient of a computed tensor", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const y = x.mul(3).retainGrad();
    y.square().sum().backward();
    expect(y.grad?.toArray()).toEqual([6, 12]);
  });

  it("backward of more than one number asks for one or for outputGrad", () => {
    const y = tensor([1, 2], { requiresGrad: true }).mul(2);
    expect(() => y.backward()).toThrow("backward: expected a tensor of one number, got [2]. Reduce it first");
    expect(() => y.backward([1, 2, 3])).toThrow("backward: expected outputGrad [2], got [3].");
  });

  it("valueAndGrad gives the value and the gradient of every argument, and leaves the arguments alone", () => {
    const w = tensor([1, 2], { requiresGrad: true });
    const { value, grads } = valueAndGrad((a, b) => (b === undefined ? a.sum() : a.mul(b).sum()))(w, [3, 4]);
    expect(value.item()).toBe(11);
    expect(grads.map((each) => each.toArray())).toEqual([
      [3, 4],
      [1, 2],
    ]);
    expect(w.grad).toBeNull();
    expect(grad(() => tensor(5))([1, 2]).toArray()).toEqual([0, 0]);
    expect(() => grad((x) => x.mul(2))([1, 2])).toThrow("grad: expected the function to return one number, got [2]");
  });
});

it("a parameter takes new values of its own shape only", () => {
  const w = parameter("kernel", [[1, 2]]);
  w.assign([[3, 4]]);
  expect(w.toArray()).toEqual([[3, 4]]);
  expect(() => w.assign([3, 4])).toThrow("kernel: expected values [1, 2], got [2].");
  expect(w.requiresGrad && w instanceof Tensor).toBe(true);
});
