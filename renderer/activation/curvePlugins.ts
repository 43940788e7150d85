// What is drawn over and under the curves: saturated zones, tangents at the reading line, a trained layer's z as bars.

import type { PreActivations } from "../../src/shared/views.ts";
import { axisFontPx } from "../charts/axisFont.ts";
import { type Chart, type Plugin, textWidthPx } from "../charts/chartSetup.ts";
import { freeRow } from "../charts/labelPlace.ts";
import { fade, hatchPattern, type Theme } from "../theme.ts";
import type { ChosenCurve } from "./choices.ts";
import { type Interval, isSaturated, valueAt, type Zones } from "./readCurve.ts";

/** How high the strip of one of several functions is. */
const stripPx = 4;

/** How far a tangent reaches to each side, in pixels. */
const tangentPx = 34;

/** At the reading line each function's tangent, and the point it touches. */
export function tangentsPlugin(
  theme: Theme,
  state: () => { readonly z: number; readonly chosen: readonly ChosenCurve[] },
): Plugin {
  return {
    id: "tangents",
    afterDatasetsDraw(chart) {
      const { x, y } = chart.scales;
      if (x === undefined || y === undefined) return;
      const { ctx, chartArea } = chart;
      const { z, chosen } = state();
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
export function zonesPlugin(
  theme: Theme,
  {
    zones: zonesNow,
    names,
  }: { readonly zones: () => Zones | null; readonly names: ((zones: Zones) => readonly string[]) | null },
): Plugin {
  return {
    id: "zones",
    beforeDatasetsDraw(chart) {
      const { x } = chart.scales;
      if (x === undefined) return;
      const { ctx, chartArea } = chart;
      const zones = zonesNow();
      ctx.save();
      const placed = ([from, to]: Interval) => {
        const left = Math.max(chartArea.left, x.getPixelForValue(from));
        // Nothing of a zone that lies outside of what is shown.
        return { left, width: Math.max(0, Math.min(chartArea.right, x.getPixelForValue(to)) - left) };
      };
      const places = (zones?.intervals ?? []).map(placed);
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
      (zones?.strips ?? []).forEach(({ slot, intervals }, row) => {
        ctx.fillStyle = theme.runColour(slot);
        for (const { left, width } of intervals.map(placed))
          ctx.fillRect(left, chartArea.top + row * (stripPx + 1), width, stripPx);
      });
      const zero = Math.round(x.getPixelForValue(0)) + 0.5;
      if (zero >= chartArea.left - 1 && zero <= chartArea.right + 1) {
        // In high contrast the axes are as dark as the line that is read.
        ctx.strokeStyle = theme.colour(theme.highContrast ? "grid" : "axis");
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(zero, chartArea.top);
        ctx.lineTo(zero, chartArea.bottom);
        ctx.stroke();
      }
      ctx.restore();
    },
    afterDatasetsDraw(chart) {
      const zones = zonesNow();
      const { x } = chart.scales;
      const shown = zones === null ? [] : [...zones.intervals, ...zones.strips.flatMap(({ intervals }) => intervals)];
      const first = shown.find(([from, to]) => x !== undefined && to > x.min && from < x.max);
      if (names === null || zones === null || first === undefined || x === undefined) return;
      drawZoneName(chart, theme, {
        texts: names(zones),
        left: x.getPixelForValue(first[0]),
        alsoRight: shown.some(([, to]) => to >= x.max),
        top: zones.strips.length * (stripPx + 1),
      });
    },
  };
}

/**
 * The first of some words, the longest first, that no curve passes through, else the shortest: in a narrow picture they reach
 * beyond their zone, but not beyond the drawing.
 */
function drawZoneName(
  chart: Chart,
  theme: Theme,
  {
    texts,
    left,
    alsoRight,
    top,
  }: {
    readonly texts: readonly string[];
    readonly left: number;
    readonly alsoRight: boolean;
    readonly top: number;
  },
): void {
  const { ctx, chartArea } = chart;
  const lines = chart.data.datasets.map((_, index) => chart.getDatasetMeta(index).data);
  const places = texts.flatMap((text) => {
    const width = textWidthPx(text, theme) + 8;
    // There the names of the curves stand.
    if (width + 8 > chartArea.width) return [];
    const furthest = chartArea.right - width - 4;
    const lefts = [Math.max(chartArea.left + 4, Math.min(left + 4, furthest)), ...(alsoRight ? [furthest] : [])];
    const firsts = lefts.map((at) => ({
      ...{ left: at, right: at + width },
      ...{ top: chartArea.top + top + 4, bottom: chartArea.top + top + 20 },
    }));
    const place = freeRow(firsts, chartArea.bottom - 4, lines);
    return place === null ? [] : [{ ...place, text, width }];
  });
  const place = places.find(({ crossings }) => crossings === 0) ?? places.at(-1);
  if (place === undefined) return;
  const { text, width } = place;
  ctx.save();
  ctx.font = `${axisFontPx}px ${theme.fontFamily}`;
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  ctx.fillStyle = theme.page;
  ctx.fillRect(place.left, place.top, width, 16);
  ctx.fillStyle = theme.colour("warning");
  ctx.fillText(text, place.left + 4, place.top + 2);
  ctx.restore();
}

export interface Bars {
  readonly layer: PreActivations;
  readonly zones: Zones | null;
  /** How high the highest bar is, as a share of the drawing; `null` where the axis of y counts shares. */
  readonly highest: number | null;
}

/** A bar for each interval of z, as wide as the interval; saturated ones hatched and outlined. */
export function barsPlugin(theme: Theme, bars: () => Bars | null): Plugin {
  return {
    id: "bars",
    // Under the curves, where there are any.
    beforeDatasetsDraw(chart) {
      const shown = bars();
      const { x, y } = chart.scales;
      if (shown === null || x === undefined || y === undefined) return;
      const { layer, zones, highest } = shown;
      const { ctx, chartArea } = chart;
      const most = Math.max(Number.MIN_VALUE, ...layer.shares);
      const heightOf = (share: number) =>
        highest === null
          ? y.getPixelForValue(0) - y.getPixelForValue(share)
          : (share / most) * highest * chartArea.height;
      const hatch = hatchPattern(ctx, theme.colour("warning"), 4);
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
      ctx.clip();
      ctx.lineWidth = 1;
      layer.shares.forEach((share, index) => {
        const [from, to] = [layer.edges[index], layer.edges[index + 1]];
        if (from === undefined || to === undefined || share <= 0) return;
        const left = Math.round(x.getPixelForValue(from)) + 1;
        const width = Math.max(1, Math.round(x.getPixelForValue(to)) - left - 1);
        const height = Math.max(1, heightOf(share));
        const top = (highest === null ? y.getPixelForValue(0) : chartArea.bottom) - height;
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
