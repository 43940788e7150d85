// Wrong arguments of the public functions, table by table: each is refused by a typed error that says what was expected and got.

import { describe, expect, it } from "vitest";
import {
  activations,
  concat,
  constraints,
  datasets,
  full,
  grad,
  hessian,
  initializers,
  input,
  layers,
  losses,
  metrics,
  model,
  noGrad,
  optimizers,
  Parameter,
  parameter,
  Random,
  rocCurve,
  schedules,
  sequential,
  stack,
  Tensor,
  tensor,
  UnknownNameError,
  useBackend,
  valueAndGrad,
  where,
  zeros,
} from "./index.ts";
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
    ["pad([[1], 0])", () => matrix.pad(untyped([[1], 0])), "pad: expected each width as a number or [before, after]"],
    ["split({})", () => matrix.split(untyped({})), "split: expected the lengths of the parts as a list"],
    ['slice(0, "1")', () => matrix.slice(0, untyped("1")), 'slice: expected whole numbers for start and end, got "1"'],
    ["slice(0, [1])", () => matrix.slice(0, untyped([1])), "slice: expected whole numbers for start and end"],
    ["slice([0], 1)", () => matrix.slice([0], untyped(1)), "slice: expected start and end both as lists, got 1"],
    ["slice({})", () => matrix.slice(untyped({})), "slice: expected whole numbers for start and end"],
    ["std of one number by torch's correction", () => tensor([1]).std(0, { correction: 1 }), "more than 1 numbers"],
    ["argMax of nothing", () => tensor([]).argMax(), "argMax: expected at least one number, got shape [0]"],
    ["softmax(3)", () => matrix.softmax(3), "softmax: expected an axis from -2 to 1, got axis 3"],
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

describe("layers", () => {
  isRefused([
    ["null for options", () => layers.dense(3, untyped(null)), "layers.dense: expected options as an object"],
    [
      'useBias: "false"',
      () => layers.dense(3, { useBias: untyped("false") }),
      "layers.dense: expected useBias as true or false",
    ],
    [
      "trainable: 0",
      () => layers.dense(3, { trainable: untyped(0) }),
      "layers.dense: expected trainable as true or false",
    ],
    ["lstm(3, null)", () => layers.lstm(3, untyped(null)), "layers.lstm: expected options as an object"],
    [
      "residual([…], null)",
      () => layers.residual([layers.dense(1)], untyped(null)),
      "layers.residual: expected options as",
    ],
    [
      "bidirectional(…, null)",
      () => layers.bidirectional(layers.gru(1), untyped(null)),
      "layers.bidirectional: expected options",
    ],
    ["dropout(1n)", () => layers.dropout(untyped(1n)), "layers.dropout: expected a rate from 0 to below 1"],
    ["at(Symbol())", () => matrix.at(untyped(Symbol())), "at: expected a whole number from -2 to 1 along axis 0"],
    [
      "units said twice",
      () => layers.dense(3, untyped({ units: 4 })),
      "layers.dense: expected units once, got 3 and, among the options, 4",
    ],
    [
      "weights as a list",
      () => layers.custom({ weights: untyped([3]), forward: (x) => x }),
      "layers.custom: expected weights as an object",
    ],
    ["name: 3", () => layers.dense(3, { name: untyped(3) }), "layers.dense: expected name as a text, got 3"],
    ['name: ""', () => layers.dense(3, { name: "" }), 'layers.dense: expected name as a text, got ""'],
    ["returnSequences: 1", () => layers.lstm(3, { returnSequences: untyped(1) }), "returnSequences as true or false"],
    [
      "a window without end",
      () => sequential([layers.maxPooling1d(2 ** 40, { padding: "same", inputShape: [8, 3] })]),
      "expected a window of at most 1048576 places, got [1099511627776]",
    ],
    [
      "build of a graph for another shape",
      () => {
        const x = input(3);
        model({ inputs: x, outputs: layers.dense(2).apply(x) }).build(4);
      },
      "build: expected input [batch, 3], got [batch, 4]. The inputs of model({ inputs, outputs }) say it already",
    ],
    ["input(null)", () => input(untyped(null)), "input: expected a shape"],
    [
      "apply(undefined)",
      () => layers.dense(1).apply(untyped(undefined)),
      "dense: expected what input(…) or a layer's apply gave",
    ],
    ["apply([a, undefined])", () => layers.concat().apply(untyped([input(2), undefined])), "got undefined"],
    [
      "inputShape: 0",
      () => layers.dense(1, { inputShape: 0 }),
      "expected the shape of an example of whole numbers from 1 on",
    ],
    [
      "input([3, 0])",
      () => input([3, 0]),
      "input: expected the shape of an example of whole numbers from 1 on, got [3, 0]",
    ],
    [
      "a layer in a model, with its place",
      () => sequential([layers.dense(4, { inputShape: 4 }), layers.conv2d(2, 3)]),
      "x.reshape([-1, 2, 2, 1]). conv2d_1 is layers[1] of the model.",
    ],
    [
      "a layer in a graph, with its place",
      () => {
        const shared = layers.dense(2);
        const [a, b] = [input(3), input(4)];
        return model({ inputs: [a, b], outputs: layers.add().apply([shared.apply(a), shared.apply(b)]) });
      },
      "dense_1 is layers[0] of the model.",
    ],
    [
      "a layer in a residual, with its place",
      () => sequential([layers.flatten({ inputShape: 4 }), layers.residual([layers.conv1d(2, 3)])]),
      "conv1d_1 is layers[1] of the model.",
    ],
  ]);

  it("an input's name stands in its options or beside its shape", () => {
    const left = input(2, { name: "left" });
    const right = input({ shape: 2, name: "right" });
    const net = model({ inputs: [left, right], outputs: layers.add().apply([left, right]) });
    expect(net.predict({ left: [[1, 2]], right: [[3, 4]] }).toArray()).toEqual([[4, 6]]);
    expect(() => input(2, untyped({ nmae: "left" }))).toThrow('Did you mean "name"?');
  });
});

