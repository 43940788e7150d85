// What keys, wheel and pointer do to the stretch that a chart shows along x: zoom it, move it, show all.

import { type Range, type ZoomStep, zoomed, zoomKey } from "./timeZoom.ts";

export interface ZoomParts {
  /** Keeps the stretch that is shown; `null` for all. */
  readonly choices: { range: Range | null };
  whole(): Range;
  /** What is read, which stays in its place while keys zoom; `null` for nothing. */
  cursor(): number | null;
  /** What stands at a place of the canvas. */
  valueAt(xPx: number): number;
  /** The least that is shown; 2 when left out. */
  shortest?(): number;
  changed(): void;
}

/** `+`, `−`, `0` and Shift with an arrow; with Ctrl the wheel; a zoomed figure is dragged. */
export function listenForZoom(canvas: HTMLCanvasElement, parts: ZoomParts): void {
  const { choices } = parts;
  const take = (step: ZoomStep, around?: number) => {
    choices.range = zoomed(choices.range, parts.whole(), step, { around, shortest: parts.shortest?.() });
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
      take({ kind: "zoom", factor: event.deltaY < 0 ? 0.8 : 1.25 }, parts.valueAt(event.offsetX));
      event.preventDefault();
    },
    { passive: false },
  );
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons !== 1 || choices.range === null || canvas.clientWidth === 0) return;
    take({ kind: "move", share: -event.movementX / canvas.clientWidth });
  });
}
