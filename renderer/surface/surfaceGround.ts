// The ground of a surface as a picture that stands still: shades and lines of equal height. Painted once for a size and theme.

import { fromViewNumber } from "../../src/shared/json.ts";
import type { SurfaceView } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { fade, parseColour, type Theme } from "../theme.ts";
import { contourSegments, type HeightGrid, heightAt } from "./contours.ts";

/** Heights as the lines count them: logarithms of what stands above `lines.above`. */
export function logHeights({ heights, lines }: SurfaceView): HeightGrid {
  const floor = (lines.first - 1) / lines.perPower;
  const logs = heights.values.map((value) => {
    const height = fromViewNumber(value);
    if (height === null || Number.isNaN(height)) return Number.NaN;
    return Math.min(400, Math.max(floor, Math.log10(Math.max(0, height - lines.above))));
  });
  return { columns: heights.columns, rows: heights.rows, heights: Float64Array.from(logs) };
}

export interface GroundSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ratio: number;
}

export function paintGround(view: SurfaceView, grid: HeightGrid, theme: Theme, size: GroundSize): HTMLCanvasElement {
  const { widthPx, heightPx, ratio } = size;
  const canvas = element("canvas", { width: Math.round(widthPx * ratio), height: Math.round(heightPx * ratio) });
  const pen = canvas.getContext("2d");
  if (pen === null || widthPx < 1) return canvas;
  pen.scale(ratio, ratio);
  // In high contrast lines alone.
  if (!theme.highContrast) pen.drawImage(shades(view, grid, theme), 0, 0, widthPx, heightPx);
  const { lines } = view;
  const toX = (column: number) => (column / (grid.columns - 1)) * widthPx;
  const toY = (row: number) => heightPx - (row / (grid.rows - 1)) * heightPx;
  pen.lineWidth = 1;
  for (let line = lines.first; line <= lines.last; line++) {
    const isPower = line % lines.perPower === 0;
    const alpha = theme.highContrast ? (isPower ? 0.55 : 0.3) : isPower ? 0.26 : 0.11;
    pen.strokeStyle = fade(theme.text, alpha);
    pen.beginPath();
    const segments = contourSegments(grid, line / lines.perPower);
    for (let at = 0; at < segments.length; at += 4) {
      pen.moveTo(toX(segments[at] ?? 0), toY(segments[at + 1] ?? 0));
      pen.lineTo(toX(segments[at + 2] ?? 0), toY(segments[at + 3] ?? 0));
    }
    pen.stroke();
  }
  return canvas;
}

/** Pixels of the shades, before they are stretched to the picture: enough that no edge is seen beside its line. */
const shadesSize = { columns: 480, rows: 360 };

/** Each line up is a shade darker (on dark ground: lighter). */
function shades({ lines }: SurfaceView, grid: HeightGrid, theme: Theme): HTMLCanvasElement {
  const { columns, rows } = shadesSize;
  const canvas = element("canvas", { width: columns, height: rows });
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  const image = pen.createImageData(columns, rows);
  const [red = 0, green = 0, blue = 0] = parseColour(theme.text);
  const most = Math.max(1, lines.last - lines.first + 1);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (column / (columns - 1)) * (grid.columns - 1);
      const y = (1 - row / (rows - 1)) * (grid.rows - 1);
      const height = heightAt(grid, x, y);
      const passed = Math.min(most, Math.max(0, Math.floor(height * lines.perPower) - lines.first + 1));
      const at = 4 * (row * columns + column);
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = Number.isNaN(height) ? 60 : Math.round((passed / most) * 0.15 * 255);
    }
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}
