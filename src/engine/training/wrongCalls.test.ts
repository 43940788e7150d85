// Wrong calls between right ones, on every backend: each is refused, and the right ones give the bits they would have given without.

import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { backend } from "../backend/current.ts";
import {
  input,
  layers,
  type Model,
  metrics,
  model,
  optimizers,
  Random,
  schedules,
  sequential,
  type Tensor,
  useBackend,
  zeros,
} from "../index.ts";
import { bitsOf, gradientsOf } from "./plans/twins.testing.ts";

// biome-ignore lint/suspicious/noExplicitAny: cells run without their types.
type Untyped = any;

/** A model with what may go wrong in it: while `trouble` names a part, that part fails. */
interface Subject {
  readonly net: Model<Untyped>;
  readonly x: readonly Untyped[];
  readonly y: readonly Untyped[];
  /** Targets that the model cannot be trained on. */
  readonly wrongTargets: Untyped;
}

let trouble = "";
const fail = (part: string) => trouble === part;

/** Ids into an embedding, moving means, dropout with a seed of its own, a layer and a metric from a cell. */
function chain(): Subject {
  const cell = layers.custom({ name: "cell", forward: (z: Tensor) => (fail("layer") ? z.mul(zeros([7])) : z.mul(2)) });
  const distance = (p: Tensor, t: Tensor) => (fail("metric") ? p.sub(zeros([7])) : p.sub(t)).abs().mean();
  const rate = (step: number) => (fail("schedule") ? Number.NaN : 0.1 / (step + 1));
  const net = sequential(
    [
      layers.embedding(5, 3),
      layers.flatten(),
      layers.batchNorm(),
      layers.dropout(0.3, { seed: 4 }),
      layers.dropout(0.1),
      cell,
      layers.dense(2, { activation: "softmax" }),
    ],
    { seed: 1 },
  );
  net.compile({
    loss: "categoricalCrossentropy",
    optimizer: optimizers.adam({ learningRate: rate }),
    metrics: [metrics.custom(distance)],
  });
  const random = new Random(3);
  const rows = (count: number, row: () => number[]) => Array.from({ length: count }, row);
  const ids = () => [random.integer(5), random.integer(5)];
  const onehot = () => (random.integer(2) === 0 ? [1, 0] : [0, 1]);
  return {
    net,
    x: [rows(6, ids), rows(4, ids)],
    y: [rows(6, onehot), rows(4, onehot)],
    wrongTargets: [[0.5, 0.2]],
  };
}

/** Branches with two outputs, momentum that a schedule moves, and a limit on weights. */
function branches(): Subject {
  const start = input(3);
  const hidden = layers.dense(5, { activation: "tanh", kernelConstraint: "maxNorm" }).apply(start);
  const kind = layers.dense(3, { activation: "softmax", name: "kind" }).apply(layers.gaussianNoise(0.1).apply(hidden));
  const size = layers.dense(1, { name: "size" }).apply(layers.batchNorm().apply(hidden));
  const net = model({ inputs: start, outputs: { kind, size }, seed: 1 });
  const learningRate = schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 50, momentum: {} });
  net.compile({
    loss: { kind: "sparseCategoricalCrossentropy", size: "mse" },
    optimizer: optimizers.sgd({ learningRate, momentum: 0.9 }),
  });
  const random = new Random(3);
  const numbers = (count: number) =>
    Array.from({ length: count }, () => Array.from({ length: 3 }, () => random.normal()));
  const targets = (count: number) => ({
    kind: Array.from({ length: count }, () => random.integer(3)),
    size: Array.from({ length: count }, () => random.normal()),
  });
  return { net, x: [numbers(6), numbers(4)], y: [targets(6), targets(4)], wrongTargets: { kind: [7], size: [1] } };
}

type Call = (subject: Subject) => unknown;

const training: readonly Call[] = [
  ({ net, x, y }) => net.trainOnBatch(x[0], y[0]),
  ({ net, x, y }) => net.trainOnBatch(x[1], y[1]),
  ({ net, x, y }) => net.trainOnBatch(x[1], y[1], { sampleWeight: [1, 0, 2, 1] }),
  async ({ net, x, y }) => (await net.fit(x[0], y[0], { batchSize: 4, seed: 2 })).history,
];

const right: readonly Call[] = [
  ...training,
  ({ net, x, y }) => net.evaluate(x[0], y[0]),
  ({ net, x }) => JSON.stringify(net.predict(x[1])),
];

const inTrouble =
  (part: string, call: Call): Call =>
  async (subject) => {
    trouble = part;
    try {
      return await call(subject);
    } finally {
      trouble = "";
    }
  };

