// Where the units of a small net stand, and its weights as filled lines: wide for large ones, dashed for negative ones. No DOM.

import type { UnitColumn } from "../../src/shared/views.ts";

export interface UnitLayout {
  /** Middle of each unit, by column. */
  readonly places: readonly (readonly (readonly [x: number, y: number])[])[];
  readonly diameter: number;
  readonly height: number;
}

const headPx = 34;
const widestPx = 5;
const tallestPx = 520;

export function layOutUnits(columns: readonly UnitColumn[], widthPx: number): UnitLayout {
  const most = Math.max(1, ...columns.map(({ units }) => units));
  const roomy = most <= 4 ? 56 : most <= 8 ? 36 : 30;
  const spacing = Math.min(roomy, tallestPx / most);
  const between = widthPx / columns.length;
  const diameter = Math.max(8, Math.min(26, spacing - 4, between - 6));
  const height = most * spacing;
  return {
    diameter,
    height: headPx + height,
    places: columns.map(({ units }, at) =>
      Array.from({ length: units }, (_, unit) => [
        between * (at + 0.5),
        headPx + (height - units * spacing) / 2 + spacing * (unit + 0.5),
      ]),
    ),
  };
}

/** How wide a weight's line is, against the largest of its net; a zero is a hairline. */
export function weightWidth(weight: number, largest: number): number {
  return largest > 0 ? 0.4 + (widestPx - 0.4) * Math.min(1, Math.abs(weight) / largest) : 0.4;
}

/** A straight line as a filled shape: one piece, or dashes. */
export function linePath(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  { width, dashed }: { readonly width: number; readonly dashed: boolean },
): string {
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (length === 0) return "";
  const [alongX, alongY] = [(toX - fromX) / length, (toY - fromY) / length];
  const [sideX, sideY] = [(-alongY * width) / 2, (alongX * width) / 2];
  const piece = (start: number, end: number) => {
    const corner = (at: number, side: number) =>
      `${round(fromX + alongX * at + sideX * side)} ${round(fromY + alongY * at + sideY * side)}`;
    return `M${corner(start, 1)}L${corner(end, 1)}L${corner(end, -1)}L${corner(start, -1)}Z`;
  };
  if (!dashed) return piece(0, length);
  const pieces: string[] = [];
  for (let at = 0; at < length; at += 9) pieces.push(piece(at, Math.min(length, at + 5)));
  return pieces.join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
