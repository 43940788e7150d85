// Verdicts, sentences and views over runs made by hand, where the right answer is known.

import { describe, expect, it } from "vitest";
import { shrinkingLayers, syntheticLayer, syntheticRun } from "../../test/support/syntheticRun.ts";
import { type RunRecord, ValueError } from "../engine/index.ts";
import type { Sentence } from "../shared/views.ts";
import { sentenceText } from "../shared/words/insightText.ts";
import { gradientsView, gradientVerdict, runReport, trainingFrame, trainingView } from "./index.ts";

const say = (sentence: Sentence | null) => `${sentence?.tone}: ${sentenceText(sentence, "en")}`;
const gradientsSentence = (...runs: RunRecord[]) =>
  say(gradientsView(runs.map((run, index) => ({ run, runId: `run-${index}` }))).sentence);
const outcome = (run: RunRecord) => say(trainingView(run, "run").sentence);

describe("the verdict on gradients", () => {
  it("measures what they shrink per layer, and calls it vanishing", () => {
    const verdict = gradientVerdict(syntheticRun(shrinkingLayers(6, 4)));
    expect(verdict.kind).toBe("vanishing");
    expect(verdict.shrinkPerLayer).toBeCloseTo(4, 6);
    expect(verdict.range).toBeCloseTo(1024, 6);
  });

  it("calls growth towards the input exploding, and huge gradients too", () => {
    expect(gradientVerdict(syntheticRun(shrinkingLayers(6, 1 / 4)))).toMatchObject({ kind: "exploding" });
    expect(gradientVerdict(syntheticRun([syntheticLayer("a", [2000]), syntheticLayer("b", [1500])])).kind).toBe(
      "exploding",
    );
  });

  it("is healthy while layers stay together, and in short networks", () => {
    expect(gradientVerdict(syntheticRun(shrinkingLayers(10, 1.1))).kind).toBe("healthy");
    expect(gradientVerdict(syntheticRun(shrinkingLayers(3, 4))).kind).toBe("healthy");
    expect(gradientVerdict(syntheticRun(shrinkingLayers(1, 1)))).toEqual({
      kind: "healthy",
      shrinkPerLayer: null,
      range: null,
    });
  });

  it("does not guess without records, or from two layers far apart", () => {
    expect(gradientVerdict(syntheticRun([syntheticLayer("a", [])])).kind).toBe("unknown");
    expect(gradientVerdict(syntheticRun(shrinkingLayers(2, 1000))).kind).toBe("unknown");
  });

  it("sees NaN, and layers that lately get nothing", () => {
    expect(
      gradientVerdict(syntheticRun([syntheticLayer("a", [1, Number.NaN]), syntheticLayer("b", [1, 1])])).kind,
    ).toBe("notFinite");
    const dying = [syntheticLayer("a", [1, 1, 1, 1, 1, 0, 0, 0]), syntheticLayer("b", [1, 1, 1, 1, 1, 1, 1, 1])];
    expect(gradientVerdict(syntheticRun(dying)).kind).toBe("vanishing");
    expect(gradientsSentence(syntheticRun(dying))).toBe(
      "warning: No gradient reaches a: what lies between it and the loss passes nothing on.",
    );
  });
});