const wrong: readonly Call[] = [
  ({ net, y }) => net.trainOnBatch([[1, 2, 3, 4]], y[0]),
  ({ net, x, wrongTargets }) => net.trainOnBatch([x[0][0]], wrongTargets),
  ({ net, x, y }) => net.trainOnBatch(x[0], y[1]),
  ({ net, x, y }) => net.trainOnBatch(x[0], y[0], { sampleWeight: [1, Number.NaN, 1, 1, 1, 1] }),
  ({ net, x, y }) => net.trainOnBatch(x[0], y[0], { classWeight: { kind: { 9: 1 }, 9: 1 } as Untyped }),
  ({ net, x, y }) => net.trainOnBatch([[Number.NaN, ...x[0][0].slice(1)], ...x[0].slice(1)], y[0]),
  ({ net, x, y }) => net.fit(x[0], y[0], { epochs: "3" as Untyped }),
  ({ net, x, y }) => net.fit(x[0], y[0], { seed: 9, validationData: [[[1]], [1]] as Untyped }),
  ({ net, x, y }) => net.fit(x[0], y[0], { callbacks: [{ onEpochEnd: 3 }] as Untyped }),
  ({ net, y }) => net.evaluate([[1]], y[0]),
  ({ net, x, y }) => net.evaluate(x[0], y[0], { sampleWeight: {} as Untyped }),
  ({ net }) => net.predict([[1]]),
  ({ net, x }) => net.predict(x[0], { batchSize: 0 }),
  ({ net }) => net.setWeights([]),
  ({ net }) => net.setWeights(net.getWeights().map((weight) => weight.mul(Number.NaN))),
  ({ net }) => net.compile({ loss: "msee" }),
  ({ net }) => net.compile({ loss: "mse", optimizer: "amad" }),
  ({ net }) => net.build([2, 0]),
  () => useBackend("gpu" as Untyped),
];

const wrongInside: readonly Call[] = [
  ...["layer", "metric", "schedule"].flatMap((part) => training.slice(0, 3).map((call) => inTrouble(part, call))),
  ({ net, y }) =>
    net.trainOnBatch(
      [
        [1, 5],
        [1, 2],
        [0, -1],
        [1, 1],
      ],
      y[1],
    ),
  ({ net }) => net.predict([[0, 0.5]]),
];

async function isRefused(call: Call, subject: Subject): Promise<void> {
  let thrown: Untyped = null;
  try {
    await call(subject);
  } catch (error) {
    thrown = error;
  }
  expect(thrown?.name, `${call} gives ${thrown?.stack}`).toMatch(
    /^(ShapeError|ValueError|DomainError|UnknownNameError)$/,
  );
}

/** How many calls; more by the environment variable WRONG_CALLS. */
const rounds = Number(process.env.WRONG_CALLS ?? 60);

describe.each(["plain", "simd"] as const)("on %s, wrong calls change nothing", (name) => {
  beforeEach(() => {
    trouble = "";
    useBackend(name);
  });
  afterAll(() => void useBackend("plain"));

  it.each([
    ["in a row of layers", chain, [...wrong, ...wrongInside]],
    ["in a graph of two outputs", branches, wrong],
  ] as const)("%s", async (_, make, mistakes) => {
    const [subject, twin] = [make(), make()];
    const random = new Random(rounds);
    for (let round = 0; round < rounds; round++) {
      for (let count = random.integer(3); count > 0; count--)
        await isRefused(mistakes[random.integer(mistakes.length)] as Call, subject);
      const call = right[random.integer(right.length)] as Call;
      expect(await call(subject), `${call}`).toEqual(await call(twin));
      expect(bitsOf(subject.net), `${round}: ${call}`).toEqual(bitsOf(twin.net));
      // A step that failed leaves gradients; the next one finds its own.
      if (training.includes(call)) expect(gradientsOf(subject.net)).toEqual(gradientsOf(twin.net));
    }
  });

  it("and take no memory that stays", async () => {
    const subject = chain();
    const used: number[] = [];
    for (let round = 0; round < 4; round++) {
      for (const call of [...right, ...wrong, ...wrongInside, ...wrong, ...right])
        await Promise.resolve(call)
          .then((each) => each(subject))
          .catch(() => {});
      used.push(backend().memory.usedFloats);
    }
    expect(used[3]).toBe(used[2]);
  });

  it("and layers are named and built anew where no model came of them", () => {
    const [first, second] = [layers.dense(2), layers.dense(3)];
    expect(() => sequential([layers.flatten({ inputShape: 4 }), first, layers.conv2d(2, 3)], { seed: 1 })).toThrow();
    expect([first.name, first.isBuilt]).toEqual(["", false]);
    expect(sequential([second, first]).layers.map(({ name: given }) => given)).toEqual(["dense_1", "dense_2"]);
    const orthogonal = layers.dense(2, { biasInitializer: "orthogonal" });
    const net = sequential([second, orthogonal]);
    expect(() => net.build(7)).toThrow("orthogonal");
    expect(second.isBuilt).toBe(false);
  });

  it("and a run goes on after a compile that was none", async () => {
    const { net, x, y } = branches();
    const run = await net.fit(x[0], y[0], { seed: 2 });
    expect(() => net.compile({ loss: "msee" })).toThrow();
    await run.resume({ epochs: 2 });
    const twin = branches();
    await twin.net.fit(x[0], y[0], { seed: 2, epochs: 2 });
    expect(bitsOf(net)).toEqual(bitsOf(twin.net));
  });
});
