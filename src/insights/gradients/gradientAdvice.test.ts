// Why gradients vanish or explode and what to try; how they were distributed; and that a view of very many layers stays small.

import { describe, expect, test } from "vitest";
import { shrinkingLayers, syntheticLayer, syntheticRun } from "../../../test/support/syntheticRun.ts";
import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import { nearZeroShares } from "./gradientDistribution.ts";
import { gradientsText } from "./gradientsText.ts";
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

  test("asks for scaled inputs first, where gradients are huge or next to nothing because of them", () => {
    const input = { name: "x", takenBy: ["dense"], examples: 64, largestFeature: 1, largestName: "weight" };
    const fed = (size: number, gradient: number) =>
      syntheticRun([syntheticLayer("dense_1", [gradient, gradient])], {
        dataSummary: {
          examples: 64,
          inputs: [{ ...input, largestSize: size }],
          classCounts: null,
          targets: null,
          isWeighted: false,
        },
      });
    expect(said(fed(1e12, 1e11))).toMatch(
      /exploding\. Scale the inputs first: feature weight has a size of about 1\.00×10¹²; near 1 is usual\. Try a smaller/,
    );
    expect(said(fed(1e-12, 1e-13))).toMatch(
      /^The gradient is 1\.00×10⁻¹³\. Yet a step moves the weights by 1\.00×10⁻¹⁴ .* Scale the inputs first/,
    );
    expect(said(fed(1, 1e11))).not.toMatch(/Scale/);
    expect(said(fed(1e12, 0.1))).toBe("The gradient is 0.100: healthy.");
    expect(sentenceText(viewOf(fed(1e12, 1e11), fed(1, 0.1)).sentence, "en")).toMatch(
      /For sigmoid, scale the inputs first\./,
    );
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
      /healthy\. For sigmoid and sigmoid \(3\), try ReLU [^.]+\. For sigmoid \(2\), try a smaller learning rate[^.]+\.$/,
    );
    expect(sentenceText(viewOf(healthy, healthy).sentence, "en")).not.toMatch(/Try|cause/);
  });
});

describe("gradients that cannot be seen", () => {
  test("below what single precision holds are still said to shrink, and by how much", () => {
    const single = (layers: readonly LayerTrace[]) =>
      layers.map((layer) => {
        const floor = (series: readonly (number | null)[]) => series.map((value) => Math.fround(value ?? 0));
        return { ...layer, series: { ...layer.series, meanAbs: floor(layer.series.meanAbs) } };
      });
    expect(said(syntheticRun(single(shrinkingLayers(100, 4.1))))).toMatch(
      /^Gradients shrink 4\.\d× per layer towards the input: vanishing\. The first 29 layers get 0: .* The cause: the slope/,
    );
    // Something else stops it here: the layers behind get plenty.
    const [first, ...others] = shrinkingLayers(10, 4.1);
    const blocked = withConstant(first === undefined ? [] : [first], {}, { meanAbs: Array(8).fill(0) });
    expect(said(syntheticRun([...blocked, ...others]))).toMatch(/^No gradient reaches dense_1: [^.]+\.$/);
  });

  test("are stopped by a layer whose units are all dead, not by what stands behind it", () => {
    const [first, ...others] = shrinkingLayers(4, 1.1);
    const dead = withConstant(
      first === undefined ? [] : [first],
      {},
      { meanAbs: Array(8).fill(0), deadShare: Array(8).fill(1) },
    );
    expect(said(syntheticRun([...dead, ...others]))).toBe(
      "No gradient passes dense_1: all its units are dead. Try a smaller learning rate, leaky ReLU, or He initialization with biases of 0.",
    );
  });

  test("are not said to be missing yet when the training is over", () => {
    const none = [syntheticLayer("dense_1", [])];
    expect(said(syntheticRun(none))).toMatch(/ran with trace: "off"\. Train with trace: "summary" to see them\.$/);
    expect(said(syntheticRun(none, { state: "running" }))).toBe("No gradients were recorded yet.");
    const frozen = withConstant(
      [syntheticLayer("dense_1", [1, 1])],
      { trainableParameters: 0 },
      { meanAbs: [null, null] },
    );
    expect(said(syntheticRun(frozen))).toBe("No gradients were recorded: no layer has weights that learn.");
    expect(gradientsText(viewOf(syntheticRun(none)), "en")).toBe(said(syntheticRun(none)));
  });

  test("of a single step stand once in the text", () => {
    const [head] = gradientsText(viewOf(syntheticRun([syntheticLayer("dense_1", [0.1])])), "en")
      .split("\n")
      .slice(2);
    expect(head?.match(/mean \|g\| at step 1/g)).toHaveLength(1);
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
