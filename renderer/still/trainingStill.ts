// A training as a still picture: the loss and each metric by epoch.

import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { type TrainingWordId, trainingWords } from "../training/trainingWords.ts";
import type { Paper } from "./paper.ts";
import {
  axisOf,
  drawSeries,
  drawTitle,
  drawXAxis,
  drawYAxis,
  lossAxis,
  type NamedEnd,
  nameEnds,
  type PlotFrame,
} from "./plotFrame.ts";
import { SvgDrawing } from "./svgDrawing.ts";

const panelWidthPx = 380;
const panelHeightPx = 190;

export function trainingStill(view: TrainingView, { theme, locale }: Paper): SvgDrawing | null {
  if (view.epochs.done === 0 || view.metrics.length === 0) return null;
  const columns = Math.min(2, view.metrics.length);
  const drawing = new SvgDrawing(panelWidthPx * 2, panelHeightPx * Math.ceil(view.metrics.length / columns), theme);
  const widthPx = drawing.widthPx / columns;
  view.metrics.forEach((metric, index) => {
    const left = (index % columns) * widthPx;
    drawMetric(drawing, { left, top: Math.floor(index / columns) * panelHeightPx, widthPx }, { view, metric, locale });
  });
  return drawing;
}

function drawMetric(
  drawing: SvgDrawing,
  { left, top, widthPx }: { readonly left: number; readonly top: number; readonly widthPx: number },
  { view, metric, locale }: { readonly view: TrainingView; readonly metric: TrainingMetric; readonly locale: Locale },
): void {
  const say = (id: TrainingWordId) => plainMessage(trainingWords, { id, args: {} }, locale);
  const lines = [
    { name: say("train"), values: metric.train, stroke: { colour: drawing.theme.colour("train") } },
    {
      name: say("validation"),
      values: metric.validation ?? [],
      stroke: { colour: drawing.theme.colour("validation"), dashes: [5, 3] },
    },
  ].filter(({ values }) => values.length > 0);
  const epochs = view.keptEpochs ?? metric.train.map((_, index) => index + 1);
  const frame: PlotFrame = {
    left: left + 52,
    top: top + 34,
    width: widthPx - 52 - 90,
    height: panelHeightPx - 34 - 30,
    x: { low: epochs[0] ?? 1, high: Math.max(epochs.at(-1) ?? 1, (epochs[0] ?? 1) + 1), log: false },
    y: (metric.better === "lower" ? lossAxis : axisOf)(lines.flatMap(({ values }) => values)),
  };
  drawTitle(drawing, { x: left + 12, y: top + 20 }, metric.name, metric.measure === metric.name ? "" : metric.measure);
  drawYAxis(drawing, frame, { locale });
  drawXAxis(drawing, frame, { unit: say("epoch"), locale });
  const ends: NamedEnd[] = lines.flatMap(({ name, values, stroke }) => {
    const at = drawSeries(drawing, frame, { x: epochs, y: values }, stroke);
    return at === null ? [] : [{ name, colour: stroke.colour, at }];
  });
  nameEnds(drawing, frame, ends);
}
