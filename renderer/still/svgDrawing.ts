// Shapes and words as the text of an SVG document. Text is escaped, numbers are numbers: data from a file cannot become markup.

import type { Theme } from "../theme.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Stroke {
  readonly colour: string;
  readonly widthPx?: number;
  /** Lengths of dashes and gaps. */
  readonly dashes?: readonly number[];
}

export interface BoxLook {
  /** The colour of its border; `null`, the default, for none. */
  readonly edge?: string | null;
  readonly radiusPx?: number;
  /** Lengths of dashes and gaps of its border. */
  readonly dashes?: readonly number[];
}

export interface TextLook {
  readonly colour?: string;
  readonly sizePx?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: 400 | 600;
}

/** An element, apart from its colours; `null` for one that has none. */
interface Part {
  readonly head: string;
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly tail: string;
}

export class SvgDrawing {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly theme: Theme;
  readonly #parts: Part[] = [];

  constructor(widthPx: number, heightPx: number, theme: Theme) {
    this.widthPx = Math.ceil(widthPx);
    this.heightPx = Math.ceil(heightPx);
    this.theme = theme;
    this.box({ x: 0, y: 0, width: this.widthPx, height: this.heightPx }, theme.page);
  }

  box({ x, y, width, height }: Box, fill: string, { edge = null, radiusPx = 0, dashes }: BoxLook = {}): void {
    const round = (radiusPx === 0 ? "" : ` rx="${short(radiusPx)}"`) + dashed(dashes);
    const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
    this.#add({ head: `<rect ${place}${round}`, fill, stroke: edge, tail: "/>" });
  }

  /** Many boxes of one colour, as one shape. */
  boxes(boxes: readonly Box[], fill: string): void {
    const d = boxes
      .map(({ x, y, width, height }) => `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`)
      .join("");
    this.path(d, { fill });
  }

  /** Stretches between which there is nothing. */
  lines(stretches: readonly (readonly Point[])[], stroke: Stroke): void {
    const d = stretches
      .map((points) => points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${short(x)} ${short(y)}`).join(""))
      .join("");
    this.path(d, { stroke });
  }

  /** The outline of an SVG path: numbers and letters. */
  path(d: string, { fill, stroke, opacity = 1 }: { fill?: string; stroke?: Stroke; opacity?: number }): void {
    if (d === "") return;
    const faded = opacity === 1 ? "" : ` fill-opacity="${short(opacity)}"`;
    const look = stroke === undefined ? "" : ` ${strokeLook(stroke)}`;
    const none = fill === undefined ? ' fill="none"' : "";
    this.#add({
      head: `<path d="${escaped(d)}"${none}${faded}${look}`,
      fill: fill ?? null,
      stroke: stroke?.colour ?? null,
      tail: "/>",
    });
  }

  area(outline: readonly Point[], fill: string, opacity: number): void {
    if (outline.length < 3) return;
    const points = outline.map(({ x, y }) => `${short(x)},${short(y)}`).join(" ");
    this.#add({ head: `<polygon points="${points}" fill-opacity="${short(opacity)}"`, fill, stroke: null, tail: "/>" });
  }

  dot({ x, y }: Point, radiusPx: number, fill: string, edge: string = this.theme.page): void {
    this.#add({
      head: `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radiusPx)}"`,
      fill,
      stroke: edge,
      tail: "/>",
    });
  }

  text(
    text: string,
    { x, y }: Point,
    { colour = this.theme.text, sizePx = 12, anchor = "start", weight = 400 }: TextLook = {},
  ): void {
    if (text === "") return;
    const bold = weight === 400 ? "" : ` font-weight="${weight}"`;
    const aside = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
    this.#add({
      head: `<text x="${short(x)}" y="${short(y)}" font-size="${short(sizePx)}"${aside}${bold}`,
      fill: colour,
      stroke: null,
      tail: `>${escaped(text)}</text>`,
    });
  }

  /** What is drawn until {@link endClip} is seen inside of `box` alone. */
  beginClip({ x, y, width, height }: Box): void {
    const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
    const view = `viewBox="${short(x)} ${short(y)} ${short(width)} ${short(height)}"`;
    // A document of its own hides what leaves it, without an id that another picture of a page may have, too.
    this.#add({ head: `<svg ${place} ${view}`, fill: null, stroke: null, tail: ">" });
  }

  endClip(): void {
    this.#add({ head: "</svg", fill: null, stroke: null, tail: ">" });
  }

  /** A shape made for a square of 16 by 16, at its size. */
  icon(d: string, { x, y }: Point, colour: string): void {
    this.#add({
      head: `<svg x="${short(x)}" y="${short(y)}" width="16" height="16"`,
      fill: null,
      stroke: null,
      tail: ">",
    });
    this.path(d, { fill: colour });
    this.endClip();
  }

  /**
   * The document. `title` names the picture, `description` is what it says to those who do not see it.
   * `dark` is the same picture in a dark theme: where the reader's page is dark, its colours are taken.
   */
  document(
    { title, description }: { readonly title: string; readonly description: string },
    dark: SvgDrawing | null = null,
  ): string {
    const rules = new Map<string, string>();
    const body = this.#parts.map(({ head, fill, stroke, tail }, at) => {
      const other = dark === null ? undefined : dark.#parts[at];
      const classes = [
        colourClass(rules, "fill", fill, other?.fill ?? null),
        colourClass(rules, "stroke", stroke, other?.stroke ?? null),
      ].filter((name) => name !== "");
      const colours = [
        fill === null ? "" : ` fill="${escaped(fill)}"`,
        stroke === null ? "" : ` stroke="${escaped(stroke)}"`,
        classes.length === 0 ? "" : ` class="${classes.join(" ")}"`,
      ];
      return head + colours.join("") + tail;
    });
    const size = `width="${this.widthPx}" height="${this.heightPx}" viewBox="0 0 ${this.widthPx} ${this.heightPx}"`;
    const label = [title, description].filter((text) => text !== "").join(": ");
    const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(label)}" font-family="system-ui, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif">`;
    const words = [
      `<title>${escaped(title)}</title>`,
      ...(description === "" ? [] : [`<desc>${escaped(description)}</desc>`]),
    ];
    const style =
      rules.size === 0 ? [] : [`<style>@media (prefers-color-scheme:dark){${[...rules.values()].join("")}}</style>`];
    return `${[head, ...words, ...style, ...body, "</svg>"].join("\n")}\n`;
  }

  #add(part: Part): void {
    this.#parts.push(part);
  }
}

