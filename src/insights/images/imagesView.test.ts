// Pictures and filters: labels beside predictions, sizes found or asked for, small whatever comes.

import { expect, test } from "vitest";
import { layers, sequential, tensor } from "../../engine/index.ts";
import { unpackShares } from "../../shared/levels.ts";
import { filtersView, imagesView } from "./imagesView.ts";

test("pictures go from their darkest to their brightest, with classes and predictions", () => {
  const model = sequential([layers.dense(2, { useBias: false, inputShape: [4] })], { seed: 1 });
  model.setWeights([
    [
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ],
  ]);
  const x = [
    [0.9, 0.1, 0.5, 0.1],
    [0.2, 0.8, 0.2, 0.2],
  ];
  const view = imagesView({ x, y: [[0], [0]] }, { model, picture: [2, 2] });
  const [first, second] = view.groups[0]?.tiles ?? [];
  expect([...unpackShares(first?.picture.levels ?? "")].map((share) => Math.round(share * 10) / 10)).toEqual([
    1, 0, 0.5, 0,
  ]);
  expect([first?.truth, first?.predicted, second?.predicted]).toEqual(["0", "0", "1"]);
});

test("many large pictures stay small, and rows that are no pictures are refused", () => {
  const x = tensor(new Float32Array(200 * 64 * 64 * 3), [200, 64, 64, 3]);
  const view = imagesView({ x, y: Array.from({ length: 200 }, () => [1]) }, { count: 500 });
  expect(view.groups[0]?.tiles).toHaveLength(120);
  expect(JSON.stringify(view).length).toBeLessThan(450_000);
  expect(() => imagesView({ x: [[1, 2, 3]], y: [[0]] })).toThrow("picture: [28, 28]");
});

test("filters are those of convolutions, by sign", () => {
  const model = sequential([layers.conv2d(4, 3, { inputShape: [8, 8, 2] })], { seed: 1 });
  const [group] = filtersView(model).groups;
  expect([group?.tiles.length, group?.scale, group?.tiles[0]?.picture.width]).toEqual([4, "signed", 3]);
  expect(() => filtersView(sequential([layers.dense(2, { inputShape: [3] })], { seed: 1 }))).toThrow("conv2d");
});