function built() {
  const net = sequential([layers.dense(1)]);
  net.build(2);
  return net;
}

describe("what a training is made of", () => {
  it("wrong weights leave all weights as they were", () => {
    const net = built();
    const before = net.getWeights().map((weight) => weight.toArray());
    expect(() =>
      net.setWeights([
        [[7], [7]],
        [1, 2],
      ]),
    ).toThrow();
    expect(net.getWeights().map((weight) => weight.toArray())).toEqual(before);
  });

  it("refuses examples without numbers, and what is no function of a callback", async () => {
    const net = built();
    net.compile({ loss: "mse" });
    await expect(net.fit([[]], [1])).rejects.toThrow(
      "fit: expected data with at least one number an example, got [1, 0]",
    );
    const callback = untyped({ onEpochEnd: 3 });
    await expect(net.fit([[1, 2]], [1], { callbacks: [callback] })).rejects.toThrow("onEpochEnd as a function, got 3");
  });

  isRefused([
    [
      "optimizers.adam(null)",
      () => optimizers.adam(untyped(null)),
      "optimizers.adam: expected options as an object, such as { learningRate: … }, got null",
    ],
    [
      "optimizers.adagrad(null)",
      () => optimizers.adagrad(untyped(null)),
      "optimizers.adagrad: expected options as an object",
    ],
    ["convention: 3", () => optimizers.sgd({ convention: untyped(3) }), "Unknown convention 3. Known: keras, torch."],
    [
      'amsgrad: "no"',
      () => optimizers.adam({ amsgrad: untyped("no") }),
      "optimizers.adam: expected amsgrad as true or false",
    ],
    [
      "cycle: 1",
      () => schedules.polynomial({ initialLearningRate: 1, decaySteps: 9, cycle: untyped(1) }),
      "cycle as true or false",
    ],
    ["fromLogits: 1", () => losses.binaryCrossentropy({ fromLogits: untyped(1) }), "fromLogits as true or false"],
    [
      "labelSmoothing: []",
      () => losses.binaryCrossentropy({ labelSmoothing: untyped([]) }),
      "labelSmoothing as a finite number",
    ],
    [
      "mse with options",
      () => untyped(losses).mse({ fromLogits: true }),
      "losses.mse: expected no options, got an object",
    ],
    [
      "heNormal with a seed",
      () => untyped(initializers).heNormal({ seed: 1 }),
      "initializers.heNormal: expected no options",
    ],
    [
      "a spread below 0",
      () => initializers.randomNormal({ standardDeviation: -1 }),
      "standardDeviation of 0 or more, got -1",
    ],
    ["min above max", () => initializers.randomUniform({ min: 1, max: 0 }), "expected min up to max, got 1 and 0"],
    ["better: 1", () => metrics.custom(() => 1, { better: untyped(1) }), 'better as "lower" or "higher", got 1'],
    [
      "an axis by name",
      () =>
        sequential([layers.dense(1, { kernelConstraint: constraints.maxNorm(2, { axis: untyped("x") }) })]).build(2),
      'got "x"',
    ],
    [
      "weights fewer than their shape",
      () => constraints.unitNorm().apply(new Float32Array(3), [1e9, 1e9]),
      "constraints.unitNorm: expected weights [1000000000, 1000000000], 1000000000000000000 numbers, got 3",
    ],
    ["weights as a list", () => constraints.nonNeg().apply(untyped([1]), [1]), "as a Float32Array, got an array of 1"],
    ["uniform of texts", () => new Random(1).uniform(untyped("0"), untyped("1")), 'got "0"'],
    ["normal(NaN)", () => new Random(1).normal(Number.NaN), "normal: expected the first number as a finite number"],
    ["permutation(1e12)", () => new Random(1).permutation(1e12), "permutation: expected a count of numbers that fit"],
    ["uniformFloats(1e12)", () => new Random(1).uniformFloats(1e12), "that fit into memory, got 1000000000000"],
    [
      "normalFloats(1e12)",
      () => new Random(1).normalFloats(1e12),
      "normalFloats: expected a count of numbers that fit",
    ],
    ["chance of a text", () => new Random(1).chance(untyped("0.5")), "chance: expected the probability as a finite"],
    ["child(null)", () => new Random(1).child(untyped(null)), "child: expected the key as a text or a number"],
    ["shuffle of a text", () => new Random(1).shuffle(untyped("abc")), 'shuffle: expected a list, got "abc"'],
    [
      "rocCurve of other lengths",
      () => rocCurve([0.5], [0, 1]),
      "rocCurve: expected targets for the 1 predictions, got 2",
    ],
    ["rocCurve of NaN", () => rocCurve([0.5, Number.NaN], [0, 1]), "got NaN at row 1"],
    ["rocCurve of one class", () => rocCurve([0.5, 0.1], [1, 1]), "expected examples of both classes"],
    [
      "f1 of quantities",
      () => metrics.f1.compute([0.5, 2], [1, 17]),
      "expected targets of two classes, 0 and 1, got 17 at row 1",
    ],
    ["auc of quantities", () => metrics.auc.compute([0.5, 2], [1, 17]), "auc: expected targets of two classes"],
    [
      "kappa of quantities",
      () => metrics.cohenKappa.compute([[0.5], [2]], [1, 17]),
      "cohenKappa: expected targets of two classes",
    ],
    [
      "setWeights of another shape",
      () =>
        built().setWeights([
          [[1], [2]],
          [1, 2],
        ]),
      "the bias of dense_1 (layers[0]), of shape [1], got [2]",
    ],
    [
      "setWeights of NaN",
      () => built().setWeights([[[1], [Number.NaN]], [1]]),
      "number 0, the kernel of dense_1 (layers[0]), of finite numbers, got NaN",
    ],
    ["rows(2)", () => datasets.xor().rows(untyped(2)), "rows: expected the numbers of the examples as a list, got 2"],
    [
      "setWeights()",
      () => sequential([layers.dense(1)]).setWeights(untyped(undefined)),
      "setWeights: expected the weights as a list",
    ],
    ["build(2, { sed })", () => sequential([layers.dense(1)]).build(2, untyped({ sed: 1 })), 'Did you mean "seed"?'],
  ]);

  it("names what is no name", () => {
    expect(() => optimizers.sgd({ convention: untyped({}) })).toThrow(UnknownNameError);
  });
});
