// A pen that draws on a still picture what it would paint on a canvas: painters of live views draw still ones with it.

import type { Pen } from "../parts/pen.ts";
import { parseColour } from "../theme.ts";
import { type Point, type SvgDrawing, short } from "./svgDrawing.ts";

type Ink = string | CanvasGradient | CanvasPattern;

export class SvgPen implements Pen {
  font = "11px sans-serif";
  fillStyle: Ink = "";
  strokeStyle: Ink = "";
  lineWidth = 1;
  textAlign: CanvasTextAlign = "left";
  textBaseline: CanvasTextBaseline = "alphabetic";
  readonly #drawing: SvgDrawing;
  readonly #origin: Point;
  #path = "";
  #box: readonly [x: number, y: number, width: number, height: number] = [0, 0, 0, 0];
  #dashes: readonly number[] = [];
  #clips = 0;

  /** `origin`: where the canvas's corner lies. */
  constructor(drawing: SvgDrawing, origin: Point) {
    this.#drawing = drawing;
    this.#origin = origin;
  }

  beginPath(): void {
    this.#path = "";
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${this.#at(x, y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === "" ? "M" : "L"}${this.#at(x, y)}`;
  }

  closePath(): void {
    this.#path += "z";
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#box = [x, y, width, height];
    this.#path += `M${this.#at(x, y)}h${short(width)}v${short(height)}h${short(-width)}z`;
  }

  /** Whole circles alone: no painter asks for less. */
  arc(x: number, y: number, radius: number): void {
    const size = short(radius);
    this.#path += `M${this.#at(x - radius, y)}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`;
  }

  fill(): void {
    const { colour, opacity } = inkOf(this.fillStyle);
    this.#drawing.path(this.#path, { fill: colour, opacity });
  }

  stroke(): void {
    const stroke = { colour: inkOf(this.strokeStyle).colour, widthPx: this.lineWidth, dashes: this.#dashes };
    this.#drawing.path(this.#path, { stroke });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const [left, top] = [this.#origin.x + x, this.#origin.y + y];
    this.#drawing.box({ x: left, y: top, width, height }, inkOf(this.fillStyle).colour);
  }

  fillText(text: string, x: number, y: number): void {
    const sizePx = Number.parseFloat(this.font) || 11;
    const anchor = this.textAlign === "center" ? "middle" : this.textAlign === "right" ? "end" : "start";
    const drop = this.textBaseline === "top" ? sizePx * 0.8 : this.textBaseline === "middle" ? sizePx * 0.35 : 0;
    const at = { x: this.#origin.x + x, y: this.#origin.y + y + drop };
    this.#drawing.text(text, at, { colour: inkOf(this.fillStyle).colour, sizePx, anchor });
  }

  setLineDash(dashes: number[]): void {
    this.#dashes = dashes;
  }

  save(): void {
    this.#clips = 0;
  }

  /** To the last rectangle of the path. */
  clip(): void {
    const [x, y, width, height] = this.#box;
    this.#drawing.beginClip({ x: this.#origin.x + x, y: this.#origin.y + y, width, height });
    this.#clips++;
  }

  restore(): void {
    for (; this.#clips > 0; this.#clips--) this.#drawing.endClip();
  }

  #at(x: number, y: number): string {
    return `${short(this.#origin.x + x)} ${short(this.#origin.y + y)}`;
  }
}

/** Not every program that shows SVG knows `rgba`. */
function inkOf(style: Ink): { readonly colour: string; readonly opacity: number } {
  const text = typeof style === "string" ? style : "";
  const alpha = /^rgba\(.*,\s*([\d.]+)\)$/.exec(text)?.[1];
  if (alpha === undefined) return { colour: text, opacity: 1 };
  return { colour: `rgb(${parseColour(text).join(", ")})`, opacity: Number(alpha) };
}
