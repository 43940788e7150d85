// Nets made sick on purpose are found out, each with its cause; healthy ones are left alone. A true positive and a true negative for each kind.

import { beforeAll, describe, expect, it } from "vitest";
import { syntheticLayer, syntheticRun } from "../../../test/support/syntheticRun.ts";
import { datasets, initializers, layers, optimizers, type Run, useBackend } from "../../engine/index.ts";
import { findingKinds } from "../../shared/views.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { diagnosisView, viewText } from "../index.ts";
import { deep, dense, found, moons, passed, sgd, sigmoidOutput, train, viewOf } from "./diagnosis.testing.ts";

beforeAll(() => useBackend("plain"));

describe("a net made sick is found out", () => {
  it("vanishing gradients, and what follows from them", async () => {
    const run = await train([...deep("sigmoid", 9), sigmoidOutput()]);
    expect(found(run)).toEqual([
      "warning vanishing",
      "warning noProgress < vanishing",
      "warning slowLayer < vanishing",
    ]);
    const view = viewOf(run);
    expect(view.findings[0]?.remedies[0]?.edits[0]).toEqual({
      kind: "setOption",
      call: "layer",
      layers: Array.from({ length: 9 }, (_, index) => `dense_${index + 1}`),
      option: "activation",
      was: '"sigmoid"',
      value: '"relu"',
    });
    expect(view.findings[1]?.remedies).toEqual([]);
    expect(viewText(view, "en")).toMatch(
      /^Gradients vanish\. One cause explains 3 findings\.\n\n1\. Gradients vanish\./,
    );
  });

  it("exploding gradients by large first weights", async () => {
    const kernelInitializer = initializers.randomNormal({ standardDeviation: 1.5 });
    const row = Array.from({ length: 8 }, () => dense("relu", 16, { kernelInitializer }));
    const run = await train([...row, layers.dense(1)], { loss: "mse", optimizer: sgd(1e-14), epochs: 3 });
    expect(found(run)[0]).toBe("warning exploding");
    expect(viewOf(run).findings[0]?.remedies.map(({ kind }) => kind)).toEqual(["heStart", "clipGradients"]);
  });

  it("a learning rate far too high: numbers overflow", async () => {
    const row = [dense("relu", 8), layers.dense(1)];
    const data = datasets.sine({ samples: 60 });
    const run = await train(row, { data, loss: "mse", optimizer: sgd(4), epochs: 30 });
    expect(found(run)).toEqual(expect.arrayContaining(["warning rateTooHigh", "error notFinite < rateTooHigh"]));
    expect(viewOf(run).findings[0]?.remedies[0]).toMatchObject({
      kind: "smallerRate",
      edits: [{ was: "4", value: "0.1" }],
    });
  });

  it("one that is too high, saturates tanh and lets the loss rise; and one too low", async () => {
    const row = () => [dense("tanh"), dense("tanh"), sigmoidOutput()];
    expect(found(await train(row(), { optimizer: sgd(3), epochs: 20 }))).toEqual([
      "warning rateTooHigh",
      "warning saturated < rateTooHigh",
      "warning vanishing < saturated",
      "warning noProgress < rateTooHigh",
    ]);
    expect((await found(await train(row(), { optimizer: sgd(1e-5) })))[0]).toBe("warning rateTooLow");
  });

  it("weights that start at zero: steps are large beside them, and nobody is told to lower a low rate", async () => {
    const x = moons.train.x.mul(400).toArray() as number[][];
    const y = moons.train.labels.map((label) => [label === 0 ? 1 : 0, label === 1 ? 1 : 0, 0]);
    const zeros = Array.from({ length: 6 }, () => dense("sigmoid", 16, { kernelInitializer: "zeros" }));
    const run = await train([...zeros, layers.dense(3, { activation: "softmax" })], {
      ...{ data: { x, y }, loss: "categoricalCrossentropy" },
      ...{ optimizer: sgd(1e-5), epochs: 20, batchSize: 16 },
    });
    const kinds = viewOf(run).findings.map(({ kind }) => kind);
    expect(kinds).toContain("symmetricStart");
    expect(kinds).not.toContain("rateTooHigh");
    expect(kinds).not.toContain("slowLayer");
  });

  it("dead units where the rate is too low: nobody is told to lower it", async () => {
    const biasInitializer = initializers.randomUniform({ min: -4, max: 2 });
    const run = await train(
      [layers.dense(16, { activation: "relu", biasInitializer }), dense("relu"), sigmoidOutput()],
      {
        optimizer: sgd(1e-6),
      },
    );
    const { findings } = diagnosisView([{ run, runId: "r" }]);
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["rateTooLow", "deadUnits"]));
    expect(findings.flatMap(({ remedies }) => remedies.map(({ kind }) => kind))).not.toContain("smallerRate");
  });

  it("dead units", async () => {
    const biasInitializer = initializers.constant(-20);
    const run = await train([
      layers.dense(16, { activation: "relu", biasInitializer }),
      dense("relu"),
      sigmoidOutput(),
    ]);
    expect(found(run)).toEqual([
      "warning deadUnits",
      "warning vanishing < deadUnits",
      "warning noProgress < deadUnits",
    ]);
    expect(viewOf(run).findings[0]?.evidence).toEqual({ kind: "units", marked: 16, total: 16 });
  });

  it("inputs that are not scaled, as the cause of all else", async () => {
    const x = Array.from({ length: 120 }, (_, row) => [800 + 300 * Math.sin(row), Math.cos(row)]);
    const y = x.map((_, row) => [Math.sin(row) > 0 ? 1 : 0]);
    const tanh = await train([dense("tanh"), dense("tanh"), sigmoidOutput()], { data: { x, y } });
    const relu = await train([dense("relu"), dense("relu"), sigmoidOutput()], { data: { x, y } });
    expect(found(tanh).slice(0, 1)).toEqual(["warning unscaledInputs"]);
    expect(found(tanh)).toContain("warning saturated < unscaledInputs");
    expect(found(relu)[0]).toBe("warning unscaledInputs");
    expect(found(relu)).toContain("warning saturatedOutput < unscaledInputs");
    expect(viewOf(relu).findings[0]?.remedies[0]?.edits).toEqual([{ kind: "callOnData", code: "standardize()" }]);
  });

  it("rare classes, unless they are weighed", async () => {
    const x = Array.from({ length: 200 }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
    const data = { x, y: x.map((_, row) => [row % 20 === 0 ? 1 : 0]) };
    const row = () => [dense("relu"), sigmoidOutput()];
    const run = await train(row(), { data, epochs: 3 });
    expect(found(run).join()).toContain("classImbalance");
    const [edit] = viewOf(run).findings.find(({ kind }) => kind === "classImbalance")?.remedies[0]?.edits ?? [];
    expect(edit).toMatchObject({ call: "fit", option: "classWeight", value: "{ 0: 0.526, 1: 10 }" });
    expect(passed(await train(row(), { data, epochs: 1, classWeight: { 0: 0.526, 1: 10 } }))).toContain(
      "classImbalance",
    );
  });

  it("units that start alike, an activation without slope, nothing to train, a loss that does not fit", async () => {
    const zeros = { kernelInitializer: "zeros" } as const;
    const alike = [
      layers.dense(8, { ...zeros, activation: "tanh" }),
      layers.dense(1, { ...zeros, activation: "sigmoid" }),
    ];
    expect(found(await train(alike))).toContain("warning symmetricStart");
    const flat = await train([layers.dense(8, { activation: "step" }), sigmoidOutput()], { epochs: 3 });
    expect(found(flat)).toEqual(expect.arrayContaining(["warning noSlope", "warning vanishing < noSlope"]));
    const frozen = await train([layers.dense(1, { activation: "sigmoid", trainable: false })], { epochs: 3 });
    expect(found(frozen)[0]).toBe("error nothingToLearn");
    const raw = await train([dense("relu"), layers.dense(1)], { epochs: 3 });
    expect(found(raw)[0]).toBe("warning lossMismatch");
    expect(viewOf(raw).findings[0]?.remedies[0]?.edits[0]).toMatchObject({ layers: ["dense_2"], value: '"sigmoid"' });
  });

  it("no progress, a loss that stays high, overfitting", async () => {
    const ring = Array.from({ length: 200 }, (_, row) => [
      Math.sin(row) * (1 + (row % 2)),
      Math.cos(row) * (1 + (row % 2)),
    ]);
    const linear = await train([sigmoidOutput()], { data: { x: ring, y: ring.map((_, row) => [row % 2]) } });
    expect(found(linear)).toEqual(["warning noProgress"]);
    const few = datasets.moons({ samples: 60, noise: 0.4, seed: 3 }).split({ validation: 0.5, seed: 1 });
    const over = await train([dense("tanh", 32), dense("tanh", 32), sigmoidOutput()], {
      data: few,
      epochs: 150,
      optimizer: sgd(0.2),
    });
    expect(found(over)).toContain("info overfitting");
    const high = syntheticRun([syntheticLayer("a", [0.01, 0.01])], {
      history: [{ name: "loss", measure: "mse", better: "lower", train: [4.6, 4.5, 4.4, 4.2], validation: null }],
    });
    expect(found(high)).toEqual(["info underfitting"]);
  });

  it("numbers that broke without growing: the data and the loss", () => {
    const divergence = { step: 2, epoch: 1, layer: null, where: "loss", restoredEpoch: 0 } as const;
    const run = syntheticRun([syntheticLayer("a", [0.01, Number.NaN])], {
      state: "diverged",
      divergence,
      loss: [1, Number.NaN],
    });
    expect(found(run)).toEqual(["error notFinite"]);
    expect(viewOf(run).findings[0]?.remedies.map(({ kind }) => kind)).toEqual(["lookAtData", "standardize"]);
  });
});

