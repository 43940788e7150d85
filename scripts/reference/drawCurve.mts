// The picture of an activation function in the reference: f and its slope, all on the same scale, in colours that show on light and dark pages.

import { fromViewNumber } from "../../src/shared/json.ts";
import type { ActivationCurve } from "../../src/shared/views.ts";

const size = { width: 200, height: 120 };
const shown = { fromZ: -4, toZ: 4, fromY: -1.5, toY: 2.5 };

/** f as a line, f′ dashed. */
export function drawCurve({ label, variants, initial }: ActivationCurve): string {
  const variant = variants[initial];
  if (variant === undefined) throw new Error(`${label} has no curve.`);
  const { z, value, slope } = variant;
  const numbers = (list: typeof value) => list.map((each) => fromViewNumber(each) ?? Number.NaN);
  const [left, right] = [x(shown.fromZ), x(shown.toZ)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}">`,
    `<title>${label}: value (line) and slope (dashed) from ${shown.fromZ} to ${shown.toZ}</title>`,
    `<path d="M${left} ${y(0)}H${right}M${x(0)} 0V${size.height}" stroke="#888" stroke-width="0.8"/>`,
    `<path d="M${left} ${y(1)}H${right}M${left} ${y(-1)}H${right}" stroke="#888" stroke-width="0.6" stroke-dasharray="1 3"/>`,
    `<path d="${linePath(z, numbers(slope))}" fill="none" stroke="#c06a00" stroke-width="1.6" stroke-dasharray="5 3"/>`,
    `<path d="${linePath(z, numbers(value))}" fill="none" stroke="#2f86d0" stroke-width="2"/>`,
    "</svg>\n",
  ].join("\n");
}

function linePath(z: readonly number[], values: readonly number[]): string {
  const points = z.flatMap((each, index) => {
    const value = values[index] ?? Number.NaN;
    return each < shown.fromZ || each > shown.toZ || !Number.isFinite(value) ? [] : [`${x(each)} ${y(value)}`];
  });
  return `M${points.join("L")}`;
}

function x(z: number): number {
  return round(((z - shown.fromZ) / (shown.toZ - shown.fromZ)) * size.width);
}

/** What is above or below the picture stays just outside of it. */
function y(value: number): number {
  const share = (shown.toY - value) / (shown.toY - shown.fromY);
  return round(Math.max(-0.1, Math.min(1.1, share)) * size.height);
}

function round(pixels: number): number {
  return Number(pixels.toFixed(1));
}
