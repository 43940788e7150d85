// Models written down for PyTorch predict, lose and learn there as here: checked in a real PyTorch where there is one.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../scripts/run.mts";
import { dataFile } from "../src/engine/exports/dataFile.ts";
import { exporters } from "../src/engine/exports/exporters.ts";
import { setEngineHost } from "../src/engine/host.ts";
import {
  input,
  type Layer,
  layers,
  type Model,
  model,
  type Optimizer,
  optimizers,
  Random,
  schedules,
  sequential,
  type Tensor,
  tensor,
  useBackend,
} from "../src/engine/index.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "../src/engine/saving/safetensors.ts";
import { pythonWith } from "./support/exports/python.ts";
import { type RandomTraining, randomTraining } from "./support/randomModels/randomTrainings.ts";
import { distance, disturbed, firstPass, type Outcome } from "./support/randomModels/waysToTrain.ts";

const torch = pythonWith("torch");
const without = torch === null ? " (skipped: no Python here has torch; Debian's is python3-torch)" : "";
const count = Number(process.env.MODELS ?? 40);
const firstModel = Number(process.env.FIRST_MODEL ?? 0);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "torch-"));
  setEngineHost({ exporters: () => exporters });
  useBackend("plain");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  setEngineHost({ exporters: null });
});

/** The models on which all but numbers drawn at random is the same there. */
const isComparable = (model: Model<unknown>) =>
  model.layers.every(
    (layer) =>
      layer.isPlannable &&
      !/dropout|noise/i.test(layer.type) &&
      ![layer, "layer" in layer ? layer.layer : layer].some(
        (each) =>
          JSON.stringify(each).includes('"dropout":0.') || JSON.stringify(each).includes('"recurrentDropout":0.'),
      ),
  ) && model.compiled?.losses.every(({ loss }) => loss.name !== "custom");

const stored = ({ shape, data }: Tensor): StoredTensor => ({ shape, numbers: data });

function writeCase(
  name: string,
  model: Model<unknown>,
  data: { readonly xs: readonly Tensor[]; readonly ys: readonly Tensor[] },
  torchrun = false,
): string {
  const place = path.join(folder, name);
  mkdirSync(place);
  const { script, weights } = model.toPyTorch({ torchrun });
  writeFileSync(path.join(place, "model.py"), script);
  writeFileSync(path.join(place, "model.weights.safetensors"), weights);
  const entries = [
    ...data.xs.map((x, at) => [`x${at}`, stored(x)] as const),
    ...data.ys.map((y, at) => [`y${at}`, stored(y)] as const),
  ];
  writeFileSync(path.join(place, "data.safetensors"), writeSafetensors(new Map(entries)));
  return place;
}

async function check(places: readonly string[]): Promise<void> {
  const program = path.join(import.meta.dirname, "support", "exports", "checkTorch.py");
  const { exitCode, text } = await runProgram(torch?.program ?? "", [program, ...places], { timeoutMs: 300_000 });
  expect(exitCode, text.slice(-4000)).toBe(0);
}

const results = (place: string) =>
  readSafetensors("test", "results", readFileSync(path.join(place, "results.safetensors")));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

/** Weights by PyTorch's names and in its layout. */
const inTorch = (model: Model<unknown>) => readSafetensors("test", "weights", model.toPyTorch().weights);

/** The gradients of an outcome in PyTorch's layout: as the weights of a copy. */
function gradientsInTorch(model: Model<unknown>, outcome: Outcome): ReadonlyMap<string, StoredTensor> {
  const copy = model.clone();
  copy.setWeights(
    copy.getWeights().map((weight, index) => {
      const numbers = outcome.gradients?.[index] ?? [];
      const { shape, size } = weight;
      return tensor(numbers.length === 0 ? new Float32Array(size) : Float32Array.from(numbers), { shape });
    }),
  );
  return inTorch(copy);
}

