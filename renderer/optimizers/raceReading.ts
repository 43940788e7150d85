// Reading the lines of a race by pointer and by keys: the nearest line is lifted, and read where the pointer is.

import type { Chart } from "../charts/chartSetup.ts";
import { type LinePoint, type RaceState, readRacer, shownRacers } from "./raceModel.ts";

/** A line is pointed at from this near. */
const reachPx = 24;
/** And its first and last point from this near across. */
const endReachPx = 12;

export interface Listening {
  readonly state: () => RaceState;
  readonly chart: () => Chart | null;
  readonly cursor: () => number | null;
  readonly readAt: (cursor: number | null, speak: boolean) => void;
  readonly pointed: (racer: number | null) => void;
}

/** The pointer lifts the nearest line and reads it; arrow keys do the same, and speak. */
export function listenForReading(
  canvas: HTMLCanvasElement,
  { state, chart, cursor, readAt, pointed }: Listening,
): void {
  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    const near = nearest(chart(), state(), offsetX, offsetY);
    pointed(near?.racer ?? null);
    readAt(near?.point ?? null, false);
  });
  const leave = () => {
    pointed(null);
    readAt(null, false);
  };
  canvas.addEventListener("pointerleave", leave);
  canvas.addEventListener("blur", leave);
  canvas.addEventListener("keydown", (event) => {
    // Shift with an arrow moves the stretch that is shown.
    if (event.shiftKey) return;
    const { view } = state();
    const racer = readRacer(state());
    if (racer === null) return;
    const points = view.racers[racer]?.steps.length ?? 0;
    const shown = shownRacers(state());
    const at = cursor() ?? points;
    const page = Math.max(1, Math.round(points / 10));
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: points - 1,
    }[event.key];
    const by = { ArrowUp: shown.length - 1, ArrowDown: 1 }[event.key];
    const other = by === undefined ? undefined : shown[(shown.indexOf(racer) + by) % shown.length];
    if (event.key === "Escape" && cursor() !== null) leave();
    else if (other !== undefined) {
      pointed(other);
      const last = (view.racers[other]?.steps.length ?? 1) - 1;
      readAt(Math.min(cursor() ?? last, last), true);
    } else if (to !== undefined && points > 0) {
      pointed(racer);
      readAt(Math.min(points - 1, Math.max(0, to)), true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function nearest(
  chart: Chart | null,
  state: RaceState,
  x: number,
  y: number,
): { readonly racer: number; readonly point: number } | null {
  const [across, up] = [chart?.scales.x, chart?.scales.y];
  if (chart === null || across === undefined || up === undefined) return null;
  const value = across.getValueForPixel(x) ?? 0;
  // Names stand right of the lines: there the last point is read.
  const within = Math.min(x, chart.chartArea.right);
  let best: { racer: number; point: number; distance: number } | null = null;
  for (const racer of shownRacers(state)) {
    const line = (chart.data.datasets[3 * racer + 2]?.data ?? []) as unknown as readonly LinePoint[];
    const point = nearestPoint(line, value);
    const height = line[point]?.y;
    if (height == null) continue;
    // Where a line has ended, or has not begun, there is nothing to read.
    if (isEnd(line, point) && Math.abs(across.getPixelForValue(line[point]?.x ?? 0) - within) > endReachPx) continue;
    const distance = Math.abs(up.getPixelForValue(height) - y);
    if (distance < (best?.distance ?? reachPx)) best = { racer, point, distance };
  }
  return best;
}

function isEnd(line: readonly LinePoint[], point: number): boolean {
  return point === 0 || point === line.length - 1;
}

/** The place of the point whose x is nearest, by halving: x ascends. */
function nearestPoint(line: readonly LinePoint[], value: number): number {
  let [low, high] = [0, line.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line[middle]?.x ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  const before = line[low - 1];
  return before !== undefined && value - before.x < (line[low]?.x ?? Number.POSITIVE_INFINITY) - value ? low - 1 : low;
}
