// Wrong arguments of tensors, their operations and derivatives: each is refused by a typed error that says what was expected and got.

import { describe, expect, it } from "vitest";
import {
  activations,
  concat,
  full,
  grad,
  hessian,
  noGrad,
  Parameter,
  parameter,
  stack,
  Tensor,
  tensor,
  useBackend,
  valueAndGrad,
  where,
  zeros,
} from "../index.ts";
import { isRefused, untyped } from "./refused.testing.ts";

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("tensors", () => {
  isRefused([
    ["tensor(…, null)", () => tensor(1, untyped(null)), "tensor: expected options as an object"],
    ["tensor(…, dtype)", () => tensor(1, untyped({ dtype: "int32" })), 'Unknown option of tensor "dtype"'],
    ["requiresGrad as a text", () => tensor(1, untyped({ requiresGrad: "no" })), "requiresGrad as true or false"],
    ["zeros of no shape", () => zeros(untyped({})), "zeros: expected a shape of whole numbers"],
    ["full of a text", () => full([2], untyped("x")), 'full: expected value as a number, got "x"'],
    ["concat of one tensor", () => concat(untyped(matrix)), "concat: expected the tensors as a list, got a Tensor"],
    ["sum over an axis twice", () => matrix.sum([0, -2]), "sum: expected each axis once, got axis 0 twice."],
    [
      "where of other shapes",
      () => where([1, 0], [1, 2, 3], 0),
      "where: expected shapes that agree from the last axis",
    ],
    ["where of two that differ", () => where(1, [1, 2], [1, 2, 3]), "where: expected shapes that agree from the last"],
    ["stack of none", () => stack([]), "stack: expected at least one tensor, got none"],
    [
      "stack of other shapes",
      () => stack([[1], [1, 2]]),
      "stack: expected all tensors of the first one's shape, [1], got [2].",
    ],
    ["stack with a hole", () => stack(new Array(2)), "got undefined. This is tensors[0] of stack."],
    [
      "new Tensor([2, 2])",
      () => new Tensor([2, 2], untyped(undefined)),
      "its numbers as a Float32Array, got undefined",
    ],
    ["new Tensor of a list", () => new Tensor([2], untyped([1, 2])), "as a Float32Array, got an array of 2. tensor("],
    [
      "new Tensor(3)",
      () => new Tensor(untyped(3), new Float32Array(3)),
      "new Tensor: expected a shape of whole numbers",
    ],
    ["new Tensor of too few", () => new Tensor([2, 2], new Float32Array(3)), "the shape [2, 2], 4 of them, got 3"],
    ["new Parameter", () => new Parameter("w", [2], untyped(undefined)), "as a Float32Array, got undefined"],
    ["a Parameter named 3", () => new Parameter(untyped(3), [0], new Float32Array(0)), "its name as a text, got 3"],
    [
      "a Parameter's option",
      () => new Parameter("w", [0], new Float32Array(0), untyped({ trainable: true })),
      'Unknown option of new Parameter "trainable"',
    ],
    ["useBackend({})", () => useBackend(untyped({})), "Unknown backend an object."],
    ["stack(a, b)", () => stack(untyped(matrix), untyped(matrix)), "stack: expected the tensors as a list"],
    ["parameter without a name", () => parameter(untyped([1]), untyped(2)), "parameter: expected its name as a text"],
    ['sum("rows")', () => matrix.sum(untyped("rows")), 'sum: expected an axis or a list of axes, got "rows"'],
    ["sum(null)", () => matrix.sum(untyped(null)), "sum: expected an axis or a list of axes, got null"],
    ["sort(true)", () => matrix.sort(untyped(true)), "sort: expected an axis from -2 to 1, got true"],
    ["sort by a function", () => matrix.sort(untyped(() => 0)), "sort: expected an axis from -2 to 1, got a function"],
    [
      "sort(0, true)",
      () => matrix.sort(0, untyped(true)),
      "sort: expected options as an object, such as { descending: … }, got true",
    ],
    ["sort downwards by text", () => matrix.sort(0, { descending: untyped("yes") }), "descending as true or false"],
    ["topK without k", () => matrix.topK(untyped(undefined)), "topK: expected k as a whole number, 1 or more"],
    ["argMax of a text", () => matrix.argMax(untyped("1")), 'argMax: expected an axis from -2 to 1, got "1"'],
    ["variance by text", () => matrix.variance(0, untyped({ correction: "1" })), "correction as a finite number"],
    [
      "transpose(1, 0)",
      () => matrix.transpose(untyped(1)),
      "transpose: expected the order of the axes as a list, got 1",
    ],
    ["broadcastTo(3)", () => matrix.broadcastTo(untyped(3)), "broadcastTo: expected a shape of whole numbers"],
    ["tile({})", () => matrix.tile(untyped({})), "tile: expected repeats as a list"],
    ["pad(1)", () => matrix.pad(untyped(1)), "pad: expected widths as a list, got 1"],
    ["pad with a text", () => matrix.pad([0, 1], untyped("0")), 'pad: expected value as a number, got "0"'],
    ["pad([[1], 0])", () => matrix.pad(untyped([[1], 0])), "pad: expected each width as a number or [before, after]"],
    ["split({})", () => matrix.split(untyped({})), "split: expected the lengths of the parts as a list"],
    ['slice(0, "1")', () => matrix.slice(0, untyped("1")), 'slice: expected whole numbers for start and end, got "1"'],
    ["slice(0, null)", () => matrix.slice(0, untyped(null)), "slice: expected whole numbers for start and end, got nu"],
    ["slice([null])", () => matrix.slice(untyped([null])), "slice: expected whole numbers for start and end, got null"],
    ["slice(0, [1])", () => matrix.slice(0, untyped([1])), "slice: expected whole numbers for start and end"],
    ["slice([0], 1)", () => matrix.slice([0], untyped(1)), "slice: expected start and end both as lists, got 1"],
    ["slice({})", () => matrix.slice(untyped({})), "slice: expected whole numbers for start and end"],
    ["std of one number by torch's correction", () => tensor([1]).std(0, { correction: 1 }), "more than 1 numbers"],
    ["argMax of nothing", () => tensor([]).argMax(), "argMax: expected at least one number, got shape [0]"],
    ["softmax(3)", () => matrix.softmax(3), "softmax: expected an axis from -2 to 1, got axis 3"],
    ["at(Symbol())", () => matrix.at(untyped(Symbol())), "at: expected a whole number from -2 to 1 along axis 0"],
    ["leakyRelu by text", () => activations.leakyRelu(1, untyped("0.1")), "alpha as a finite number"],
    ["gelu(x, true)", () => activations.gelu(1, untyped(true)), "activations.gelu: expected options as an object"],
  ]);

  it.each(["keepDims", "keepdims", "keepdim"])("sum(…, { %s }) is led to keepAxes", (name) => {
    expect(() => matrix.sum(0, untyped({ [name]: true }))).toThrow('Did you mean "keepAxes"?');
  });

  it("takes the axis of a softmax", () => {
    const byColumn = matrix.transpose().softmax().transpose();
    expect(matrix.softmax(0).toArray()).toEqual(byColumn.toArray());
    expect(activations.logSoftmax(matrix, -2).toArray()).toEqual(matrix.transpose().logSoftmax().transpose().toArray());
    const slope = grad((x) => untyped(x).softmax(0).square().sum());
    const turned = grad((x) => untyped(x).softmax().square().sum());
    expect(slope(matrix).toArray()).toEqual(turned(matrix.transpose()).transpose().toArray());
  });

  it("takes an open end of a slice", () => {
    expect(matrix.slice(1, undefined, 1).shape).toEqual([2, 2]);
    expect(matrix.slice([1]).toArray()).toEqual([[4, 5, 6]]);
    expect(matrix.slice(0, Number.POSITIVE_INFINITY).shape).toEqual([2, 3]);
  });
});

describe("derivatives", () => {
  isRefused([
    ["grad(tensor)", () => grad(untyped(matrix)), "grad: expected a function, got a Tensor"],
    ["valueAndGrad()", () => valueAndGrad(untyped(undefined)), "grad: expected a function, got undefined"],
    ["hessian(2)", () => hessian(untyped(2)), "hessian: expected a function, got 2"],
    ["noGrad(2)", () => noGrad(untyped(2)), "noGrad: expected a function, got 2"],
    [
      "nothing to differentiate at",
      () => untyped(grad((x) => x.sum()))(),
      "grad: expected the numbers to differentiate at, got none",
    ],
    ["a function without return", () => grad(untyped(() => {}))(1), "grad: expected the function to return a tensor"],
    ["a function that gives a number", () => grad(untyped(() => 3))(1), "got 3. Compute with tensor operations"],
    ["createGraph: 1", () => matrix.sum().backward(untyped({ createGraph: 1 })), "createGraph as true or false"],
  ]);
});
