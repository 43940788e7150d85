// A training as a still picture: the loss and each metric by epoch, the best validation ringed, and where it stopped short.

import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { axisEpochs, bestValidation, breakPoint } from "../training/trainingScales.ts";
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
  place,
} from "./plotFrame.ts";
import { SvgDrawing, textWidthPx } from "./svgDrawing.ts";

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
    x: { low: 1, high: Math.max(2, axisEpochs(view)), log: false },
    y: (metric.better === "lower" ? lossAxis : axisOf)(lines.flatMap(({ values }) => values)),
  };
  drawTitle(drawing, { x: left + 12, y: top + 20 }, metric.name, metric.measure === metric.name ? "" : metric.measure);
  drawYAxis(drawing, frame, { locale });
  drawXAxis(drawing, frame, { unit: say("epoch"), locale });
  const ends: NamedEnd[] = lines.flatMap(({ name, values, stroke }) => {
    const at = drawSeries(drawing, frame, { x: epochs, y: values }, stroke);
    return at === null ? [] : [{ name, colour: stroke.colour, at }];
  });
  drawBreak(drawing, frame, { view, locale });
  drawBest(drawing, frame, { view, metric, epochs });
  nameEnds(drawing, frame, ends);
}

/** Stopped by the reader: dashed. Diverged or failed: a line, and where it was no number any more. */
function drawBreak(
  drawing: SvgDrawing,
  frame: PlotFrame,
  { view, locale }: { readonly view: TrainingView; readonly locale: Locale },
): void {
  const end = breakPoint(view);
  if (end === null) return;
  const colour = drawing.theme.colour(end.kind === "diverged" ? "error" : "neutral");
  const [top, bottom] = [frame.top, frame.top + frame.height];
  const { x } = place(frame, end.epoch, frame.y.low);
  const dashes = end.kind === "stopped" ? [3, 3] : [];
  drawing.lines(
    [
      [
        { x, y: top },
        { x, y: bottom },
      ],
    ],
    { colour, widthPx: 1, dashes },
  );
  if (view.divergence === null) return;
  const args = { step: { kind: "count", value: view.divergence.step } } as const;
  const words = plainMessage(trainingWords, { id: "notFiniteAt", args }, locale);
  const isLeft = x + 8 + textWidthPx(words, 11) > frame.left + frame.width;
  const at = { x: isLeft ? x - 6 : x + 6, y: top + 12 };
  drawing.text(words, at, { colour, sizePx: 11, anchor: isLeft ? "end" : "start" });
}

function drawBest(
  drawing: SvgDrawing,
  frame: PlotFrame,
  {
    view,
    metric,
    epochs,
  }: { readonly view: TrainingView; readonly metric: TrainingMetric; readonly epochs: readonly number[] },
): void {
  const best = bestValidation(metric);
  if (best === null || metric.train.length < 3 || view.state === "diverged") return;
  const { x, y } = place(frame, epochs[best.epoch - 1] ?? best.epoch, best.value);
  const ring = `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`;
  drawing.path(ring, { stroke: { colour: drawing.theme.colour("validation"), widthPx: 1.5 } });
}
