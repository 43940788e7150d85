// chart.js set up our way: only what we draw with, no motion, no legend, no tooltip; axes in powers of ten; names at line ends; a cursor.

import {
  Chart,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
  type Scale,
} from "chart.js";
import { formatCount, formatNumber, superscript } from "../../src/shared/numbers.ts";
import type { Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { axisFontPx } from "./axisFont.ts";
import { spreadLabels } from "./labelSpread.ts";
import { linearTicks } from "./linearTicks.ts";
import { powersOfTen } from "./logTicks.ts";

Chart.register(Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement);
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.elements.point.radius = 0;
Chart.defaults.elements.line.borderWidth = 1.75;
Chart.defaults.elements.line.borderJoinStyle = "round";

/** A chart that is built again from `config` on each change of theme, and only then; new numbers go into `chart.data` in place. */
export interface ChartHolder {
  readonly chart: Chart;
  /** For what chart.js cannot change in place, such as the type of an axis. */
  rebuild(): void;
}

export function createCanvasChart(
  host: ViewHost,
  canvas: HTMLCanvasElement,
  config: (theme: Theme) => ChartConfiguration,
): ChartHolder {
  let chart: Chart | null = null;
  const build = (theme: Theme) => {
    chart?.destroy();
    chart = new Chart(canvas, config(theme));
  };
  host.onTheme(build);
  host.onEnd(() => chart?.destroy());
  return {
    get chart() {
      if (chart === null) throw new Error("A chart is drawn as soon as it is made; this one is not.");
      return chart;
    },
    rebuild: () => build(host.theme),
  };
}

export type AxisOptions = {
  readonly log?: boolean;
  readonly grid?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly locale: string;
};

/** A value axis: horizontal grid only, no box, powers of ten on a log axis. Text is 11 px and never rotated. */
export function axisOptions(theme: Theme, { log = false, grid = true, locale, ...range }: AxisOptions) {
  return {
    ...range,
    type: log ? ("logarithmic" as const) : ("linear" as const),
    border: { color: theme.colour("axis"), display: !grid },
    grid: {
      color: theme.colour("grid"),
      display: grid,
      drawTicks: !grid,
      tickLength: 4,
      tickColor: theme.colour("axis"),
    },
    ...(log ? { afterBuildTicks: buildPowerTicks } : grid ? { afterBuildTicks: buildLinearTicks } : {}),
    ticks: {
      color: theme.muted,
      font: axisFont(theme),
      padding: 4,
      maxRotation: 0,
      autoSkipPadding: 12,
      callback: (value: string | number) => (log ? powerLabel(Number(value)) : plainTick(Number(value), locale)),
    },
  };
}

export function axisFont(theme: Theme): { family: string; size: number } {
  return { family: theme.fontFamily, size: axisFontPx };
}

/** `1e-3` → `10⁻³`. */
function powerLabel(value: number): string {
  return `10${superscript(Math.round(Math.log10(value)))}`;
}

function plainTick(value: number, locale: string): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e5) return formatCount(value, locale);
  return formatNumber(value, { digits: 2, locale }).replace(/(\.\d*?)0+$/, "$1");
}

function buildPowerTicks(scale: Scale): void {
  const roomPx = scale.isHorizontal() ? scale.width / 44 : scale.height / 22;
  scale.ticks = powersOfTen(scale.min, scale.max, roomPx).map((value) => ({ value }));
}

/** Evenly, where chart.js would begin at the end of the axis and go on with multiples of another step: 1.5, 2, 2.4, 2.8. */
function buildLinearTicks(scale: Scale): void {
  scale.ticks = linearTicks(scale.min, scale.max, Math.floor(scale.height / 26)).map((value) => ({ value }));
}

/** A name at the end of a line. */
export interface EndLabel {
  readonly dataset: number;
  readonly text: string;
  readonly colour: string;
  /** The value of x that the name must not stand left of: something is drawn there. */
  readonly from?: number;
}

