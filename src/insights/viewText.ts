// Every view as plain text: what stands beside its picture in the file, is read in a terminal, and shown where nothing draws.

import { fromViewNumber, type ViewNumber } from "../shared/json.ts";
import { formatCount, formatNumber, formatShare } from "../shared/numbers.ts";
import type {
  ActivationCurve,
  ActivationView,
  GradientsRun,
  GradientsView,
  Sentence,
  SummaryLayer,
  SummaryView,
  TrainingView,
  View,
} from "../shared/views.ts";
import { insightWords } from "../shared/words/insightWords.ts";
import { type Argument, type Locale, plainMessage } from "../shared/words/message.ts";
import { type ViewTextWordId, viewTextWords } from "../shared/words/viewTextWords.ts";
import { type TextColumn, textTable } from "./textTable.ts";

/** Of many epochs only this many rows at the start and at the end are written. */
const epochRows = 3;
/** Where functions are read in the activation table. */
const readAt = [-2, 0, 2];

/** The `text/plain` version of a view. */
export function viewText(view: View, locale: Locale): string {
  switch (view.kind) {
    case "training":
      return trainingText(view, locale);
    case "gradients":
      return gradientsText(view, locale);
    case "activation":
      return activationText(view, locale);
    case "summary":
      return summaryText(view, locale);
  }
}

function word(id: ViewTextWordId, locale: Locale, args: Readonly<Record<string, Argument>> = {}): string {
  return plainMessage(viewTextWords, { id, args }, locale);
}

/** A sentence as one line of text. */
export function sentenceText(sentence: Sentence | null, locale: Locale): string {
  return (sentence?.messages ?? []).map((message) => plainMessage(insightWords, message, locale)).join(" ");
}

const left = (head: string): TextColumn => ({ head, align: "left" });
const right = (head: string): TextColumn => ({ head, align: "right" });

function trainingText(view: TrainingView, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const columns = [right(word("epoch", locale))];
  for (const { name: measured, validation } of view.metrics) {
    const name = measured === "loss" || measured === "accuracy" ? word(measured, locale) : measured;
    columns.push(right(name));
    if (validation !== null) columns.push(right(word("validation", locale, { name })));
  }
  const rowOf = (epoch: number) => [
    formatCount(epoch + 1, locale),
    ...view.metrics.flatMap(({ train, validation }) => [
      number(train[epoch]),
      ...(validation === null ? [] : [number(validation[epoch])]),
    ]),
  ];
  const epochs = view.metrics[0]?.train.map((_, epoch) => epoch) ?? [];
  const isLong = epochs.length > 2 * epochRows + 1;
  const rows = isLong
    ? [...epochs.slice(0, epochRows).map(rowOf), columns.map(() => "…"), ...epochs.slice(-epochRows).map(rowOf)]
    : epochs.map(rowOf);
  const head = word(view.state, locale, {
    done: { kind: "count", value: view.epochs.done },
    planned: { kind: "count", value: view.epochs.planned },
  });
  return paragraphs([head, rows.length === 0 ? "" : textTable(columns, rows), sentenceText(view.sentence, locale)]);
}

function gradientsText(view: GradientsView, locale: Locale): string {
  const tables = view.runs.map((run) => {
    const table = gradientsTable(run, locale);
    return view.runs.length === 1 ? table : `${run.name}\n${table}`;
  });
  return paragraphs([sentenceText(view.sentence, locale), ...tables]);
}

function gradientsTable(run: GradientsRun, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const at = (step: number | undefined) => word("meanAbsAt", locale, { step: { kind: "count", value: step ?? 0 } });
  const columns = [
    left(word("layer", locale)),
    left(word("shape", locale)),
    right(at(run.steps[0])),
    right(at(run.steps.at(-1))),
    right(word("updateRatio", locale)),
    right(word("activation", locale)),
  ];
  const rows = run.layers.map(({ name, inputShape, outputShape, series }) => [
    name,
    `${sampleShape(inputShape)} → ${sampleShape(outputShape)}`,
    number(series.meanAbs[0]),
    number(series.meanAbs.at(-1)),
    number(series.updateRatio.at(-1)),
    withDeviation(number(series.activationMean.at(-1)), number(series.activationStd.at(-1))),
  ]);
  return textTable(columns, rows);
}

