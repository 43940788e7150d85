// Models, their layers and their runs as they are listed: shapes, weights, and how the gradients of the newest training fare.

import { Layer } from "../../engine/layers/layer.ts";
import type { Parameter } from "../../engine/tensor.ts";
import type { Model } from "../../engine/training/model.ts";
import { Run } from "../../engine/training/run.ts";
import type { LayerTrace } from "../../engine/training/trace.ts";
import { gradientVerdict, layerSentence, layerVerdict, sentenceText, verdictSentence } from "../../insights/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { Tone } from "../../shared/views.ts";
import { askOwn, isMadeBy, valueAt } from "./plainReading.ts";
import { type Part, placedList, placeStep, type Reading } from "./reading.ts";
import type { ReadContext } from "./values.ts";

const counted = (value: number) => ({ count: { kind: "count", value } }) as const;

export function modelReading(model: Model<unknown>, context: ReadContext): Reading {
  const { word } = context;
  const layers = valueAt(model, "layers") as readonly Layer[];
  const run = runOf(model);
  const parameters = layers.reduce((sum, layer) => sum + weightsOf(layer).reduce((all, { size }) => all + size, 0), 0);
  const isBuilt = layers.some((layer) => shapeOf(layer, "outputShape") !== null);
  const part = (place: number): Part => {
    const layer = layers[place];
    return {
      step: placeStep(place),
      name: layer?.name || `[${place}]`,
      read: () => (layer === undefined ? missing : layerReading(layer, run, context)),
    };
  };
  return {
    kind: "model",
    type: "Model",
    value: [
      word("layers", counted(layers.length)),
      isBuilt ? word("parameters", counted(parameters)) : word("notBuilt"),
      ...(run === null ? [] : [verdictWords(run, context)]),
    ]
      .filter((text) => text !== "")
      .join(" · "),
    ...(run === null ? {} : judged(run, context)),
    parts: {
      fixed: run === null ? [] : [{ step: ":run", name: word("newestRun"), read: () => runReading(run, context) }],
      list: placedList(layers.length, part),
    },
  };
}

const missing: Reading = { kind: "nothing", type: "", value: "" };

/** `run`: the training whose numbers are told, where one is known. */
export function layerReading(layer: Layer, run: Run | null, context: ReadContext): Reading {
  const { word, read } = context;
  const weights = weightsOf(layer);
  const output = shapeOf(layer, "outputShape");
  const trace = run?.layers.find(({ name }) => name === layer.name) ?? null;
  const activation = valueAt(layer, "activation");
  const isFrozen = valueAt(layer, "trainable") === false;
  const count = weights.reduce((sum, { size }) => sum + size, 0);
  return {
    kind: "layer",
    type: typeOf(layer),
    shape: output === null ? null : [null, ...output],
    value: [
      ...(typeof activation === "string" ? [activation] : []),
      output === null ? word("notBuilt") : word("parameters", counted(count)),
      ...(isFrozen ? [word("frozen")] : []),
      ...(run === null || trace === null ? [] : [healthWords(run, trace, context)]),
    ]
      .filter((text) => text !== "")
      .join(" · "),
    ...(run === null || trace === null ? {} : layerJudgement(run, trace, context)),
    parts: {
      fixed: weights.map((weight) => ({ step: `.${weight.name}`, name: weight.name, read: () => read(weight) })),
      list: null,
    },
  };
}

export function runReading(run: Run, context: ReadContext): Reading {
  const { word, locale, read } = context;
  const { epochs, history, layers } = run;
  const loss = history[0]?.train.at(-1) ?? run.loss.at(-1);
  const layerPart = (trace: LayerTrace, place: number): Part => ({
    step: placeStep(place),
    name: trace.name,
    read: () => ({
      kind: "layer",
      type: trace.type,
      shape: trace.outputShape,
      value: [word("parameters", counted(trace.parameters)), healthWords(run, trace, context)]
        .filter((text) => text !== "")
        .join(" · "),
      ...layerJudgement(run, trace, context),
    }),
  });
  const field = (name: string, value: unknown): Part => ({ step: `.${name}`, name, read: () => read(value) });
  return {
    kind: "run",
    type: "Run",
    value: [
      word(run.state),
      word("epoch", { done: String(epochs.done), planned: String(epochs.planned) }),
      ...(loss === undefined ? [] : [word("loss", { value: formatNumber(toViewNumber(loss), { locale }) })]),
      ...(run.state === "diverged" ? [] : [verdictWords(run, context)]),
    ]
      .filter((text) => text !== "")
      .join(" · "),
    ...judged(run, context),
    parts: {
      fixed: [
        ...history.flatMap(({ name, train, validation }) => [
          { ...field(name, train), step: `:${name}` },
          ...(validation === null
            ? []
            : [{ ...field(name, validation), step: `:${name} validation`, name: `${name} (${word("validation")})` }]),
        ]),
        field("seed", run.seed),
        field("batchSize", run.batchSize),
        field("learningRate", run.learningRate),
      ],
      list: placedList(layers.length, (place) => {
        const trace = layers[place];
        return trace === undefined
          ? { step: placeStep(place), name: "", read: () => missing }
          : layerPart(trace, place);
      }),
    },
  };
}

function runOf(model: Model<unknown>): Run | null {
  const run = valueAt(model, "run");
  return isMadeBy(run, Run) ? run : null;
}

function weightsOf(layer: Layer): readonly Parameter[] {
  return askOwn(Layer, "weights", layer) as readonly Parameter[];
}

function shapeOf(layer: Layer, name: "inputShape" | "outputShape"): readonly number[] | null {
  return askOwn(Layer, name, layer) as readonly number[] | null;
}

function typeOf(layer: Layer): string {
  const type = valueAt(layer, "type");
  return typeof type === "string" ? type : "Layer";
}

/** The chart's verdict on a run: its tone, and the sentence itself. */
function judged(run: Run, { locale }: ReadContext): { readonly tone: Tone; readonly note: string } {
  const sentence = verdictSentence(run);
  return { tone: sentence.tone, note: sentenceText(sentence, locale) };
}

function layerJudgement(
  run: Run,
  trace: LayerTrace,
  { locale }: ReadContext,
): { readonly tone: Tone | null; readonly note: string | null } {
  if (trace.parameters === 0 || run.trace.steps.length === 0) return { tone: null, note: null };
  const sentence = layerSentence(run, trace);
  return { tone: sentence.tone, note: sentenceText(sentence, locale) };
}

function verdictWords(run: Run, { word }: ReadContext): string {
  switch (run.divergence === null ? gradientVerdict(run).kind : "notFinite") {
    case "vanishing":
      return word("runVanishing");
    case "exploding":
      return word("runExploding");
    case "notFinite":
      return word("runNotFinite");
    case "healthy":
    case "unknown":
      return "";
  }
}

function healthWords(run: Run, trace: LayerTrace, { word, locale }: ReadContext): string {
  if (trace.parameters === 0 || run.trace.steps.length === 0) return "";
  const newest = trace.series.meanAbs.at(-1) ?? null;
  const size = word("meanGradient", { value: formatNumber(toViewNumber(newest), { locale }) });
  switch (layerVerdict(run, trace)) {
    case "vanishing":
      return `${word("vanishing")}: ${size}`;
    case "exploding":
      return `${word("exploding")}: ${size}`;
    case "notFinite":
      return word("notFiniteGradient");
    case "healthy":
      return size;
    case "unknown":
      return newest === null ? "" : size;
  }
}
