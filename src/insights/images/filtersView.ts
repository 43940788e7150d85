// What a model looks for: the filters of its convolutions, or the weights of a first dense layer as pictures of its inputs.

import { checkOptions, ValueError } from "../../engine/errors.ts";
import type { Model } from "../../engine/index.ts";
import type { Tensor } from "../../engine/tensor.ts";
import type { ImageGroup, ImagesView } from "../../shared/views.ts";
import { count, say } from "../parts/say.ts";
import { checkedPicture } from "../pictures/smallPicture.ts";
import type { ImagesOptions } from "./imagesView.ts";
import { signedGroup } from "./signedTiles.ts";

const filtersOfALayer = 64;
const mostLayers = 8;
/** Fewer inputs that happen to be a square number (four features, say) are no picture. */
const leastSide = 5;

/** @throws ValueError for a model without filters, or one that has no weights yet. */
export function filtersView(model: Model<unknown>, options: ImagesOptions = {}): ImagesView {
  checkOptions("show.images", options, ["picture"]);
  const found = model.layers.flatMap(({ name, type, weights }) => {
    const [kernel] = weights;
    return type === "conv2d" && kernel?.shape.length === 4 ? [{ name, kernel }] : [];
  });
  const [first] = found;
  if (first === undefined) return unitsView(model, options);
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
  return signedGroup(name, "filters", {
    ...{ height, width, total: filters, shown: filtersOfALayer },
    at: (filter, row, column) =>
      meanOf(inputs, (input) => kernel.data[((row * width + column) * inputs + input) * filters + filter] ?? 0),
  });
}

/** Each unit of the first dense layer as a picture of what it takes. */
function unitsView(model: Model<unknown>, { picture }: ImagesOptions): ImagesView {
  const layer = model.layers.find(({ weights }) => weights.length > 0);
  const kernel = layer?.weights[0];
  const [inputs = 0, units = 0] = kernel?.shape ?? [];
  const size = layer?.type === "dense" && kernel?.shape.length === 2 ? inputSize(inputs, picture) : null;
  if (layer === undefined || kernel === undefined || size === null)
    throw new ValueError({
      op: "show.images",
      expected: "a model with conv2d layers that have weights, or a first dense layer that takes pictures",
      got: model.isBuilt ? "one without" : "one that is not built",
      hint: model.isBuilt
        ? "Say how the inputs are a picture: show.images(model, { picture: [28, 28] }). Other weights: show.weights(model)."
        : "Build or train it first.",
    });
  const [height, width, channels] = size;
  const group = signedGroup(layer.name, "units", {
    ...{ height, width, total: units, shown: filtersOfALayer },
    at: (unit, row, column) =>
      meanOf(channels, (channel) => kernel.data[((row * width + column) * channels + channel) * units + unit] ?? 0),
  });
  const args = { units: count(units), height: count(height), width: count(width), layer: layer.name };
  const messages = [say("unitsShown", args)];
  if (channels > 1) messages.push(say("filtersMean"));
  return { kind: "images", version: 1, sentence: { tone: "info", messages }, groups: [group] };
}

/** @throws ValueError when `given` does not fit the inputs. */
function inputSize(
  inputs: number,
  given: readonly number[] | undefined,
): readonly [height: number, width: number, channels: number] | null {
  if (given === undefined) {
    const side = Math.sqrt(inputs);
    return Number.isInteger(side) && side >= leastSide ? [side, side, 1] : null;
  }
  return checkedPicture("show.images", given, inputs);
}

function meanOf(count: number, at: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += at(index);
  return sum / count;
}
