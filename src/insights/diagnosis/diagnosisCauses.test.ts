// What is named as the cause: the targets, the first weights, the output. And nets that have learned all there is are left alone.

import { beforeAll, describe, expect, it } from "vitest";
import { datasets, initializers, layers, optimizers, useBackend } from "../../engine/index.ts";
import { deep, dense, found, moons, passed, sgd, sigmoidOutput, train, viewOf } from "./diagnosis.testing.ts";

beforeAll(() => useBackend("plain"));

/** Two classes far apart, as −1 and 1. */
function separable() {
  const x = Array.from({ length: 64 }, (_, row) => [row % 2 === 0 ? 2 : -2, Math.sin(row)]);
  return { x, y: x.map(([first = 0]) => [Math.sign(first)]) };
}

describe("nothing left to learn", () => {
  it("is no vanishing gradient: a hinge loss of 0 has none", async () => {
    const run = await train([dense("tanh", 8), layers.dense(1)], {
      ...{ data: separable(), loss: "hinge", optimizer: sgd(0.1), epochs: 60 },
    });
    expect(run.loss.at(-1)).toBe(0);
    expect(run.layers.every(({ series }) => series.meanAbs.at(-1) === 0)).toBe(true);
    expect(found(run).filter((each) => !each.startsWith("info"))).toEqual([]);
  });

  it("but a loss that stays hides no layer that gets nothing", async () => {
    const run = await train([layers.dense(8, { activation: "step" }), layers.dense(1)], {
      ...{ data: separable(), loss: "hinge", optimizer: sgd(0.001), epochs: 3 },
    });
    expect(found(run)).toContain("warning vanishing < noSlope");
  });
});

