// Confusion: right counts, sentences that name what is true, small whatever comes, and classes however they are written.

import { describe, expect, test } from "vitest";
import { layers, type Model, sequential, tensor } from "../../engine/index.ts";
import { packFineShares, packShares, unpackFineShares, unpackShares } from "../../shared/levels.ts";
import { viewText } from "../index.ts";
import { confusionView } from "./confusionView.ts";

/** Gives its inputs as they are. */
function identity(width: number): Model {
  const model = sequential([layers.dense(width, { useBias: false, inputShape: [width] })], { seed: 1 });
  model.setWeights([
    Array.from({ length: width }, (_, row) => Array.from({ length: width }, (_, at) => (at === row ? 1 : 0))),
  ]);
  return model;
}

const x = [
  [0.8, 0.1, 0.1],
  [0.3, 0.6, 0.1],
  [0.2, 0.7, 0.1],
  [0.1, 0.8, 0.1],
];

describe("confusion", () => {
  test("counts by true and predicted class, the surest mistake first", () => {
    const view = confusionView(identity(3), { x, y: [[0], [0], [2], [1]] });
    expect(view.counts).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expect(view.examples.map(({ row, confidence }) => [row, confidence])).toEqual([
      [2, 0.7],
      [1, 0.6],
    ]);
    expect(view.sentence.messages.map(({ id }) => id)).toEqual(["confusionRight", "confusionNever", "confusionMost"]);
    expect(viewText(view, "en")).toContain("2 of 4 examples are right (50 %). 2 is never predicted.");
  });

  test("says how many classes are never predicted, where it names only some of them", () => {
    const rows = Array.from({ length: 8 }, () => [0.93, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]);
    const view = confusionView(identity(8), { x: rows, y: rows.map((_, at) => [at]) });
    expect(viewText(view, "en")).toContain("1, 2, 3, 4, 5 and 2 other classes are never predicted.");
    expect(viewText(view, "ko")).toContain("1, 2, 3, 4, 5 외 클래스 2개로는");
    const fewer = confusionView(identity(8), { x: rows.slice(0, 7), y: rows.slice(0, 7).map((_, at) => [at]) });
    expect(viewText(fewer, "en")).toContain("5 and 1 other class are never predicted.");
  });

  test("is good when nothing is wrong, and takes one-hot targets", () => {
    const view = confusionView(identity(3), {
      x: x.slice(0, 2),
      y: [
        [1, 0, 0],
        [0, 1, 0],
      ],
    });
    expect([view.sentence.tone, view.examples.length]).toEqual(["good", 0]);
  });

  test("reads one unit as a probability, or as a raw score where it cannot be one", () => {
    const [probabilities, scores] = [
      [[0.2], [0.9]],
      [[-3], [4]],
    ].map((values) => confusionView(identity(1), { x: values, y: [[0], [0]] }));
    expect(probabilities?.counts).toEqual([
      [1, 1],
      [0, 0],
    ]);
    expect(scores?.counts).toEqual(probabilities?.counts);
    expect(scores?.examples[0]?.confidence).toBeCloseTo(1 / (1 + Math.exp(-4)), 3);
  });

  test("stays small with many large pictures", () => {
    const rows = 600;
    const model = sequential([layers.flatten(), layers.dense(10, { activation: "softmax" })], { seed: 1 });
    const y = Array.from({ length: rows }, (_, row) => [row % 10]);
    const view = confusionView(model, { x: tensor(new Float32Array(rows * 32 * 32 * 3), [rows, 32, 32, 3]), y });
    expect(view.examples.length).toBeGreaterThan(20);
    expect(JSON.stringify(view).length).toBeLessThan(800_000);
  });

  test("says what it takes", () => {
    expect(() => confusionView(identity(1), { x: [[1]], y: [[0.5]] })).toThrow("expected examples with classes");
    expect(() => confusionView(identity(3), { x, y: [[0], [0], [2], [1]] }, { picture: [2, 2] })).toThrow(
      "make 3 numbers",
    );
  });
});

test("levels survive their letters", () => {
  const shares = [0, 0.25, 0.5, 1, Number.NaN, -3, 7];
  const expected = [0, 0.25, 0.5, 1, 0, 0, 1];
  for (const [index, share] of unpackShares(packShares(shares)).entries())
    expect(share).toBeCloseTo(expected[index] ?? -1, 1);
  for (const [index, share] of unpackFineShares(packFineShares(shares)).entries())
    expect(share).toBeCloseTo(expected[index] ?? -1, 3);
});
