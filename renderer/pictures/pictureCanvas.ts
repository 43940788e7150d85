// A small picture of a data set on a canvas: dark is low, bright is high, points stay sharp.

import { unpackShares } from "../../src/shared/levels.ts";
import type { SmallPicture } from "../../src/shared/views.ts";
import { element } from "../dom.ts";

export function createPictureCanvas(picture: SmallPicture, sizePx: number, label: string): HTMLCanvasElement {
  const { width, height, channels } = picture;
  const scale = sizePx / Math.max(width, height);
  const canvas = element("canvas", { class: "smallPicture", role: "img", "aria-label": label, width, height });
  canvas.style.width = `${Math.round(width * scale)}px`;
  canvas.style.height = `${Math.round(height * scale)}px`;
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  const shares = unpackShares(picture.levels);
  const image = pen.createImageData(width, height);
  for (let point = 0; point < width * height; point++) {
    for (let channel = 0; channel < 3; channel++)
      image.data[point * 4 + channel] = Math.round(
        (shares[point * channels + (channels === 3 ? channel : 0)] ?? 0) * 255,
      );
    image.data[point * 4 + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

export const pictureCss = `
.smallPicture { display: block; image-rendering: pixelated; border: 1px solid var(--nn-edge); box-sizing: content-box; }
.tiles { display: flex; flex-wrap: wrap; gap: 8px; }
.tile { margin: 0; font-size: 11px; line-height: 16px; color: var(--nn-muted); }
.tile b { font-weight: 600; color: var(--nn-text); }
`;
