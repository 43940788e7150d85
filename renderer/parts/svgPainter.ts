// Paints a view as an SVG document: boxes, words and icons as shapes and text; what was drawn on a canvas as an embedded picture.

import type { Box, BoxLook, Line, Painter, PathLook, TextStyle } from "./painter.ts";

export class SvgPainter implements Painter {
  readonly #head: string;
  readonly #parts: string[] = [];

  constructor(widthPx: number, heightPx: number, background: string) {
    this.#head = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">`;
    this.#parts.push(`<rect width="100%" height="100%" fill="${escaped(background)}"/>`);
  }

  box(box: Box, { fill, stroke, strokeWidthPx, radiusPx, dashes }: BoxLook): void {
    // A line is drawn half inside and half outside its path; the border of a box lies inside it.
    const inset = stroke === null ? 0 : strokeWidthPx / 2;
    const width = short(Math.max(0, box.width - 2 * inset));
    const height = short(Math.max(0, box.height - 2 * inset));
    const widthOf = stroke === null ? "" : ` stroke-width="${short(strokeWidthPx)}"`;
    this.#parts.push(
      `<rect x="${short(box.x + inset)}" y="${short(box.y + inset)}" width="${width}" height="${height}" rx="${radiusPx}" fill="${escaped(fill ?? "none")}" stroke="${escaped(stroke ?? "none")}"${widthOf}${dashed(dashes)}/>`,
    );
  }

  lines(lines: readonly Line[], colour: string, widthPx: number, dashes: readonly number[] = []): void {
    const d = lines.map(({ from, to }) => `M${from.map(short).join(" ")}L${to.map(short).join(" ")}`).join("");
    this.#parts.push(
      `<path d="${d}" fill="none" stroke="${escaped(colour)}" stroke-width="${widthPx}"${dashed(dashes)}/>`,
    );
  }

  text(text: string, x: number, baseline: number, { family, sizePx, weight, colour }: TextStyle): void {
    this.#parts.push(
      `<text x="${short(x)}" y="${short(baseline)}" font-family="${escaped(family)}" font-size="${sizePx}" font-weight="${escaped(weight)}" fill="${escaped(colour)}">${escaped(text)}</text>`,
    );
  }

  picture(canvas: HTMLCanvasElement, box: Box, isPixelated: boolean): void {
    if (canvas.width === 0 || canvas.height === 0) return;
    const sharp = isPixelated ? ' style="image-rendering: pixelated"' : "";
    this.#parts.push(
      `<image x="${short(box.x)}" y="${short(box.y)}" width="${short(box.width)}" height="${short(box.height)}" preserveAspectRatio="none"${sharp} href="${canvas.toDataURL("image/png")}"/>`,
    );
  }

  path(d: string, viewBox: Box, box: Box, { fill, stroke, strokeWidthPx }: PathLook): void {
    const scale = `scale(${short(box.width / viewBox.width)} ${short(box.height / viewBox.height)})`;
    this.#parts.push(
      `<path transform="translate(${short(box.x)} ${short(box.y)}) ${scale} translate(${-viewBox.x} ${-viewBox.y})" fill="${escaped(fill ?? "none")}" stroke="${escaped(stroke ?? "none")}" stroke-width="${strokeWidthPx}" d="${escaped(d)}"/>`,
    );
  }

  /** An SVG inside shows nothing outside of its own view. */
  clipped(box: Box, paint: () => void): void {
    const [x, y, width, height] = [short(box.x), short(box.y), short(box.width), short(box.height)];
    this.#parts.push(
      `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">`,
    );
    paint();
    this.#parts.push("</svg>");
  }

  document(): string {
    return `${this.#head}\n${this.#parts.join("\n")}\n</svg>\n`;
  }
}

function dashed(dashes: readonly number[]): string {
  return dashes.length === 0 ? "" : ` stroke-dasharray="${dashes.map(short).join(" ")}"`;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
