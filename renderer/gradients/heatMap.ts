// One run as a picture: a row a layer, a column a recorded step, the gradient scale as colour. The canvas holds cells only; cursor, rows and words are DOM.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatCount, formatPower } from "../../src/shared/numbers.ts";
import type { GradientsRun } from "../../src/shared/views.ts";
import { createRunKey } from "../card/runKey.ts";
import { element, setAttributes, setHidden, setText, svgElement } from "../dom.ts";
import { hatchPattern, type Theme } from "../theme.ts";
import { lastAtMost } from "../time/frames.ts";
import { timeWords } from "../time/timeWords.ts";
import type { Range } from "../time/timeZoom.ts";
import { listenForZoomWheel } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { gradientWords } from "../words/gradientWords.ts";
import type { LayerRow } from "./alignLayers.ts";
import { type Measure, markOf } from "./measures.ts";

/** Beyond this a mean |g| has left the scale's last natural colour. */
const explodingFrom = 10;

export interface HeatState {
  readonly measure: Measure;
  /** Index of the current frame. */
  readonly frame: number;
  /** The first frame that is shown, and the one behind the last. */
  readonly range: Range;
  readonly chosenRow: number | null;
  readonly rowHeightPx: number;
}

export interface HeatMap {
  readonly node: HTMLElement;
  /** Paints all cells again: after a change of measure, theme or size. */
  paint(theme: Theme, state: HeatState): void;
  /** Moves cursor, chosen row and words. */
  mark(theme: Theme, state: HeatState): void;
}

export interface HeatOptions {
  readonly run: GradientsRun;
  readonly runIndex: number;
  readonly rows: readonly LayerRow[];
  readonly frames: readonly number[];
  /** The reader pressed or dragged to a frame. */
  readonly scrubbed: (frame: number) => void;
  /** A key that was pressed on it; true when it was used. */
  readonly key: (key: string) => boolean;
  /** The reader zooms by a factor, around a frame. */
  readonly zoomed: (factor: number, around: number) => void;
}

