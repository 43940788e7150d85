// Reads a weights view: every series has a number for each step, every histogram two letters for each bin.

import type { LayerWeights, WeightsLayer, WeightsView } from "../../src/shared/views.ts";
import { counts, numbers, sentence } from "./common.ts";
import { count, fields, finite, flag, list, literal, Mismatch, nullable, pair, type Reader, text } from "./readJson.ts";
import { levels } from "./smallPicture.ts";

const mostBins = 200;

export const weights: Reader<WeightsView> = (value, path) => {
  const view = fields<WeightsView>({
    kind: literal("weights"),
    version: literal(1),
    sentence,
    name: text,
    runId: nullable(text),
    stepsPerEpoch: count,
    steps: counts,
    bins: count,
    layers: list(
      fields<WeightsLayer>({
        name: text,
        type: text,
        weights: list(
          fields<LayerWeights>({
            name: text,
            shape: counts,
            count,
            trainable: flag,
            sentence,
            mean: numbers,
            std: numbers,
            min: numbers,
            max: numbers,
            moved: numbers,
            range: pair(finite),
            histograms: list(text, 1_000),
            values: list(numbers, 200),
          }),
          50,
        ),
      }),
      1_000,
    ),
    layerCount: count,
  })(value, path);
  const { steps, bins, layers } = view;
  if (steps.length === 0) throw new Mismatch("steps", "at least one", steps);
  if (layers.length === 0) throw new Mismatch("layers", "at least one", layers);
  if (bins < 1 || bins > mostBins) throw new Mismatch("bins", `from 1 to ${mostBins}`, bins);
  layers.forEach((layer, layerAt) => {
    if (layer.weights.length === 0) throw new Mismatch(`layers[${layerAt}].weights`, "at least one", layer.weights);
    layer.weights.forEach((weight, at) => {
      checkWeight(weight, `layers[${layerAt}].weights[${at}]`, view);
    });
  });
  return view;
};

function checkWeight(weight: LayerWeights, place: string, { steps, bins }: WeightsView): void {
  for (const measure of ["mean", "std", "min", "max", "moved", "histograms"] as const) {
    const { length } = weight[measure];
    if (length !== 0 && length !== steps.length)
      throw new Mismatch(`${place}.${measure}`, `a list of ${steps.length}, or none`, weight[measure]);
  }
  for (const values of weight.values)
    if (values.length !== steps.length) throw new Mismatch(`${place}.values`, `lists of ${steps.length}`, values);
  for (const histogram of weight.histograms) levels(2 * bins, histogram, `${place}.histograms`);
  if (!(weight.range[0] < weight.range[1])) throw new Mismatch(`${place}.range`, "from less to more", weight.range);
}