describe("a healthy net is left alone", () => {
  const graver = (runs: readonly Run[]) => found(...runs).filter((each) => !each.startsWith("info"));

  it("deep and shallow, sigmoid and ReLU, whatever trains it", async () => {
    const adam = optimizers.adam() as unknown as ReturnType<typeof optimizers.sgd>;
    const runs = [
      await train([...deep("relu", 9), sigmoidOutput()]),
      await train([dense("tanh"), dense("tanh"), sigmoidOutput()], { epochs: 30 }),
      await train([dense("relu"), dense("relu"), sigmoidOutput()], { optimizer: adam, epochs: 30 }),
      await train([dense("tanh", 8), sigmoidOutput()], {
        data: datasets.xor(),
        batchSize: 4,
        optimizer: sgd(0.3),
        epochs: 150,
      }),
      await train([dense("tanh"), layers.dense(1)], { data: datasets.sine({ samples: 100 }), loss: "mse", epochs: 40 }),
    ];
    expect(graver(runs)).toEqual([]);
    expect(passed(runs[0] as Run)).toEqual(
      expect.arrayContaining(["vanishing", "exploding", "rateTooHigh", "notFinite"]),
    );
  });

  it("and every kind of check can pass", async () => {
    const all = new Set(
      [
        await train([dense("tanh"), dense("tanh"), sigmoidOutput()]),
        await train([dense("relu"), dense("relu"), sigmoidOutput()], { epochs: 30 }),
        await train([dense("tanh"), layers.dense(1)], { data: datasets.sine({ samples: 60 }), loss: "mse" }),
      ].flatMap(passed),
    );
    expect([...all].sort()).toEqual([...findingKinds].sort());
  });

  it("before there is anything to judge, too", () => {
    expect(
      found(syntheticRun([], { history: [], loss: [], epochs: { done: 0, planned: 4 }, state: "running" })),
    ).toEqual([]);
  });
});

describe("the diagnosis of several runs", () => {
  it("names each, and its consequences point at its own cause", async () => {
    const sick = await train([...deep("sigmoid", 9), sigmoidOutput()], { name: "sigmoid" });
    const well = await train([dense("tanh"), sigmoidOutput()], { name: "tanh" });
    const view = viewOf(well, sick);
    expect(view.findings.every(({ follows, run }) => follows === null || view.findings[follows]?.run === run)).toBe(
      true,
    );
    expect(viewText(view, "en")).toMatch(
      /^tanh: Nothing to mend: \d+ checks passed\. sigmoid: Gradients vanish\. One cause explains 3/,
    );
    expect(viewText(view, "ko")).toMatch(
      /sigmoid: 기울기가 소실됩니다\. 발견한 문제 3가지를 한 가지 원인이 모두 설명합니다\./,
    );
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  it("takes one to five", () => {
    expect(() => diagnosisView([])).toThrow("show.diagnosis: expected 1 to 5 runs, got 0");
  });

  it("has words for each check", () => {
    const ids = Object.keys(insightWords.en);
    for (const kind of findingKinds)
      for (const what of ["found", "passed"]) expect(ids).toContain(`${what}${kind[0]?.toUpperCase()}${kind.slice(1)}`);
  });
});
