// Paints on the ground of a surface: its minima, the paths up to the current step, and the names at their heads.

import type { SurfacePath } from "../../src/shared/views.ts";
import { runDash } from "../card/runKey.ts";
import { axisFontPx } from "../charts/axisFont.ts";
import { textWidthPx } from "../charts/chartSetup.ts";
import { fade, type Theme } from "../theme.ts";
import { freePlaceBeside, namedHeads, placeHeadNames, type TakenBox } from "./headNames.ts";
import { exitOf, isInside, type Point, stretchesInside } from "./lineInBox.ts";
import { placeAtStep, type SurfaceState } from "./surfaceState.ts";

/** Half as wide as the head of a path. */
const headPx = 5;

/** How far beside the picture paths are drawn, which may go much further. */
const nearPx = 100;

interface PaintedState extends SurfaceState {
  readonly sides: Map<number, number>;
}

export class SurfacePainter {
  readonly #pen: CanvasRenderingContext2D;
  readonly #theme: Theme;
  readonly #state: PaintedState;
  readonly #size: { readonly widthPx: number; readonly heightPx: number };

  constructor(
    pen: CanvasRenderingContext2D,
    theme: Theme,
    state: PaintedState,
    size: { readonly widthPx: number; readonly heightPx: number },
  ) {
    this.#pen = pen;
    this.#theme = theme;
    this.#state = state;
    this.#size = size;
    pen.font = `${axisFontPx}px ${theme.fontFamily}`;
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
  }

  paint(): void {
    const { view, hidden, lifted } = this.#state;
    const order = view.paths.map((_, index) => index).filter((index) => !hidden.has(index));
    // The lifted one lies on top.
    order.sort((one, other) => Number(one === lifted) - Number(other === lifted));
    // All halos lie below all lines: a path shows between the dashes of one that runs along it.
    for (const index of order) if (index !== this.#state.lifted) this.#halo(index);
    for (const index of order) this.#path(index);
    this.#start();
    this.#startName(this.#heads(order));
    this.#minima(order);
    this.#aim();
  }

  #x(value: number): number {
    const { from, to } = this.#state.window.x;
    return ((value - from) / (to - from)) * this.#size.widthPx;
  }

