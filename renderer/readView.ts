// Checks the JSON of a view before anything is drawn from it: it may come from a file that someone else wrote.

import type { ViewNumber } from "../src/shared/json.ts";
import {
  type ActivationCurve,
  type ActivationVariant,
  type ActivationView,
  type Divergence,
  type GradientsLayer,
  type GradientsRun,
  type GradientsView,
  type GradientVerdict,
  type LayerInfo,
  type LayerSeries,
  type PreActivations,
  type Sentence,
  type StripLayer,
  type SummaryLayer,
  type SummaryView,
  type TrainingMetric,
  type TrainingView,
  type View,
  type ViewKind,
  viewMimeTypes,
} from "../src/shared/views.ts";
import type { Argument, Message } from "../src/shared/words/message.ts";
import {
  count,
  describe,
  fields,
  finite,
  list,
  literal,
  Mismatch,
  nullable,
  pair,
  type Reader,
  record,
  text,
  viewNumber,
} from "./readJson.ts";

export type ReadView =
  | { readonly kind: "view"; readonly view: View }
  /** `newer`: an update of the extension may help. */
  | { readonly kind: "unreadable"; readonly expected: string; readonly found: string; readonly newer: boolean };

/** The view of `mime` in `data`, or what is wrong with it. */
export function readView(mime: string, data: unknown): ReadView {
  const kind = viewKindOf(mime);
  if (kind === null) {
    const known = Object.values(viewMimeTypes).join(", ");
    return {
      kind: "unreadable",
      expected: known,
      found: describe(mime),
      newer: mime.startsWith("application/vnd.nnbook."),
    };
  }
  try {
    // The version first: what follows may differ in a newer one, and "newer" is the better message.
    const found = versionOf(data);
    if (typeof found === "number" && found > 1) {
      return { kind: "unreadable", expected: "version: 1", found: String(found), newer: true };
    }
    return { kind: "view", view: readers[kind](data, "") };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return { kind: "unreadable", expected: error.expected, found: error.found, newer: false };
  }
}

/** The kind of view that a MIME type holds; `null` for one this version does not know. */
export function viewKindOf(mime: string): ViewKind | null {
  for (const kind of ["training", "gradients", "activation", "summary"] as const) {
    if (viewMimeTypes[kind] === mime) return kind;
  }
  return null;
}

function versionOf(data: unknown): unknown {
  return typeof data === "object" && data !== null && "version" in data ? data.version : undefined;
}

const numbers = list(viewNumber);
const counts = list(count);
const shape = list(nullable(count), 16);

const argument: Reader<Argument> = (value, path) => {
  if (typeof value === "string") return value;
  const { kind } = fields<{ kind: "number" | "share" | "times" | "count" }>({
    kind: literal("number", "share", "times", "count"),
  })(value, path);
  if (kind === "count") return { kind, ...fields<{ value: number }>({ value: finite })(value, path) };
  return { kind, ...fields<{ value: ViewNumber }>({ value: viewNumber })(value, path) };
};

const message = fields<Message>({ id: text, args: record(argument) });
const sentence = fields<Sentence>({
  tone: literal("good", "info", "warning", "error"),
  messages: list(message, 20),
});

const layerInfoReaders = {
  name: text,
  type: text,
  activation: nullable(text),
  inputShape: shape,
  outputShape: shape,
  parameters: count,
} satisfies { [Key in keyof LayerInfo]: Reader<LayerInfo[Key]> };

const training = fields<TrainingView>({
  kind: literal("training"),
  version: literal(1),
  runId: text,
  state: literal("running", "finished", "stopped", "diverged", "failed"),
  epochs: fields<TrainingView["epochs"]>({ done: count, planned: count }),
  steps: fields<TrainingView["steps"]>({ done: count, perEpoch: count }),
  metrics: list(
    fields<TrainingMetric>({
      name: text,
      measure: text,
      better: literal("lower", "higher"),
      train: numbers,
      validation: nullable(numbers),
    }),
    50,
  ),
  layers: list(fields<StripLayer>({ name: text, type: text, gradient: viewNumber }), 1_000),
  sentence: nullable(sentence),
  divergence: nullable(
    fields<Divergence>({
      step: count,
      epoch: count,
      layer: nullable(text),
      where: literal("activation", "loss", "gradient", "weights"),
    }),
  ),
});

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

const gradients: Reader<GradientsView> = (value, path) => {
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

const activation = fields<ActivationView>({
  kind: literal("activation"),
  version: literal(1),
  sentence,
  chosen: list(text, 5),
  functions: list(
    fields<ActivationCurve>({
      name: text,
      label: text,
      variants: list(
        fields<ActivationVariant>({
          alpha: nullable(finite),
          z: list(finite),
          value: numbers,
          slope: numbers,
          largestSlope: nullable(finite),
          saturated: list(pair(finite), 1_000),
        }),
        1_000,
      ),
      initial: count,
    }),
    200,
  ),
  layers: list(
    fields<PreActivations>({
      name: text,
      activation: text,
      units: count,
      edges: list(finite),
      shares: list(finite),
      saturatedShare: viewNumber,
      examples: count,
    }),
    1_000,
  ),
  layer: nullable(text),
});

const takes: Reader<readonly string[] | undefined> = (value, path) =>
  value === undefined ? undefined : list(text, 1_000)(value, path);

const summary = fields<SummaryView>({
  kind: literal("summary"),
  version: literal(1),
  name: text,
  layers: list(fields<SummaryLayer>({ ...layerInfoReaders, takes }), 1_000),
  totalParameters: count,
  trainableParameters: count,
  loss: nullable(text),
  optimizer: nullable(text),
});

const readers: { readonly [Kind in ViewKind]: Reader<Extract<View, { kind: Kind }>> } = {
  training,
  gradients,
  activation,
  summary,
};
