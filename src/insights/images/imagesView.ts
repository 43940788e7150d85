// Pictures of a data set, labelled and (with a model) judged; or the filters that a model's convolutions look for.

import { checkedCount, checkOptions, ValueError } from "../../engine/errors.ts";
import type { Model } from "../../engine/index.ts";
import type { Tensor } from "../../engine/tensor.ts";
import { toViewNumber } from "../../shared/json.ts";
import { packShares } from "../../shared/levels.ts";
import type { ImageGroup, ImagesView, ImageTile } from "../../shared/views.ts";
import { count, say, share } from "../parts/say.ts";
import { type JudgedData, labelledExamples, predictions } from "../pictures/judged.ts";
import { pictureSize, smallPicture } from "../pictures/smallPicture.ts";

/** Options of `show.images`. */
export interface ImagesOptions {
  /** What takes each picture for a class. */
  readonly model?: Model<unknown>;
  /** How an example is a picture: `[height, width]`, or `[height, width, 3]` in colours. Found by itself for digits and the like. */
  readonly picture?: readonly number[];
  /** How many are shown, at most 120; 40 by default. */
  readonly count?: number;
}

/** A view is kept in the file: 120 pictures of 32 × 32 points in colours stay below 400 KB. */
const mostPictures = 120;
const filtersOfALayer = 64;
const mostLayers = 8;

/** @throws ValueError for data that are no pictures. */
export function imagesView(data: JudgedData, options: ImagesOptions = {}): ImagesView {
  checkOptions("show.images", options, ["model", "picture", "count"]);
  const { model, picture, count: wanted = 40 } = options;
  const examples = labelledExamples("show.images", data);
  const { x, labels, classes, featureNames } = examples;
  const size = pictureSize("show.images", x, { given: picture, featureNames });
  if (size === null)
    throw new ValueError({
      op: "show.images",
      expected: "examples that are pictures",
      got: `rows of [${x.shape.slice(1).join(", ")}]`,
      hint: "Say how: show.images(data, { picture: [28, 28] }).",
    });
  const judged = model === undefined ? null : predictions("show.images", model, x);
  const shown = Math.min(checkedCount("show.images", "count", wanted, 1), mostPictures, labels.length);
  const tiles = Array.from({ length: shown }, (_, row): ImageTile => {
    const found = judged?.[row];
    return {
      picture: smallPicture(x, row, size),
      row,
      truth: classes[labels[row] ?? -1] ?? null,
      predicted: found === undefined ? null : (classes[found.predicted] ?? String(found.predicted)),
      confidence: toViewNumber(found?.confidence, 3),
    };
  });
  const args = { shown: count(shown), total: count(labels.length), height: count(size[0]), width: count(size[1]) };
  const messages = [say("picturesShown", args)];
  if (judged !== null) {
    const right = judged.filter(({ predicted }, row) => predicted === labels[row]).length;
    messages.push(say("picturesRight", { share: share(right / Math.max(1, labels.length)) }));
  }
  const group: ImageGroup = { name: "", total: labels.length, scale: "brightness", largest: null, tiles };
  return { kind: "images", version: 1, sentence: { tone: "info", messages }, groups: [group] };
}

/** @throws ValueError for a model without convolutions, or one that has no weights yet. */
export function filtersView(model: Model<unknown>): ImagesView {
  const found = model.layers.flatMap(({ name, type, weights }) => {
    const [kernel] = weights;
    return type === "conv2d" && kernel?.shape.length === 4 ? [{ name, kernel }] : [];
  });
  const [first] = found;
  if (first === undefined)
    throw new ValueError({
      op: "show.images",
      expected: "a model with conv2d layers that have weights",
      got: model.isBuilt ? "one without" : "one that is not built",
      hint: model.isBuilt ? "For dense layers: show.tensor(model.layers[0].weights[0])." : "Build or train it first.",
    });
  const groups = found.slice(0, mostLayers).map(({ name, kernel }) => filterGroup(name, kernel));
  const [height = 1, width = 1, , filters = 1] = first.kernel.shape;
  const args = { filters: count(filters), height: count(height), width: count(width), layer: first.name };
  const messages = [say("filtersShown", args)];
  if (found.some(({ kernel }) => (kernel.shape[2] ?? 1) > 1)) messages.push(say("filtersMean"));
  return { kind: "images", version: 1, sentence: { tone: "info", messages }, groups };
}

/** A filter as the mean over its input channels: one picture each, by sign. */
function filterGroup(name: string, kernel: Tensor): ImageGroup {
  const [height = 1, width = 1, inputs = 1, filters = 1] = kernel.shape;
  const step = Math.max(1, Math.ceil(Math.max(height, width) / 32));
  const means = Array.from({ length: Math.min(filters, filtersOfALayer) }, (_, filter) => {
    const values: number[] = [];
    for (let row = 0; row < height; row += step)
      for (let column = 0; column < width; column += step) {
        let sum = 0;
        for (let input = 0; input < inputs; input++)
          sum += kernel.data[((row * width + column) * inputs + input) * filters + filter] ?? 0;
        values.push(sum / inputs);
      }
    return values;
  });
  const largest = means.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const size = { width: Math.ceil(width / step), height: Math.ceil(height / step), channels: 1 } as const;
  const tiles = means.map((values, row) => ({
    picture: { ...size, levels: packShares(values.map((value) => 0.5 + value / largest / 2)) },
    row,
    truth: null,
    predicted: null,
    confidence: null,
  }));
  return { name, total: filters, scale: "signed", largest: toViewNumber(largest, 3), tiles };
}
