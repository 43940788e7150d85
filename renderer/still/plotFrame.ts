// A plot in a still picture: axes with ticks, lines of numbers with gaps, names at line ends.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatPower, formatShort } from "../../src/shared/numbers.ts";
import { calmRange, isCalm } from "../charts/calmRange.ts";
import { fittedName } from "../charts/fittedName.ts";
import { spreadLabels } from "../charts/labelSpread.ts";
import { linearTicks } from "../charts/linearTicks.ts";
import { logRange, powersOfTen } from "../charts/logTicks.ts";
import { type Point, type Stroke, type SvgDrawing, textWidthPx } from "./svgDrawing.ts";

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
}

export interface NamedEnd {
  readonly name: string;
  readonly colour: string;
  readonly at: Point;
}

/** The axis of a loss: log where it is above zero, but for one that hardly changes. */
export function lossAxis(values: readonly ViewNumber[]): Axis {
  const [low, high] = extremesOf(values);
  if (!isCalm(low, high)) return axisOf(values, true);
  const { min, max } = calmRange(low, high);
  return { low: min, high: max, log: false };
}

/** Room for every finite number; `log` where that is asked for and all are above zero. */
export function axisOf(values: readonly ViewNumber[], log = false): Axis {
  const [low, high] = extremesOf(values);
  if (low > high) return { low: 0, high: 1, log: false };
  const powers = log && low > 0 ? logRange([low, high]) : null;
  if (powers !== null) return { low: powers.min, high: powers.max, log: true };
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return { low: low - room, high: high + room, log: false };
}

/** The smallest and the largest that is finite. */
function extremesOf(values: readonly ViewNumber[]): readonly [low: number, high: number] {
  const numbers = values.map(fromViewNumber).filter((value) => value !== null && Number.isFinite(value)) as number[];
  // Not Math.min(...numbers): a long race has more numbers than a call may have arguments.
  return [
    numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  ];
}

export function place(frame: PlotFrame, x: number, y: number): Point {
  const share = ({ low, high, log }: Axis, value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return { x: frame.left + share(frame.x, x) * frame.width, y: frame.top + (1 - share(frame.y, y)) * frame.height };
}

/** The values of y, each with a line across; `grid: false` where the ground is a picture. */
export function drawYAxis(
  drawing: SvgDrawing,
  frame: PlotFrame,
  { grid = true, locale }: { readonly grid?: boolean; readonly locale: string },
): void {
  const { left, width, height } = frame;
  for (const value of ticksOf(frame.y, height / 26)) {
    const { y } = place(frame, frame.x.low, value);
    if (grid)
      drawing.lines(
        [
          [
            { x: left, y },
            { x: left + width, y },
          ],
        ],
        { colour: drawing.theme.colour("grid"), widthPx: 1 },
      );
    drawing.text(
      tickName(frame.y, value, locale),
      { x: left - 6, y: y + 4 },
      { colour: drawing.theme.muted, sizePx: 11, anchor: "end" },
    );
  }
}

/** The line below with the values of x; `unit` stands before the first: "epoch 0". With `grid` each has a line upwards. */
export function drawXAxis(
  drawing: SvgDrawing,
  frame: PlotFrame,
  { unit = "", grid = false, locale }: { readonly unit?: string; readonly grid?: boolean; readonly locale: string },
): void {
  const { left, top, width, height } = frame;
  const bottom = top + height;
  ticksOf(frame.x, width / 60).forEach((value, at) => {
    const { x } = place(frame, value, frame.y.low);
    if (grid)
      drawing.lines(
        [
          [
            { x, y: top },
            { x, y: bottom },
          ],
        ],
        { colour: drawing.theme.colour("grid"), widthPx: 1 },
      );
    const name = tickName(frame.x, value, locale);
    drawing.text(
      at === 0 && unit !== "" ? `${unit} ${name}` : name,
      { x, y: bottom + 16 },
      { colour: drawing.theme.muted, sizePx: 11, anchor: "middle" },
    );
  });
  drawing.lines(
    [
      [
        { x: left, y: bottom },
        { x: left + width, y: bottom },
      ],
    ],
    { colour: drawing.theme.colour("axis"), widthPx: 1 },
  );
}

export function drawTitle(drawing: SvgDrawing, { x, y }: Point, title: string, detail: string): void {
  drawing.text(title, { x, y }, { weight: 600 });
  drawing.text(detail, { x: x + textWidthPx(title) * 1.1 + 10, y }, { colour: drawing.theme.muted });
}

/** A line of numbers; what is no number, or outside of the frame, is a gap. Gives the last point. */
export function drawSeries(
  drawing: SvgDrawing,
  frame: PlotFrame,
  series: { readonly x: readonly number[]; readonly y: readonly ViewNumber[] },
  stroke: Stroke,
): Point | null {
  const stretches: Point[][] = [[]];
  series.x.forEach((x, at) => {
    const y = fromViewNumber(series.y[at] ?? null);
    if (y === null || !(y >= frame.y.low && y <= frame.y.high)) stretches.push([]);
    else stretches.at(-1)?.push(place(frame, x, y));
  });
  const drawn = stretches.filter((points) => points.length > 0);
  drawing.lines(
    drawn.filter((points) => points.length > 1),
    stroke,
  );
  for (const [point, ...more] of drawn)
    if (point && more.length === 0) drawing.dot(point, 2, stroke.colour, stroke.colour);
  return drawn.at(-1)?.at(-1) ?? null;
}

/** Names right of the plot, each near its line's end; what is longer than the room there is cut in its middle. */
export function nameEnds(
  drawing: SvgDrawing,
  { left, top, width, height }: PlotFrame,
  ends: readonly NamedEnd[],
): void {
  const roomPx = drawing.widthPx - left - width - 10;
  const placed = spreadLabels(
    ends.map(({ at }) => at.y),
    { gap: 14, top: top + 4, bottom: top + height },
  );
  ends.forEach(({ name, colour }, index) => {
    const text = fittedName(name, roomPx, (part) => textWidthPx(part, 11));
    drawing.text(text, { x: left + width + 8, y: (placed[index] ?? 0) + 4 }, { colour, sizePx: 11 });
  });
}

/** A line by which the reader knows a series in a legend, with its name. Gives where the next may stand. */
export function drawKey(drawing: SvgDrawing, { x, y }: Point, name: string, stroke: Stroke): number {
  drawing.lines(
    [
      [
        { x, y: y - 4 },
        { x: x + 22, y: y - 4 },
      ],
    ],
    stroke,
  );
  drawing.text(name, { x: x + 28, y }, { colour: drawing.theme.text });
  return x + 28 + textWidthPx(name) + 20;
}

function ticksOf({ low, high, log }: Axis, room: number): readonly number[] {
  return log ? powersOfTen(low, high, room) : linearTicks(low, high, room);
}

function tickName({ log }: Axis, value: number, locale: string): string {
  return log ? formatPower(value) : formatShort(value, locale);
}
