// The pure parts of the gradients view: rows and measures.

import { describe, expect, test } from "vitest";
import type { GradientsLayer, GradientsRun, LayerSeries } from "../../src/shared/views.ts";
import { alignLayers, rowName, sizeWords } from "./alignLayers.ts";
import { GradientsModel } from "./gradientsModel.ts";
import { axisSpan, boundLine, markOf, quantile, usualRange } from "./measures.ts";

const measuresOf = (values: LayerSeries["meanAbs"]): LayerSeries => ({
  meanAbs: values,
  mean: values,
  std: values,
  l2: values,
  max: values,
  zeroShare: values,
  nearZeroShare: values,
  signalMeanAbs: values,
  signalL2: values,
  signalMax: values,
  weightMean: values,
  weightStd: values,
  updateRatio: values,
  activationMean: values,
  activationStd: values,
  saturatedShare: values,
  deadShare: values,
});

const layer = (name: string, values: LayerSeries["meanAbs"] = [1]): GradientsLayer => ({
  name,
  type: "dense",
  activation: "sigmoid",
  inputShape: [null, 2],
  outputShape: [null, 16],
  parameters: 48,
  sentence: { tone: "good", messages: [] },
  series: measuresOf(values),
});

const run = (name: string, layers: readonly GradientsLayer[], steps: readonly number[] = [1]): GradientsRun => ({
  runId: `fit-${name}`,
  name,
  steps,
  stepsPerEpoch: 10,
  batchSize: 32,
  seed: 1,
  verdict: { kind: "unknown", shrinkPerLayer: null, range: null },
  slopeBound: 0.25,
  layers,
});

describe("rows", () => {
  test("align nets of different depth at their output", () => {
    const deep = run("deep", [layer("dense_1"), layer("dense_2"), layer("output")]);
    const shallow = run("shallow", [layer("hidden"), layer("last")]);
    const rows = alignLayers([shallow, deep]);
    expect(rows.map((row) => row.layer.name)).toEqual(["dense_1", "dense_2", "output"]);
    expect(rows.map((row) => row.layers.map((entry) => entry?.name ?? null))).toEqual([
      [null, "dense_1"],
      ["hidden", "dense_2"],
      ["last", "output"],
    ]);
  });

  test("layers of a type stand beside each other, and what only one net has stands alone", () => {
    const norm = (name: string) => ({ ...layer(name), type: "batchNorm" });
    const plain = run("plain", [layer("dense_1"), layer("dense_2"), layer("output")]);
    const normalized = run("normalized", [
      layer("dense_1"),
      norm("batchNorm_1"),
      layer("dense_2"),
      norm("batchNorm_2"),
      layer("output"),
    ]);
    const residual = run("residual", [layer("dense_1"), norm("norm"), layer("extra"), layer("output")]);
    const rows = alignLayers([plain, normalized, residual]);
    expect(rows.map((row) => row.layers.map((entry) => entry?.name ?? null))).toEqual([
      ["dense_1", "dense_1", "dense_1"],
      [null, "batchNorm_1", "norm"],
      ["dense_2", "dense_2", "extra"],
      [null, "batchNorm_2", null],
      ["output", "output", "output"],
    ]);
    expect(rows.map(rowName)).toEqual(["dense_1", "batchNorm_1", "dense_2", "batchNorm_2", "output"]);
  });

  test("layers of two types in one place share a row that is named after both", () => {
    const first = run("simple", [{ ...layer("simpleRnn_1"), type: "simpleRnn" }, layer("dense_1")]);
    const second = run("gated", [{ ...layer("lstm_1"), type: "lstm" }, layer("dense_1")]);
    expect(alignLayers([first, second]).map(rowName)).toEqual(["simpleRnn_1 / lstm_1", "dense_1"]);
  });

  test("name the sizes without the batch axis", () => {
    expect(sizeWords(layer("dense_1"))).toBe("2 → 16");
    expect(sizeWords({ ...layer("conv_1"), inputShape: [null, 28, 28, 1], outputShape: [null] })).toBe("28×28×1 → 1");
  });
});

describe("measures", () => {
  test("take quantiles between neighbours", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNull();
  });

  test("leave what no log axis can hold out of the pale bar", () => {
    expect(usualRange([0, null, "NaN", "Infinity", 2, 2, 2])).toEqual([2, 2]);
    expect(usualRange([0, null, "NaN"])).toBeNull();
  });

  test("tell points, zeros, broken and missing numbers apart", () => {
    expect([3, 0, "NaN", "Infinity", null, undefined].map((value) => markOf(value as number).kind)).toEqual([
      "point",
      "zero",
      "notFinite",
      "notFinite",
      "none",
      "none",
    ]);
  });

  test("span whole powers of ten, at least two", () => {
    expect(axisSpan(alignLayers([run("a", [layer("a", [3e-5, 2e-3])])]), "l2")).toEqual([1e-5, 1e-2]);
    expect(axisSpan(alignLayers([run("a", [layer("a", [2, 2])])]), "l2")).toEqual([1, 100]);
    expect(axisSpan(alignLayers([run("a", [layer("a", [null, "NaN"])])]), "l2")).toEqual([1e-6, 1]);
  });

  test("draw the bound from the output's value towards the input", () => {
    const net = [layer("dense_1"), layer("dense_2"), layer("output")];
    expect(boundLine(0.25, [null, ...net], 0.16)).toEqual([null, 0.01, 0.04, 0.16]);
    expect(boundLine(0.25, [layer("dense_1"), null, layer("output")], 0.16)).toEqual([0.04, null, 0.16]);
    expect(boundLine(null, net, 0.16)).toEqual([]);
    expect(boundLine(1, net, 0.16)).toEqual([]);
    expect(boundLine(0.25, net, "NaN")).toEqual([]);
  });
});

describe("what the reader chose", () => {
  const view = (steps: readonly number[], names: readonly string[] = ["first", "second"]) => ({
    kind: "gradients" as const,
    version: 1 as const,
    sentence: { tone: "info" as const, messages: [] },
    runs: names.map((name) => run(name, [layer("dense_1")], steps)),
  });
  const tens = (count: number) => Array.from({ length: count }, (_, index) => 10 * (index + 1));

  test("a run is hidden and shown again, and never are all hidden", () => {
    const model = new GradientsModel(view([1]));
    model.toggleRun(0);
    expect(model.state.shown).toEqual([false, true]);
    model.take(view([1, 2]));
    expect(model.state.shown).toEqual([false, true]);
    model.toggleRun(0);
    expect(model.state.shown).toEqual([true, true]);
    model.toggleRun(1);
    model.toggleRun(0);
    expect(model.state.shown).toEqual([true, true]);
  });

  test("the heat maps zoom around the current step, follow it, and keep their steps when more come", () => {
    const model = new GradientsModel(view(tens(100)));
    model.moveTo(500);
    model.zoom({ kind: "zoom", factor: 0.5 });
    const [from, to] = model.shownFrames;
    expect(to - from).toBe(50);
    expect(from).toBeLessThan(49);
    expect(to).toBeGreaterThan(49);
    model.moveTo(1000);
    expect(model.shownFrames).toEqual([50, 100]);
    model.moveTo(10);
    expect(model.shownFrames).toEqual([0, 50]);
    model.take(view(tens(120)));
    expect(model.shownFrames).toEqual([0, 50]);
    model.zoom({ kind: "move", share: 0.5 });
    expect(model.shownFrames).toEqual([25, 75]);
    model.zoom({ kind: "whole" });
    expect(model.shownFrames).toEqual([0, 120]);
  });
});
