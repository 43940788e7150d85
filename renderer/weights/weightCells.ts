// Paints the shares of a weight's histograms as cells, a column a step: the whole plot's, and those of a row.

import type { Pen } from "../parts/pen.ts";
import { mixed, type Theme } from "../theme.ts";
import type { Range } from "../time/timeZoom.ts";
import { finite, type PaintedWeight, type PlotPlace, valueRange } from "./paintedWeight.ts";

const shadeCount = 64;
const knownShades = new WeakMap<Theme, readonly string[]>();

/** From hardly seen to the colour itself; made once for a theme, since a heat map has thousands of cells. */
function shadesOf(theme: Theme): readonly string[] {
  const known =
    knownShades.get(theme) ??
    Array.from({ length: shadeCount }, (_, at) =>
      mixed(theme.page, theme.runColour(0), 0.08 + (0.8 * at) / (shadeCount - 1)),
    );
  knownShades.set(theme, known);
  return known;
}

export function paintCells(
  pen: Pen,
  { shares, highest, bins }: PaintedWeight,
  { place, theme, range: [from, to] }: { readonly place: PlotPlace; readonly theme: Theme; readonly range: Range },
): void {
  const { left, top, width, height } = place;
  const edgeX = (step: number) => {
    const across = (Math.min(to, Math.max(from, step)) - from) / Math.max(1, to - from);
    return Math.round(left + across * width);
  };
  const edgeY = (bin: number) => Math.round(top + height - (bin / bins) * height);
  const shades = shadesOf(theme);
  shares.forEach((each, step) => {
    if (step + 1 <= from || step >= to) return;
    each.forEach((share, bin) => {
      if (share === 0) return;
      // A few weights far out must be seen beside many in the middle: the root lifts small shares.
      pen.fillStyle = shades[Math.round(Math.sqrt(share / highest) * (shades.length - 1))] ?? theme.page;
      pen.fillRect(edgeX(step), edgeY(bin + 1), edgeX(step + 1) - edgeX(step), edgeY(bin) - edgeY(bin + 1));
    });
  });
}

/** The same in the height of a row: a heat map without words; a histogram where there is but one step. */
export function paintSmall(
  pen: Pen,
  painted: PaintedWeight,
  { widthPx, heightPx, theme }: { readonly widthPx: number; readonly heightPx: number; readonly theme: Theme },
): void {
  const { shares, highest, bins, steps, weight } = painted;
  if (shares.length === 1 && steps.length === 1) {
    pen.fillStyle = theme.runColour(0);
    shares[0]?.forEach((share, bin) => {
      const tall = (share / highest) * (heightPx - 2);
      pen.fillRect((bin / bins) * widthPx, heightPx - tall, widthPx / bins + 0.5, tall);
    });
    return;
  }
  if (shares.length > 0) {
    const place = { left: 0, top: 0, width: widthPx, height: heightPx, rim: 0 };
    paintCells(pen, painted, { place, theme, range: [0, shares.length] });
    return;
  }
  const [low, high] = valueRange(painted);
  pen.fillStyle = theme.runColour(0);
  weight.mean.forEach((mean, step) => {
    const [middle, spread] = [finite(mean), finite(weight.std[step])];
    if (middle === null || spread === null) return;
    const y = (value: number) => heightPx - ((value - low) / (high - low)) * heightPx;
    const tall = Math.max(1, y(middle - spread) - y(middle + spread));
    pen.fillRect((step / steps.length) * widthPx, y(middle + spread), widthPx / steps.length + 0.5, tall);
  });
}
