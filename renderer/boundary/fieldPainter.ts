// Paints fields: towards the colour of the likeliest class by how sure it is, and a line where that class changes.

import { hatchPattern, parseColour, type Theme } from "../theme.ts";
import { changeStretches, type Field } from "./changeLine.ts";

/** A field of one number by sign: class 0 below `middle`, class 1 above. */
export function signedField(size: number, shares: ArrayLike<number>): Field {
  const winners = Array.from(shares, (share) => (share >= 0.5 ? 1 : 0));
  return { size, winners, margins: Array.from(shares, (share) => Math.abs(share - 0.5) * 2) };
}

export function paintField(pen: CanvasRenderingContext2D, field: Field, sizePx: number, theme: Theme): void {
  paintColours(pen, field, sizePx, theme);
  if (theme.highContrast) hatchFirst(pen, field, sizePx, theme);
  const line = changeLine(field, sizePx);
  pen.strokeStyle = theme.page;
  pen.lineWidth = sizePx > 120 ? 4 : 2.5;
  pen.stroke(line);
  pen.strokeStyle = theme.text;
  pen.lineWidth = sizePx > 120 ? 1.75 : 1;
  pen.stroke(line);
}

function paintColours(
  pen: CanvasRenderingContext2D,
  { size, winners, margins }: Field,
  sizePx: number,
  theme: Theme,
): void {
  const small = smallCanvas(size);
  const smallPen = small.getContext("2d");
  if (smallPen === null) return;
  const { page, colours } = coloursOf(theme);
  const image = smallPen.createImageData(size, size);
  for (let point = 0; point < size * size; point++) {
    const colour = colours[winners[point] ?? 0] ?? page;
    const strength = 0.06 + 0.5 * (margins[point] ?? 0);
    for (let channel = 0; channel < 3; channel++) {
      const from = page[channel] ?? 0;
      image.data[4 * point + channel] = Math.round(from + ((colour[channel] ?? from) - from) * strength);
    }
    image.data[4 * point + 3] = 255;
  }
  smallPen.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.drawImage(small, 0, 0, sizePx, sizePx);
}

const smallCanvases = new Map<number, HTMLCanvasElement>();

/** One for each size: a scrubbed picture paints many fields a frame. */
function smallCanvas(size: number): HTMLCanvasElement {
  const canvas = smallCanvases.get(size) ?? document.createElement("canvas");
  if (canvas.width !== size) {
    canvas.width = size;
    canvas.height = size;
  }
  smallCanvases.set(size, canvas);
  return canvas;
}

interface FieldColours {
  readonly page: readonly number[];
  /** Of each class. */
  readonly colours: readonly (readonly number[])[];
}

const parsed = new WeakMap<Theme, FieldColours>();

function coloursOf(theme: Theme): FieldColours {
  const known = parsed.get(theme) ?? {
    page: parseColour(theme.page),
    colours: Array.from({ length: 10 }, (_, at) => parseColour(theme.classColour(at))),
  };
  parsed.set(theme, known);
  return known;
}

/** High contrast says class 1 by a hatch, too. */
function hatchFirst(pen: CanvasRenderingContext2D, { size, winners }: Field, sizePx: number, theme: Theme): void {
  pen.fillStyle = hatchPattern(pen, theme.classColour(1), 6);
  const cell = sizePx / size;
  for (let point = 0; point < size * size; point++)
    if (winners[point] === 1)
      pen.fillRect((point % size) * cell, Math.floor(point / size) * cell, cell + 0.5, cell + 0.5);
}

function changeLine(field: Field, sizePx: number): Path2D {
  const line = new Path2D();
  for (const [from, to] of changeStretches(field, sizePx)) {
    line.moveTo(from.x, from.y);
    line.lineTo(to.x, to.y);
  }
  return line;
}
