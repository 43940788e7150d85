// What keys, wheel and pointer do to the stretch that a chart shows: zoom it, move it, show all.

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
  const take: TakeZoom = (step, around) => {
    choices.range = zoomed(choices.range, parts.whole(), step, { around, shortest: parts.shortest?.() });
    parts.changed();
  };
  canvas.addEventListener("keydown", (event) => takeZoomKey(event, (step) => take(step, parts.cursor() ?? undefined)));
  listenForZoomPointer(canvas, { take, valueAt: parts.valueAt, isZoomed: () => choices.range !== null });
}

/** Zooms by a step or moves, around a value of the axis or its middle. */
export type TakeZoom = (step: ZoomStep, around?: number) => void;

/** Whether a key was one that zooms: then it does nothing else. */
export function takeZoomKey(event: KeyboardEvent, take: (step: ZoomStep) => void): boolean {
  const step = zoomKey(event);
  if (step === null || event.ctrlKey || event.metaKey || event.altKey) return false;
  take(step);
  event.preventDefault();
  event.stopPropagation();
  return true;
}

export function listenForZoomPointer(
  canvas: HTMLCanvasElement,
  { take, valueAt, isZoomed }: { take: TakeZoom; valueAt(xPx: number): number | undefined; isZoomed(): boolean },
): void {
  listenForZoomWheel(canvas, (step, event) => take(step, valueAt(event.offsetX)));
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons === 1 && isZoomed() && canvas.clientWidth > 0)
      take({ kind: "move", share: -event.movementX / canvas.clientWidth });
  });
}

/** With Ctrl or Cmd the wheel; alone it scrolls the notebook. */
export function listenForZoomWheel(
  node: HTMLElement,
  take: (step: ZoomStep & { kind: "zoom" }, event: WheelEvent) => void,
): void {
  node.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      take({ kind: "zoom", factor: event.deltaY < 0 ? 0.8 : 1.25 }, event);
    },
    { passive: false },
  );
}