describe("the targets", () => {
  const x = Array.from({ length: 120 }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
  const prices = x.map(([first = 0]) => [200_000 + 50_000 * first]);

  it("that are not scaled are the cause of all else", async () => {
    const row = () => [dense("relu", 32), layers.dense(1)];
    const broken = await train(row(), { data: { x, y: prices }, loss: "mse", optimizer: sgd(3), epochs: 40 });
    expect(broken.state).toBe("diverged");
    expect(found(broken)).toEqual(
      expect.arrayContaining([
        "warning unscaledTargets",
        "warning exploding < unscaledTargets",
        "warning rateTooHigh < unscaledTargets",
        "error notFinite < unscaledTargets",
      ]),
    );
    expect(viewOf(broken).findings[0]?.remedies.map(({ kind }) => kind)).toEqual(["scaleTargets"]);
    const slow = await train(row(), { data: { x, y: prices }, loss: "mae", optimizer: sgd(0.01) });
    expect(found(slow)).toEqual(expect.arrayContaining(["warning unscaledTargets"]));
  });

  it("are left alone where the net comes to them, or they are scaled", async () => {
    const y = x.map(([first = 0]) => [20 + 10 * first]);
    const reached = await train([dense("tanh"), layers.dense(1)], {
      ...{ data: { x, y }, loss: "mse", optimizer: sgd(0.003), epochs: 40 },
    });
    expect(passed(reached)).toContain("unscaledTargets");
    const scaled = await train([dense("tanh"), layers.dense(1)], {
      data: { x, y: prices.map(([price = 0]) => [(price - 200_000) / 50_000]) },
      ...{ loss: "mse", epochs: 5 },
    });
    expect(passed(scaled)).toContain("unscaledTargets");
  });

  it("that the last activation cannot give", async () => {
    const y = x.map(([first = 0]) => [3 + first]);
    const squashed = await train([dense("relu"), layers.dense(1, { activation: "sigmoid" })], {
      ...{ data: { x, y }, loss: "mse" },
    });
    expect(found(squashed)).toEqual(["warning lossMismatch", "warning underfitting < lossMismatch"]);
    expect(viewOf(squashed).findings[0]?.remedies[0]?.edits[0]).toMatchObject({
      layers: ["dense_2"],
      was: '"sigmoid"',
      value: '"linear"',
    });
    const within = await train([dense("relu"), layers.dense(1, { activation: "tanh" })], {
      ...{ data: datasets.sine({ samples: 60, noise: 0 }), loss: "mse", epochs: 5 },
    });
    expect(passed(within)).toContain("lossMismatch");
  });
});

it("first weights so large that the first gradients explode: not the rate is named, though numbers broke", async () => {
  const kernelInitializer = initializers.randomNormal({ standardDeviation: 1.5 });
  const row = Array.from({ length: 8 }, () => dense("relu", 16, { kernelInitializer }));
  const run = await train([...row, layers.dense(1)], { loss: "mse", optimizer: sgd(0.01) });
  expect(run.state).toBe("diverged");
  expect(found(run)).toEqual(
    expect.arrayContaining(["warning exploding", "warning rateTooHigh < exploding", "error notFinite < exploding"]),
  );
  const exploding = viewOf(run).findings.find(({ kind }) => kind === "exploding");
  expect(exploding?.messages.map(({ id }) => id)).toContain("fromFirstStep");
  // Its strip says "median of all steps", the sentence "from the first step".
  const strip = exploding?.evidence;
  expect(strip?.kind === "strip" && Number(strip.layers.at(-1)?.gradient)).toBeGreaterThan(1000);
  expect(exploding?.remedies.map(({ kind }) => kind)).toEqual(["heStart", "clipGradients"]);
  // A rate far too large for first gradients that are well is still the rate's fault.
  const wild = await train([dense("relu", 8), layers.dense(1)], {
    ...{ data: datasets.sine({ samples: 60 }), loss: "mse", optimizer: sgd(4), epochs: 30 },
  });
  expect(found(wild).join()).not.toContain("exploding");
});

describe("a loss that does not suit the output", () => {
  it("explains gradients that stop at the output, not those that get lost on their way", async () => {
    const one = await train([dense("tanh"), layers.dense(1, { activation: "softmax" })], { epochs: 4 });
    expect(found(one)).toEqual(expect.arrayContaining(["warning lossMismatch", "warning vanishing < lossMismatch"]));
    const lost = await train([...deep("sigmoid", 9), sigmoidOutput()], { loss: "mse" });
    expect(found(lost)).toEqual(expect.arrayContaining(["warning lossMismatch", "warning vanishing"]));
  });

  it("and frozen layers explain a loss that stays high", async () => {
    const frozen = await train([layers.dense(1, { activation: "sigmoid", trainable: false })], { epochs: 3 });
    expect(found(frozen).filter((each) => !each.includes("nothingToLearn"))).toEqual([]);
  });
});

it("a rate so high that the loss was thrown off, and comes down from there", async () => {
  const x = Array.from({ length: 256 }, (_, at) => [Math.sin(at), Math.cos(3 * at), Math.sin(7 * at)]);
  const data = { x, y: x.map(([a = 0, b = 0]) => [2 * a - b]) };
  const row = () => [dense("tanh"), layers.dense(1)];
  const at = (learningRate: number) =>
    train(row(), { data, loss: "mse", optimizer: optimizers.adam({ learningRate }), epochs: 8 });
  const far = await at(50);
  const epochs = far.history[0]?.train ?? [];
  expect(epochs.at(-1)).toBeLessThan((epochs[0] ?? 0) / 2);
  expect(found(far)).toEqual(expect.arrayContaining(["warning rateTooHigh", "warning underfitting < rateTooHigh"]));
  expect(found(await at(0.01))).toEqual([]);
});

it("a rate far too low is raised by as many tens as it lacks", async () => {
  const rate = async (learningRate: number) => {
    const run = await train([dense("tanh"), sigmoidOutput()], { optimizer: sgd(learningRate), data: moons });
    const finding = viewOf(run).findings.find(({ kind }) => kind === "rateTooLow");
    const [edit] = finding?.remedies[0]?.edits ?? [];
    return edit?.kind === "setOption" ? Number(edit.value) / learningRate : null;
  };
  const [low, lower] = [await rate(1e-5), await rate(1e-8)];
  expect((low ?? 0) >= 10).toBe(true);
  expect(Math.log10((lower ?? 0) / (low ?? 1))).toBeCloseTo(3, 6);
});

it("an output that is too sure is calmed where it comes from: by the data, or by its own first weights", async () => {
  const remedies = async (row: Parameters<typeof train>[0], size: number) => {
    const x = Array.from({ length: 120 }, (_, at) => [size * Math.sin(at), size * Math.cos(3 * at)]);
    const y = x.map((_, at) => [at % 2]);
    const run = await train(row, { data: { x, y }, epochs: 2, optimizer: sgd(0.001) });
    const finding = viewOf(run).findings.find(({ kind }) => kind === "saturatedOutput");
    return finding?.remedies.map(({ kind }) => kind);
  };
  const wide = layers.dense(1, {
    activation: "sigmoid",
    kernelInitializer: initializers.randomNormal({ standardDeviation: 40 }),
  });
  expect(await remedies([sigmoidOutput()], 1)).toBeUndefined();
  expect(await remedies([dense("tanh"), sigmoidOutput()], 1)).toBeUndefined();
  expect(await remedies([wide], 1)).toEqual(["randomStart"]);
  const usual = layers.dense(1, { activation: "sigmoid", kernelInitializer: initializers.constant(1) });
  expect(await remedies([usual], 9)).toEqual(["standardize"]);
  const between = dense("relu", 16, { kernelInitializer: initializers.randomNormal({ standardDeviation: 40 }) });
  expect(await remedies([between, sigmoidOutput()], 1)).toEqual(["heStart"]);
  const growing = Array.from({ length: 9 }, () =>
    dense("relu", 16, { kernelInitializer: initializers.randomNormal({ standardDeviation: 1.9 * Math.sqrt(2 / 16) }) }),
  );
  expect(await remedies([...growing, sigmoidOutput()], 1)).toEqual(["addBatchNorm"]);
});