  #y(value: number): number {
    const { from, to } = this.#state.window.y;
    return this.#size.heightPx - ((value - from) / (to - from)) * this.#size.heightPx;
  }

  #colour(index: number): string {
    const { lifted } = this.#state;
    return lifted === null || lifted === index
      ? this.#theme.runColour(index)
      : fade(this.#theme.colour("run-other"), 0.55);
  }

  #halo(index: number): void {
    this.#trace(index, index === this.#state.lifted ? 5 : 4, this.#theme.page, []);
  }

  /** The one that is lifted stands clear of all others. */
  #path(index: number): void {
    const isLifted = index === this.#state.lifted;
    if (isLifted) this.#halo(index);
    this.#trace(index, isLifted ? 2.75 : 1.75, this.#colour(index), runDash(index));
  }

  #trace(index: number, widthPx: number, colour: string, dash: readonly number[]): void {
    const path = this.#state.view.paths[index];
    if (path === undefined) return;
    const pen = this.#pen;
    pen.beginPath();
    const { widthPx: right, heightPx: bottom } = this.#size;
    const near = { left: -nearPx, right: right + nearPx, top: -nearPx, bottom: bottom + nearPx };
    for (const [first, ...others] of stretchesInside(this.#pointsOf(path), near)) {
      if (first !== undefined) pen.moveTo(first.x, first.y);
      for (const { x, y } of others) pen.lineTo(x, y);
    }
    pen.lineWidth = widthPx;
    pen.strokeStyle = colour;
    pen.setLineDash([...dash]);
    pen.stroke();
    pen.setLineDash([]);
  }

  /** A path's places up to the step that is shown, in pixels. */
  #pointsOf(path: SurfacePath): readonly Point[] {
    const count = placeAtStep(path, this.#state.step) + 1;
    return Array.from({ length: count }, (_, at) => ({ x: this.#x(path.x[at] ?? 0), y: this.#y(path.y[at] ?? 0) }));
  }

  #start(): void {
    const start = this.#state.awaited ?? this.#state.view.start;
    if (start === null) return;
    const [x, y] = [this.#x(start[0]), this.#y(start[1])];
    this.#dot(x, y, 3.5, this.#theme.text);
  }

  /** Beside its mark, where no name or head of a path is. */
  #startName(names: readonly TakenBox[]): void {
    const start = this.#state.awaited ?? this.#state.view.start;
    if (start === null) return;
    const { start: word } = this.#state.words;
    const [x, y] = [this.#x(start[0]), this.#y(start[1])];
    const place = freePlaceBeside({ x, y, widthPx: textWidthPx(word, this.#theme) }, names, this.#size);
    this.#pen.textAlign = "left";
    this.#text(word, place.x, place.y, this.#theme.text);
  }

  /** Gives what names and heads cover. */
  #heads(order: readonly number[]): readonly TakenBox[] {
    const { view, step, sides, lifted } = this.#state;
    const { widthPx, heightPx } = this.#size;
    const picture = { left: 0, right: widthPx, top: 0, bottom: heightPx };
    const heads = order.flatMap((index) => {
      const path = view.paths[index];
      const at = path === undefined ? -1 : placeAtStep(path, step);
      if (path === undefined || at < 0) return [];
      const head = { x: this.#x(path.x[at] ?? 0), y: this.#y(path.y[at] ?? 0) };
      // A path that left the picture has its name where it left.
      const exit = exitOf(this.#pointsOf(path), picture);
      if (exit === null && !isInside(picture, head)) return [];
      const nameWidthPx = textWidthPx(path.name, this.#theme);
      return [{ index, name: path.name, ...head, ...exit, widthPx: nameWidthPx, side: sides.get(index) }];
    });
    const start = this.#state.awaited ?? view.start;
    const marks = [...view.minima, ...(start === null ? [] : [start])].map(([atX, atY]) => ({
      x: this.#x(atX),
      y: this.#y(atY),
    }));
    const lines = order.flatMap((index) => {
      const path = view.paths[index];
      return path === undefined ? [] : [this.#pointsOf(path)];
    });
    const named = namedHeads(heads, lifted);
    const names = placeHeadNames(named, { ...this.#size, marks, lines });
    named.forEach(({ index }, at) => {
      sides.set(index, names[at]?.side ?? -1);
    });
    const pen = this.#pen;
    named.forEach(({ index, x, y, widthPx: nameWidthPx }, at) => {
      const name = names[at];
      if (name?.hasLeader !== true) return;
      pen.strokeStyle = fade(this.#theme.runColour(index), 0.7);
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(name.x > x ? name.x - 4 : name.x + nameWidthPx + 4, name.y);
      pen.stroke();
    });
    for (const { index, x, y, direction } of heads) {
      if (direction === undefined) this.#dot(x, y, headPx, this.#colour(index));
      else this.#arrow({ x, y }, direction, this.#colour(index));
    }
    pen.textAlign = "left";
    named.forEach(({ index, name }, at) => {
      const place = names[at];
      if (place === undefined) return;
      const isQuiet = this.#state.lifted !== null && this.#state.lifted !== index;
      this.#text(name, place.x, place.y, isQuiet ? this.#theme.muted : this.#theme.runColour(index));
    });
    const covered = named.flatMap(({ widthPx: width }, at) => {
      const place = names[at];
      return place === undefined ? [] : [{ x: place.x, y: place.y, widthPx: width }];
    });
    return [...covered, ...heads.map(({ x, y }) => ({ x: x - headPx, y, widthPx: 2 * headPx }))];
  }

  #minima(order: readonly number[]): void {
    const { view, step, words } = this.#state;
    const pen = this.#pen;
    for (const [atX, atY] of view.minima) {
      const [x, y] = [this.#x(atX), this.#y(atY)];
      pen.beginPath();
      for (const turn of [-1, 1]) {
        pen.moveTo(x - 5, y - 5 * turn);
        pen.lineTo(x + 5, y + 5 * turn);
      }
      pen.lineWidth = 4;
      pen.strokeStyle = this.#theme.page;
      pen.stroke();
      pen.lineWidth = 1.5;
      pen.strokeStyle = this.#theme.text;
      pen.stroke();
      const isFree = order.every((index) => {
        const path = view.paths[index];
        const at = path === undefined ? -1 : placeAtStep(path, step);
        return at < 0 || Math.hypot(this.#x(path?.x[at] ?? 0) - x, this.#y(path?.y[at] ?? 0) - y) > 70;
      });
      const isRoomRight = x + 9 + textWidthPx(words.minimum, this.#theme) < this.#size.widthPx;
      pen.textAlign = isRoomRight ? "left" : "right";
      if (isFree && view.minima.length === 1)
        this.#text(words.minimum, isRoomRight ? x + 9 : x - 9, y + 12, this.#theme.text);
    }
  }

  /** A cross through the whole picture, with a ring where it is aimed. */
  #aim(): void {
    const { aim } = this.#state;
    if (aim === null) return;
    const { widthPx, heightPx } = this.#size;
    const [x, y] = [this.#x(aim[0]), this.#y(aim[1])];
    const pen = this.#pen;
    pen.beginPath();
    pen.moveTo(0, y);
    pen.lineTo(widthPx, y);
    pen.moveTo(x, 0);
    pen.lineTo(x, heightPx);
    pen.lineWidth = 1;
    pen.strokeStyle = fade(this.#theme.text, this.#theme.highContrast ? 1 : 0.4);
    pen.setLineDash([3, 3]);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.arc(x, y, 6, 0, 2 * Math.PI);
    pen.lineWidth = 1.5;
    pen.strokeStyle = this.#theme.text;
    pen.stroke();
  }

  #dot(x: number, y: number, radiusPx: number, colour: string): void {
    const pen = this.#pen;
    pen.beginPath();
    pen.arc(x, y, radiusPx, 0, 2 * Math.PI);
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = this.#theme.page;
    pen.stroke();
  }

  /** Its tip is at the place. */
  #arrow({ x, y }: Point, direction: number, colour: string): void {
    const pen = this.#pen;
    pen.save();
    pen.translate(x, y);
    pen.rotate(direction);
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.lineTo(-10, 5);
    pen.lineTo(-10, -5);
    pen.closePath();
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = this.#theme.page;
    pen.stroke();
    pen.restore();
  }

  #text(text: string, x: number, y: number, colour: string): void {
    const pen = this.#pen;
    pen.lineWidth = 4;
    pen.strokeStyle = this.#theme.page;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }
}
