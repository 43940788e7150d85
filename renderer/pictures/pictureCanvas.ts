// A small picture on a canvas, points stay sharp: dark is low and bright is high, or (of a filter) coloured by sign, which high contrast says by a hatch, too.

import { unpackShares } from "../../src/shared/levels.ts";
import type { SmallPicture } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { hatchPattern, parseColour } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";

export function createPictureCanvas(
  picture: SmallPicture,
  sizePx: number,
  label: string,
  signed: ViewHost | null = null,
): HTMLCanvasElement {
  const { width, height, channels } = picture;
  const scale = sizePx / Math.max(width, height);
  const canvas = element("canvas", { class: "smallPicture", role: "img", "aria-label": label, width, height });
  canvas.style.width = `${Math.round(width * scale)}px`;
  canvas.style.height = `${Math.round(height * scale)}px`;
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  const shares = unpackShares(picture.levels);
  const image = pen.createImageData(width, height);
  const paint = (coloursOf: (point: number) => readonly number[]) => {
    for (let point = 0; point < width * height; point++) image.data.set([...coloursOf(point), 255], point * 4);
    pen.putImageData(image, 0, 0);
  };
  const signOf = (point: number) => 2 * (shares[point] ?? 0.5) - 1;
  if (signed !== null)
    signed.onTheme((theme) => {
      // A hatch needs more points than the picture has.
      const enlarged = theme.highContrast ? scale * (window.devicePixelRatio || 1) : 1;
      Object.assign(canvas, { width: Math.round(width * enlarged), height: Math.round(height * enlarged) });
      if (!theme.highContrast) return paint((point) => parseColour(theme.signedColour(signOf(point))));
      const negative = hatchPattern(pen, theme.page, 4);
      const edge = (index: number) => Math.round(index * enlarged);
      for (let point = 0; point < width * height; point++) {
        const [row, column] = [Math.floor(point / width), point % width];
        for (const fill of [theme.signedColour(signOf(point)), ...(signOf(point) < 0 ? [negative] : [])]) {
          pen.fillStyle = fill;
          pen.fillRect(edge(column), edge(row), edge(column + 1) - edge(column), edge(row + 1) - edge(row));
        }
      }
    });
  else
    paint((point) =>
      [0, 1, 2].map((channel) => Math.round((shares[point * channels + (channels === 3 ? channel : 0)] ?? 0) * 255)),
    );
  return canvas;
}

export const pictureCss = `
.smallPicture { display: block; image-rendering: pixelated; border: 1px solid var(--nn-edge); box-sizing: content-box; }
.tiles { display: flex; flex-wrap: wrap; gap: 8px; }
.tile { margin: 0; font-size: 11px; line-height: 16px; color: var(--nn-muted); }
.tile b { font-weight: 600; color: var(--nn-text); }
`;
