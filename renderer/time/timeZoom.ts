// Zooming into a stretch of time and moving it. No DOM: ranges in, ranges out; `null` is the whole.

export type Range = readonly [from: number, to: number];

/** What keys do to a stretch: `+` and `−` zoom, `0` shows the whole, Shift with an arrow moves it; `null` is not a key of ours. */
export function zoomKey(event: Pick<KeyboardEvent, "key" | "shiftKey">): ZoomStep | null {
  if (event.shiftKey && event.key === "ArrowLeft") return { kind: "move", share: -0.25 };
  if (event.shiftKey && event.key === "ArrowRight") return { kind: "move", share: 0.25 };
  if (event.key === "+" || event.key === "=") return { kind: "zoom", factor: 0.5 };
  if (event.key === "-") return { kind: "zoom", factor: 2 };
  return event.key === "0" ? { kind: "whole" } : null;
}

export type ZoomStep =
  | { readonly kind: "zoom"; readonly factor: number }
  /** By a share of what is shown. */
  | { readonly kind: "move"; readonly share: number }
  | { readonly kind: "whole" };

/** A stretch of time is never shorter than this. */
const shortestTime = 2;

/**
 * The stretch after a step, inside `whole`, and never shorter than `shortest`; `around` is what stays in its place while
 * zooming.
 */
export function zoomed(
  shown: Range | null,
  whole: Range,
  step: ZoomStep,
  {
    around,
    shortest = shortestTime,
  }: { readonly around?: number | undefined; readonly shortest?: number | undefined } = {},
): Range | null {
  if (step.kind === "whole") return null;
  const [from, to] = shown ?? whole;
  const wholeSpan = whole[1] - whole[0];
  if (wholeSpan <= shortest) return null;
  if (step.kind === "move") return inside(from + step.share * (to - from), to - from, whole);
  const span = Math.max(shortest, (to - from) * step.factor);
  if (span >= wholeSpan) return null;
  const middle = Math.min(to, Math.max(from, around ?? (from + to) / 2));
  return inside(middle - ((middle - from) / (to - from)) * span, span, whole);
}

function inside(from: number, span: number, [low, high]: Range): Range | null {
  if (span >= high - low) return null;
  const start = Math.min(high - span, Math.max(low, from));
  return [start, start + span];
}
