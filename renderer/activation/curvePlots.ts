// The three drawings of the activation view on one x axis: f, f′, and how a trained layer's z is spread. Zones run through all of them.

import { formatChosen, formatShare } from "../../src/shared/numbers.ts";
import { runDash } from "../card/runKey.ts";
import {
  axisOptions,
  type ChartConfiguration,
  createCanvasChart,
  cursorPlugin,
  endLabelsPlugin,
  textWidthPx,
  valueUnder,
} from "../charts/chartSetup.ts";
import { linearTicks } from "../charts/linearTicks.ts";
import type { Theme } from "../theme.ts";
import type { Range } from "../time/timeZoom.ts";
import type { ViewHost } from "../viewHost.ts";
import { activationWords } from "../words/activationWords.ts";
import type { Choices, ChosenCurve } from "./choices.ts";
import { type Bars, barsPlugin, tangentsPlugin, zonesPlugin } from "./curvePlugins.ts";
import { shownPart, shownRange } from "./curveRange.ts";
import { cutFor, shadedZones, spanOf, type Zones } from "./readCurve.ts";

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
    zAt: (offsetPx) => valueUnder(holder.chart, offsetPx),
  };
}

export function zonesOf(choices: Choices): Zones | null {
  return shadedZones(choices.view, choices.chosen, choices.layer, (curve) => choices.variantOf(curve));
}

/** "tanh saturated", and shorter "saturated". */
export function zoneNames(host: ViewHost, { label }: Zones): readonly string[] {
  return [host.wordIn(activationWords, "zone", { activation: label }), host.wordIn(activationWords, "zoneShort")];
}

function barsOf(choices: Choices): Bars | null {
  const { layer } = choices;
  return layer === null ? null : { layer, zones: zonesOf(choices), highest: null };
}

function configuration(host: ViewHost, theme: Theme, options: PlotOptions): ChartConfiguration {
  const { kind, choices, isLowest } = options;
  const [from, to] = shownRange(choices());
  const labels = choices().chosen.map(({ curve }) => curve.label);
  const right = Math.max(0, ...labels.map((label) => textWidthPx(label, theme))) + 12;
  const x = axisOptions(theme, { grid: false, min: from, max: to, locale: host.locale });
  const lowest = isLowest();
  return {
    type: "line",
    data: {
      datasets:
        kind === "histogram" ? [] : choices().chosen.map((curve) => line(theme, curve, { kind, range: [from, to] })),
    },
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
      zonesPlugin(theme, {
        zones: () => zonesOf(choices()),
        names: kind === "value" ? (zones) => zoneNames(host, zones) : null,
      }),
      ...(kind === "histogram"
        ? [barsPlugin(theme, () => barsOf(choices()))]
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

/** The axis of small multiples: it holds f and f′ of all chosen functions. */
export function valueAxis(host: ViewHost, theme: Theme, choices: Choices) {
  return yAxis(host, theme, { kind: "value", choices, alsoSlopes: true });
}

function yAxis(
  host: ViewHost,
  theme: Theme,
  {
    kind,
    choices,
    alsoSlopes = false,
  }: { readonly kind: CurveKind; readonly choices: Choices; readonly alsoSlopes?: boolean },
) {
  const [min, max] =
    kind === "histogram"
      ? [0, Math.max(0.01, ...(choices.layer?.shares ?? [])) * 1.05]
      : valueSpan(choices, alsoSlopes ? ["value", "slope"] : [kind]);
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
      const ticks =
        kind === "slope"
          ? min < -1 || max > 2
            ? linearTicks(min, max, 5)
            : slopeTicks
          : kind === "value"
            ? valueTicks(min, max)
            : shareTicks(max);
      const inside = ticks.filter((value) => value >= min && value <= max);
      // Zoomed in, none of the usual places may be left.
      scale.ticks = (inside.length > 1 ? inside : linearTicks(min, max, 4)).map((value) => ({ value }));
    },
  };
}

function valueSpan(choices: Choices, kinds: readonly ("value" | "slope")[]): readonly [min: number, max: number] {
  const drawn = choices.chosen.flatMap(({ variant }) => kinds.map((kind) => ({ z: variant.z, series: variant[kind] })));
  const parts = drawn.map((part) => shownPart(part, shownRange(choices)).series);
  return spanOf(parts, cutFor(drawn, spans[kinds[0] ?? "value"]));
}

/** Round shares from 0, at most four. */
function shareTicks(max: number): readonly number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((size) => max / size < 4) ?? 0.5;
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => Number((index * step).toPrecision(3)));
}

/** Round numbers on both sides of zero, as many as fit; whole ones unless little is shown. */
export function ticksAroundZero(from: number, to: number, widthPx: number): readonly number[] {
  const sizes = [...(to - from <= 4 ? [0.1, 0.2, 0.5] : []), 1, 2, 3, 5, 6, 10, 20, 50];
  const step = sizes.find((size) => (to - from) / size <= widthPx / 44) ?? 100;
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toFixed(1)));
}

function valueTicks(min: number, max: number): readonly number[] {
  return max - min > 1.5
    ? [-1, 0, 1, 2]
    : [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].filter((value) => max - min < 0.8 || value % 0.5 === 0);
}

export function formatTick(value: number, locale: string): string {
  return formatChosen(value, locale);
}

function line(
  theme: Theme,
  { variant, slot }: ChosenCurve,
  { kind, range }: { readonly kind: "value" | "slope"; readonly range: Range },
): ChartConfiguration["data"]["datasets"][number] {
  return {
    type: "line",
    data: linePoints(shownPart({ z: variant.z, series: variant[kind] }, range)),
    borderColor: theme.runColour(slot),
    borderDash: runDash(slot),
    borderWidth: 2,
    clip: 0,
  };
}

/** Points of a sampled series; a kink or jump (the same z several times) and a value without number break the line. */
export function linePoints({ z, series }: ReturnType<typeof shownPart>): { x: number; y: number }[] {
  return z.flatMap((x, index) => {
    const value = series[index] ?? null;
    const point = { x, y: typeof value === "number" ? value : Number.NaN };
    return index > 0 && z[index - 1] === x ? [{ x, y: Number.NaN }, point] : [point];
  });
}
