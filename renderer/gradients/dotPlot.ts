// The dot plot: a row a layer, a line a run, on a log axis; behind it the usual range of all steps and the slope's bound.

import type { GradientsRun } from "../../src/shared/views.ts";
import { createRunKey, referenceDash, runDash, runPoint } from "../card/runKey.ts";
import {
  axisOptions,
  type Chart,
  type ChartConfiguration,
  type ChartHolder,
  createCanvasChart,
  type Plugin,
} from "../charts/chartSetup.ts";
import { element } from "../dom.ts";
import { fade, type Theme } from "../theme.ts";
import { listenForZoomPointer, type TakeZoom, takeZoomKey } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { gradientWords } from "../words/gradientWords.ts";
import type { LayerRow } from "./alignLayers.ts";
import { boundLine, isGradient, type Measure, markOf, usualRange } from "./measures.ts";

export const rowHeightPx = 24;
const axisHeightPx = 24;
const sidePx = { left: 12, right: 16 };

export interface DotState {
  readonly runs: readonly GradientsRun[];
  /** Per run, whether the reader sees it. */
  readonly shown: readonly boolean[];
  readonly rows: readonly LayerRow[];
  readonly measure: Measure;
  readonly step: number;
  /** Per run, the index of its newest record at this step; -1 before its first. */
  readonly records: readonly number[];
  readonly chosenRow: number | null;
  /** What the log axis goes from and to. */
  readonly axis: readonly [min: number, max: number];
}

export interface DotPlot {
  readonly node: HTMLElement;
  /** Draws the state of the moment; `state` is asked again on a change of theme. */
  draw(): void;
}

export interface DotPlotOptions {
  readonly state: () => DotState;
  /** Puts the node into the page: chart.js finds its size only there. */
  readonly place: (node: HTMLElement) => void;
  /** The reader zooms the axis, around a value of it or its middle, or moves it. */
  readonly zoomed: TakeZoom;
}

export function createDotPlot(host: ViewHost, { state, place, zoomed }: DotPlotOptions): DotPlot {
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const marks = element("div", { class: "dotMarks", "aria-hidden": "true" });
  const node = element("div", { class: "plot dots" }, canvas, marks);
  const size = () => {
    node.style.height = `${state().rows.length * rowHeightPx + axisHeightPx}px`;
  };
  size();
  place(node);
  const holder: ChartHolder = createCanvasChart(host, canvas, (theme) => configuration(host, theme, state));
  const label = () => {
    const { measure, rows, step } = state();
    const args = {
      measure: host.wordIn(gradientWords, measure),
      layers: { kind: "count", value: rows.length },
      step: { kind: "count", value: step },
    } as const;
    canvas.setAttribute("aria-label", host.wordIn(gradientWords, "dotsLabel", args));
    marks.replaceChildren(
      ...(isRecorded(state())
        ? wordMarks(state())
        : [element("span", { class: "dotsEmpty" }, host.wordIn(gradientWords, "notRecorded"))]),
    );
  };
  label();
  canvas.addEventListener("keydown", (event) => takeZoomKey(event, zoomed));
  listenForZoomPointer(canvas, {
    take: zoomed,
    valueAt: (offsetPx) => holder.chart.scales.x?.getValueForPixel(offsetPx) ?? undefined,
    // Moving all that there is to see is nothing.
    isZoomed: () => true,
  });
  return {
    node,
    draw() {
      size();
      const { chart } = holder;
      const next = configuration(host, host.theme, state);
      chart.data.datasets = next.data.datasets;
      const { x, y } = chart.options.scales ?? {};
      if (x !== undefined) [x.min, x.max] = state().axis;
      if (y !== undefined) y.max = state().rows.length - 0.5;
      chart.update("none");
      label();
    },
  };
}

function configuration(host: ViewHost, theme: Theme, state: () => DotState): ChartConfiguration {
  const { rows, axis } = state();
  const [min, max] = axis;
  const x = axisOptions(theme, { log: true, min, max, locale: host.locale });
  return {
    type: "line",
    data: { datasets: [...lines(theme, state()), ...bounds(theme, state())] },
    options: {
      indexAxis: "y",
      events: [],
      layout: { autoPadding: false, padding: sidePx },
      scales: {
        y: { type: "linear", reverse: true, min: -0.5, max: rows.length - 0.5, display: false },
        x: {
          ...x,
          afterFit: (axis) => {
            axis.height = axisHeightPx;
          },
        },
      },
    },
    plugins: [chosenRowPlugin(theme, state), usualRangePlugin(theme, state)],
  };
}

type Datasets = ChartConfiguration["data"]["datasets"];

function lines(theme: Theme, { runs, shown, rows, measure, records, chosenRow }: DotState): Datasets {
  return runs.flatMap((_, index) => {
    if (!shown[index]) return [];
    const colour = theme.runColour(index);
    const open = runPoint(index) === "crossRot";
    // A row that is not in this run's net is no gap in its line; a number that no log axis can hold is.
    const own = rows.flatMap((row, y) => (row.layers[index] == null ? [] : [{ layer: row.layers[index], y }]));
    return {
      type: "line" as const,
      data: own.map(({ layer, y }) => {
        const mark = markOf(layer.series[measure][records[index] ?? -1]);
        return { x: mark.kind === "point" ? mark.value : Number.NaN, y };
      }),
      borderColor: colour,
      borderDash: runDash(index),
      borderWidth: 1.5,
      pointStyle: runPoint(index),
      // One number for all where it can be: chart.js asks each of hundreds of points for its own otherwise.
      pointRadius: chosenRow === null ? 4 : own.map(({ y }) => (y === chosenRow ? 6.5 : 4)),
      pointBackgroundColor: colour,
      pointBorderColor: open ? colour : theme.page,
      pointBorderWidth: open ? 2 : 1.5,
      clip: false as const,
    };
  });
}

