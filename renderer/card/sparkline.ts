// A series in the height of a line of text, on a log scale, with the current value dotted. What no log scale can hold leaves a gap.

import type { ViewNumber } from "../../src/shared/json.ts";
import { setAttributes, svgElement } from "../dom.ts";

const heightPx = 20;
const marginPx = 3;

export interface Sparkline {
  readonly node: SVGSVGElement;
  /** Dots the value at `index`; none when it cannot be drawn. */
  mark(index: number): void;
}

export function createSparkline(values: readonly ViewNumber[], colour: string, widthPx = 84): Sparkline {
  const places = sparklinePlaces(values, widthPx, heightPx);
  const line = svgElement("path", { d: linePath(places), fill: "none", "stroke-width": 1.5 });
  line.style.stroke = colour;
  const dot = svgElement("circle", { r: 2.5 });
  dot.style.fill = colour;
  const node = svgElement(
    "svg",
    { width: widthPx, height: heightPx, viewBox: `0 0 ${widthPx} ${heightPx}`, "aria-hidden": "true" },
    line,
    dot,
  );
  return {
    node,
    mark(index) {
      const place = places[index] ?? null;
      dot.style.display = place === null ? "none" : "";
      if (place !== null) setAttributes(dot, { cx: place.x, cy: place.y });
    },
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A place for each value that is positive and finite, `null` for each other. */
function sparklinePlaces(values: readonly ViewNumber[], widthPx: number, height: number): readonly (Place | null)[] {
  const logs = values.map((value) => (typeof value === "number" && value > 0 ? Math.log10(value) : null));
  const known = logs.filter((log) => log !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return logs.map((log, index) => {
    if (log === null) return null;
    const across = values.length > 1 ? index / (values.length - 1) : 0.5;
    const up = span > 0 ? (log - low) / span : 0.5;
    return {
      x: rounded(marginPx + across * (widthPx - 2 * marginPx)),
      y: rounded(height - marginPx - up * (height - 2 * marginPx)),
    };
  });
}

function rounded(px: number): number {
  return Math.round(px * 10) / 10;
}

function linePath(places: readonly (Place | null)[]): string {
  return places
    .map((place, index) => (place === null ? "" : `${places[index - 1] == null ? "M" : "L"}${place.x} ${place.y}`))
    .join("");
}
