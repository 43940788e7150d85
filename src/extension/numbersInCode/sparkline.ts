// A small picture for hovers: no text and no theme colour, since a picture in a hover can read neither.

import { fromViewNumber, type ViewNumber } from "../../shared/json.ts";

const size = { width: 320, height: 32 } as const;
/** Has a contrast of 3:1 on every theme. */
const ink = "#2a9485";

export interface Sparkline {
  readonly uri: string;
  /** The powers of ten between which it is drawn. */
  readonly from: number;
  readonly to: number;
}

/** Positive values on a log axis; gaps where a value is zero, missing or not finite. `null` when there is nothing to draw. */
export function drawSparkline(values: readonly ViewNumber[]): Sparkline | null {
  const logs = values.map((value) => Math.log10(fromViewNumber(value) ?? Number.NaN));
  const finite = logs.filter(Number.isFinite);
  if (finite.length < 2) return null;
  const from = Math.floor(Math.min(...finite));
  const to = Math.max(Math.ceil(Math.max(...finite)), from + 1);
  const x = (index: number) => 2 + (index / (logs.length - 1)) * (size.width - 8);
  const y = (log: number) => 3 + (1 - (log - from) / (to - from)) * (size.height - 6);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">`,
    ...gridLines(from, to).map(
      (log) => `<path d="M0 ${y(log).toFixed(1)}H${size.width}" stroke="#888" stroke-opacity=".35"/>`,
    ),
    `<path fill="none" stroke="${ink}" stroke-width="1.5" d="${linePath(logs, x, y)}"/>`,
    lastDot(logs, x, y),
    "</svg>",
  ].join("");
  return { uri: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`, from, to };
}

/** At most four lines: every power of ten, or every second, third … */
function gridLines(from: number, to: number): readonly number[] {
  const stride = Math.ceil((to - from) / 3);
  return Array.from({ length: Math.floor((to - from) / stride) + 1 }, (_, index) => from + index * stride);
}

function linePath(logs: readonly number[], x: (index: number) => number, y: (log: number) => number): string {
  let path = "";
  let isDrawing = false;
  for (const [index, log] of logs.entries()) {
    if (Number.isFinite(log)) path += `${isDrawing ? "L" : "M"}${x(index).toFixed(1)} ${y(log).toFixed(1)}`;
    isDrawing = Number.isFinite(log);
  }
  return path;
}

function lastDot(logs: readonly number[], x: (index: number) => number, y: (log: number) => number): string {
  const last = logs.findLastIndex(Number.isFinite);
  return `<circle cx="${x(last).toFixed(1)}" cy="${y(logs[last] ?? 0).toFixed(1)}" r="3" fill="${ink}"/>`;
}

const blocks = "▁▂▃▄▅▆▇█";

/**
 * The same in characters, for hints between code: `width` of them, each the typical value of its stretch. A range of less than
 * a power of ten is not stretched to full height, or noise would look like news. Empty when there is nothing to draw.
 */
export function writeSparkline(values: readonly ViewNumber[], width: number): string {
  const logs = values.map((value) => Math.log10(fromViewNumber(value) ?? Number.NaN));
  const finite = logs.filter(Number.isFinite);
  if (finite.length < 2) return "";
  const [lowest, highest] = [Math.min(...finite), Math.max(...finite)];
  const range = Math.max(highest - lowest, 1);
  const middle = (lowest + highest) / 2;
  const count = Math.min(width, logs.length);
  return Array.from({ length: count }, (_, index) => {
    const stretch = logs.slice(
      Math.floor((index * logs.length) / count),
      Math.floor(((index + 1) * logs.length) / count),
    );
    const known = stretch.filter(Number.isFinite).sort((a, b) => a - b);
    const typical = known[Math.floor(known.length / 2)];
    if (typical === undefined) return " ";
    return blocks[Math.round((0.5 + (typical - middle) / range) * (blocks.length - 1))] ?? " ";
  }).join("");
}
