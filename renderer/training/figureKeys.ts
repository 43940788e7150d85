// What pointer and keys do in a figure over epochs: they move a line and read its values, zoom and move the stretch that is shown.

import { type Range, type ZoomStep, zoomed, zoomKey } from "../time/timeZoom.ts";
import type { TrainingChoices } from "./trainingChoices.ts";

export interface CursorParts {
  epochs(): number;
  cursor(): number | null;
  epochAt(xPx: number): number;
  move(epoch: number | null, speak: boolean): void;
  /** Back to the newest epoch, here and in the other outputs of the run. */
  end(): void;
}

/** Pointer or arrow keys move a line over the chart and read the values; keys also speak them. */
export function listenForCursor(canvas: HTMLCanvasElement, parts: CursorParts): void {
  const clamp = (epoch: number) => Math.min(parts.epochs(), Math.max(1, epoch));
  canvas.addEventListener("pointermove", (event) => {
    if (parts.epochs() === 0) return;
    const epoch = clamp(parts.epochAt(event.offsetX));
    if (epoch !== parts.cursor()) parts.move(epoch, false);
  });
  canvas.addEventListener("pointerleave", () => parts.move(null, false));
  canvas.addEventListener("blur", () => parts.move(null, false));
  canvas.addEventListener("keydown", (event) => {
    if (event.shiftKey) return;
    const at = parts.cursor() ?? parts.epochs() + 1;
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 1,
      End: parts.epochs(),
    }[event.key];
    if (event.key === "Escape" && parts.cursor() !== null) parts.end();
    else if (to !== undefined && parts.epochs() > 0) parts.move(clamp(to), true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

export interface ZoomParts {
  readonly choices: TrainingChoices;
  whole(): Range;
  cursor(): number | null;
  epochAt(xPx: number): number;
  changed(): void;
}

/** `+`, `−`, `0` and Shift with an arrow; with Ctrl the wheel; a zoomed figure is dragged. */
export function listenForZoom(canvas: HTMLCanvasElement, parts: ZoomParts): void {
  const { choices } = parts;
  const take = (step: ZoomStep, around?: number) => {
    choices.range = zoomed(choices.range, parts.whole(), step, { around });
    parts.changed();
  };
  canvas.addEventListener("keydown", (event) => {
    const step = zoomKey(event);
    if (step === null || event.ctrlKey || event.metaKey || event.altKey) return;
    take(step, parts.cursor() ?? undefined);
    event.preventDefault();
    event.stopPropagation();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      // The wheel alone scrolls the notebook.
      if (!event.ctrlKey && !event.metaKey) return;
      take({ kind: "zoom", factor: event.deltaY < 0 ? 0.8 : 1.25 }, parts.epochAt(event.offsetX));
      event.preventDefault();
    },
    { passive: false },
  );
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons !== 1 || choices.range === null || canvas.clientWidth === 0) return;
    take({ kind: "move", share: -event.movementX / canvas.clientWidth });
  });
}
