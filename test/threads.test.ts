// Several threads on one computation: the same bits for any number of them, and no harm from one that never comes or is lost.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backend } from "../src/engine/backend/current.ts";
import { setEngineHost } from "../src/engine/host.ts";
import {
  type BackendName,
  type Layer,
  layers,
  type Optimizer,
  optimizers,
  Random,
  sequential,
  type Tensor,
  tensor,
  useBackend,
  useThreads,
} from "../src/engine/index.ts";
import type { Floats } from "../src/engine/intrinsics.ts";
import {
  gather,
  lendHelpers,
  startCounted,
  takeHelpersBack,
  takenByHelpers,
  turnOfHelpers,
} from "./support/computeHelpers.ts";

beforeAll(lendHelpers);
afterAll(takeHelpersBack);

type ThreeArrays = [Floats, Floats, Floats];

interface Case {
  readonly input: readonly number[];
  readonly layers: () => readonly Layer[];
  /** Where the input is row numbers below this. */
  readonly ids?: number;
}

/** The last layer is dense, so that gradients come from all places. */
const cases: Readonly<Record<string, Case>> = {
  dense: { input: [37], layers: () => [layers.dense(70, { activation: "tanh" }), layers.dense(33)] },
  "dense over axes": {
    input: [5, 37],
    layers: () => [layers.dense(70, { activation: "gelu" }), layers.dense(67), layers.flatten()],
  },
  "zeros of a ReLU": {
    input: [16, 37],
    layers: () => [layers.dense(70, { activation: "relu" }), layers.dense(67), layers.flatten()],
  },
  activation: {
    input: [300],
    layers: () => [layers.activation("softmax"), layers.dense(40), layers.activation("elu")],
  },
  reshape: { input: [30], layers: () => [layers.reshape([5, 6]), layers.dense(17), layers.flatten()] },
  residual: { input: [37], layers: () => [layers.residual([layers.dense(37, { activation: "relu" })])] },
  conv1d: { input: [40, 5], layers: () => [layers.conv1d(9, 3, { padding: "same" }), layers.flatten()] },
  conv2d: {
    input: [9, 11, 5],
    layers: () => [layers.conv2d(17, 3, { padding: "same" }), layers.conv2d(7, 3, { strides: 2 }), layers.flatten()],
  },
  depthwiseConv2d: { input: [9, 11, 5], layers: () => [layers.depthwiseConv2d(3), layers.flatten()] },
  separableConv2d: { input: [9, 11, 5], layers: () => [layers.separableConv2d(7, 3), layers.flatten()] },
  conv2dTranspose: { input: [5, 6, 7], layers: () => [layers.conv2dTranspose(9, 3, { strides: 2 }), layers.flatten()] },
  maxPooling1d: { input: [40, 5], layers: () => [layers.dense(7), layers.maxPooling1d(), layers.flatten()] },
  maxPooling2d: { input: [8, 10, 5], layers: () => [layers.dense(7), layers.maxPooling2d(), layers.flatten()] },
  averagePooling1d: { input: [40, 5], layers: () => [layers.dense(7), layers.averagePooling1d(), layers.flatten()] },
  averagePooling2d: { input: [8, 10, 5], layers: () => [layers.dense(7), layers.averagePooling2d(), layers.flatten()] },
  globalMaxPooling1d: { input: [40, 5], layers: () => [layers.dense(37), layers.globalMaxPooling1d()] },
  globalMaxPooling2d: { input: [8, 9, 5], layers: () => [layers.dense(37), layers.globalMaxPooling2d()] },
  globalAveragePooling1d: { input: [40, 5], layers: () => [layers.dense(37), layers.globalAveragePooling1d()] },
  globalAveragePooling2d: { input: [8, 9, 5], layers: () => [layers.dense(37), layers.globalAveragePooling2d()] },
  embedding: { input: [12], ids: 50, layers: () => [layers.embedding(50, 24), layers.flatten()] },
  dropout: { input: [300], layers: () => [layers.dropout(0.3), layers.dense(40)] },
  spatialDropout1d: { input: [20, 30], layers: () => [layers.spatialDropout1d(0.3), layers.flatten()] },
  spatialDropout2d: { input: [5, 6, 30], layers: () => [layers.spatialDropout2d(0.3), layers.flatten()] },
  gaussianNoise: { input: [300], layers: () => [layers.gaussianNoise(0.3), layers.dense(40)] },
  batchNorm: { input: [70], layers: () => [layers.dense(70), layers.batchNorm(), layers.dense(17)] },
  layerNorm: { input: [70], layers: () => [layers.dense(70), layers.layerNorm(), layers.dense(17)] },
  "layerNorm without parameters": {
    input: [70],
    layers: () => [layers.dense(70), layers.layerNorm({ center: false, scale: false }), layers.dense(17)],
  },
  rmsNorm: { input: [70], layers: () => [layers.dense(70), layers.rmsNorm(), layers.dense(17)] },
  multiHeadAttention: {
    input: [9, 16],
    layers: () => [layers.multiHeadAttention({ numHeads: 4, keyDim: 8 }), layers.flatten()],
  },
  simpleRnn: { input: [7, 17], layers: () => [layers.simpleRnn(33)] },
  lstm: { input: [7, 17], layers: () => [layers.lstm(33)] },
  gru: { input: [7, 17], layers: () => [layers.gru(33, { returnSequences: true }), layers.flatten()] },
  bidirectional: { input: [7, 17], layers: () => [layers.bidirectional(layers.lstm(17))] },
};