describe("the gradients view", () => {
  it("says what one run's gradients do", () => {
    expect(gradientsSentence(syntheticRun(shrinkingLayers(10, 4.1)))).toBe(
      "warning: Gradients shrink 4.1× per layer towards the input: vanishing. The first layers get about 330,000 times less than the output. The cause: the slope of sigmoid is 0.25 at most, so each layer passes on a quarter or less. Try ReLU with He initialization, batch or layer normalization, or residual connections.",
    );
    expect(gradientsSentence(syntheticRun(shrinkingLayers(10, 1.1)))).toBe(
      "good: Gradients of all layers stay within 2.4×: healthy.",
    );
    expect(gradientsSentence(syntheticRun(shrinkingLayers(6, 1 / 4)))).toBe(
      "warning: Gradients grow 4.0× per layer towards the input: exploding. The first layers get about 1,000 times more than the output. Try a smaller learning rate, clipping (clipNorm), or Glorot or He initialization.",
    );
  });

  it("calls a trend by its name that is small per layer and adds up in a deep net", () => {
    expect(gradientsSentence(syntheticRun(shrinkingLayers(60, 1.15)))).toMatch(
      /^warning: Gradients shrink 1\.[12]× per layer towards the input: vanishing\. The first layers get about 3,800 times less/,
    );
    expect(gradientsSentence(syntheticRun(shrinkingLayers(60, 1 / 1.15)))).toMatch(
      /^warning: Gradients grow 1\.[12]× per layer/,
    );
    expect(gradientsSentence(syntheticRun(shrinkingLayers(60, 1.05)))).toMatch(/^good: /);
  });

  it("compares runs by name, and tells namesakes apart", () => {
    const sigmoid = syntheticRun(shrinkingLayers(10, 4.1));
    const relu = syntheticRun(shrinkingLayers(10, 1.1), { name: "ReLU + He" });
    expect(gradientsSentence(sigmoid, relu)).toBe(
      "warning: With sigmoid, gradients shrink 4.1× per layer towards the input: vanishing. The first layers get about 330,000 times less than the output. The cause: the slope of sigmoid is 0.25 at most, so each layer passes on a quarter or less. With ReLU + He all layers stay within 2.4×: healthy. For sigmoid, try ReLU with He initialization, batch or layer normalization, or residual connections.",
    );
    const names = (runs: RunRecord[], given?: string[]) =>
      gradientsView(
        runs.map((run) => ({ run, runId: "r" })),
        given,
      ).runs.map(({ name }) => name);
    expect(names([sigmoid, { ...sigmoid, optimizerName: "adam" }])).toEqual(["sigmoid, sgd", "sigmoid, adam"]);
    expect(names([sigmoid, { ...sigmoid, seed: 2 }])).toEqual(["sigmoid, seed 1", "sigmoid, seed 2"]);
    expect(names([sigmoid, sigmoid])).toEqual(["sigmoid", "sigmoid (2)"]);
    expect(names([sigmoid, relu], ["a", "b"])).toEqual(["a", "b"]);
  });

  it("takes one to five runs", () => {
    const run = { run: syntheticRun(shrinkingLayers(2, 1)), runId: "r" };
    expect(() => gradientsView([])).toThrow(ValueError);
    expect(() => gradientsView([])).toThrow("expected 1 to 5 runs, got 0. Give those to compare");
    expect(() => gradientsView([run, run, run, run, run, run])).toThrow("got 6");
  });

  it("draws sigmoid's bound only where all hidden layers are sigmoid", () => {
    const layers = shrinkingLayers(3, 4);
    const bound = (run: RunRecord) => gradientsView([{ run, runId: "r" }]).runs[0]?.slopeBound;
    expect(bound(syntheticRun(layers))).toBe(0.25);
    expect(bound(syntheticRun(layers.map((layer) => ({ ...layer, activation: "relu" }))))).toBeNull();
    const normalized = layers.flatMap((layer, index) => [
      layer,
      { ...layer, name: `batchNorm_${index + 1}`, type: "batchNorm", activation: null },
    ]);
    expect(bound(syntheticRun(normalized))).toBeNull();
  });

  it("stays below 256 KB for 20 layers, whatever is in it, as plain JSON", () => {
    const awkward = Array.from({ length: 240 }, (_, step) => -1.23456789e-200 * (step + 1));
    const layers = Array.from({ length: 20 }, (_, index) => {
      const layer = syntheticLayer(`dense_${index + 1}`, awkward);
      const series = Object.fromEntries(Object.keys(layer.series).map((measure) => [measure, awkward]));
      return { ...layer, series: { ...layer.series, ...series } };
    });
    const view = gradientsView([{ run: syntheticRun(layers), runId: "fit-12345678-1" }]);
    const text = JSON.stringify(view);
    expect(text.length).toBeLessThan(256 * 1024);
    expect(JSON.parse(text)).toEqual(view);
    expect(view.runs[0]?.steps[0]).toBe(1);
    expect(view.runs[0]?.steps.at(-1)).toBe(240);
    expect(view.runs[0]?.layers[0]?.series.meanAbs).toHaveLength(view.runs[0]?.steps.length ?? 0);
  });

  it("shows at most 120 steps of a long training: the first, the last and outliers among them", () => {
    const gradients = Array.from({ length: 240 }, (_, step) => (step === 150 ? 5 : 0.01));
    const [run] = gradientsView([{ run: syntheticRun([syntheticLayer("a", gradients)]), runId: "r" }]).runs;
    const steps = run?.steps ?? [];
    expect(steps.length).toBeGreaterThan(40);
    expect(steps.length).toBeLessThanOrEqual(120);
    expect([steps[0], steps.at(-1)]).toEqual([1, 240]);
    expect(run?.layers[0]?.series.meanAbs[steps.indexOf(151)]).toBe(5);
  });

  it("leaves out what was recorded at no step", () => {
    const [run] = gradientsView([{ run: syntheticRun([syntheticLayer("a", [1, 2])]), runId: "r" }]).runs;
    expect(run?.layers[0]?.series).toMatchObject({ saturatedShare: [0, 0], deadShare: [] });
  });

  it("writes NaN and infinity as words", () => {
    const run = syntheticRun([syntheticLayer("a", [1, Number.POSITIVE_INFINITY, Number.NaN])]);
    expect(gradientsView([{ run, runId: "r" }]).runs[0]?.layers[0]?.series.meanAbs).toEqual([1, "Infinity", "NaN"]);
  });
});

