// The three drawings of the activation view on one x axis: f, f′, and how a trained layer's z is spread. Zones run through all of them.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatShare } from "../../src/shared/numbers.ts";
import { runDash } from "../card/runKey.ts";
import {
  axisFontPx,
  axisOptions,
  type Chart,
  type ChartConfiguration,
  createCanvasChart,
  cursorPlugin,
  endLabelsPlugin,
  type Plugin,
  textWidthPx,
} from "../charts/chartSetup.ts";
import { fade, hatchPattern, type Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { activationWords } from "../words/activationWords.ts";
import type { Choices, ChosenCurve } from "./choices.ts";
import { isSaturated, rangeOf, shadedZones, spanOf, valueAt, type Zones } from "./readCurve.ts";

export type CurveKind = "value" | "slope" | "histogram";

const yAxisWidthPx = 44;
/** Steep functions are cut here, so that the others stay readable. */
const spans = { value: [-1.6, 2.6], slope: [-0.3, 1.3] } as const;
const slopeTicks = [0, 0.25, 0.5, 1];

export interface CurvePlot {
  draw(): void;
  /** The z under a place on the canvas. */
  zAt(offsetPx: number): number | null;
}

export interface PlotOptions {
  readonly kind: CurveKind;
  readonly canvas: HTMLCanvasElement;
  readonly choices: () => Choices;
  /** The lowest drawing carries the numbers of the shared axis. */
  readonly isLowest: () => boolean;
}

export function createCurvePlot(host: ViewHost, options: PlotOptions): CurvePlot {
  const holder = createCanvasChart(host, options.canvas, (theme) => configuration(host, theme, options));
  return {
    draw() {
      const { chart } = holder;
      const next = configuration(host, host.theme, options);
      chart.data.datasets = next.data.datasets;
      if (next.options !== undefined) chart.options = next.options;
      chart.update("none");
    },
    zAt(offsetPx) {
      const { x } = holder.chart.scales;
      const { left, right } = holder.chart.chartArea;
      return x === undefined ? null : (x.getValueForPixel(Math.min(right, Math.max(left, offsetPx))) ?? null);
    },
  };
}

/** The range of z that all three share. */
export function sharedRange(choices: Choices): readonly [from: number, to: number] {
  const [from, to] = rangeOf(choices.chosen.map(({ variant }) => variant));
  const edges = choices.layer?.edges ?? [];
  return [Math.min(from, edges[0] ?? from), Math.max(to, edges.at(-1) ?? to)];
}

export function zonesOf(choices: Choices): Zones | null {
  const curves = choices.chosen.map(({ curve }) => curve);
  return shadedZones(choices.view, curves, choices.layer, (curve) => choices.variantOf(curve));
}

function configuration(host: ViewHost, theme: Theme, options: PlotOptions): ChartConfiguration {
  const { kind, choices, isLowest } = options;
  const [from, to] = sharedRange(choices());
  const labels = choices().chosen.map(({ curve }) => curve.label);
  const right = Math.max(0, ...labels.map((label) => textWidthPx(label, theme))) + 12;
  const x = axisOptions(theme, { grid: false, min: from, max: to, locale: host.locale });
  const lowest = isLowest();
  return {
    type: "line",
    data: { datasets: kind === "histogram" ? [] : choices().chosen.map((curve) => line(theme, curve, kind)) },
    options: {
      events: [],
      layout: { autoPadding: false, padding: { right, top: 4 } },
      scales: {
        x: {
          ...x,
          ticks: {
            ...x.ticks,
            display: lowest,
            callback: (value) => (Number(value) === 0 ? "z = 0" : formatTick(Number(value), host.locale)),
          },
          afterFit: (axis) => {
            axis.height = lowest ? 20 : 6;
          },
          afterBuildTicks: (axis) => {
            axis.ticks = ticksAroundZero(from, to, axis.width).map((value) => ({ value }));
          },
        },
        y: yAxis(host, theme, { kind, choices: choices() }),
      },
    },
    plugins: [
      zonesPlugin(host, theme, { choices, named: kind === "value" }),
      ...(kind === "histogram"
        ? [barsPlugin(theme, choices)]
        : [
            endLabelsPlugin(theme, () =>
              choices().chosen.map(({ curve, slot }, dataset) => ({
                dataset,
                text: curve.label,
                colour: theme.runColour(slot),
              })),
            ),
          ]),
      cursorPlugin(theme, () => choices().z),
      ...(kind === "value" ? [tangentsPlugin(theme, choices)] : []),
    ],
  };
}

function yAxis(
  host: ViewHost,
  theme: Theme,
  { kind, choices }: { readonly kind: CurveKind; readonly choices: Choices },
) {
  const [min, max] =
    kind === "histogram"
      ? [0, Math.max(0.01, ...(choices.layer?.shares ?? [])) * 1.05]
      : spanOf(
          choices.chosen.map(({ variant }) => variant[kind]),
          spans[kind],
        );
  const axis = axisOptions(theme, { min, max, locale: host.locale });
  const callback = (value: string | number) =>
    kind === "histogram" ? formatShare(Number(value)) : formatTick(Number(value), host.locale);
  return {
    ...axis,
    ticks: { ...axis.ticks, callback, autoSkip: false },
    afterFit: (scale: { width: number }) => {
      scale.width = yAxisWidthPx;
    },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      const ticks = kind === "slope" ? slopeTicks : kind === "value" ? valueTicks(min, max) : shareTicks(max);
      scale.ticks = ticks.filter((value) => value >= min && value <= max).map((value) => ({ value }));
    },
  };
}

