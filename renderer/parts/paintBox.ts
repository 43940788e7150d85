// Tells a painter what an element itself looks like: background, hatches, borders.

import type { Box, Line, Painter, Place } from "./painter.ts";

/** The background of an element, its hatches, its borders and the outline that marks it. */
export function paintBox(node: HTMLElement, painter: Painter, place: Place): void {
  const style = getComputedStyle(node);
  const fill = isTransparent(style.backgroundColor) ? null : style.backgroundColor;
  const borders = sides.filter((side) => hasBorder(style, side));
  const stroke = borders.length === sides.length ? style.borderTopColor : null;
  const box = place(node.getBoundingClientRect());
  const strokeWidthPx = Number.parseFloat(style.borderTopWidth);
  if (fill !== null || stroke !== null)
    painter.box(box, {
      ...{ fill, stroke, strokeWidthPx },
      radiusPx: Number.parseFloat(style.borderRadius) || 0,
      dashes: dashesOf(style.borderTopStyle, strokeWidthPx),
    });
  if (stroke === null)
    for (const side of borders) {
      const widthPx = Number.parseFloat(style[`border${side}Width`]);
      const dashes = dashesOf(style[`border${side}Style`], widthPx);
      painter.lines([edgeOf(box, side, widthPx)], style[`border${side}Color`], widthPx, dashes);
    }
  paintOutline(node, style, box, painter);
  const hatch = hatchOf(style.backgroundImage);
  if (hatch !== null) painter.lines(hatchLines(box, hatch.distancePx), hatch.colour, hatch.widthPx);
}

/** What is chosen or wrong is ringed. Where the keyboard stands or the pointer is no part of a picture. */
function paintOutline(node: HTMLElement, style: CSSStyleDeclaration, box: Box, painter: Painter): void {
  const widthPx = Number.parseFloat(style.outlineWidth);
  if (style.outlineStyle === "none" || !(widthPx > 0) || node.matches(":focus-visible, :hover")) return;
  const outside = Number.parseFloat(style.outlineOffset) + widthPx / 2;
  const [left, top] = [box.x - outside, box.y - outside];
  const [right, bottom] = [box.x + box.width + outside, box.y + box.height + outside];
  const half = widthPx / 2;
  const ring: readonly Line[] = [
    { from: [left - half, top], to: [right + half, top] },
    { from: [right, top], to: [right, bottom] },
    { from: [right + half, bottom], to: [left - half, bottom] },
    { from: [left, bottom], to: [left, top] },
  ];
  painter.lines(ring, style.outlineColor, widthPx, dashesOf(style.outlineStyle, widthPx));
}

/** The dashes and gaps that Chromium draws a border or an outline with. */
function dashesOf(lineStyle: string, widthPx: number): readonly number[] {
  if (lineStyle === "dotted") return [widthPx, widthPx];
  if (lineStyle !== "dashed") return [];
  return widthPx >= 3 ? [2 * widthPx, widthPx] : [3 * widthPx, 2 * widthPx];
}

const sides = ["Top", "Right", "Bottom", "Left"] as const;

type Side = (typeof sides)[number];

function hasBorder(style: CSSStyleDeclaration, side: Side): boolean {
  return Number.parseFloat(style[`border${side}Width`]) > 0 && !isTransparent(style[`border${side}Color`]);
}

/** The middle of a border: it lies inside its box. */
function edgeOf({ x, y, width, height }: Box, side: Side, widthPx: number): Line {
  const half = widthPx / 2;
  const [left, top, right, bottom] = [x + half, y + half, x + width - half, y + height - half];
  switch (side) {
    case "Top":
      return { from: [x, top], to: [x + width, top] };
    case "Right":
      return { from: [right, y], to: [right, y + height] };
    case "Bottom":
      return { from: [x, bottom], to: [x + width, bottom] };
    case "Left":
      return { from: [left, y], to: [left, y + height] };
  }
}

interface Hatch {
  readonly colour: string;
  readonly widthPx: number;
  readonly distancePx: number;
}

/** The hatches of our style sheet as the browser computes them: `repeating-linear-gradient(135deg, C 0px, C 2px, transparent 2px, … 6px)`. */
function hatchOf(backgroundImage: string): Hatch | null {
  if (!backgroundImage.startsWith("repeating-linear-gradient(135deg")) return null;
  const colour = /(rgba?\([^)]*\)|color\([^)]*\)|#[\da-f]+)/i.exec(backgroundImage)?.[1];
  const stops = [...backgroundImage.matchAll(/([\d.]+)px/g)].map((match) => Number(match[1]));
  const [widthPx, distancePx] = [stops[1], stops.at(-1)];
  return colour && widthPx && distancePx ? { colour, widthPx, distancePx } : null;
}

/** Rising lines `distancePx` apart, cut at the box a little inside its border. */
function hatchLines(box: Box, distancePx: number): readonly Line[] {
  const [left, top] = [box.x + 1, box.y + 1];
  const [right, bottom] = [box.x + box.width - 1, box.y + box.height - 1];
  const lines: Line[] = [];
  const step = distancePx * Math.SQRT2;
  // On each line x + y is the same.
  for (let sum = left + top + step / 2; sum < right + bottom; sum += step) {
    const [x0, x1] = [Math.max(left, sum - bottom), Math.min(right, sum - top)];
    lines.push({ from: [x0, sum - x0], to: [x1, sum - x1] });
  }
  return lines;
}

export function isTransparent(colour: string): boolean {
  return colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
}
