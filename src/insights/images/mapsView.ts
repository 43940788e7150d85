// What the layers of a model make of one picture: its feature maps, layer by layer.

import { describeValue, ValueError } from "../../engine/errors.ts";
import type { Model } from "../../engine/index.ts";
import { Tensor } from "../../engine/tensor.ts";
import { layerOutputs } from "../../engine/training/model/layerOutputs.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { ImageGroup, ImagesView } from "../../shared/views.ts";
import { count, say, share } from "../parts/say.ts";
import { type LabelledExamples, predictions } from "../pictures/judged.ts";
import { type PictureSize, smallPicture } from "../pictures/smallPicture.ts";
import { signedGroup } from "./signedTiles.ts";

const mapsOfALayer = 32;
const mostLayers = 8;

export interface MappedExample {
  readonly model: Model<unknown> | undefined;
  readonly size: PictureSize;
  /** Its row in the examples. */
  readonly row: number;
}

/** @throws ValueError without a model that has feature maps, or for a row that is not there. */
export function mapsView(examples: LabelledExamples, { model, size, row }: MappedExample): ImagesView {
  const op = "show.images";
  if (model === undefined)
    throw new ValueError({
      op,
      expected: "the model whose feature maps are shown",
      got: "none",
      hint: "Give it, too: show.images(data, { model, example: 0 }).",
    });
  const { x, labels, classes } = examples;
  if (!Number.isInteger(row) || row < 0 || row >= labels.length)
    throw new ValueError({ op, expected: `example from 0 to ${labels.length - 1}`, got: describeValue(row) });
  const length = x.size / Math.max(1, labels.length);
  const own = new Tensor([1, ...x.shape.slice(1)], x.data.slice(row * length, (row + 1) * length));
  const [judged] = predictions(op, model, own);
  const outputs = layerOutputs(model, own);
  const found = model.layers.flatMap((layer) => {
    const output = layer.outputShape?.length === 3 && isWorthShowing(layer) ? outputs.of(layer) : null;
    return output === null ? [] : [{ name: layer.name, output }];
  });
  if (found.length === 0)
    throw new ValueError({
      op,
      expected: "a model with layers of feature maps, such as conv2d",
      got: "one without",
      hint: "What the units of a first dense layer look for: show.images(model).",
    });
  const truth = classes[labels[row] ?? -1] ?? null;
  const predicted = judged === undefined ? null : (classes[judged.predicted] ?? String(judged.predicted));
  const example: ImageGroup = {
    name: "",
    holds: "examples",
    total: 1,
    scale: "brightness",
    largest: null,
    tiles: [
      { picture: smallPicture(own, 0, size), row, truth, predicted, confidence: toViewNumber(judged?.confidence, 3) },
    ],
  };
  const groups = found.slice(0, mostLayers).map(({ name, output }) => mapGroup(name, output));
  const args = {
    row: count(row),
    truth: truth ?? "?",
    predicted: predicted ?? "?",
    share: share(judged?.confidence ?? 0),
    layers: count(groups.length),
  };
  return {
    kind: "images",
    version: 1,
    sentence: { tone: "info", messages: [say("mapsShown", args), say("mapsScale")] },
    groups: [example, ...groups],
  };
}

/** What only passes numbers on (dropout) shows the same picture again. */
function isWorthShowing({ type, weights }: Model<unknown>["layers"][number]): boolean {
  return weights.length > 0 || type === "activation" || /pool/i.test(type);
}

function mapGroup(name: string, output: Tensor): ImageGroup {
  const [, height = 1, width = 1, maps = 1] = output.shape;
  return signedGroup(name, "maps", {
    ...{ height, width, total: maps, shown: mapsOfALayer },
    at: (map, row, column) => output.data[(row * width + column) * maps + map] ?? 0,
  });
}