/** Predictions, loss and gradients there are those here. */
async function expectSame(
  cases: readonly { readonly training: RandomTraining; readonly place: string }[],
): Promise<void> {
  await check(cases.map(({ place }) => place));
  for (const { training, place } of cases) {
    const model = training.make();
    const wanted = firstPass(training);
    const predictions = model.predict([...training.xs]);
    const found = results(place);
    const gradients = [...gradientsInTorch(model, wanted)].filter(([name]) => found.has(`gradient:${name}`));
    const numbers = (name: string) => [...(found.get(name)?.numbers ?? [])];
    const here: Outcome = {
      weights: [],
      losses: wanted.losses ?? [],
      predictions: predictions.map(({ data }) => [...data]),
      gradients: gradients.map(([, tensor]) => [...tensor.numbers]),
    };
    const there: Outcome = {
      weights: [],
      losses: [numbers("loss")],
      predictions: predictions.map((_, at) => numbers(`prediction${at}`)),
      gradients: gradients.map(([name]) => numbers(`gradient:${name}`)),
    };
    const trainable = model.layers.flatMap(({ trainableWeights }) => trainableWeights).length;
    expect(gradients.length, training.name).toBeGreaterThanOrEqual(Math.min(1, trainable));
    // Single numbers, and what a model makes of a change in the last bits of its weights and inputs.
    const limit = 1e-4 + 10 * distance(firstPass(training, disturbed), wanted);
    expect(distance(there, here), training.name).toBeLessThanOrEqual(limit);
  }
}

