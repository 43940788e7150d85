// Why gradients vanish or explode and what to try; how they were distributed; and that a view of very many layers stays small.

import { describe, expect, test } from "vitest";
import { shrinkingLayers, syntheticLayer, syntheticRun } from "../../../test/support/syntheticRun.ts";
import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import { sentenceText } from "../text/writing.ts";
import { nearZeroShares } from "./gradientDistribution.ts";
import { gradientsView } from "./gradientsView.ts";

const viewOf = (...runs: RunRecord[]) => gradientsView(runs.map((run, index) => ({ run, runId: `fit-${index}` })));
const said = (run: RunRecord) => sentenceText(viewOf(run).sentence, "en");

/** The same layers with series replaced by a constant. */
function withConstant(layers: readonly LayerTrace[], changes: Partial<LayerTrace>, series: object): LayerTrace[] {
  return layers.map((layer) => ({ ...layer, ...changes, series: { ...layer.series, ...series } }));
}

describe("the advice", () => {
  test("names sigmoid's bound as the cause, and the cures", () => {
    expect(said(syntheticRun(shrinkingLayers(10, 4.1)))).toMatch(
      /so each layer passes on a quarter or less\. Try ReLU with He initialization/,
    );
  });

  test("names saturation where another activation is flat for most outputs, and no cause where it is not", () => {
    const flat = (share: number) =>
      withConstant(shrinkingLayers(10, 4.1), { activation: "tanh" }, { saturatedShare: Array(8).fill(share) });
    expect(said(syntheticRun(flat(0.8)))).toMatch(/The cause: 80 % of the outputs lie where tanh is nearly flat\. Try/);
    expect(said(syntheticRun(flat(0.2)))).not.toMatch(/The cause/);
  });

  test("names large first weights where gradients explode", () => {
    const wide = (std: number) =>
      withConstant(shrinkingLayers(6, 1 / 4), { activation: "relu" }, { weightStd: Array(8).fill(std) });
    expect(said(syntheticRun(wide(1)))).toMatch(
      /numbers about 4\.0× larger in each layer\. Try a smaller learning rate/,
    );
    expect(said(syntheticRun(wide(0.25)))).not.toMatch(/The cause/);
  });

  test("is silent about healthy gradients", () => {
    expect(said(syntheticRun(shrinkingLayers(10, 1.1)))).not.toMatch(/Try|cause/);
  });

  test("names the cause of each run of a comparison, and each cure once, at the end", () => {
    const vanishing = syntheticRun(shrinkingLayers(10, 4.1));
    const exploding = syntheticRun(
      withConstant(shrinkingLayers(6, 1 / 4), { activation: "relu" }, { weightStd: Array(8).fill(1) }),
    );
    const healthy = syntheticRun(shrinkingLayers(10, 1.1));
    const { sentence } = viewOf(vanishing, exploding, vanishing, healthy);
    const words = sentenceText(sentence, "en");
    expect(words.match(/a quarter or less\./g)).toHaveLength(2);
    expect(words).toMatch(
      /exploding\. The first layers get [^.]+\. The cause: the first weights make numbers about 4\.0× larger/,
    );
    expect(words).toMatch(
      /healthy\. For sigmoid, sigmoid \(3\), try ReLU [^.]+\. For sigmoid \(2\), try a smaller learning rate[^.]+\.$/,
    );
    expect(sentenceText(viewOf(healthy, healthy).sentence, "en")).not.toMatch(/Try|cause/);
  });
});

/** A layer whose |g| lies in one bin, a step's 10⁻⁹, the next one's 10⁻¹. */
function recordedLayer(name: string, steps: number): LayerTrace {
  const inner = Array.from({ length: 31 }, (_, index) => 10 ** (-12 + index / 2));
  const shares = Array.from({ length: steps }, (_, step) => {
    const bin = step % 2 === 0 ? 7 : 23;
    return Array.from({ length: 32 }, (_each, at) => (at === bin ? 0.75 : 0));
  });
  const gradient = { edges: [0, ...inner, Infinity], shares };
  const layer = syntheticLayer(
    name,
    Array.from({ length: steps }, () => 0.1),
  );
  return { ...layer, histograms: { gradient, signal: gradient, activation: gradient } };
}

describe("distributions", () => {
  test("are kept at a few steps, the first and the last among them", () => {
    const [run] = viewOf(syntheticRun([recordedLayer("a", 240)])).runs;
    const kept = run?.layers[0]?.distribution;
    expect(kept?.steps).toHaveLength(24);
    expect([kept?.steps[0], kept?.steps.at(-1)]).toEqual([1, 240]);
    expect(kept?.shares.map((bins) => bins.length)).toEqual(Array(24).fill(32));
    expect([kept?.edges.length, kept?.edges[0], kept?.edges.at(-1)]).toEqual([31, 1e-12, 1000]);
  });

  test("tell how many entries are next to nothing", () => {
    expect(nearZeroShares(recordedLayer("a", 2))).toEqual([0.75, 0]);
    expect(nearZeroShares(syntheticLayer("a", [1, 2]))).toEqual([]);
  });
});

test("a view of five runs of a hundred layers stays below a megabyte, with the most telling measures", () => {
  const layers = Array.from({ length: 100 }, (_, index) => recordedLayer(`dense_${index}`, 60));
  const awkward = Array.from({ length: 60 }, (_, step) => -1.2345e-200 * (step + 1));
  const series = Object.fromEntries(Object.keys(layers[0]?.series ?? {}).map((measure) => [measure, awkward]));
  const run = syntheticRun(withConstant(layers, {}, series));
  const view = viewOf(run, run, run, run, run);
  expect(JSON.stringify(view).length).toBeLessThan(900_000);
  const kept = view.runs[0]?.layers[0]?.series;
  expect(kept?.meanAbs.length).toBeGreaterThanOrEqual(16);
  expect(kept?.signalMeanAbs.length).toBe(kept?.meanAbs.length);
  expect(kept?.weightMean).toEqual([]);
});
