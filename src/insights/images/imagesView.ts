// Pictures of a data set, labelled and (with a model) judged.

import { checkedCount, checkOptions, describeValue, ValueError } from "../../engine/errors.ts";
import { Model } from "../../engine/training/model/model.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { ImageGroup, ImagesView, ImageTile } from "../../shared/views.ts";
import { count, say, share } from "../parts/say.ts";
import { type JudgedData, labelledExamples, predictions } from "../pictures/judged.ts";
import { pictureSize, smallPicture } from "../pictures/smallPicture.ts";
import { mapsView } from "./mapsView.ts";

/** Options of `show.images`. */
export interface ImagesOptions {
  /** What takes each picture for a class. */
  readonly model?: Model<unknown>;
  /** How an example is a picture: `[height, width]`, or `[height, width, 3]` in colours. Found by itself for digits and the like. */
  readonly picture?: readonly number[];
  /** How many are shown, at most 120; 40 by default. */
  readonly count?: number;
  /** With `model`: the one example (its row, from 0) whose feature maps are shown, layer by layer. */
  readonly example?: number;
}

/** A view is kept in the file: 120 pictures of 32 × 32 points in colours stay below 400 KB. */
const mostPictures = 120;

/** @throws ValueError for data that are no pictures. */
export function imagesView(data: JudgedData, options: ImagesOptions = {}): ImagesView {
  checkOptions("show.images", options, ["model", "picture", "count", "example"]);
  const { model, picture, count: wanted = 40, example } = options;
  if (model !== undefined && !(model instanceof Model))
    throw new ValueError({ op: "show.images", expected: "model as a model", got: describeValue(model) });
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
  if (example !== undefined) return mapsView(examples, { model, size, row: example });
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
  const group: ImageGroup = {
    name: "",
    holds: "examples",
    total: labels.length,
    scale: "brightness",
    largest: null,
    tiles,
  };
  return { kind: "images", version: 1, sentence: { tone: "info", messages }, groups: [group] };
}
