// Reads a gradients view.

import type {
  GradientsLayer,
  GradientsRun,
  GradientsView,
  GradientVerdict,
  LayerSeries,
} from "../../src/shared/views.ts";
import { counts, layerInfoReaders, numbers, sentence } from "./common.ts";
import { count, fields, finite, list, literal, Mismatch, nullable, type Reader, text } from "./readJson.ts";

const series = fields<LayerSeries>({
  meanAbs: numbers,
  mean: numbers,
  std: numbers,
  l2: numbers,
  max: numbers,
  zeroShare: numbers,
  updateRatio: numbers,
  activationMean: numbers,
  activationStd: numbers,
  saturatedShare: numbers,
  deadShare: numbers,
});

const gradientsRun = fields<GradientsRun>({
  runId: text,
  name: text,
  steps: counts,
  stepsPerEpoch: count,
  batchSize: count,
  seed: finite,
  verdict: fields<GradientVerdict>({
    kind: literal("vanishing", "exploding", "healthy", "notFinite", "unknown"),
    shrinkPerLayer: nullable(finite),
    range: nullable(finite),
  }),
  slopeBound: nullable(finite),
  layers: list(fields<GradientsLayer>({ ...layerInfoReaders, sentence, series }), 1_000),
});

export const gradients: Reader<GradientsView> = (value, path) => {
  const view = fields<GradientsView>({
    kind: literal("gradients"),
    version: literal(1),
    sentence,
    runs: list(gradientsRun, 5),
  })(value, path);
  if (view.runs.length === 0) throw new Mismatch("runs", "a list of one to five", view.runs);
  view.runs.forEach((run, runAt) => {
    run.layers.forEach((layer, layerAt) => {
      for (const [name, values] of Object.entries(layer.series)) {
        if (values.length !== run.steps.length && values.length > 0) {
          throw new Mismatch(
            `runs[${runAt}].layers[${layerAt}].series.${name}`,
            `a list of ${run.steps.length}, one for each step, or an empty one`,
            values,
          );
        }
      }
    });
  });
  return view;
};