function withDeviation(mean: string, deviation: string): string {
  return mean === "–" ? mean : `${mean} ± ${deviation}`;
}

/** Without the batch axis; one size stands alone. */
function sampleShape(shape: readonly (number | null)[]): string {
  return shape.slice(1).join(" × ") || "1";
}

function activationText(view: ActivationView, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const columns = [
    left(word("function", locale)),
    ...readAt.map((z) => right(word("valueAt", locale, { z: formatZ(z) }))),
    ...readAt.map((z) => right(word("slopeAt", locale, { z: formatZ(z) }))),
    right(word("largestSlope", locale)),
    left(word("saturatedWhere", locale)),
  ];
  const chosen = view.functions.filter(({ name }) => view.chosen.includes(name));
  const rows = chosen.map((curve) => {
    const variant = curve.variants[curve.initial];
    const bound = variant?.largestSlope ?? null;
    return [
      labelOf(curve),
      ...readAt.map((z) => number(valueNear(curve, z, "value"))),
      ...readAt.map((z) => number(valueNear(curve, z, "slope"))),
      bound === null ? word("unbounded", locale) : number(bound),
      (variant?.saturated ?? []).map(([from, to]) => `${formatZ(from)} … ${formatZ(to)}`).join(", ") ||
        word("nowhere", locale),
    ];
  });
  const layers = view.layers
    .filter(({ name }) => name === view.layer)
    .map(({ name, activation, saturatedShare, examples }) =>
      word("histogram", locale, {
        layer: name,
        activation,
        share: formatShare(saturatedShare),
        examples: { kind: "count", value: examples },
      }),
    );
  return paragraphs([sentenceText(view.sentence, locale), textTable(columns, rows), ...layers]);
}

function labelOf(curve: ActivationCurve): string {
  const alpha = curve.variants[curve.initial]?.alpha ?? null;
  return alpha === null ? curve.label : `${curve.label} (α ${alpha})`;
}

/** The sampled value at z; at a jump the one from the right. */
function valueNear(curve: ActivationCurve, z: number, which: "value" | "slope"): ViewNumber | undefined {
  const variant = curve.variants[curve.initial];
  const index = variant?.z.findLastIndex((each) => Math.abs(each - z) < 1e-6) ?? -1;
  const value = variant?.[which][index];
  const read = value === undefined ? null : fromViewNumber(value);
  return read !== null && Math.abs(read) < 1e-8 ? 0 : value;
}

function formatZ(z: number): string {
  return String(z).replace("-", "−");
}

function summaryText(view: SummaryView, locale: Locale): string {
  const isGraph = view.layers.some(({ takes }) => takes !== undefined);
  const columns = [
    left(word("layer", locale)),
    left(word("type", locale)),
    left(word("outputShape", locale)),
    right(word("weights", locale)),
    ...(isGraph ? [left(word("takes", locale))] : []),
  ];
  const rows = view.layers.map(({ name, type, activation, outputShape, takes = [], ...counts }) => [
    name,
    activation === null || activation === "linear" || activation === type ? type : `${type}, ${activation}`,
    outputShape.length === 0 ? "?" : `[${outputShape.map((size) => size ?? "batch").join(", ")}]`,
    outputShape.length === 0 ? "?" : weightsText(counts, locale),
    ...(isGraph ? [takes.join(", ")] : []),
  ]);
  const isKnown = view.layers.every(({ outputShape }) => outputShape.length > 0);
  const total = isKnown
    ? word("totalWeights", locale, {
        total: { kind: "count", value: view.totalParameters },
        trainable: { kind: "count", value: view.trainableParameters },
      })
    : word("shapesUnknown", locale);
  const compiled =
    view.loss === null || view.optimizer === null
      ? word("notCompiled", locale)
      : word("compiledWith", locale, { loss: view.loss, optimizer: view.optimizer });
  return paragraphs([`${word("model", locale)} "${view.name}"`, textTable(columns, rows), `${total}\n${compiled}`]);
}

/** "16 (8 trainable)"; one number where training changes all. */
function weightsText(
  { parameters, trainable }: Pick<SummaryLayer, "parameters" | "trainable">,
  locale: Locale,
): string {
  if (trainable === undefined) return formatCount(parameters, locale);
  return word("someTrainable", locale, {
    count: { kind: "count", value: parameters },
    trainable: { kind: "count", value: trainable },
  });
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
