// What pointer and keys do in a figure over epochs: they move a line and read its values.

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
