// Shapes and words as the text of an SVG document. Text is escaped, numbers are numbers: data from a file cannot become markup.

import { palettes } from "../theme.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Stroke {
  readonly colour: string;
  readonly widthPx?: number;
  /** Lengths of dashes and gaps. */
  readonly dashes?: readonly number[];
}

export interface TextLook {
  readonly colour?: string;
  readonly sizePx?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: 400 | 600;
}

/** Still pictures are light, on a page of their own: whoever shows them may have any theme. */
export const palette = palettes.light;
export const ink = "#1f2328";
export const muted = "#59636e";
export const page = "#ffffff";

export class SvgDrawing {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly #parts: string[] = [];

  constructor(widthPx: number, heightPx: number) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.box({ x: 0, y: 0, width: widthPx, height: heightPx }, page);
  }

  box(
    { x, y, width, height }: Point & { readonly width: number; readonly height: number },
    fill: string,
    opacity = 1,
  ): void {
    const faded = opacity === 1 ? "" : ` fill-opacity="${short(opacity)}"`;
    this.#parts.push(
      `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${escaped(fill)}"${faded}/>`,
    );
  }

  /** Stretches between which there is nothing. */
  lines(stretches: readonly (readonly Point[])[], stroke: Stroke): void {
    const d = stretches
      .map((points) => points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${short(x)} ${short(y)}`).join(""))
      .join("");
    if (d !== "") this.#parts.push(`<path d="${d}" fill="none" ${strokeOf(stroke)}/>`);
  }

  area(outline: readonly Point[], fill: string, opacity: number): void {
    if (outline.length < 3) return;
    const points = outline.map(({ x, y }) => `${short(x)},${short(y)}`).join(" ");
    this.#parts.push(`<polygon points="${points}" fill="${escaped(fill)}" fill-opacity="${short(opacity)}"/>`);
  }

  dot({ x, y }: Point, radiusPx: number, fill: string, edge: string = page): void {
    this.#parts.push(
      `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radiusPx)}" fill="${escaped(fill)}" stroke="${escaped(edge)}"/>`,
    );
  }

  text(
    text: string,
    { x, y }: Point,
    { colour = ink, sizePx = 12, anchor = "start", weight = 400 }: TextLook = {},
  ): void {
    const bold = weight === 400 ? "" : ` font-weight="${weight}"`;
    this.#parts.push(
      `<text x="${short(x)}" y="${short(y)}" font-size="${sizePx}" text-anchor="${anchor}"${bold} fill="${escaped(colour)}">${escaped(text)}</text>`,
    );
  }

  /** `label` is what the picture says to those who do not see it. */
  document(label: string): string {
    const size = `width="${this.widthPx}" height="${this.heightPx}" viewBox="0 0 ${this.widthPx} ${this.heightPx}"`;
    const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(label)}" font-family="system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif">`;
    return `${head}\n${this.#parts.join("\n")}\n</svg>\n`;
  }
}

/** The colour of run, variant or path `index` (from 0); beyond the fifth all share one. */
export function runColour(index: number): string {
  const colours = [palette["run-1"], palette["run-2"], palette["run-3"], palette["run-4"], palette["run-5"]];
  return colours[index] ?? palette["run-other"];
}

/** Not by colour alone: how the line of run `index` is dashed. */
export function runDashes(index: number): readonly number[] {
  return [[], [7, 3], [2, 2], [8, 2, 2, 2], [4, 4]][index] ?? [];
}

/** About how wide a text is: a browser would have to be asked for more. */
export function textWidthPx(text: string, sizePx = 12): number {
  let widthEm = 0;
  for (const letter of text) widthEm += letter.charCodeAt(0) > 0x1100 ? 1 : 0.56;
  return widthEm * sizePx;
}

function strokeOf({ colour, widthPx = 1.75, dashes }: Stroke): string {
  const dashed =
    dashes === undefined || dashes.length === 0 ? "" : ` stroke-dasharray="${dashes.map(short).join(" ")}"`;
  return `stroke="${escaped(colour)}" stroke-width="${short(widthPx)}" stroke-linejoin="round"${dashed}`;
}

/** A tenth of a pixel is enough, and keeps files small. */
function short(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
