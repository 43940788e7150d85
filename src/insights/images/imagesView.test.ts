// Pictures and filters: labels beside predictions, sizes found or asked for, small whatever comes.

import { expect, test } from "vitest";
import { layers, sequential, tensor } from "../../engine/index.ts";
import { unpackShares } from "../../shared/levels.ts";
import { filtersView } from "./filtersView.ts";
import { imagesView } from "./imagesView.ts";

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

test("units of a first dense layer are pictures of their inputs, where the inputs are pictures", () => {
  const model = sequential([layers.dense(3, { inputShape: [25] }), layers.dense(2)], { seed: 1 });
  const [group] = filtersView(model).groups;
  expect([group?.holds, group?.total, group?.tiles[0]?.picture.width]).toEqual(["units", 3, 5]);
  const kernel = model.layers[0]?.weights[0];
  const largest = Math.max(...Array.from(kernel?.data ?? [], Math.abs));
  // The picture of unit 1: every third number of the kernel.
  const shares = unpackShares(group?.tiles[1]?.picture.levels ?? "");
  shares.forEach((share, at) => {
    expect(share).toBeCloseTo(0.5 + (kernel?.data[at * 3 + 1] ?? 0) / largest / 2, 1);
  });
  const wide = sequential([layers.dense(3, { inputShape: [4] })], { seed: 1 });
  expect(filtersView(wide, { picture: [2, 2] }).groups[0]?.tiles).toHaveLength(3);
  expect(() => filtersView(wide, { picture: [2, 3] })).toThrow("that make 4 numbers");
});

test("the feature maps of one example are what the layers give for it", () => {
  const model = sequential(
    [
      layers.conv2d(2, 3, { activation: "relu", inputShape: [6, 6, 1] }),
      layers.maxPooling2d(2),
      layers.flatten(),
      layers.dense(2, { activation: "softmax" }),
    ],
    { seed: 1 },
  );
  const x = tensor(
    Float32Array.from({ length: 3 * 36 }, (_, at) => Math.sin(at)),
    [3, 6, 6, 1],
  );
  const data = { x, y: [[0], [1], [1]] };
  const view = imagesView(data, { model, example: 2 });
  expect(view.groups.map(({ holds, total, tiles }) => [holds, total, tiles[0]?.picture.width])).toEqual([
    ["examples", 1, 6],
    ["maps", 2, 4],
    ["maps", 2, 2],
  ]);
  // Nothing that leaves a ReLU is negative: no map goes below the middle of its scale.
  expect(Math.min(...unpackShares(view.groups[1]?.tiles[0]?.picture.levels ?? ""))).toBeGreaterThanOrEqual(0.5);
  expect(view.groups[0]?.tiles[0]).toMatchObject({ row: 2, truth: "1" });
  expect(() => imagesView(data, { model, example: 3 })).toThrow("from 0 to 2");
  expect(() => imagesView(data, { example: 0 })).toThrow("{ model, example: 0 }");
});