describe.skipIf(torch === null)(`in PyTorch ${torch?.version ?? ""}${without}`, () => {
  it(`${count} random models predict, lose and have gradients as here`, { timeout: 400_000 }, async () => {
    const cases: { readonly training: RandomTraining; readonly place: string }[] = [];
    for (let seed = firstModel; seed < firstModel + count; seed++) {
      const training = { ...randomTraining(seed), weights: null };
      const model = training.make();
      if (!isComparable(model) || model.compiled?.optimizer.name === "lion") continue;
      cases.push({ training, place: writeCase(`model${seed}`, model, training) });
    }
    expect(cases.length).toBeGreaterThan(count / 4);
    await expectSame(cases);
  });

  it("recurrent layers are PyTorch's own modules where these compute the same", { timeout: 120_000 }, async () => {
    const random = new Random(4);
    const steps = tensor(random.uniformFloats(5 * 6 * 3, -1, 1), { shape: [5, 6, 3] });
    const forms: Record<string, () => Layer> = {
      rnn: () => layers.simpleRnn(4, { activation: "relu", biasInitializer: "randomNormal", returnSequences: true }),
      lstm: () =>
        layers.lstm(4, { returnSequences: true, goBackwards: true, kernelRegularizer: "l2", biasRegularizer: "l1" }),
      lastOfLstm: () => layers.lstm(4, { goBackwards: true, useBias: false }),
      gru: () => layers.gru(4, { biasInitializer: "randomNormal", recurrentRegularizer: "l2" }),
      gruWithoutBias: () => layers.gru(4, { useBias: false, returnSequences: true }),
    };
    const cases = Object.entries(forms).map(([name, form]) => {
      const make = () => {
        const x = input([6, 3]);
        const start = layers.dense(4, { activation: "tanh" }).apply(layers.globalAveragePooling1d().apply(x));
        const read = form();
        const states = name.includes("stm") ? [start, start] : [start];
        const ends = [layers.flatten().apply(read.apply(x)), layers.flatten().apply(form().apply([x, ...states]))];
        const net = model({ inputs: [x], outputs: [layers.dense(2).apply(layers.concat().apply(ends))], seed: 7 });
        net.compile({ loss: "mse", optimizer: "sgd" });
        return net as unknown as Model<Tensor[]>;
      };
      const ys = [tensor(random.uniformFloats(10, -1, 1), { shape: [5, 2] })];
      const training = { name, make, modelSeed: 7, xs: [steps], ys, weights: null, batchSize: 5 };
      expect(make().toPyTorch().script).toContain(
        `nn.${name === "rnn" ? "RNN" : name.includes("stm") ? "LSTM" : "GRU"}(3, 4`,
      );
      return { training, place: writeCase(`cells-${name}`, make(), training) };
    });
    await expectSame(cases);
  });

  const trained = (optimizer: Optimizer) => {
    const net = sequential(
      [
        layers.dense(5, { activation: "tanh", inputShape: 3, kernelConstraint: "maxNorm" }),
        layers.dense(3, { activation: "softmax", biasConstraint: "nonNeg" }),
      ],
      { seed: 2 },
    );
    net.compile({ loss: "categoricalCrossentropy", optimizer });
    return net;
  };
  const xs = [tensor(Array.from({ length: 12 }, (_, row) => [Math.sin(row), Math.cos(3 * row), row / 6 - 1]))];
  const ys = [tensor(Array.from({ length: 12 }, (_, row) => [0, 1, 2].map((column) => Number(row % 3 === column))))];

  it("optimizers take the same steps, weight decay, limits and constraints included", {
    timeout: 120_000,
  }, async () => {
    const convention = "torch";
    const given: Record<string, Optimizer> = {
      sgd: optimizers.sgd({ learningRate: 0.5 }),
      momentum: optimizers.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
      adam: optimizers.adam({ convention, learningRate: 0.05, amsgrad: true, weightDecay: 0.02, clipNorm: 0.1 }),
      adamW: optimizers.adamW({ convention, learningRate: 0.05, globalClipNorm: 0.05 }),
      rmsprop: optimizers.rmsprop({ convention, learningRate: 0.01, centered: true, momentum: 0.5 }),
      adagrad: optimizers.adagrad({ convention, learningRate: 0.1 }),
      adadelta: optimizers.adadelta({ convention, learningRate: 1 }),
      adamax: optimizers.adamax({ convention, learningRate: 0.05, clipValue: 0.01 }),
      nadam: optimizers.nadam({ convention, learningRate: 0.05 }),
      rAdam: optimizers.rAdam({ convention, learningRate: 0.05 }),
    };
    const steps = 8;
    const places = Object.entries(given).map(([name, optimizer]) => {
      const place = writeCase(`steps-${name}`, trained(optimizer), { xs, ys });
      writeFileSync(path.join(place, "steps"), String(steps));
      return { name, place, optimizer };
    });
    await check(places.map(({ place }) => place));
    for (const { name, place, optimizer } of places) {
      const net = trained(optimizer);
      for (let step = 0; step < steps; step++) net.trainOnBatch(xs[0] ?? [], ys[0] ?? []);
      for (const [tensorName, wanted] of inTorch(net)) {
        const got = results(place).get(`trained:${tensorName}`)?.numbers ?? [];
        wanted.numbers.forEach((value, at) => {
          expect(Math.abs(value - (got[at] ?? Number.NaN)), `${name}, ${tensorName}`).toBeLessThan(2e-4);
        });
      }
    }
  });

  it("two processes under torchrun come to what one comes to", { timeout: 120_000 }, async () => {
    const run = async (name: string, torchrun: boolean) => {
      const net = trained(optimizers.sgd({ learningRate: 0.5 }));
      const place = writeCase(name, net, { xs, ys }, torchrun);
      const data = { x: xs[0] as Tensor, y: ys[0] as Tensor };
      writeFileSync(path.join(place, "xy.safetensors"), dataFile("toPyTorch", net, data));
      const args = ["model.py", "xy.safetensors", "--epochs", "3", "--batch-size", "4", "--in-order"];
      // What torchrun says to each process it starts. Its own launcher asks for libuv, which Debian builds PyTorch without.
      const shared = {
        MASTER_ADDR: "127.0.0.1",
        MASTER_PORT: String(await freePort()),
        USE_LIBUV: "0",
        OMP_NUM_THREADS: "1",
      };
      const ranks = torchrun ? ["0", "1"] : ["0"];
      const ends = await Promise.all(
        ranks.map((rank) => {
          const env = { ...process.env, ...shared, RANK: rank, LOCAL_RANK: rank, WORLD_SIZE: String(ranks.length) };
          return runProgram(torch?.program ?? "", args, { cwd: place, env, timeoutMs: 100_000 });
        }),
      );
      for (const { exitCode, text } of ends) expect(exitCode, text.slice(-4000)).toBe(0);
      expect(ends[0]?.text).toMatch(/epoch 3 of 3: loss \d\.\d+/);
      return readSafetensors("test", "weights", readFileSync(path.join(place, "model.weights.safetensors")));
    };
    const one = await run("one", false);
    const two = await run("two", true);
    expect([...two.keys()]).toEqual([...one.keys()]);
    for (const [name, wanted] of one)
      two.get(name)?.numbers.forEach((value, at) => {
        expect(Math.abs(value - (wanted.numbers[at] ?? Number.NaN)), name).toBeLessThan(1e-5);
      });
    expect([...(one.get("dense_1.weight")?.numbers ?? [])]).not.toEqual([
      ...(inTorch(trained(optimizers.sgd())).get("dense_1.weight")?.numbers ?? []),
    ]);
  });
});