/** How the line of run `index` is dashed: it is told not by colour alone. */
export function runDashes(index: number): readonly number[] {
  return [[], [7, 3], [2, 2], [8, 2, 2, 2], [4, 4]][index] ?? [];
}

/** About how wide a text is: a browser would have to be asked for more. */
export function textWidthPx(text: string, sizePx = 12): number {
  let widthEm = 0;
  for (const letter of text) widthEm += letter.charCodeAt(0) > 0x1100 ? 1 : 0.56;
  return widthEm * sizePx;
}

/** As much of a text as has room; "…" says that there was more. */
export function cutText(text: string, widthPx: number, sizePx = 12): string {
  if (textWidthPx(text, sizePx) <= widthPx) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidthPx(`${letters.join("")}…`, sizePx) > widthPx) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** A text in lines of at most `widthPx`, broken at its spaces; a longer word is cut. */
export function wrapText(text: string, widthPx: number, sizePx = 12): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidthPx(longer, sizePx) > widthPx) {
      lines.push(line);
      line = cutText(word, widthPx, sizePx);
    } else line = line === "" ? cutText(word, widthPx, sizePx) : longer;
  }
  return line === "" ? lines : [...lines, line];
}

function strokeLook({ widthPx = 1.75, dashes }: Stroke): string {
  return `stroke-width="${short(widthPx)}" stroke-linejoin="round"${dashed(dashes)}`;
}

function dashed(dashes: readonly number[] | undefined): string {
  return dashes === undefined || dashes.length === 0 ? "" : ` stroke-dasharray="${dashes.map(short).join(" ")}"`;
}

/** Named after its two colours: the same name means the same in every picture that one page shows. */
function colourClass(
  rules: Map<string, string>,
  property: "fill" | "stroke",
  light: string | null,
  dark: string | null,
): string {
  if (light === null || dark === null || light === dark) return "";
  const name = [property.charAt(0), light, dark].join("-").replace(/[^\da-z-]+/gi, "");
  rules.set(name, `.${name}{${property}:${escaped(dark)}}`);
  return name;
}

/** A tenth of a pixel is enough, and keeps files small. */
export function short(value: number): number {
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
