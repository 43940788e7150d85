// Paints a view onto a canvas of its own: the PNG.

import type { Box, BoxLook, Line, Painter, PathLook, TextStyle } from "./painter.ts";

export class CanvasPainter implements Painter {
  readonly canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;

  constructor(widthPx: number, heightPx: number, background: string, scale: number) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = widthPx * scale;
    this.canvas.height = heightPx * scale;
    const pen = this.canvas.getContext("2d");
    if (pen === null) throw new Error("This browser gives no 2D canvas, which every chart here needs.");
    this.#pen = pen;
    pen.scale(scale, scale);
    pen.fillStyle = background;
    pen.fillRect(0, 0, widthPx, heightPx);
    pen.textBaseline = "alphabetic";
  }

  box(box: Box, { fill, stroke, strokeWidthPx, radiusPx, dashes }: BoxLook): void {
    const outline = (insetPx: number) => {
      this.#pen.beginPath();
      const width = Math.max(0, box.width - 2 * insetPx);
      this.#pen.roundRect(box.x + insetPx, box.y + insetPx, width, Math.max(0, box.height - 2 * insetPx), radiusPx);
    };
    if (fill !== null) {
      outline(0);
      this.#pen.fillStyle = fill;
      this.#pen.fill();
    }
    if (stroke !== null) {
      outline(strokeWidthPx / 2);
      this.#pen.strokeStyle = stroke;
      this.#pen.lineWidth = strokeWidthPx;
      this.#pen.setLineDash([...dashes]);
      this.#pen.stroke();
      this.#pen.setLineDash([]);
    }
  }

  lines(lines: readonly Line[], colour: string, widthPx: number, dashes: readonly number[] = []): void {
    this.#pen.beginPath();
    for (const { from, to } of lines) {
      this.#pen.moveTo(...from);
      this.#pen.lineTo(...to);
    }
    this.#pen.strokeStyle = colour;
    this.#pen.lineWidth = widthPx;
    this.#pen.setLineDash([...dashes]);
    this.#pen.stroke();
    this.#pen.setLineDash([]);
  }

  text(text: string, x: number, baseline: number, style: TextStyle): void {
    this.#pen.font = `${style.weight} ${style.sizePx}px ${style.family}`;
    this.#pen.fillStyle = style.colour;
    this.#pen.fillText(text, x, baseline);
  }

  picture(canvas: HTMLCanvasElement, box: Box, isPixelated: boolean): void {
    if (canvas.width === 0 || canvas.height === 0) return;
    this.#pen.imageSmoothingEnabled = !isPixelated;
    this.#pen.drawImage(canvas, box.x, box.y, box.width, box.height);
  }

  path(d: string, viewBox: Box, box: Box, { fill, stroke, strokeWidthPx }: PathLook): void {
    this.#pen.save();
    this.#pen.translate(box.x, box.y);
    this.#pen.scale(box.width / viewBox.width, box.height / viewBox.height);
    this.#pen.translate(-viewBox.x, -viewBox.y);
    const path = new Path2D(d);
    if (fill !== null) {
      this.#pen.fillStyle = fill;
      this.#pen.fill(path);
    }
    if (stroke !== null) {
      this.#pen.strokeStyle = stroke;
      this.#pen.lineWidth = strokeWidthPx;
      this.#pen.stroke(path);
    }
    this.#pen.restore();
  }

  clipped(box: Box, paint: () => void): void {
    this.#pen.save();
    this.#pen.beginPath();
    this.#pen.rect(box.x, box.y, box.width, box.height);
    this.#pen.clip();
    paint();
    this.#pen.restore();
  }
}