/** Round shares from 0, at most four. */
export function shareTicks(max: number): readonly number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((size) => max / size < 4) ?? 0.5;
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => Number((index * step).toPrecision(3)));
}

/** Whole numbers on both sides of zero, as many as fit. */
export function ticksAroundZero(from: number, to: number, widthPx: number): readonly number[] {
  const step = [1, 2, 3, 5, 6, 10, 20, 50].find((size) => (to - from) / size <= widthPx / 44) ?? 100;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, index) => (first + index) * step);
}

function valueTicks(min: number, max: number): readonly number[] {
  return max - min > 1.5
    ? [-1, 0, 1, 2]
    : [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].filter((value) => max - min < 0.8 || value % 0.5 === 0);
}

function formatTick(value: number, locale: string): string {
  return value.toLocaleString(locale).replace("-", "−");
}

function line(
  theme: Theme,
  { variant, slot }: ChosenCurve,
  kind: "value" | "slope",
): ChartConfiguration["data"]["datasets"][number] {
  return {
    type: "line",
    data: linePoints(variant.z, variant[kind]),
    borderColor: theme.runColour(slot),
    borderDash: runDash(slot),
    borderWidth: 2,
    clip: 0,
  };
}

/** Points of a sampled series; a jump (the same z twice) and a value without number break the line. */
export function linePoints(z: readonly number[], series: readonly ViewNumber[]): { x: number; y: number }[] {
  return z.flatMap((x, index) => {
    const value = series[index] ?? null;
    const point = { x, y: typeof value === "number" ? value : Number.NaN };
    return index > 0 && z[index - 1] === x ? [{ x, y: Number.NaN }, point] : [point];
  });
}

/** How far a tangent reaches to each side, in pixels. */
const tangentPx = 34;

