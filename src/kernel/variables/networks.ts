// Models, their layers and their runs as they are listed: shapes, weights, and how the gradients of the newest training fare.

import { Layer } from "../../engine/layers/layer.ts";
import type { Parameter } from "../../engine/tensor.ts";
import type { Model } from "../../engine/training/model/model.ts";
import { Run } from "../../engine/training/run.ts";
import type { LayerTrace } from "../../engine/training/trace/trace.ts";
import { toneOfVerdict } from "../../insights/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { LayerReport, RunReport } from "../../shared/layerReport.ts";
import { formatNumber } from "../../shared/numbers.ts";
import type { Tone } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
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
      ...(run === null ? [] : [verdictWords(context.reportOf(run), context)]),
    ]
      .filter((text) => text !== "")
      .join(" · "),
    tone: run === null ? null : toneOf(context.reportOf(run)),
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
  const report = run === null ? null : layerReportOf(context.reportOf(run), layer.name);
  const activation = valueAt(layer, "activation");
  const isFrozen = askOwn(Layer, "trainable", layer) === false;
  const count = weights.reduce((sum, { size }) => sum + size, 0);
  return {
    kind: "layer",
    type: typeOf(layer),
    shape: output === null ? null : [null, ...output],
    value: [
      ...(typeof activation === "string" ? [activation] : []),
      output === null ? word("notBuilt") : word("parameters", counted(count)),
      ...(isFrozen ? [word("frozen")] : []),
      healthWords(report, context),
    ]
      .filter((text) => text !== "")
      .join(" · "),
    ...layerJudgement(report, context),
    parts: {
      fixed: weights.map((weight) => ({ step: `.${weight.name}`, name: weight.name, read: () => read(weight) })),
      list: null,
    },
  };
}

export function runReading(run: Run, context: ReadContext): Reading {
  const { word, locale, read } = context;
  const { epochs, history, layers } = run;
  const report = context.reportOf(run);
  const loss = history[0]?.train.at(-1) ?? run.loss.at(-1);
  const layerPart = (trace: LayerTrace, place: number): Part => ({
    step: placeStep(place),
    name: trace.name,
    read: () => ({
      kind: "layer",
      type: trace.type,
      shape: trace.outputShape,
      value: [word("parameters", counted(trace.parameters)), healthWords(layerReportOf(report, trace.name), context)]
        .filter((text) => text !== "")
        .join(" · "),
      ...layerJudgement(layerReportOf(report, trace.name), context),
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
      ...(run.state === "diverged" ? [] : [verdictWords(report, context)]),
    ]
      .filter((text) => text !== "")
      .join(" · "),
    tone: toneOf(report),
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

function layerReportOf(report: RunReport | null, name: string): LayerReport | null {
  return report?.layers.find(({ layer }) => layer.name === name) ?? null;
}

function toneOf(report: RunReport | null): Tone | null {
  if (report?.state === "diverged") return "error";
  return report && toneOfVerdict(report.verdict);
}

/** The chart's verdict on a layer. */
function layerJudgement(
  report: LayerReport | null,
  { locale }: ReadContext,
): { readonly tone: Tone | null; readonly note: string | null } {
  const sentence = report?.sentence ?? null;
  return { tone: sentence?.tone ?? null, note: sentence === null ? null : sentenceText(sentence, locale) };
}

function verdictWords(report: RunReport | null, { word }: ReadContext): string {
  switch (report?.verdict.kind) {
    case "vanishing":
      return word("runVanishing");
    case "exploding":
      return word("runExploding");
    case "notFinite":
      return word("runNotFinite");
    case "healthy":
    case "unknown":
    case undefined:
      return "";
  }
}

/** The size of the newest gradient, after what its sentence says of it. */
function healthWords(report: LayerReport | null, { word, locale }: ReadContext): string {
  if (report === null || report.sentence === null) return "";
  const newest = report.rows.find(({ measure }) => measure === "meanAbs")?.last ?? null;
  const size = newest === null ? "" : word("meanGradient", { value: formatNumber(newest, { locale }) });
  const said = report.sentence.messages.map(({ id }) => id);
  const isSaid = (...beginnings: readonly string[]) =>
    said.some((id) => beginnings.some((beginning) => id.startsWith(beginning)));
  if (isSaid("layerNotFinite")) return word("notFiniteGradient");
  if (isSaid("layerVanishes", "layerGetsNothing")) return [word("vanishing"), size].filter(Boolean).join(": ");
  return isSaid("layerExplodes") ? [word("exploding"), size].filter(Boolean).join(": ") : size;
}
