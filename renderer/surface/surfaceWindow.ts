// What of a surface is shown: all of it, or a part that is zoomed into and moved. Pure: ranges in, ranges out.

import type { SurfaceAxis, SurfaceView } from "../../src/shared/views.ts";

export interface SurfaceWindow {
  readonly x: SurfaceAxis;
  readonly y: SurfaceAxis;
}

export type Place = readonly [x: number, y: number];

/** Heights between the grid's are straight: a closer look shows nothing more. */
const smallestShare = 1 / 16;

export function wholeOf({ x, y }: SurfaceView): SurfaceWindow {
  return { x, y };
}

/** The window with its sides `factor` times as long; `around` stays where it is. */
export function zoomWindow(shown: SurfaceWindow, whole: SurfaceWindow, factor: number, around: Place): SurfaceWindow {
  const share = spanOf(shown.x) / spanOf(whole.x);
  const wanted = Math.min(1, Math.max(smallestShare, share * factor));
  const along = (axis: "x" | "y", place: number): SurfaceAxis => {
    const at = (place - shown[axis].from) / spanOf(shown[axis]);
    const span = wanted * spanOf(whole[axis]);
    return inside(place - at * span, span, whole[axis]);
  };
  return { x: along("x", around[0]), y: along("y", around[1]) };
}

/** Moved by shares of what is shown. */
export function moveWindow(shown: SurfaceWindow, whole: SurfaceWindow, dx: number, dy: number): SurfaceWindow {
  const along = (axis: "x" | "y", share: number) =>
    inside(shown[axis].from + share * spanOf(shown[axis]), spanOf(shown[axis]), whole[axis]);
  return { x: along("x", dx), y: along("y", dy) };
}

/** Moved as little as it takes until a place is in it. */
export function windowWith(shown: SurfaceWindow, whole: SurfaceWindow, place: Place): SurfaceWindow {
  const along = (axis: "x" | "y", at: number) => {
    const { from, to } = shown[axis];
    const over = at < from ? at - from : at > to ? at - to : 0;
    return inside(from + over, to - from, whole[axis]);
  };
  return { x: along("x", place[0]), y: along("y", place[1]) };
}

export function isWhole(shown: SurfaceWindow, whole: SurfaceWindow): boolean {
  return spanOf(shown.x) >= spanOf(whole.x);
}

/** A place moved by shares of what is shown, within the whole. */
export function movePlace(place: Place, shown: SurfaceWindow, whole: SurfaceWindow, dx: number, dy: number): Place {
  const along = (axis: "x" | "y", at: number, share: number) =>
    Math.min(whole[axis].to, Math.max(whole[axis].from, at + share * spanOf(shown[axis])));
  return [along("x", place[0], dx), along("y", place[1], dy)];
}

function spanOf({ from, to }: SurfaceAxis): number {
  return to - from;
}

function inside(from: number, span: number, whole: SurfaceAxis): SurfaceAxis {
  if (span >= spanOf(whole)) return whole;
  const start = Math.min(whole.to - span, Math.max(whole.from, from));
  return { from: start, to: start + span };
}