describe("what PyTorch has not", () => {
  const said = (change: (net: Model) => void, own: readonly Layer[] = []) => {
    const net = sequential([...own, layers.dense(1, { inputShape: 2 })], { seed: 1 });
    change(net);
    try {
      net.toPyTorch();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return "written";
  };

  it("is named", () => {
    const double = layers.custom({ name: "dense", inputShape: 2, forward: (x: Tensor) => x.mul(2) });
    expect(said(() => undefined, [double])).toBe(
      "toPyTorch: expected layers that PyTorch can be given, got dense_1, which was written in a cell. Replace it by layers of nnbook's, or export the parts before and after it as models of their own.",
    );
    const worst = (p: Tensor, t: Tensor) => p.sub(t).abs().max();
    expect(said((net) => net.compile({ loss: worst }))).toContain(
      "got the loss worst, which was written in a cell. Compile with",
    );
    expect(said((net) => net.compile({ loss: "mse", optimizer: "lion" }))).toContain(
      "expected optimizers that PyTorch has, got the optimizer lion.",
    );
    expect(() => sequential([layers.dense(1)]).toPyTorch()).toThrow(
      "toPyTorch: expected a model with weights, got one that is not built",
    );
    expect(() => sequential([layers.dense(1, { inputShape: 1 })], { seed: 1 }).toPyTorch({ torchrun: true })).toThrow(
      "toPyTorch: expected a compiled model for torchrun, which trains it, got one without loss and optimizer.",
    );
    // @ts-expect-error: a wrong option.
    expect(() => sequential([layers.dense(1)]).toPyTorch({ torchRun: true })).toThrow(
      'Unknown option of toPyTorch "torchRun". Did you mean "torchrun"?',
    );
    expect(said(() => undefined)).toBe("written");
  });

  it("is told in notes, which stand in the script too", () => {
    const net = sequential([layers.dense(2, { inputShape: 2 }), layers.dropout(0.5), layers.batchNorm()], { seed: 1 });
    net.compile({
      loss: "mse",
      optimizer: optimizers.adam({ learningRate: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 5 }) }),
    });
    const { script, notes } = net.toPyTorch({ torchrun: true });
    expect(notes).toMatchInlineSnapshot(`
      [
        "PyTorch's Adam adds ε after the correction of the means, Keras before it: its steps differ a little, most in the first ones.",
        "The schedule of the learning rate is not taken along: it stays at 0.1. torch.optim.lr_scheduler has others.",
        "The optimizer's memory (momentum and the like) starts anew.",
        "Dropout and noise draw other numbers than nnbook's, by the same rule.",
        "Each process normalizes by its own part of the batch.",
      ]
    `);
    for (const note of notes) expect(script).toContain(`Note: ${note}`);
  });
});
