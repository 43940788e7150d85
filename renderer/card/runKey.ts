// How a run is told apart: colour, line pattern, point shape and name, always together.

import { element, svgElement } from "../dom.ts";

const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2]];
const points = ["circle", "rect", "triangle", "rectRot", "crossRot"] as const;
export type PointShape = (typeof points)[number];

/** So many runs have a colour and a pattern of their own. */
export const colouredRuns = dashes.length;

/** Dashes of references: the slope's bound and the like. */
export const referenceDash: readonly number[] = [3, 3];

export function runDash(index: number): number[] {
  return [...(dashes[index] ?? [])];
}

export function runPoint(index: number): PointShape {
  return points[index] ?? "circle";
}

/** The run's colour as a CSS value; beyond the fifth all runs share one. */
export function runColourVariable(index: number): string {
  return index >= 0 && index < colouredRuns ? `var(--nn-run-${index + 1})` : "var(--nn-run-other)";
}

/** A piece of the run's line (with its point, unless it has none in this picture), and its name. */
export function createRunKey(index: number, name: string, { point = true } = {}): HTMLElement {
  return lineKey(runColourVariable(index), runDash(index), point ? runPoint(index) : null, element("span", {}, name));
}

/** Training or validation: solid, or dashed as everywhere. */
export function createRoleKey(role: "train" | "validation", label: string): HTMLElement {
  return lineKey(`var(--nn-${role})`, role === "train" ? [] : [6, 3], null, element("span", {}, label));
}

export function createReferenceKey(label: string): HTMLElement {
  return lineKey("var(--nn-neutral)", referenceDash, null, element("span", {}, label));
}

// Filled shapes only, no strokes: a saved picture paints these too.
function lineKey(colour: string, dash: readonly number[], point: PointShape | null, label: HTMLElement): HTMLElement {
  const line = svgElement("path", { d: dashedBar(dash) });
  line.style.fill = colour;
  const drawing = svgElement(
    "svg",
    { width: widthPx, height: 10, viewBox: `0 0 ${widthPx} 10`, "aria-hidden": "true" },
    line,
  );
  if (point !== null) {
    const mark = svgElement("path", { d: pointPaths[point] });
    mark.style.fill = colour;
    mark.style.stroke = "var(--nn-page)";
    mark.style.paintOrder = "stroke";
    mark.style.strokeWidth = "3";
    drawing.append(mark);
  }
  return element("span", { class: "key" }, drawing, label);
}

const widthPx = 26;

function dashedBar(dash: readonly number[]): string {
  const [first] = dash;
  if (first === undefined) return `M0 4H${widthPx}V6H0Z`;
  const bars: string[] = [];
  for (let at = 0, index = 0; at < widthPx; index++) {
    const length = Math.min(dash[index % dash.length] ?? first, widthPx - at);
    if (index % 2 === 0) bars.push(`M${at} 4h${length}v2h${-length}Z`);
    at += length;
  }
  return bars.join("");
}

const pointPaths: Readonly<Record<PointShape, string>> = {
  circle: "M9 5a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",
  rect: "M9.4 1.4h7.2v7.2H9.4Z",
  triangle: "M13 1 17 8.2H9Z",
  rectRot: "M13 .2 17.8 5 13 9.8 8.2 5Z",
  crossRot: "M9.7.3 13 3.6 16.3.3 17.7 1.7 14.4 5 17.7 8.3 16.3 9.7 13 6.4 9.7 9.7 8.3 8.3 11.6 5 8.3 1.7Z",
};