describe("a layer's sentence", () => {
  const sentences = (run: RunRecord) =>
    gradientsView([{ run, runId: "r" }]).runs[0]?.layers.map(({ sentence }) => say(sentence)) ?? [];

  it("says how much less a vanishing layer gets than the next", () => {
    const [first, , , last] = sentences(syntheticRun(shrinkingLayers(4, 10, 1)));
    expect(first).toBe(
      "warning: Gradient vanishes: 1.00×10⁻⁵, 10× less than dense_2. One step moves the weights by 1.00×10⁻⁶ of their size.",
    );
    expect(last).toBe("good: Gradient healthy: 0.0100. One step moves the weights by 0.00100 of their size.");
  });

  it("counts dead units and names saturation", () => {
    const layer = syntheticLayer("a", [0.1]);
    const dead = { ...layer, activation: "relu", series: { ...layer.series, deadShare: [0.375] } };
    expect(sentences(syntheticRun([dead]))[0]).toMatch(
      /^warning: 6 of 16 units are dead: they gave 0 for a whole batch\. Gradient healthy/,
    );
    const saturated = { ...layer, activation: "tanh", series: { ...layer.series, saturatedShare: [0.62] } };
    expect(sentences(syntheticRun([saturated]))[0]).toMatch(
      /^warning: Saturated: 62 % of its outputs lie where the slope of tanh/,
    );
    const half = { ...layer, activation: "relu", series: { ...layer.series, saturatedShare: [0.62] } };
    expect(sentences(syntheticRun([half]))[0]).toMatch(/^good: Gradient healthy/);
  });

  it("says since when a gradient is not finite", () => {
    expect(sentences(syntheticRun([syntheticLayer("a", [1, Number.NaN, Number.NaN])]))[0]).toBe(
      "error: Not finite since step 2.",
    );
  });
});

