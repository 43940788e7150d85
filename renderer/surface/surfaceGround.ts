// The ground of a surface as a picture that stands still: shades, lines of equal height, and their heights. Painted once for a size, window and theme.

import { fromViewNumber } from "../../src/shared/json.ts";
import { formatChosen, formatNumber } from "../../src/shared/numbers.ts";
import type { SurfaceView } from "../../src/shared/views.ts";
import { axisFontPx } from "../charts/axisFont.ts";
import { textWidthPx } from "../charts/chartSetup.ts";
import { element } from "../dom.ts";
import { fade, hatchPattern, parseColour, type Theme } from "../theme.ts";
import { contourSegments, type HeightGrid, heightAt } from "./contours.ts";
import { type LevelLine, levelDigits, placeLevelNames } from "./levelNames.ts";
import type { SurfaceWindow } from "./surfaceWindow.ts";

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

/** The ground of one view, for any window of it. */
export interface GroundShape {
  readonly grid: HeightGrid;
  /** The pieces of each line, in columns and rows. */
  readonly lines: ReadonlyMap<number, readonly number[]>;
}

export function shapeOf(view: SurfaceView): GroundShape {
  const grid = logHeights(view);
  const { first, last, perPower } = view.lines;
  const lines = new Map<number, readonly number[]>();
  for (let line = first; line <= last; line++) lines.set(line, contourSegments(grid, line / perPower));
  return { grid, lines };
}

export interface GroundPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ratio: number;
  readonly window: SurfaceWindow;
  readonly theme: Theme;
  readonly locale: string;
}

export function paintGround(
  view: SurfaceView,
  { grid, lines }: GroundShape,
  picture: GroundPicture,
): HTMLCanvasElement {
  const { widthPx, heightPx, ratio, window, theme } = picture;
  const canvas = element("canvas", { width: Math.round(widthPx * ratio), height: Math.round(heightPx * ratio) });
  const pen = canvas.getContext("2d");
  if (pen === null || widthPx < 1) return canvas;
  pen.scale(ratio, ratio);
  // In high contrast lines alone.
  if (!theme.highContrast) pen.drawImage(shades(view, grid, picture), 0, 0, widthPx, heightPx);
  if (grid.heights.some(Number.isNaN)) pen.drawImage(hatchedHoles(view, grid, picture), 0, 0, widthPx, heightPx);
  const { perPower } = view.lines;
  const toX = (column: number) => {
    const x = view.x.from + (column / (grid.columns - 1)) * (view.x.to - view.x.from);
    return ((x - window.x.from) / (window.x.to - window.x.from)) * widthPx;
  };
  const toY = (row: number) => {
    const y = view.y.from + (row / (grid.rows - 1)) * (view.y.to - view.y.from);
    return heightPx - ((y - window.y.from) / (window.y.to - window.y.from)) * heightPx;
  };
  const inPixels = (pieces: readonly number[]) => pieces.map((at, index) => (index % 2 === 0 ? toX(at) : toY(at)));
  pen.lineWidth = 1;
  const named: LevelLine[] = [];
  const every = namedEvery(view.lines);
  for (const [line, pieces] of lines) {
    const isPower = line % perPower === 0;
    const alpha = theme.highContrast ? (isPower ? 0.55 : 0.3) : isPower ? 0.26 : 0.11;
    pen.strokeStyle = fade(theme.text, alpha);
    pen.beginPath();
    const drawn = inPixels(pieces);
    for (let at = 0; at < drawn.length; at += 4) {
      pen.moveTo(drawn[at] ?? 0, drawn[at + 1] ?? 0);
      pen.lineTo(drawn[at + 2] ?? 0, drawn[at + 3] ?? 0);
    }
    pen.stroke();
    if (line % every !== 0) continue;
    const heightAtLine = (at: number) => view.lines.above + 10 ** (at / perPower);
    const below = heightAtLine(line - every);
    const exact = heightAtLine(line);
    // Rounding of the lowest leaves a line through zero a hair beside it.
    const height = Math.abs(exact) < (exact - below) / 1000 ? 0 : exact;
    const isExact = isPower && view.lines.above === 0;
    const text = isExact
      ? formatChosen(height, picture.locale)
      : formatNumber(height, {
          digits: levelDigits(height, below),
          locale: picture.locale,
        });
    named.push({ text, widthPx: textWidthPx(text, theme), pieces: drawn });
  }
  nameLines(pen, named, view, picture);
  return canvas;
}

