// What is named as the cause where a loss falls but ends above that of guessing, a layer is left behind, or numbers break.

import { beforeAll, describe, expect, it } from "vitest";
import { datasets, initializers, layers, optimizers, useBackend } from "../../engine/index.ts";
import { dense, found, moons, passed, sgd, sigmoidOutput, train, viewOf } from "./diagnosis.testing.ts";

beforeAll(() => useBackend("plain"));

const wide = (standardDeviation: number) => ({ kernelInitializer: initializers.randomNormal({ standardDeviation }) });
const edits = (run: Parameters<typeof viewOf>[0], kind: string) =>
  viewOf(run)
    .findings.find((each) => each.kind === kind)
    ?.remedies.map((remedy) => [remedy.kind, remedy.edits[0]]);

describe("a loss that falls and ends above that of guessing", () => {
  it("follows from first weights that made the output sure; those of the hidden layers are named", async () => {
    const hidden = Array.from({ length: 6 }, () => dense("relu", 32, wide(0.8)));
    const run = await train([...hidden, sigmoidOutput()], { optimizer: sgd(1e-5), epochs: 4 });
    expect(found(run)).toEqual(
      expect.arrayContaining(["warning saturatedOutput", "warning underfitting < saturatedOutput"]),
    );
    const [start] = edits(run, "saturatedOutput") ?? [];
    expect(start).toMatchObject(["heStart", { value: '"heNormal"', layers: expect.arrayContaining(["dense_2"]) }]);
    expect(viewOf(run).sentence.messages[0]?.id).toBe("foundSaturatedOutput");
  });

  it("follows from inputs that nothing scaled", async () => {
    const x = moons.train.x.mul(200);
    const run = await train([dense("relu"), sigmoidOutput()], {
      ...{ data: { x: x.toArray() as number[][], y: moons.train.y.toArray() as number[][] } },
      ...{ optimizer: optimizers.sgd({ learningRate: 1e-7 }), epochs: 4 },
    });
    expect(found(run)).toEqual(
      expect.arrayContaining(["warning unscaledInputs", "warning underfitting < unscaledInputs"]),
    );
  });

  it("and what is only to be known stays so where the net learns all the same", async () => {
    const run = await train([dense("tanh", 16), layers.dense(1, { activation: "sigmoid", ...wide(15) })], {
      epochs: 30,
    });
    expect(found(run).filter((each) => !each.startsWith("info"))).toEqual([]);
    expect(found(run)).toContain("info saturatedOutput");
  });
});

describe("a layer that is left behind", () => {
  it("follows from units that are dead, and nothing is infinitely many times as fast", async () => {
    // What wakes the units comes once in a hundred examples: most steps do not move them at all.
    const x = Array.from({ length: 400 }, (_, at) => (at % 100 === 7 ? [40, 40] : [Math.sin(at), Math.cos(3 * at)]));
    const y = x.map(([first = 0]) => [first > 0.2 ? 1 : 0]);
    const dying = { kernelInitializer: "heNormal", biasInitializer: initializers.constant(-20) } as const;
    const run = await train([dense("relu", 32, dying), dense("relu", 8), sigmoidOutput()], {
      ...{ data: { x, y }, batchSize: 8, optimizer: optimizers.sgd({ learningRate: 0.002 }), epochs: 5 },
    });
    expect(found(run)).toEqual(expect.arrayContaining(["warning deadUnits", "warning slowLayer < deadUnits"]));
    const slow = viewOf(run).findings.find(({ kind }) => kind === "slowLayer");
    expect(slow?.messages.map(({ id }) => id)).toEqual(["updatesAre"]);
  });

  it("follows from units that are saturated", async () => {
    const data = datasets.moons({ samples: 400, noise: 0.15, seed: 3 }).split({ validation: 0.2, seed: 1 });
    const run = await train([dense("sigmoid", 16, wide(8)), dense("sigmoid", 16, wide(5)), sigmoidOutput()], {
      ...{ data, optimizer: optimizers.sgd({ learningRate: 0.01 }), epochs: 15 },
    });
    expect(found(run)).toEqual(expect.arrayContaining(["warning saturated", "warning slowLayer < saturated"]));
  });
});

it("hidden layers of ReLU that start at zero stay there: that start is the cause, not the dead units", async () => {
  const zeros = { kernelInitializer: "zeros" } as const;
  const run = await train([dense("relu", 8, zeros), dense("relu", 8), sigmoidOutput()], { epochs: 6 });
  expect(found(run)).toEqual(expect.arrayContaining(["warning symmetricStart", "warning deadUnits < symmetricStart"]));
  // Others have a slope at 0, and random weights behind them tell their units apart.
  const tanh = await train([dense("tanh", 8, zeros), sigmoidOutput()], { epochs: 6 });
  expect(passed(tanh)).toContain("symmetricStart");
});

it("a logarithm of what is no probability is the cause of numbers that break", async () => {
  const row = [dense("tanh", 8), layers.dense(3, { activation: "relu" })];
  const x = Array.from({ length: 120 }, (_, at) => [Math.sin(at), Math.cos(3 * at)]);
  const y = x.map((_, at) => [0, 1, 2].map((label) => (label === at % 3 ? 1 : 0)));
  const data = { x, y };
  const run = await train(row, { data, loss: "categoricalCrossentropy", optimizer: sgd(1), epochs: 40 });
  expect(run.state).toBe("diverged");
  expect(found(run)).toEqual(expect.arrayContaining(["warning lossMismatch", "error notFinite < lossMismatch"]));
});

it("a rate that threw the loss up once is not too low for the small steps that follow", async () => {
  const at = async (size: number, rate: number) => {
    const x = Array.from({ length: 320 }, (_, row) => [size * (1.2 + Math.sin(row)), size * (1.2 + Math.cos(3 * row))]);
    const y = x.map(([first = 0]) => [20 + first / size]);
    const run = await train([dense("relu", 16), layers.dense(1)], {
      ...{ data: { x, y }, loss: "mse", optimizer: optimizers.sgd({ learningRate: rate }), epochs: 6 },
    });
    expect([run.state, Math.max(...run.loss) > 100 * (run.loss[0] ?? 0)]).toEqual(["finished", true]);
    return found(run).filter((each) => each.includes("rateTooLow"));
  };
  expect([await at(30, 0.1), await at(300, 1), await at(300, 1e-4), await at(1000, 0.1)]).toEqual([[], [], [], []]);
});