describe("the outcome of a training", () => {
  const stuck = {
    history: [
      { name: "loss", measure: "mse", better: "lower" as const, train: [0.695, 0.694, 0.695], validation: null },
    ],
    guessLoss: Math.LN2,
  };

  it("says that the loss of a vanishing network stays where guessing is", () => {
    expect(outcome(syntheticRun(shrinkingLayers(10, 4.1), stuck))).toBe(
      "warning: Gradients shrink 4.1× per layer towards the input: vanishing. The loss stays at 0.695, the loss of guessing.",
    );
  });

  it("calls no fall what reads the same", () => {
    const still = {
      ...stuck,
      guessLoss: null,
      history: stuck.history.map((loss) => ({ ...loss, train: [0.493, 0.49301, 0.49299] })),
    };
    expect(outcome(syntheticRun(shrinkingLayers(3, 1.2), still))).toBe("info: The loss stays at 0.493.");
  });

  it("says what a healthy one reached, and when it was best", () => {
    const accuracy = {
      name: "accuracy",
      measure: "accuracy",
      better: "higher" as const,
      train: [0.5, 0.8, 0.9, 0.92],
      validation: [0.5, 0.84, 0.8, 0.8],
    };
    const loss = {
      name: "loss",
      measure: "mse",
      better: "lower" as const,
      train: [2, 1, 0.98, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5],
      validation: [2, 1.5, 1.55, 1.6, 1.65, 1.7, 1.75, 1.8, 1.85, 1.9, 1.95, 2],
    };
    expect(outcome(syntheticRun(shrinkingLayers(3, 1.2), { history: [loss, accuracy] }))).toBe(
      "info: The loss fell from 2.00 to 0.500. Validation accuracy was best at epoch 2: 0.840. Validation loss rose from epoch 2 on while the training loss went on falling: overfitting.",
    );
    // A single epoch may be noise.
    const raisedOnce = { ...loss, validation: [2, 1.7, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.5, 1.9] };
    expect(outcome(syntheticRun(shrinkingLayers(3, 1.2), { history: [raisedOnce, accuracy] }))).toBe(
      "good: The loss fell from 2.00 to 0.500. Validation accuracy was best at epoch 2: 0.840.",
    );
  });

  it("names step, layer, cause and remedy of a divergence, and what was kept", () => {
    const divergence = { step: 53, epoch: 6, layer: "output", where: "activation" as const, restoredEpoch: 5 };
    const run = syntheticRun(shrinkingLayers(3, 1), {
      state: "diverged",
      divergence,
      learningRate: 0.35,
      loss: [0.7, 0.5, 300, 1e20, Number.NaN],
    });
    expect(outcome(run)).toBe(
      "error: At step 53 the first number that is not finite appeared in the output of output. The numbers grew until they overflowed: the learning rate of 0.35 is too large here; try 0.035. The model has the weights of epoch 5 again.",
    );
    expect(outcome({ ...run, learningRate: 1e30 })).toContain("too large here; try 0.1.");
    expect(trainingView(run, "r").divergence).toEqual({ step: 53, epoch: 6, layer: "output", where: "activation" });
    const sudden = {
      ...run,
      loss: [0.7, 0.69, Number.NaN],
      divergence: { ...divergence, layer: null, where: "loss" as const, restoredEpoch: 0 },
    };
    expect(outcome(sudden)).toContain("The numbers had not grown before");
    expect(outcome(sudden)).toContain("from before the training");
  });

  it("says where it was stopped, and tells of mismatches", () => {
    const notes = [{ kind: "squaredErrorOnClasses" as const, layer: null, text: "" }];
    expect(
      outcome(syntheticRun(shrinkingLayers(3, 1), { state: "stopped", epochs: { done: 30, planned: 50 }, notes })),
    ).toBe(
      "warning: Stopped at epoch 31 of 50; the model keeps these weights, and run.resume() goes on from here. The loss fell from 4.00 to 1.00. The targets are classes: cross-entropy learns them faster than a squared or absolute error.",
    );
  });

  it("says what ended it early, and which weights the model has", () => {
    const stopped = {
      by: "earlyStopping",
      monitor: "validationLoss",
      patience: 3,
      bestEpoch: 2,
      restoresBest: true,
    } as const;
    const early = syntheticRun(shrinkingLayers(2, 1.1), { epochs: { done: 5, planned: 20 }, earlyEnd: stopped });
    const view = trainingView(early, "fit-1");
    expect(view.endedBy).toBe("earlyStopping");
    expect(outcome(early)).toContain(
      "Early stopping after epoch 5 of 20: validationLoss no better for 3 epochs. The model has the weights of epoch 2 again.",
    );
    const own = { ...stopped, by: "callback", monitor: null, bestEpoch: null, restoresBest: false } as const;
    expect(sentenceText(trainingView({ ...early, earlyEnd: own }, "fit-1").sentence, "ko")).toContain(
      "콜백이 전체 20 에포크 중 에포크 5에서",
    );
  });

  it("is nothing before there is anything to say", () => {
    const run = syntheticRun([syntheticLayer("a", [])], {
      state: "running",
      epochs: { done: 0, planned: 5 },
      history: [],
    });
    expect(trainingView(run, "r").sentence).toBeNull();
  });
});

describe("frames and reports", () => {
  it("append only what is new", () => {
    const run = syntheticRun(shrinkingLayers(3, 1));
    expect(trainingFrame(run, "r", 2).appended).toEqual([{ train: [2, 1], validation: null }]);
    expect(trainingFrame(run, "r", 4).appended).toEqual([{ train: [], validation: null }]);
    expect(trainingFrame(run, "r", 0).layers.map(({ name }) => name)).toEqual(["dense_1", "dense_2", "dense_3"]);
  });

  it("hold each layer's place, the chart's own sentence, two rows of numbers and a short sparkline", () => {
    const run = syntheticRun(shrinkingLayers(6, 4, 200));
    const report = runReport(run, "r");
    const view = gradientsView([{ run, runId: "r" }]);
    expect(report.verdict).toEqual(view.runs[0]?.verdict);
    report.layers.forEach((layer, index) => {
      expect(layer.sentence).toEqual(view.runs[0]?.layers[index]?.sentence);
      expect(layer.place).toEqual({ cellId: "cell:1", line: 2, column: 10 });
      expect(layer.sparkline).toHaveLength(60);
    });
    expect(report.layers[0]?.rows.map(({ measure }) => measure)).toEqual([
      "meanAbs",
      "updateRatio",
      "activation",
      "saturatedShare",
    ]);
    expect([report.layers[0]?.firstStep, report.layers[0]?.lastStep]).toEqual([1, 200]);
    expect(JSON.stringify(report).length).toBeLessThan(16_000);
  });
});
