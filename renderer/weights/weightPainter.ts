// Paints how one weight is distributed: ridge lines or a heat map over the steps, a single histogram, or mean and spread alone.

import { formatCount, formatShort } from "../../src/shared/numbers.ts";
import { nearestLocale, plainMessage } from "../../src/shared/words/message.ts";
import { axisFontPx } from "../charts/axisFont.ts";
import { linearTicks } from "../charts/linearTicks.ts";
import type { Pen } from "../parts/pen.ts";
import { fade, type Theme } from "../theme.ts";
import type { Range } from "../time/timeZoom.ts";
import { gradientWords } from "../words/gradientWords.ts";
import { finite, type PaintedWeight, type PlotPlace, valueRange } from "./paintedWeight.ts";
import { valueAxisWidth } from "./valueAxis.ts";
import { paintCells } from "./weightCells.ts";

export type DrawStyle = "ridges" | "heat";

/** More ridge lines than this lie upon each other; the chosen step is always among them. */
const mostRidges = 24;
const axisHeightPx = 20;
const rimPx = 6;
/** How far the highest bin rises above its own line. */
const riseShare = 0.4;

/** Whether steps run across (a heat map, or lines) or values do. */
export function stepsRunAcross({ shares, steps }: PaintedWeight, style: DrawStyle): boolean {
  return steps.length > 1 && (style === "heat" || shares.length === 0);
}

export function plotPlace(painted: PaintedWeight, style: DrawStyle, widthPx: number, heightPx: number): PlotPlace {
  const isAcross = stepsRunAcross(painted, style);
  const rim = isAcross && painted.weight.values.length > 0 ? rimPx : 0;
  const height = heightPx - axisHeightPx - 4 - 2 * rim;
  const left = isAcross ? valueAxisWidth(valueTicks(painted, height)) : 16;
  return { left, top: 4 + rim, width: Math.max(1, widthPx - left - 16), height, rim };
}

export interface PaintOptions {
  readonly theme: Theme;
  readonly locale: string;
  readonly style: DrawStyle;
  /** Index of the chosen step. */
  readonly at: number;
  /** The bin that is read; `null` for none. */
  readonly bin: number | null;
  readonly place: PlotPlace;
  /** Ridge lines at most. */
  readonly ridges?: number;
  /** Whether a line marks the chosen step; `true` when left out. */
  readonly cursor?: boolean;
  /** The stretch of steps that is shown, in columns of a step each, from 0 to their count; all when left out. */
  readonly range?: Range;
}

/** The first and the last step of a stretch the middles of whose columns are seen. */
export function stepsIn([from, to]: Range): readonly [first: number, last: number] {
  return [Math.max(0, Math.ceil(from - 0.5)), Math.floor(to - 0.5)];
}

export function paintWeight(pen: Pen, painted: PaintedWeight, options: PaintOptions): void {
  pen.font = `${axisFontPx}px ${options.theme.fontFamily}`;
  if (stepsRunAcross(painted, options.style)) paintOverSteps(pen, painted, options);
  else paintRidges(pen, painted, options);
}

function paintRidges(pen: Pen, painted: PaintedWeight, options: PaintOptions): void {
  const { shares, highest, bins, weight, steps } = painted;
  const { theme, at, bin, place, locale, ridges = mostRidges } = options;
  const { left, top, width, height } = place;
  const bottom = top + height;
  const [low, high] = weight.range;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const value of linearTicks(low, high, Math.floor(width / 64))) {
    const x = left + ((value - low) / (high - low)) * width;
    pen.fillStyle = theme.colour("grid");
    pen.fillRect(Math.round(x), top, 1, height);
    pen.fillStyle = theme.muted;
    pen.fillText(formatShort(value, locale), x, bottom + 5);
  }
  const isOne = steps.length === 1;
  const rise = isOne ? height - 4 : height * riseShare;
  const [first, last] = stepsIn(options.range ?? [0, steps.length]);
  const lines = ridgeSteps(last - first + 1, at - first, ridges).map((step) => first + step);
  const distance = lines.length < 2 ? 0 : (height - rise - 2) / (lines.length - 1);
  const colour = theme.runColour(0);
  lines.forEach((step, line) => {
    const base = isOne ? bottom : top + rise + line * distance;
    const isHere = step === at;
    pen.beginPath();
    pen.moveTo(left, base);
    shares[step]?.forEach((share, index) => {
      // Each bin a step of its own: a line from middle to middle would move what stands at the edges.
      const y = base - (share / highest) * rise;
      pen.lineTo(left + (index / bins) * width, y);
      pen.lineTo(left + ((index + 1) / bins) * width, y);
    });
    pen.lineTo(left + width, base);
    pen.fillStyle = theme.page;
    pen.fill();
    if (isHere && !theme.highContrast) {
      pen.fillStyle = fade(colour, 0.26);
      pen.fill();
    }
    pen.strokeStyle = isHere ? colour : theme.colour("neutral");
    pen.lineWidth = isHere ? 2 : 0.75;
    // Without a fill, bars stand on a line of their own.
    if (isHere && theme.highContrast) pen.lineTo(left, base);
    pen.stroke();
    if (!isHere || bin === null) return;
    const share = shares[step]?.[bin] ?? 0;
    pen.fillStyle = theme.text;
    pen.fillRect(left + (bin / bins) * width, base - (share / highest) * rise - 1.5, width / bins, 3);
  });
}