/** Which lines are named: the powers of ten, or of few that lie close together some between. */
function namedEvery({ first, last, perPower }: SurfaceView["lines"]): number {
  const powers = Math.floor(last / perPower) - Math.ceil(first / perPower) + 1;
  return powers >= 4 ? perPower : Math.max(1, Math.ceil((last - first + 1) / 6));
}

function nameLines(
  pen: CanvasRenderingContext2D,
  lines: readonly LevelLine[],
  { start, minima, paths }: SurfaceView,
  { widthPx, heightPx, window, theme }: GroundPicture,
): void {
  // Where the paths end their names stand, too; where they begin together is a mark of its own.
  const ends = paths.flatMap(({ x, y }) =>
    [0, -1].flatMap((at) => {
      const [atX, atY] = [x.at(at), y.at(at)];
      return atX === undefined || atY === undefined ? [] : [[atX, atY] as const];
    }),
  );
  const marks = [...minima, ...(start === null ? [] : [start]), ...ends].map(([x, y]) => ({
    x: ((x - window.x.from) / (window.x.to - window.x.from)) * widthPx,
    y: heightPx - ((y - window.y.from) / (window.y.to - window.y.from)) * heightPx,
  }));
  pen.font = `${axisFontPx}px ${theme.fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  for (const { text, x, y } of placeLevelNames(lines, { widthPx, heightPx }, marks)) {
    pen.strokeStyle = theme.page;
    pen.strokeText(text, x, y);
    pen.fillStyle = theme.muted;
    pen.fillText(text, x, y);
  }
}

/** Pixels of the shades, before they are stretched to the picture: enough that no edge is seen beside its line. */
const shadesSize = { columns: 360, rows: 270 };

/** Pixels whose opacity, from 0 to 255, follows from the height there. */
function pixelsOf(
  { x, y }: SurfaceView,
  grid: HeightGrid,
  { theme, window }: GroundPicture,
  opacity: (height: number) => number,
): HTMLCanvasElement {
  const { columns, rows } = shadesSize;
  const canvas = element("canvas", { width: columns, height: rows });
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  const image = pen.createImageData(columns, rows);
  const [red = 0, green = 0, blue = 0] = parseColour(theme.text);
  const along = (axis: SurfaceView["x"], shown: SurfaceView["x"], share: number, count: number) =>
    ((shown.from + share * (shown.to - shown.from) - axis.from) / (axis.to - axis.from)) * (count - 1);
  const places = Float64Array.from({ length: columns }, (_, column) =>
    Math.min(grid.columns - 1, Math.max(0, along(x, window.x, column / (columns - 1), grid.columns))),
  );
  for (let row = 0; row < rows; row++) {
    const exact = along(y, window.y, 1 - row / (rows - 1), grid.rows);
    const at = Math.min(grid.rows - 1, Math.max(0, exact));
    for (let column = 0; column < columns; column++) {
      const pixel = 4 * (row * columns + column);
      image.data.set([red, green, blue, opacity(heightAt(grid, places[column] ?? 0, at))], pixel);
    }
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

/** Each line up is a shade darker (on dark ground: lighter). */
function shades(view: SurfaceView, grid: HeightGrid, picture: GroundPicture): HTMLCanvasElement {
  const { lines } = view;
  const most = Math.max(1, lines.last - lines.first + 1);
  return pixelsOf(view, grid, picture, (height) => {
    if (Number.isNaN(height)) return 0;
    const passed = Math.min(most, Math.max(0, Math.floor(height * lines.perPower) - lines.first + 1));
    return Math.round((passed / most) * 0.15 * 255);
  });
}

/** Where there is no height, as all that is no number looks. */
function hatchedHoles(view: SurfaceView, grid: HeightGrid, picture: GroundPicture): HTMLCanvasElement {
  const { widthPx, heightPx, ratio, theme } = picture;
  const canvas = element("canvas", { width: Math.round(widthPx * ratio), height: Math.round(heightPx * ratio) });
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  pen.fillStyle = hatchPattern(pen, fade(theme.colour("error"), theme.highContrast ? 1 : 0.5), Math.round(8 * ratio));
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.globalCompositeOperation = "destination-in";
  pen.imageSmoothingEnabled = false;
  const holes = pixelsOf(view, grid, picture, (height) => (Number.isNaN(height) ? 255 : 0));
  pen.drawImage(holes, 0, 0, canvas.width, canvas.height);
  return canvas;
}
