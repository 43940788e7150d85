// Marks on a training chart: the best validation value ringed, where the training stopped, and what was never reached hatched.

import { epochAt } from "../../src/shared/keptEpochs.ts";
import { formatCount, formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import { axisFontPx } from "../charts/axisFont.ts";
import { type Chart, type Plugin, textWidthPx } from "../charts/chartSetup.ts";
import { type Area, freeRow, type PlacedLabel, placeLabel } from "../charts/labelPlace.ts";
import { fade, hatchPattern, type Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { bestValidation, breakPoint } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

interface MarkedMetric {
  readonly host: ViewHost;
  readonly theme: Theme;
  view(): TrainingView;
  metric(): TrainingMetric;
}

export function metricMarksPlugin(marked: MarkedMetric): Plugin {
  return {
    id: "metricMarks",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.font = `${axisFontPx}px ${marked.theme.fontFamily}`;
      drawBreak(chart, marked);
      drawBest(chart, marked);
      ctx.restore();
    },
  };
}

/** Stopped by the reader: a dashed line. Diverged or failed: the rest is hatched, because nothing of it exists. */
function drawBreak(chart: Chart, { host, theme, view }: MarkedMetric): void {
  const at = breakPoint(view());
  const scale = chart.scales.x;
  if (at === null || scale === undefined) return;
  const { ctx, chartArea } = chart;
  const { top, bottom, right } = chartArea;
  const place = Math.round(scale.getPixelForValue(at.epoch)) + 0.5;
  if (place > right + 1) return;
  const x = Math.max(chartArea.left, place);
  const colour = theme.colour(at.kind === "diverged" ? "error" : "neutral");
  if (at.kind !== "stopped") {
    ctx.fillStyle = hatchPattern(ctx, fade(colour, 0.5), 7);
    ctx.fillRect(x, top, Math.max(0, right - x), bottom - top);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.setLineDash(at.kind === "stopped" ? [3, 3] : []);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  ctx.setLineDash([]);
  const divergence = view().divergence;
  if (divergence === null) return;
  const text = host.wordIn(trainingWords, "notFiniteAt", { step: { kind: "count", value: divergence.step } });
  const width = textWidthPx(text, theme) + 8;
  const left = x + 5 + width > right ? Math.max(chartArea.left, x - 5 - width) : x + 5;
  ctx.fillStyle = theme.page;
  ctx.fillRect(left, top + 4, width, 17);
  ctx.fillStyle = colour;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(text, left + 4, top + 13);
}

/**
 * The ring stands from the start; its words only after the end, when it can no longer move: beside it, or
 * where no line goes. Where there is no such place the ring stands alone.
 */
function drawBest(chart: Chart, { host, theme, view, metric }: MarkedMetric): void {
  const found = bestValidation(metric());
  const best = found && { ...found, epoch: epochAt(view(), found.epoch - 1) };
  const xScale = chart.scales.x;
  const yScale = chart.scales.y;
  const epochs = epochAt(view(), metric().train.length - 1);
  if (
    best === null ||
    metric().train.length < 3 ||
    xScale === undefined ||
    yScale === undefined ||
    view().state === "diverged"
  )
    return;
  const { ctx, chartArea } = chart;
  const x = xScale.getPixelForValue(best.epoch);
  if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
  const y = yScale.getPixelForValue(best.value);
  ctx.strokeStyle = theme.colour("validation");
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.arc(x, y, ringPx, 0, 2 * Math.PI);
  ctx.stroke();
  const value = formatNumber(best.value, { locale: host.locale });
  // Where the line ends with the same number, its own name says it.
  const last = formatNumber(metric().validation?.at(-1), { locale: host.locale });
  if (view().state === "running" || best.epoch === epochs || value === last) return;
  const text = host.wordIn(trainingWords, "best", {
    value,
    epoch: formatCount(best.epoch, host.locale),
  });
  const lines = [0, 1].map((dataset) => chart.getDatasetMeta(dataset).data.filter(({ y: at }) => Number.isFinite(at)));
  // Beyond the last point stand the names of the lines.
  const free = { ...chartArea, right: xScale.getPixelForValue(epochs) };
  const widthPx = textWidthPx(text, theme);
  const beside = placeLabel({ x, y }, widthPx, free, lines);
  if (beside !== null) drawWay(ctx, { x, y }, beside);
  const place = beside ?? emptyRow(widthPx, free, lines);
  if (place === null) return;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  // A page-coloured rim keeps the words readable where they stand on the grid.
  ctx.strokeStyle = theme.page;
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  const middle = place.top + rowHeightPx / 2;
  ctx.strokeText(text, place.left, middle);
  ctx.fillStyle = theme.colour("validation");
  ctx.fillText(text, place.left, middle);
}

const ringPx = 4;
const rowHeightPx = 14;

/** From a ring to the words beside it. */
function drawWay(ctx: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, place: PlacedLabel): void {
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, place.above ? y - ringPx - 1 : y + ringPx + 1);
  ctx.lineTo(x, place.above ? place.bottom : place.top);
  ctx.stroke();
}

/** A row at the right or the left that no line crosses, from the top down. */
function emptyRow(
  widthPx: number,
  free: Area,
  lines: readonly (readonly { x: number; y: number }[])[],
): { readonly left: number; readonly top: number } | null {
  const top = free.top + 4;
  const firsts = [free.right - widthPx - 4, free.left + 8]
    .filter((left) => left >= free.left && left + widthPx <= free.right)
    .map((left) => ({ left, right: left + widthPx, top, bottom: top + rowHeightPx }));
  const row = freeRow(firsts, free.bottom - 4, lines);
  return row === null || row.crossings > 0 ? null : row;
}