const batch = 19;

/** The bits of all that a few steps of training leave behind. */
function bitsAfterTraining({ input, layers: make, ids }: Case, optimizer: Optimizer): number[][] {
  const model = sequential([...make(), layers.dense(21)], { seed: 3 });
  const random = new Random(5);
  const count = batch * input.reduce((product, length) => product * length, 1);
  const values = random.normalFloats(count);
  const x = tensor(ids === undefined ? values : values.map((_each, index) => (7 * index) % ids), {
    shape: [batch, ...input],
  });
  const y = tensor(random.normalFloats(batch * 21), { shape: [batch, 21] });
  model.compile({ loss: "mse", optimizer });
  const losses = [0, 1, 2].map(() => model.trainOnBatch(x, y).loss ?? Number.NaN);
  const tensors = [...model.getWeights(), model.predict(x)];
  return [losses, ...tensors.map(({ data }) => [...new Int32Array(Float32Array.from(data).buffer)])];
}

const trainings: Readonly<Record<string, () => number[][]>> = {
  ...Object.fromEntries(
    Object.entries(cases).map(([name, each]) => [name, () => bitsAfterTraining(each, optimizers.adam())]),
  ),
  ...Object.fromEntries(
    Object.entries(optimizers).map(([name, make]) => {
      const model: Case = { input: [37], layers: () => [layers.dense(70, { activation: "sigmoid" })] };
      return [`the optimizer ${name}`, () => bitsAfterTraining(model, make())];
    }),
  ),
};
/** What one thread comes to. */
const alone = new Map<string, number[][]>();

describe("one thread", () => {
  it.each(Object.entries(trainings))("trains %s", (name, train) => {
    const bits = train();
    expect(bits.flat().every(Number.isFinite)).toBe(true);
    alone.set(name, bits);
  });
});

describe.each([2, 3])("%d threads", (threads) => {
  beforeAll(() => gather(threads));
  afterAll(() => expect(takenByHelpers()).toBeGreaterThan(100));

  it.each(Object.entries(trainings))("come to the same bits for %s", (name, train) => {
    for (let run = 0; run < 2; run++) expect(train()).toEqual(alone.get(name));
  });
});

describe("the gradient of normalized rows", () => {
  const [rows, width] = [37, 70];

  /** All that one call adds, with scale and shift or without. */
  function addedGradients(hasScale: boolean): readonly Floats[] {
    const random = new Random(6);
    const [x, outputGrad, xGrad] = [1, 2, 3].map(() => random.normalFloats(rows * width)) as ThreeArrays;
    const [scale, scaleGrad, shiftGrad] = [1, 2, 3].map(() => random.normalFloats(width)) as ThreeArrays;
    const means = random.normalFloats(rows);
    const variances = random.uniformFloats(rows, 0.5, 2);
    const learned = hasScale ? { scale, scaleGrad, shiftGrad } : { scale: null, scaleGrad: null, shiftGrad: null };
    const arrays = { x, outputGrad, xGrad, means, variances, ...learned };
    backend().normalizeRowsGrad(arrays, { rows, width, epsilon: 1e-3 });
    return [xGrad, scaleGrad, shiftGrad];
  }

  it.each([true, false])("is shared between threads, and has the same bits (with scale and shift: %s)", async (has) => {
    useThreads(1);
    const alone = addedGradients(has);
    await gather(3);
    const before = takenByHelpers();
    // Nobody knows when a helper wakes; until then the leader does all of it.
    do {
      expect(addedGradients(has)).toEqual(alone);
      await new Promise((resolve) => setTimeout(resolve));
    } while (takenByHelpers() - before < 20);
  });
});

