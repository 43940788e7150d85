// Boundaries: the field is the model's, the model keeps its weights, snapshots become frames, and a file stays small.

import { describe, expect, test } from "vitest";
import { datasets, layers, type Model, sequential } from "../../engine/index.ts";
import { unpackFineShares } from "../../shared/levels.ts";
import { viewText } from "../index.ts";
import { boundaryView } from "./boundaryView.ts";

const alone = (model: Model) => ({ model, run: null, runId: null });

/** Class 1 where x > y. */
function diagonal(): Model {
  const model = sequential([layers.dense(1, { activation: "sigmoid", inputShape: [2] })], { seed: 1 });
  model.setWeights([[[4], [-4]], [0]]);
  return model;
}

const corners = {
  x: [
    [0, 0.5],
    [1, 0.5],
    [0.5, 0],
    [0.5, 1],
  ],
  y: [[0], [1], [1], [0]],
};

describe("a boundary", () => {
  test("has the likeliest class of every grid point, from the upper left, and how far it is ahead", () => {
    const { frames, size, x, y, sentence } = boundaryView(alone(diagonal()), corners);
    const [frame] = frames;
    const margins = unpackFineShares(frame?.margins ?? "");
    for (let point = 0; point < size * size; point += 101) {
      const px = x[0] + (((point % size) + 0.5) / size) * (x[1] - x[0]);
      const py = y[1] - ((Math.floor(point / size) + 0.5) / size) * (y[1] - y[0]);
      const share = 1 / (1 + Math.exp(-4 * (px - py)));
      expect(frame?.winners[point]).toBe(share >= 0.5 ? "1" : "0");
      expect(margins[point]).toBeCloseTo(Math.abs(2 * share - 1), 2);
    }
    expect(sentence).toMatchObject({ tone: "good", messages: [{ id: "boundaryRight" }, { id: "boundaryStraight" }] });
  });

  test("goes through the snapshots of a run, units too, and leaves the model as it is", async () => {
    const data = datasets.moons({ samples: 100, seed: 1 }).split({ validation: 0.2, seed: 1 });
    const model = sequential([layers.dense(40, { activation: "tanh" }), layers.dense(2, { activation: "softmax" })]);
    model.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam" });
    const run = await model.fit(data, { epochs: 70, seed: 1 });
    const before = model.getWeights().map((weight) => [...weight.data]);
    const view = boundaryView({ model, run, runId: "fit-1" }, data);
    expect(model.getWeights().map((weight) => [...weight.data])).toEqual(before);
    expect([view.frames[0]?.step, view.frames.at(-1)?.step]).toEqual([0, run.steps.done]);
    expect(view.frames.at(-1)?.winners).toBe(boundaryView(alone(model), data).frames[0]?.winners);
    expect(view.layers.map(({ units, unitCount }) => [units.length, unitCount])).toEqual([[16, 40]]);
    expect(view.layers[0]?.units[0]?.fields).toHaveLength(view.frames.length);
    const [unit] = view.layers[0]?.units ?? [];
    expect(unit?.outgoingByFrame).toHaveLength(view.frames.length);
    expect(unit?.outgoingByFrame?.at(-1)).toBe(unit?.outgoing);
    expect(new Set(unit?.outgoingByFrame).size).toBeGreaterThan(1);
    expect(view.points.filter(({ validation }) => validation)).toHaveLength(20);
    expect(JSON.stringify(view).length).toBeLessThan(600_000);
    expect(viewText(view, "en")).toContain("Of the validation points");
  });

  test("is none where the model names one class everywhere, and says so instead of how it runs", () => {
    const model = diagonal();
    model.setWeights([[[0], [0]], [-3]]);
    const { sentence } = boundaryView(alone(model), corners);
    expect(sentence.messages.map(({ id }) => id)).toEqual(["boundaryRight", "boundaryNone"]);
    expect(sentence.messages[1]?.args).toEqual({ class: "0" });
  });

  test("is of two features and few classes", () => {
    expect(() => boundaryView(alone(diagonal()), { x: [[1, 2, 3]], y: [[0]] })).toThrow("[examples, 2]");
    const many = datasets.blobs({ classes: 11, samples: 33, seed: 1 });
    const model = sequential([layers.dense(11, { activation: "softmax" })], { seed: 1 });
    expect(() => boundaryView(alone(model), many)).toThrow("at most 10 classes");
  });
});