/** Evenly picked steps, the chosen one, if it is one of them, instead of its nearest neighbour. */
function ridgeSteps(count: number, chosen: number, most = mostRidges): readonly number[] {
  const shown = Math.min(most, count);
  const picked = Array.from({ length: shown }, (_, line) =>
    shown < 2 ? 0 : Math.round((line * (count - 1)) / (shown - 1)),
  );
  if (chosen < 0 || chosen >= count) return picked;
  const nearest = picked.reduce(
    (best, step, line) => (Math.abs(step - chosen) < Math.abs((picked[best] ?? 0) - chosen) ? line : best),
    0,
  );
  return picked.map((step, line) => (line === nearest ? chosen : step));
}

/** The first tick says what is counted. */
function firstStep(step: number, locale: string): string {
  const args = { step: { kind: "count", value: step } } as const;
  return plainMessage(gradientWords, { id: "firstStep", args }, nearestLocale(locale));
}

function valueTicks(painted: PaintedWeight, heightPx: number): readonly number[] {
  return linearTicks(...valueRange(painted), Math.floor(heightPx / 40));
}

function paintOverSteps(pen: Pen, painted: PaintedWeight, options: PaintOptions): void {
  const { steps, weight } = painted;
  const { theme, at, place, locale } = options;
  const { left, top, width, height, rim } = place;
  const [low, high] = valueRange(painted);
  const toY = (value: number) => top + height - ((value - low) / (high - low)) * height;
  // The middle of a step's column.
  const [from, to] = options.range ?? [0, steps.length];
  const toX = (step: number) => left + ((step + 0.5 - from) / (to - from)) * width;
  const isSingle = weight.values.length > 0;
  if (!isSingle) paintCells(pen, painted, { place, theme, range: [from, to] });
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const value of valueTicks(painted, height)) {
    pen.fillStyle = theme.muted;
    pen.fillText(formatShort(value, locale), left - 6, toY(value));
    pen.fillStyle = theme.colour("grid");
    pen.fillRect(left, Math.round(toY(value)), width, 1);
  }
  pen.textBaseline = "top";
  const [first = 0, last = 0] = stepsIn([from, to]).map((step) => steps[step]);
  for (const [step, align] of [
    [first, "left"],
    [last, "right"],
  ] as const) {
    pen.textAlign = align;
    pen.fillStyle = theme.muted;
    const words = align === "left" ? firstStep(step, locale) : formatCount(step, locale);
    pen.fillText(words, align === "left" ? left : left + width, top + height + rim + 5);
  }
  const line = (
    values: readonly (number | null)[],
    { lineWidth, dash = [], ink = theme.text }: { lineWidth: number; dash?: readonly number[]; ink?: string },
  ) => {
    // Pale under dark: seen on any cell.
    for (const [colour, extra] of [
      [theme.page, 2],
      [ink, 0],
    ] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = lineWidth + extra;
      pen.setLineDash(extra === 0 ? [...dash] : []);
      pen.beginPath();
      let isDrawing = false;
      values.forEach((value, step) => {
        if (value === null) isDrawing = false;
        else if (isDrawing) pen.lineTo(toX(step), toY(value));
        else pen.moveTo(toX(step), toY(value));
        isDrawing = value !== null;
      });
      pen.stroke();
    }
    pen.setLineDash([]);
  };
  const beside = (sign: 1 | -1) =>
    weight.mean.map((mean, step) => {
      const [middle, spread] = [finite(mean), finite(weight.std[step])];
      return middle === null || spread === null ? null : middle + sign * spread;
    });
  pen.save();
  pen.beginPath();
  pen.rect(left, top - rim, width, height + 2 * rim);
  pen.clip();
  if (isSingle) {
    for (const values of weight.values) line(values.map(finite), { lineWidth: 1.25, ink: theme.runColour(0) });
  } else {
    line(weight.min.map(finite), { lineWidth: 0.75 });
    line(weight.max.map(finite), { lineWidth: 0.75 });
    line(beside(1), { lineWidth: 1.25, dash: [4, 3] });
    line(beside(-1), { lineWidth: 1.25, dash: [4, 3] });
    line(weight.mean.map(finite), { lineWidth: 1.75 });
  }
  pen.restore();
  const isCursorSeen = at + 0.5 >= from && at + 0.5 <= to;
  if (options.cursor !== false && isCursorSeen) paintCursor(pen, painted, options, toX(at));
}

function paintCursor(pen: Pen, { bins, shares }: PaintedWeight, { theme, bin, place }: PaintOptions, x: number): void {
  const { top, height, rim } = place;
  const bottom = top + height + rim;
  pen.fillStyle = theme.page;
  pen.fillRect(x - 2.5, top - rim, 5, bottom - top + rim);
  pen.fillStyle = theme.text;
  pen.fillRect(x - 1, top - rim, 2, bottom - top + rim);
  // At the picture's edge the line alone would look like a frame.
  pen.beginPath();
  pen.moveTo(x, bottom);
  pen.lineTo(x + 4.5, bottom + 5);
  pen.lineTo(x - 4.5, bottom + 5);
  pen.fill();
  if (bin === null || shares.length === 0) return;
  const y = top + height - ((bin + 0.5) / bins) * height;
  pen.beginPath();
  pen.arc(x, y, 4, 0, 2 * Math.PI);
  pen.fillStyle = theme.page;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = theme.text;
  pen.stroke();
}