describe("threads of several models and backends", () => {
  /** Steps of two models in turns, each on its own backend and with its own number of threads. */
  function lossesInTurns(turns: readonly { readonly backend: BackendName; readonly threads: number }[]): number[][] {
    const random = new Random(8);
    const [x, y] = [70, 21].map((width) => tensor(random.normalFloats(batch * width), { shape: [batch, width] })) as [
      Tensor,
      Tensor,
    ];
    const models = turns.map(({ backend }) => {
      useBackend(backend);
      const model = sequential([layers.dense(70, { activation: "tanh" }), layers.dense(21)], { seed: 3 });
      model.compile({ loss: "mse", optimizer: "adam" });
      return model;
    });
    const losses: number[][] = turns.map(() => []);
    for (let step = 0; step < 4; step++)
      turns.forEach(({ backend, threads }, index) => {
        useBackend(backend);
        useThreads(threads);
        losses[index]?.push(models[index]?.trainOnBatch(x, y).loss ?? Number.NaN);
      });
    return losses;
  }
  afterAll(() => useBackend());

  it("do not mix up models that train in turns", async () => {
    const alone = lossesInTurns([{ backend: "simd", threads: 1 }])[0];
    await gather(2);
    const two = { backend: "simd", threads: 2 } as const;
    expect(lossesInTurns([two, two])).toEqual([alone, alone]);
    expect(lossesInTurns([two, { backend: "simd", threads: 3 }, { backend: "simd", threads: 1 }])).toEqual(
      Array(3).fill(alone),
    );
  });

  it("change no bit when backends take turns", async () => {
    const alone = (["simd", "simdBaseline", "plain"] as const).map((backend) => ({ backend, threads: 1 }));
    const shared = alone.map(({ backend }) => ({ backend, threads: 2 }));
    const losses = lossesInTurns(alone);
    useBackend();
    await gather(2);
    expect(lossesInTurns(shared)).toEqual(losses);
  });
});

describe("helpers that are not there", () => {
  const product = () => {
    const random = new Random(4);
    const [a, b] = [random.normalFloats(200 * 300), random.normalFloats(300 * 100)];
    return tensor(a, { shape: [200, 300] })
      .matmul(tensor(b, { shape: [300, 100] }))
      .data.slice();
  };

  it("are not waited for when they never come", () => {
    useThreads(1);
    const alone = product();
    setEngineHost({ startHelper: () => () => undefined });
    useThreads(4);
    expect(product()).toEqual(alone);
  });

  it("are not waited for when they ended between computations", async () => {
    useThreads(1);
    const alone = product();
    const ends: (() => void)[] = [];
    setEngineHost({
      startHelper: (work) => {
        const end = startCounted(work);
        ends.push(end);
        return end;
      },
    });
    await gather(2);
    for (const end of ends) end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(product()).toEqual(alone);
  });

  it("do not fall asleep when they are dismissed at the moment in which they were about to", async () => {
    const dismiss = () => {
      useThreads(1);
      tensor(new Float32Array(64)).add(1);
    };
    setEngineHost({ startHelper: startCounted });
    dismiss();
    await gather(2);
    const turn = turnOfHelpers();
    dismiss();
    expect(turnOfHelpers()).toBe(turn + 1);
  });

  it("are not asked for where none can be had, and a wrong count is refused", () => {
    setEngineHost({ startHelper: null });
    expect(useThreads(4)).toBe(1);
    for (const wrong of [0, -1, 1.5, Number.NaN, 34, 99])
      expect(() => useThreads(wrong)).toThrow(`expected a whole number of threads from 1 to 33, got ${wrong}`);
    expect(() => useThreads("2" as unknown as number)).toThrow('from 1 to 33, got "2"');
  });
});
