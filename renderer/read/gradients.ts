// Reads a gradients view.

import type { ViewNumber } from "../../src/shared/json.ts";
import type {
  GradientDistribution,
  GradientsLayer,
  GradientsRun,
  GradientsView,
  GradientVerdict,
  LayerSeries,
} from "../../src/shared/views.ts";
import { counts, layerInfoReaders, numbers, sentence } from "./common.ts";
import { count, fields, finite, list, literal, Mismatch, nullable, optional, type Reader, text } from "./readJson.ts";

/** Series that views of earlier versions do not have. */
const later: Reader<readonly ViewNumber[]> = (value, path) => (value === undefined ? [] : numbers(value, path));

const share: Reader<number> = (value, path) => {
  const read = finite(value, path);
  if (read < 0 || read > 1) throw new Mismatch(path, "a share from 0 to 1", value);
  return read;
};

const distribution: Reader<GradientDistribution> = (value, path) => {
  const read = fields<GradientDistribution>({
    steps: counts,
    edges: list(finite, 200),
    shares: list(list(share, 201), 1_000),
  })(value, path);
  if (read.shares.length !== read.steps.length || read.shares.some((each) => each.length !== read.edges.length + 1))
    throw new Mismatch(`${path}.shares`, "a list for each step, with a share for each bin", read.shares);
  return read;
};

const series = fields<LayerSeries>({
  meanAbs: numbers,
  mean: numbers,
  std: numbers,
  l2: numbers,
  max: numbers,
  zeroShare: numbers,
  nearZeroShare: later,
  signalMeanAbs: later,
  signalL2: later,
  signalMax: later,
  weightMean: later,
  weightStd: later,
  updateRatio: numbers,
  activationMean: numbers,
  activationStd: numbers,
  saturatedShare: numbers,
  deadShare: numbers,
});

const gradientsRunFields = fields<GradientsRun>({
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
  layers: list(
    fields<GradientsLayer>({
      ...layerInfoReaders,
      sentence,
      trainable: optional(count),
      series,
      distribution: optional(distribution),
    }),
    1_000,
  ),
});

/** A run whose series are as long as its steps. */
export const gradientsRun: Reader<GradientsRun> = (value, path) => {
  const run = gradientsRunFields(value, path);
  run.layers.forEach((layer, layerAt) => {
    for (const [name, values] of Object.entries(layer.series)) {
      if (values.length !== run.steps.length && values.length > 0) {
        throw new Mismatch(
          `${path}.layers[${layerAt}].series.${name}`,
          `a list of ${run.steps.length}, one for each step, or an empty one`,
          values,
        );
      }
    }
  });
  return run;
};

export const gradients: Reader<GradientsView> = (value, path) => {
  const view = fields<GradientsView>({
    kind: literal("gradients"),
    version: literal(1),
    sentence,
    runs: list(gradientsRun, 5),
  })(value, path);
  if (view.runs.length === 0) throw new Mismatch("runs", "a list of one to five", view.runs);
  return view;
};
