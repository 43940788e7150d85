// What users of other libraries write: each is taken, or answered with what to write instead; nothing is silently ignored, nothing spins.

import { describe, expect, it } from "vitest";
import {
  callbacks,
  concat,
  datasets,
  grad,
  initializers,
  Layer,
  layers,
  losses,
  metrics,
  oneHot,
  ones,
  optimizers,
  Random,
  sequential,
  type Tensor,
  tensor,
  UnknownNameError,
  ValueError,
  where,
  zeros,
} from "../index.ts";

/** As if without types: a cell runs although the editor marks it. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what types would refuse.
type Untyped = any;
const untyped = (value: unknown): Untyped => value;

const x = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const y = [0, 1, 1, 0];

function net(options: object = {}) {
  const model = sequential([layers.dense(3, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
  model.compile(untyped({ loss: "binaryCrossentropy", optimizer: "sgd", ...options }));
  return model;
}

describe("names that are not there", () => {
  it.each([
    ["layers.Dense", () => untyped(layers).Dense(3), "dense"],
    ["layers.linear", () => untyped(layers).linear(3), "dense"],
    ["layers.ReLU", () => untyped(layers).ReLU(), "activation('relu')"],
    ["layers.Input", () => untyped(layers).Input([2]), "import { input } from 'nnbook'"],
    ["layers.drpout", () => untyped(layers).drpout(0.5), "dropout"],
    ["optimizers.Adam", () => untyped(optimizers).Adam(), "adam"],
    ["optimizers.amsgrad", () => untyped(optimizers).amsgrad(), "adam({ amsgrad: true })"],
    ["optimizers.momentum", () => untyped(optimizers).momentum(), "sgd({ momentum: 0.9 })"],
    ["losses.binaryCrossEntropy", () => untyped(losses).binaryCrossEntropy(), "binaryCrossentropy"],
    ["initializers.heNorm", () => untyped(initializers).heNorm(), "heNormal"],
    ["datasets.moon", () => untyped(datasets).moon(), "moons"],
    ["metrics.acuracy", () => untyped(metrics).acuracy, "accuracy"],
    ["loss: CrossEntropyLoss", () => net({ loss: "CrossEntropyLoss" }), "sparseCategoricalCrossentropy"],
    ["loss: BCELoss", () => net({ loss: "BCELoss" }), "binaryCrossentropy"],
    ["optimizer: amad", () => net({ optimizer: "amad" }), "adam"],
    ["lr", () => optimizers.sgd(untyped({ lr: 0.1 })), "learningRate"],
    ["learning_rate", () => optimizers.sgd(untyped({ learning_rate: 0.1 })), "learningRate"],
    ["stddev", () => initializers.randomNormal(untyped({ stddev: 1 })), "standardDeviation"],
  ])("%s is answered with the nearest right one", (_, make, suggestion) => {
    expect(make).toThrow(UnknownNameError);
    expect(make).toThrow(`Did you mean "${suggestion}"?`);
  });

  it.each([
    ["model.add", () => untyped(net()).add(layers.dense(1)), "Give all layers at once: sequential(["],
    ["model.train", () => untyped(net()).train(), "await model.fit(x, y)"],
    ["model.forward", () => untyped(net()).forward(x), "model.predict(x)"],
    ["tensor.view", () => untyped(tensor(x)).view(4), "Write tensor.reshape(shape)."],
    ["layer.forward", () => untyped(layers.dense(1)).forward(x), "Write layer.apply(x) in a graph"],
  ])("%s is answered with what to write instead", (name, call, says) => {
    expect(call).toThrow(`${name}: expected a name that ${name.split(".")[0]}s have, got "${name.split(".")[1]}".`);
    expect(call).toThrow(says);
  });

  it("a member that somebody gives a model, a tensor or a layer is theirs", () => {
    const given = untyped(net());
    given.step = 3;
    expect(given.step).toBe(3);
    class Mine extends Layer {
      override readonly type = "mine";
      forward = () => 4;
      override outputShapeFor = () => [1];
      override call = (z: Tensor) => z;
    }
    expect(new Mine().forward()).toBe(4);
  });

  it("leaves what JavaScript asks of any object alone", async () => {
    expect(await layers).toBe(layers);
    expect(JSON.parse(JSON.stringify({ layers }))).toEqual({ layers: {} });
    expect(String(layers)).toBe("[object Object]");
  });

  it("takes val_loss as Keras writes it", async () => {
    const stop = callbacks.earlyStopping({ monitor: "val_loss" });
    await expect(net().fit(x, y, { validationSplit: 0.25, callbacks: [stop] })).resolves.toBeDefined();
  });
});

describe("options that other libraries have", () => {
  it.each([
    ["mask_zero", () => layers.embedding(10, 4, untyped({ mask_zero: true })), "There are no masks: "],
    ["stateful", () => layers.lstm(4, untyped({ stateful: true })), "Every run starts at zero; "],
    ["returnState", () => layers.gru(4, untyped({ returnState: true })), "layer.run(x) gives all states; "],
  ])("%s is answered with what to do instead", (name, make, hint) => {
    expect(make).toThrow(`"${name}". ${hint}`);
    expect(make).toThrow(/ Known: \w+, /);
  });
});

describe("options that are none", () => {
  it.each([
    ["optimizers.adam(0.1)", () => optimizers.adam(untyped(0.1))],
    ["losses.huber(0.5)", () => losses.huber(untyped(0.5))],
    ["datasets.moons(200)", () => datasets.moons(untyped(200))],
    ["split(0.2)", () => datasets.moons().split(untyped(0.2))],
    ['layers.dense(3, "relu")', () => layers.dense(3, untyped("relu"))],
    ['compile("mse")', () => untyped(net()).compile("mse")],
    ["compile()", () => untyped(net()).compile()],
    ['sequential(…, "net")', () => sequential([layers.dense(1)], untyped("net"))],
  ])("%s is refused, not ignored", (_, make) => {
    expect(make).toThrow(/expected options as an object, such as \{ \w+: … \}, got/);
  });

  it('compile("mse", "adam") says how both are given', () => {
    expect(() => untyped(net()).compile("mse", "adam")).toThrow(
      'got 2, the next being "adam". Give all in one object: model.compile({ loss: "mse", optimizer: "adam" }).',
    );
  });

  it("fit refuses a bare number of epochs, and lists that are none", async () => {
    await expect(untyped(net()).fit(x, y, 10)).rejects.toThrow("fit: expected options as an object");
    await expect(untyped(net()).fit(x, y, { callbacks: {} })).rejects.toThrow("callbacks as a list");
    await expect(untyped(net()).fit(x, y, { callbacks: [() => {}] })).rejects.toThrow("a callback: expected options");
    expect(() => net({ metrics: "acc" })).toThrow('metrics: ["acc"]');
  });

  it("functions that were not called say so", () => {
    expect(() => net({ loss: losses.mse })).toThrow("Call it: losses.mse()");
    expect(() => net({ optimizer: optimizers.adam })).toThrow("Call it: optimizers.adam()");
    expect(() => layers.dense(1, untyped({ activation: Math.tanh }))).toThrow("the name of a function");
    const [, ...holed] = Array.from({ length: 2 }, () => layers.dense(1));
    holed[2] = layers.dense(1);
    expect(() => sequential(holed)).toThrow("sequential: expected a layer at place 1, got undefined");
    expect(() => losses.custom(untyped("mse"))).toThrow("a function of predictions and targets");
  });
});

describe("numbers out of range", () => {
  it.each([
    ["learningRate: Infinity", () => optimizers.adam({ learningRate: Number.POSITIVE_INFINITY })],
    ['learningRate: "0.1"', () => optimizers.adam(untyped({ learningRate: "0.1" }))],
    ["clipValue: -1", () => optimizers.sgd({ clipValue: -1 })],
    ["clipNorm: NaN", () => optimizers.sgd({ clipNorm: Number.NaN })],
    ["weightDecay: -0.1", () => optimizers.sgd({ weightDecay: -0.1 })],
    ["constant(NaN)", () => initializers.constant(Number.NaN)],
    ["minChange: NaN", () => callbacks.earlyStopping({ minChange: Number.NaN })],
    ["new Random(NaN)", () => new Random(Number.NaN)],
    ["permutation(Infinity)", () => new Random(1).permutation(Number.POSITIVE_INFINITY)],
    ["permutation(-1)", () => new Random(1).permutation(-1)],
    ["shuffle of endless length", () => new Random(1).shuffle({ length: Number.POSITIVE_INFINITY })],
    ["integer(0)", () => new Random(1).integer(0)],
    ["normalFloats(NaN)", () => new Random(1).normalFloats(Number.NaN)],
  ])("%s is refused", (_, make) => {
    expect(make).toThrow(ValueError);
  });

  it("fit refuses a seed, epochs or a batch size that never ends or begins", async () => {
    for (const options of [
      { seed: Number.NaN },
      { epochs: Number.POSITIVE_INFINITY },
      { epochs: 0.5 },
      { batchSize: 0 },
      { batchSize: Number.NaN },
    ])
      await expect(net().fit(x, y, options)).rejects.toThrow(ValueError);
  });
});

describe("data that do not fit", () => {
  it("takes examples as a pair, and tells two rows without targets from one", async () => {
    await expect(net().fit([x, y])).resolves.toBeDefined();
    await expect(
      untyped(net()).fit([
        [0, 0],
        [1, 1],
      ]),
    ).rejects.toThrow("x alone");
  });

  it("refuses validation data of another width before it trains", async () => {
    const model = net();
    await expect(model.fit(x, y, { validationData: [[[1, 2, 3]], [1]] })).rejects.toThrow(
      "validation: expected input of dense_1 [batch, 2], got [batch, 3]",
    );
    expect(model.run).toBe(null);
  });

  it("refuses a second fit while the first has not ended, and takes it afterwards", async () => {
    const model = net();
    const first = model.fit(x, y, { epochs: 2 });
    await expect(model.fit(x, y)).rejects.toThrow("await model.fit");
    await first;
    await expect(model.fit(x, y)).resolves.toBeDefined();
  });

  it("says how to write a single example, and keeps the shape of none", () => {
    const model = net();
    model.build(2);
    expect(() => model.predict([0, 1])).toThrow("A single example stands in a list of its own: [[…]].");
    expect(model.predict(tensor([], { shape: [0, 2] })).shape).toEqual([0, 1]);
    expect(() => model.build(untyped("2"))).toThrow("build: expected a shape");
  });

  it("names the argument and the call that got it", () => {
    const x = tensor([1, 2]);
    expect(() => untyped(where)([1], [2])).toThrow("expected numbers, got undefined. This is b of where.");
    expect(() => untyped(where)([1], "a", [2])).toThrow('got "a". This is a of where.');
    expect(() => untyped(x).add()).toThrow("expected numbers, got undefined. This is the other operand of add.");
    expect(() => untyped(x).matmul(null)).toThrow("This is the other operand of matmul.");
    expect(() => untyped(concat)([[1], "a"])).toThrow("This is tensors[1] of concat.");
    expect(() => untyped(grad((at) => (at as Tensor).sum()))("a")).toThrow("This is argument 1 of the derivative.");
    expect(() => optimizers.adam({ learningRate: untyped("a") })).toThrow(
      'optimizers.adam: expected learningRate as a finite number, got "a"',
    );
    expect(() => optimizers.lion({ beta1: 2 })).toThrow("optimizers.lion: expected beta1 from 0 to below 1, got 2");
  });

  it.each([
    ["onBatchEnd", "onStepEnd"],
    ["onTrainBatchBegin", "onStepBegin"],
  ])("leads from Keras' %s to %s", async (name, ours) => {
    await expect(net().fit(x, y, { callbacks: [untyped({ [name]: () => {} })] })).rejects.toThrow(
      `Did you mean "${ours}"?`,
    );
  });

  it("names what is missing or not a number", async () => {
    const model = net();
    expect(() => untyped(model).predict()).toThrow("expected numbers, got undefined. This is x of predict.");
    expect(() => untyped(model).trainOnBatch(x)).toThrow("expected numbers, got undefined. This is y of trainOnBatch.");
    await expect(model.fit(untyped([[0, "a"]]), [1])).rejects.toThrow('expected numbers, got "a". This is x of fit.');
  });

  it("names the layers of another model and new ones differently", () => {
    const base = net();
    const names = (...built: Parameters<typeof sequential>[0][number][]) =>
      sequential(built).layers.map(({ name }) => name);
    expect(names(...base.layers.slice(0, 1), layers.dense(3))).toEqual(["dense_1", "dense_2"]);
    const other = net();
    expect(names(layers.dense(3), ...other.layers)).toEqual(["dense_3", "dense_1", "dense_2"]);
  });

  it("notes a loss that takes raw scores after a sigmoid", async () => {
    const run = await net({ loss: losses.binaryCrossentropy({ fromLogits: true }) }).fit(x, y);
    expect(run.notes.map(({ kind }) => kind)).toEqual(["logitsAfterActivation"]);
  });

  it.each([
    ["rows([7])", () => datasets.xor().rows([7])],
    ["rows([-1])", () => datasets.xor().rows([-1])],
    ["slice(0.5)", () => tensor([1, 2, 3]).slice(0.5)],
    ["slice(NaN)", () => tensor([1, 2, 3]).slice(Number.NaN)],
    ["oneHot(…, 2.5)", () => oneHot([0, 1], 2.5)],
    ["oneHot(…, Infinity)", () => oneHot([0, 1], Number.POSITIVE_INFINITY)],
    ["BigInt64Array", () => tensor(untyped(new BigInt64Array(2)))],
    ["DataView", () => tensor(untyped(new DataView(new ArrayBuffer(8))))],
    ["a tensor of tensors", () => tensor(untyped([tensor([1]), tensor([2])]))],
    ["blobs of ten million features", () => datasets.blobs({ features: 1e7 })],
    ["blobs of ten million classes", () => datasets.blobs({ classes: 1e7 })],
  ])("%s is refused", (_, make) => {
    expect(make).toThrow(ValueError);
  });

  it("refuses a list that holds itself, and shapes beyond memory", () => {
    const endless: unknown[] = [];
    endless.push(endless);
    expect(() => tensor(untyped(endless))).toThrow("nested at most");
    expect(() => zeros([1e9, 1e9])).toThrow("zeros: expected a shape whose numbers fit into memory");
    expect(() => ones(untyped(3))).toThrow(
      "ones: expected a shape of whole numbers from 0 on, such as [2, 3], got 3. For one axis write [3].",
    );
    expect(() => layers.dense(2, { inputShape: untyped([null, 3]) })).toThrow(
      "got [null, 3]. Leave the batch axis out.",
    );
  });
});