/** At the reading line each function's tangent, and the point it touches. */
function tangentsPlugin(theme: Theme, choices: () => Choices): Plugin {
  return {
    id: "tangents",
    afterDatasetsDraw(chart) {
      const { x, y } = chart.scales;
      if (x === undefined || y === undefined) return;
      const { ctx, chartArea } = chart;
      const { z, chosen } = choices();
      const perZ = x.getPixelForValue(z + 1) - x.getPixelForValue(z);
      const perValue = y.getPixelForValue(0) - y.getPixelForValue(1);
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
      ctx.clip();
      for (const { variant, slot } of chosen) {
        const value = valueAt(variant.z, variant.value, z);
        const slope = valueAt(variant.z, variant.slope, z);
        if (typeof value !== "number" || typeof slope !== "number") continue;
        const at = { x: x.getPixelForValue(z), y: y.getPixelForValue(value) };
        const rise = (slope * perValue) / perZ;
        const reach = tangentPx / Math.hypot(1, rise);
        ctx.strokeStyle = theme.runColour(slot);
        ctx.lineWidth = 3;
        ctx.beginPath();
        ctx.moveTo(at.x - reach, at.y + reach * rise);
        ctx.lineTo(at.x + reach, at.y - reach * rise);
        ctx.stroke();
        ctx.fillStyle = theme.runColour(slot);
        ctx.strokeStyle = theme.page;
        ctx.lineWidth = 1.5;
        ctx.beginPath();
        ctx.arc(at.x, at.y, 4, 0, 2 * Math.PI);
        ctx.fill();
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}

/** Where a function loses the gradient: shaded and hatched through all drawings, so that the eye can follow down. */
function zonesPlugin(
  host: ViewHost,
  theme: Theme,
  { choices, named }: { readonly choices: () => Choices; readonly named: boolean },
): Plugin {
  return {
    id: "zones",
    beforeDatasetsDraw(chart) {
      const { x } = chart.scales;
      if (x === undefined) return;
      const { ctx, chartArea } = chart;
      const zones = zonesOf(choices());
      ctx.save();
      const places = (zones?.intervals ?? []).map(([from, to]) => {
        const left = Math.max(chartArea.left, x.getPixelForValue(from));
        return { left, width: Math.min(chartArea.right, x.getPixelForValue(to)) - left };
      });
      const hatch = hatchPattern(
        ctx,
        fade(theme.colour("warning"), theme.highContrast ? 0.65 : 0.26),
        theme.highContrast ? 12 : 8,
      );
      for (const { left, width } of places)
        for (const fill of [theme.colour("shade"), hatch]) {
          ctx.fillStyle = fill;
          ctx.fillRect(left, chartArea.top, width, chartArea.height);
        }
      const zero = Math.round(x.getPixelForValue(0)) + 0.5;
      ctx.strokeStyle = theme.colour("axis");
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(zero, chartArea.top);
      ctx.lineTo(zero, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
    afterDatasetsDraw(chart) {
      const zones = zonesOf(choices());
      const [first] = zones?.intervals ?? [];
      const { x } = chart.scales;
      if (!named || zones === null || first === undefined || x === undefined) return;
      drawZoneName(chart, theme, {
        text: host.wordIn(activationWords, "zone", { activation: zones.label }),
        left: x.getPixelForValue(first[0]),
      });
    },
  };
}

function drawZoneName(
  chart: Chart,
  theme: Theme,
  { text, left }: { readonly text: string; readonly left: number },
): void {
  const { ctx, chartArea } = chart;
  const width = textWidthPx(text, theme) + 8;
  const at = Math.max(chartArea.left + 4, Math.min(left + 4, chartArea.right - width - 4));
  ctx.save();
  ctx.font = `${axisFontPx}px ${theme.fontFamily}`;
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  ctx.fillStyle = theme.page;
  ctx.fillRect(at, chartArea.top + 4, width, 16);
  ctx.fillStyle = theme.colour("warning");
  ctx.fillText(text, at + 4, chartArea.top + 6);
  ctx.restore();
}

/** A bar for each interval of z, as wide as the interval; saturated ones hatched and outlined. */
function barsPlugin(theme: Theme, choices: () => Choices): Plugin {
  return {
    id: "bars",
    afterDatasetsDraw(chart) {
      const { layer } = choices();
      const { x, y } = chart.scales;
      if (layer === null || x === undefined || y === undefined) return;
      const zones = zonesOf(choices());
      const { ctx } = chart;
      const hatch = hatchPattern(ctx, theme.colour("warning"), 4);
      ctx.save();
      ctx.lineWidth = 1;
      layer.shares.forEach((share, index) => {
        const [from, to] = [layer.edges[index], layer.edges[index + 1]];
        if (from === undefined || to === undefined || share <= 0) return;
        const left = Math.round(x.getPixelForValue(from)) + 1;
        const width = Math.max(1, Math.round(x.getPixelForValue(to)) - left - 1);
        const top = y.getPixelForValue(share);
        const height = Math.max(1, y.getPixelForValue(0) - top);
        const saturated = isSaturated(zones, from, to);
        const ink = theme.highContrast ? theme.text : theme.colour("neutral");
        // High contrast outlines; a bar without room for an outline is filled, or it would not be seen.
        const outlined = saturated || (theme.highContrast && width > 3);
        ctx.strokeStyle = saturated ? theme.colour("warning") : ink;
        ctx.fillStyle = outlined ? theme.page : ink;
        ctx.fillRect(left, top, width, height);
        if (saturated) {
          ctx.fillStyle = hatch;
          ctx.fillRect(left, top, width, height);
        }
        if (width > 3) ctx.strokeRect(left + 0.5, top + 0.5, width - 1, Math.max(1, height - 1));
      });
      ctx.restore();
    },
  };
}