export function createHeatMap(host: ViewHost, options: HeatOptions): HeatMap {
  const { run, runIndex, rows, frames } = options;
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const cursor = element("div", { class: "heatCursor" });
  // Below the picture: at its edge the line alone would look like a frame.
  const handle = svgElement(
    "svg",
    { viewBox: "0 0 9 5", class: "heatHandle" },
    svgElement("path", { d: "M4.5 0 9 5H0Z" }),
  );
  const chosen = element("div", { class: "heatChosen", hidden: true });
  const words = rows.map(() => element("span", { class: "heatWord", hidden: true }));
  const cells = element("div", { class: "heatCells" }, canvas, ...words, chosen, cursor);
  const ticks = element("div", { class: "heatTicks", "aria-hidden": "true" });
  const key = createRunKey(runIndex, run.name);
  // Cut where it is too long.
  key.title = run.name;
  const head = element(
    "figcaption",
    { class: "head heatHead" },
    key,
    element("span", {}, host.wordIn(gradientWords, "byStep")),
  );
  const node = element("figure", { class: "heat" }, head, element("div", { class: "heatPlot" }, cells, handle, ticks));
  if (frames.length > 2) for (const place of [head, ticks]) place.title = host.wordIn(timeWords, "zoomHint");
  let range: Range = [0, frames.length];
  /** Where the pointer stands, in frames. */
  const placeOf = (event: MouseEvent) => {
    const box = cells.getBoundingClientRect();
    return range[0] + ((event.clientX - box.left) / Math.max(1, box.width)) * (range[1] - range[0]);
  };
  const scrub = (event: PointerEvent) => {
    options.scrubbed(Math.min(range[1] - 1, Math.max(range[0], Math.floor(placeOf(event)))));
  };
  listenForZoomWheel(cells, ({ factor }, event) => options.zoomed(factor, placeOf(event)));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !options.key(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  cells.addEventListener("pointerdown", (event) => {
    cells.setPointerCapture(event.pointerId);
    scrub(event);
  });
  cells.addEventListener("pointermove", (event) => {
    if (cells.hasPointerCapture(event.pointerId)) scrub(event);
  });
  // Which of the run's records stands in which column; -1 where it has none yet or no more.
  const records = frames.map((frame) => recordAt(run, frame));

  const mark = (theme: Theme, { measure, frame, chosenRow, rowHeightPx }: HeatState) => {
    const percent = (place: number) => ((place - range[0]) / Math.max(1, range[1] - range[0])) * 100;
    const isShown = frame >= range[0] && frame < range[1];
    for (const part of [cursor, handle]) part.style.visibility = isShown ? "" : "hidden";
    cursor.style.left = `${percent(frame + 0.5)}%`;
    // Nothing reaches beyond the picture.
    handle.style.left = `clamp(4.5px, ${percent(frame + 0.5)}%, 100% - 4.5px)`;
    handle.style.top = `${rows.length * rowHeightPx}px`;
    setHidden(chosen, chosenRow === null);
    chosen.style.top = `${(chosenRow ?? 0) * rowHeightPx}px`;
    chosen.style.height = `${rowHeightPx}px`;
    rows.forEach((row, index) => {
      const word = words[index];
      if (word === undefined) return;
      const series = row.layers[runIndex]?.series[measure];
      const record = records[frame] ?? -1;
      const isOver = record === -1 && (run.steps[0] ?? 0) <= (frames[frame] ?? 0);
      const text = isOver
        ? endWord(series?.at(-1))
        : rowWord(host, series?.[record], { measure, highContrast: theme.highContrast });
      setHidden(word, text.words === "");
      setText(word, text.words);
      setAttributes(word, { class: text.broken ? "heatWord broken" : "heatWord" });
      // On the columns it tells of, not on what was recorded before the run broke.
      const from = isOver
        ? records.lastIndexOf(run.steps.length - 1) + 1
        : markOf(series?.[record]).kind === "notFinite"
          ? brokenFrom(records.map((each) => series?.[each]).slice(0, frame + 1))
          : 0;
      word.style.left = `min(${Math.max(0, percent(from))}% + 4px, 100% - 44px)`;
      word.style.top = `${index * rowHeightPx + (rowHeightPx - 17) / 2}px`;
    });
  };
  return {
    node,
    mark,
    paint(theme, state) {
      const { measure, rowHeightPx } = state;
      ({ range } = state);
      ticks.replaceChildren(...tickWords(host, frames.slice(...range)));
      cells.style.height = `${rows.length * rowHeightPx}px`;
      const args = { run: run.name, measure: host.wordIn(gradientWords, measure) };
      const counts = {
        layers: { kind: "count", value: run.layers.length },
        steps: { kind: "count", value: run.steps.at(-1) ?? 0 },
      } as const;
      canvas.setAttribute("aria-label", host.wordIn(gradientWords, "heatLabel", { ...args, ...counts }));
      const shown = records.slice(...range);
      const series = rows.map((row) => shown.map((record) => row.layers[runIndex]?.series[measure][record] ?? null));
      paintCells(canvas, cells.clientWidth, series, { theme, rowHeightPx });
      mark(theme, state);
    },
  };
}

/** The run's record at a frame: the newest one; none once the run is over by more than one distance. */
function recordAt(run: GradientsRun, frame: number): number {
  const record = lastAtMost(run.steps, frame);
  const last = run.steps.length - 1;
  if (record < last) return record;
  const distance = (run.steps[last] ?? 0) - (run.steps[last - 1] ?? 0);
  return frame - (run.steps[last] ?? 0) < Math.max(1, distance) ? record : -1;
}

/** Where the numbers that are not finite begin that the last of `values` belongs to. */
function brokenFrom(values: readonly (ViewNumber | undefined)[]): number {
  return values.findLastIndex((value) => markOf(value).kind !== "notFinite") + 1;
}

/** The word after the end of a run: how it ended, if it broke. */
function endWord(last: ViewNumber | undefined): RowWord {
  const mark = markOf(last);
  return mark.kind === "notFinite" ? { words: mark.word, broken: true } : { words: "", broken: false };
}

interface RowWord {
  readonly words: string;
  readonly broken: boolean;
}

/** The words in a row: in high contrast always the power; otherwise only what colour alone must not say. */
function rowWord(
  host: ViewHost,
  value: ViewNumber | undefined,
  { measure, highContrast }: { readonly measure: Measure; readonly highContrast: boolean },
): RowWord {
  const mark = markOf(value);
  switch (mark.kind) {
    case "notFinite":
      return { words: mark.word, broken: true };
    case "none":
      return { words: highContrast ? "–" : "", broken: false };
    case "zero":
      return { words: highContrast ? "0" : "", broken: false };
    case "point": {
      const exploding =
        measure === "meanAbs" && mark.value > explodingFrom ? host.wordIn(gradientWords, "exploding") : "";
      const power = highContrast ? formatPower(mark.value) : "";
      return { words: [power, exploding].filter((part) => part !== "").join(" · "), broken: exploding !== "" };
    }
  }
}

function paintCells(
  canvas: HTMLCanvasElement,
  widthPx: number,
  series: readonly (readonly ViewNumber[])[],
  { theme, rowHeightPx }: { readonly theme: Theme; readonly rowHeightPx: number },
): void {
  const ratio = window.devicePixelRatio || 1;
  const heightPx = series.length * rowHeightPx;
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  canvas.style.width = `${widthPx}px`;
  canvas.style.height = `${heightPx}px`;
  const pen = canvas.getContext("2d");
  if (pen === null || widthPx === 0) return;
  pen.scale(ratio, ratio);
  const missing = hatchPattern(pen, theme.colour("neutral-soft"), 5);
  const broken = hatchPattern(pen, theme.colour("error"), 6);
  series.forEach((values, row) => {
    // Columns begin and end on whole pixels: no seams, and each of many columns keeps a pixel.
    const edgePx = (column: number) => Math.round((column * widthPx) / Math.max(1, values.length));
    values.forEach((value, column) => {
      const mark = markOf(value);
      pen.fillStyle =
        mark.kind === "none"
          ? missing
          : mark.kind === "notFinite"
            ? broken
            : theme.gradientColour(mark.kind === "point" ? mark.value : 0);
      const left = edgePx(column);
      pen.fillRect(left, row * rowHeightPx, Math.max(1, edgePx(column + 1) - left), rowHeightPx - 1);
    });
  });
  if (!theme.highContrast) return;
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1;
  pen.strokeRect(0.5, 0.5, widthPx - 1, heightPx - 1);
  for (let row = 0; row <= series.length; row++) {
    pen.beginPath();
    pen.moveTo(0, Math.max(0.5, row * rowHeightPx - 0.5));
    pen.lineTo(widthPx, Math.max(0.5, row * rowHeightPx - 0.5));
    pen.stroke();
  }
}

/** The first, the middle and the last step; the first says what is counted. */
function tickWords(host: ViewHost, frames: readonly number[]): readonly HTMLElement[] {
  const first = host.wordIn(gradientWords, "firstStep", { step: { kind: "count", value: frames[0] ?? 0 } });
  const places =
    frames.length > 2 ? [frames[Math.floor(frames.length / 2)], frames.at(-1)] : frames.length === 2 ? [frames[1]] : [];
  return [first, ...places.map((step) => formatCount(step ?? 0, host.locale))].map((text) => element("span", {}, text));
}