/** Names the lines at their ends, in their colours, spread so that none overlaps; they follow the lines while they grow. */
export function endLabelsPlugin(theme: Theme, labels: () => readonly EndLabel[]): Plugin {
  return {
    id: "endLabels",
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      const ends = labels().map((label) => ({ ...label, ...lineEnd(chart, label.dataset) }));
      const placed = spreadLabels(
        ends.map((end) => end.y),
        { gap: 14, top: chartArea.top + 5, bottom: chartArea.bottom - 5 },
      );
      ctx.save();
      ctx.font = `${axisFontPx}px ${theme.fontFamily}`;
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      ends.forEach((end, index) => {
        ctx.fillStyle = end.colour;
        const from = end.from === undefined ? end.x : (chart.scales.x?.getPixelForValue(end.from) ?? end.x);
        const x = Math.max(end.x, from);
        // A line that ends before the stretch that is shown has no end to be named at.
        if (x < chartArea.left - 1) return;
        ctx.fillText(end.text, Math.min(x, chartArea.right) + 8, placed[index] ?? end.y);
      });
      ctx.restore();
    },
  };
}

/** Where the last drawn point of a line is; where the line leaves the stretch that is shown, if it goes on beyond. */
function lineEnd(chart: Chart, dataset: number): { x: number; y: number } {
  const { left, right, bottom } = chart.chartArea;
  const points = chart.getDatasetMeta(dataset).data;
  let beyond: { x: number; y: number } | null = null;
  for (let index = points.length - 1; index >= 0; index--) {
    const point = points[index];
    const isDrawn = point !== undefined && Number.isFinite(point.y) && !("skip" in point && point.skip);
    if (isDrawn && point.x <= right) return beyond === null ? point : between(point, beyond, right);
    beyond = isDrawn ? point : null;
  }
  return beyond ?? { x: left, y: bottom };
}

/** The point at `x` on the straight line between two. */
function between(from: { x: number; y: number }, to: { x: number; y: number }, x: number): { x: number; y: number } {
  return { x, y: from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y) };
}

/** A vertical line at the value of x that `at` gives; none at `null`. */
export function cursorPlugin(theme: Theme, at: () => number | null): Plugin {
  return {
    id: "cursor",
    afterDatasetsDraw(chart) {
      const value = at();
      const scale = chart.scales.x;
      if (value === null || scale === undefined) return;
      // In high contrast the axes are as dark.
      const width = theme.highContrast ? 2 : 1;
      const x = Math.round(scale.getPixelForValue(value)) + (width % 2) / 2;
      const { ctx, chartArea } = chart;
      if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
      ctx.save();
      ctx.strokeStyle = theme.text;
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

/** The value of x under a place across the canvas, of the drawing's nearest edge where the place is beside it; `null` before the chart has axes. */
export function valueUnder({ scales: { x }, chartArea: { left, right } }: Chart, offsetPx: number): number | null {
  return x?.getValueForPixel(Math.min(right, Math.max(left, offsetPx))) ?? null;
}

/** Runs `use` while the charts of these canvases are drawn `scale` times as fine, for pictures; nothing is shown in between. */
export function atScale(canvases: Iterable<HTMLCanvasElement>, scale: number, use: () => void): void {
  const charts = [...canvases].flatMap((canvas) => Chart.getChart(canvas) ?? []);
  const resize = (ratio: number) => {
    for (const chart of charts) {
      chart.options.devicePixelRatio = ratio;
      chart.resize();
    }
  };
  resize(Math.max(scale, window.devicePixelRatio));
  try {
    use();
  } finally {
    // 0 lets chart.js ask the window again, which may be zoomed later.
    resize(0);
  }
}

let measuring: CanvasRenderingContext2D | null = null;

/** The width of axis text. */
export function textWidthPx(text: string, theme: Theme): number {
  measuring ??= document.createElement("canvas").getContext("2d");
  if (measuring === null) return text.length * 6;
  measuring.font = `${axisFontPx}px ${theme.fontFamily}`;
  return measuring.measureText(text).width;
}

export type { Chart, ChartConfiguration, Plugin };