function bounds(theme: Theme, { runs, shown, rows, measure, records }: DotState): Datasets {
  if (!isGradient(measure)) return [];
  return runs.flatMap((run, index) => {
    if (!shown[index]) return [];
    const layers = rows.map((row) => row.layers[index] ?? null);
    const output = layers.findLast((layer) => layer !== null)?.series[measure][records[index] ?? -1] ?? null;
    const values = boundLine(run.slopeBound, layers, output);
    if (values.length === 0) return [];
    return [
      {
        type: "line" as const,
        data: values.flatMap((value, y) => (value === null ? [] : [{ x: value, y }])),
        borderColor: theme.colour("neutral"),
        borderDash: [...referenceDash],
        borderWidth: 1,
        pointRadius: 0,
        clip: 0 as const,
      },
    ];
  });
}

function chosenRowPlugin(theme: Theme, state: () => DotState): Plugin {
  return {
    id: "chosenRow",
    beforeDatasetsDraw(chart) {
      const { chosenRow } = state();
      if (chosenRow === null) return;
      const { ctx, chartArea } = chart;
      const top = chartArea.top + chosenRow * rowHeightPx;
      ctx.save();
      ctx.fillStyle = theme.colour("shade");
      ctx.fillRect(chartArea.left - sidePx.left, top, chartArea.width + sidePx.left + sidePx.right, rowHeightPx);
      ctx.restore();
    },
  };
}

/** Pale bars behind the dots. One or two runs share the row's middle; more of them stand below each other. */
function usualRangePlugin(theme: Theme, state: () => DotState): Plugin {
  return {
    id: "usualRange",
    beforeDatasetsDraw(chart) {
      const { runs, shown, rows, measure } = state();
      const stacked = runs.length > 2;
      const thickness = stacked ? 3 : 8;
      rows.forEach((row, y) => {
        const middle = chart.chartArea.top + (y + 0.5) * rowHeightPx;
        runs.forEach((_, index) => {
          const layer = shown[index] ? (row.layers[index] ?? null) : null;
          const range = layer === null ? null : usualRange(layer.series[measure]);
          if (range === null) return;
          const offset = stacked ? (index - (runs.length - 1) / 2) * 4 : 0;
          const top = Math.round(middle + offset - thickness / 2);
          drawRange(chart, theme, { range, top, thickness, colour: theme.runColour(index) });
        });
      });
    },
  };
}

function drawRange(
  chart: Chart,
  theme: Theme,
  {
    range,
    top,
    thickness,
    colour,
  }: { range: readonly [number, number]; top: number; thickness: number; colour: string },
): void {
  const { x: scale } = chart.scales;
  if (scale === undefined) return;
  const { ctx, chartArea } = chart;
  const place = (value: number) =>
    Math.min(chartArea.right, Math.max(chartArea.left, scale.getPixelForValue(Math.max(scale.min, value))));
  // Nothing of what lies beside the part of the axis that is shown.
  if (range[1] < scale.min || range[0] > scale.max) return;
  const left = Math.round(place(range[0]));
  const width = Math.max(1, Math.round(place(range[1])) - left);
  ctx.save();
  if (theme.highContrast && thickness <= 3) {
    // Outlines of bars so thin would run together: a line from end mark to end mark.
    ctx.fillStyle = colour;
    ctx.fillRect(left, top + 1, width, 1);
    for (const end of [left, left + width - 1]) ctx.fillRect(end, top, 1, thickness);
  } else if (theme.highContrast) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.strokeRect(left + 0.5, top + 0.5, Math.max(1, width - 1), thickness - 1);
  } else {
    ctx.fillStyle = fade(colour, 0.26);
    ctx.fillRect(left, top, width, thickness);
  }
  ctx.restore();
}

/** Is there any number of the measure, at any step? */
function isRecorded({ rows, measure }: DotState): boolean {
  return rows.some((row) => row.layers.some((layer) => layer?.series[measure].some((value) => value !== null)));
}

/** What no log axis can hold stands as a word in its row: zero at the left end, NaN and infinity at the right one. */
function wordMarks({ runs, shown, rows, measure, records }: DotState): readonly HTMLElement[] {
  return rows.flatMap((row, y) => {
    const words = runs.flatMap((_, index) => {
      if (!shown[index]) return [];
      const mark = markOf(row.layers[index]?.series[measure][records[index] ?? -1]);
      if (mark.kind === "zero") return [{ index, word: "0", end: "low" }];
      return mark.kind === "notFinite" ? [{ index, word: mark.word, end: "high" }] : [];
    });
    return ["low", "high"].flatMap((end) => {
      const here = words.filter((word) => word.end === end);
      if (here.length === 0) return [];
      const node = element(
        "span",
        { class: `dotMark ${end}` },
        ...here.map(({ index, word }) => (runs.length > 1 ? createRunKey(index, word) : element("span", {}, word))),
      );
      node.style.top = `${y * rowHeightPx}px`;
      return [node];
    });
  });
}
