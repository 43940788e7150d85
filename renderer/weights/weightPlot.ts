// The large picture of one weight: how it is distributed at each step; pointer and arrow keys read it, dragging scrubs, a stretch of steps is zoomed.

import { formatNumber, formatShare, formatShort } from "../../src/shared/numbers.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { icon, setIcon } from "../icons.ts";
import { sentenceNodes } from "../parts/sentence.ts";
import { timeWords } from "../time/timeWords.ts";
import { type Range, type ZoomStep, zoomed } from "../time/timeZoom.ts";
import { listenForZoomWheel, takeZoomKey } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { weightsWords } from "../words/weightsWords.ts";
import { reachOf } from "./paintedWeight.ts";
import { type DrawStyle, paintWeight, plotPlace, stepsIn, stepsRunAcross } from "./weightPainter.ts";
import type { WeightRow } from "./weightRows.ts";

export interface WeightPlot {
  readonly node: HTMLElement;
  show(row: WeightRow, at: number): void;
}

export interface WeightPlotActions {
  /** The reader went to this one of the shown steps. */
  readonly scrubbed: (at: number) => void;
  /** A key that is not for the picture; true when it was used. */
  readonly key: (key: string) => boolean;
}

const heightPx = 260;

export function createWeightPlot(host: ViewHost, actions: WeightPlotActions): WeightPlot {
  const word = (id: keyof typeof weightsWords.en & string, args: Parameters<typeof host.wordIn>[2] = {}) =>
    host.wordIn(weightsWords, id, args);
  const title = element("b");
  const words = element("span");
  const axis = element("span");
  // Few numbers are lines unless the reader says otherwise: a histogram of them has holes.
  let asked: DrawStyle | null = null;
  const styleOf = ({ row }: NonNullable<typeof shown>): DrawStyle =>
    asked ?? (row.painted.weight.values.length > 0 ? "heat" : "ridges");
  let shown: { readonly row: WeightRow; readonly at: number } | null = null;
  let bin: number | null = null;
  /** The stretch of steps that is shown, in columns of one step; `null` for all. Of all weights the same, so that they compare. */
  let stretch: Range | null = null;
  const stepCount = () => shown?.row.painted.steps.length ?? 1;
  const range = (): Range => stretch ?? [0, stepCount()];
  const styles = (["ridges", "heat"] as const).map((each) => {
    const button = element("button", { type: "button", class: "weightStyle" }, word(each));
    button.addEventListener("click", () => {
      asked = each;
      draw();
    });
    return { each, button };
  });
  const chips = element(
    "span",
    { class: "weightStyles", role: "group", "aria-label": word("styles") },
    ...styles.map(({ button }) => button),
  );
  const mark = icon("info");
  const judged = element("p");
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const numbers = element("p");
  const said = element("p", { class: "muted", role: "status" });
  // Below the picture, which a zoom must not move from under the pointer.
  const zoomWords = element("p", { class: "muted weightStretch" });
  const node = element(
    "figure",
    { class: "figure" },
    element("figcaption", {}, title, words, axis, chips),
    element("div", { class: "weightJudged" }, mark, judged),
    element("div", { class: "plot weightPlot" }, canvas),
    element("div", { class: "weightSaid" }, numbers, said, zoomWords),
  );

  const numbersOf = ({ row, at }: NonNullable<typeof shown>): string => {
    const { mean, std, min, max, moved } = row.painted.weight;
    const text = (value: (typeof mean)[number] | undefined) => formatNumber(value, { locale: host.locale });
    const args = { mean: text(mean[at]), std: text(std[at]), min: text(min[at]), max: text(max[at]) };
    const isMoved = row.painted.steps.length > 1 && moved.length > 0;
    return [
      word(min.length > 0 ? "numbers" : "numbersShort", args),
      ...(isMoved ? [word("moved", { moved: text(moved[at]) })] : []),
    ].join(" · ");
  };
  const drawWords = (now: NonNullable<typeof shown>) => {
    const { weight, steps, shares } = now.row.painted;
    const style = styleOf(now);
    const isLines = shares.length === 0;
    const isSingle = weight.values.length > 0;
    const captionId = steps.length === 1 ? "captionNow" : isSingle && style === "heat" ? "captionSingle" : "caption";
    const caption = word(isLines ? "captionLines" : captionId, { count: { kind: "count", value: weight.count } });
    setText(title, now.row.name);
    setText(words, caption);
    setText(axis, [axisWords(now), ...beyondWords(now)].join(" · "));
    setText(zoomWords, stretchWords(now));
    setAttributes(axis, { title: steps.length > 1 ? host.wordIn(timeWords, "zoomHint") : null });
    setHidden(chips, steps.length === 1 || isLines);
    for (const { each, button } of styles) {
      setAttributes(button, { "aria-pressed": String(each === style) });
      if (each === "heat") setText(button, word(isSingle ? "lines" : "heat"));
    }
    setIcon(mark, weight.sentence.tone, host.word(weight.sentence.tone));
    judged.replaceChildren(...sentenceNodes(host, weight.sentence));
    const text = numbersOf(now);
    setText(numbers, text);
    setAttributes(canvas, { "aria-label": word("plotLabel", { name: now.row.name, caption, numbers: text }) });
    setText(said, bin === null || isLines ? word("hint") : binWords(now, bin));
  };
  const axisWords = (now: NonNullable<typeof shown>): string => {
    const { weight, steps, shares } = now.row.painted;
    if (shares.length === 0) return word("heatLines");
    if (steps.length === 1) return word("nowAxis");
    if (styleOf(now) === "ridges") return word("ridgeAxis");
    return weight.values.length > 0 ? word("singleAxis") : `${word("heatAxis")} · ${word("heatLines")}`;
  };
  /** Which of the steps are shown; nothing where all are. */
  const stretchWords = ({ row }: NonNullable<typeof shown>): string => {
    if (stretch === null) return "";
    const [from, to] = stepsIn(stretch).map((step) => row.painted.steps[step] ?? 0);
    return word("stretch", { from: { kind: "count", value: from ?? 0 }, to: { kind: "count", value: to ?? 0 } });
  };
  /** What of the numbers lies outside of the drawn range, if anything. */
  const beyondWords = ({ row }: NonNullable<typeof shown>): readonly string[] => {
    const { below, above, min, max } = reachOf(row.painted);
    if (!below && !above) return [];
    const text = (value: number) => formatShort(value, host.locale);
    return [word("beyond", { min: text(min), max: text(max) })];
  };
  const binWords = ({ row, at }: NonNullable<typeof shown>, which: number): string => {
    const { weight, bins, shares } = row.painted;
    const [low, high] = weight.range;
    const edge = (index: number) => formatShort(low + (index / bins) * (high - low), host.locale);
    const { below, above } = reachOf(row.painted);
    const isOuter = (which === 0 && below) || (which === bins - 1 && above);
    const words = isOuter ? (which === 0 ? "binBelow" : "binAbove") : "bin";
    return word(words, { low: edge(which), high: edge(which + 1), share: formatShare(shares[at]?.[which] ?? 0) });
  };
  const draw = () => {
    if (shown === null) return;
    drawWords(shown);
    const widthPx = canvas.clientWidth;
    const pen = canvas.getContext("2d");
    if (pen === null || widthPx === 0) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(widthPx * ratio);
    canvas.height = Math.round(heightPx * ratio);
    pen.scale(ratio, ratio);
    const { painted } = shown.row;
    const style = styleOf(shown);
    const place = plotPlace(painted, style, widthPx, heightPx);
    const { theme, locale } = host;
    paintWeight(pen, painted, { theme, locale, style, at: shown.at, bin, place, range: range() });
  };
  const placeAt = (event: PointerEvent) => {
    if (shown === null) return null;
    const { painted } = shown.row;
    const style = styleOf(shown);
    const box = canvas.getBoundingClientRect();
    const { left, top, width, height } = plotPlace(painted, style, box.width, box.height);
    const [across, up] = [(event.clientX - box.left - left) / width, 1 - (event.clientY - box.top - top) / height];
    const inside = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    const isAcross = stepsRunAcross(painted, style);
    const [from, to] = range();
    const [first, last] = stepsIn([from, to]);
    const step = Math.max(first, Math.min(last, Math.floor(from + across * (to - from))));
    return { bin: inside(isAcross ? up : across, painted.bins), step: isAcross ? step : null };
  };
  const zoom = (step: ZoomStep, around: number) => {
    stretch = zoomed(stretch, [0, stepCount()], step, { around });
    draw();
  };
  listenForZoomWheel(canvas, (step, { offsetX }) => {
    if (shown === null) return;
    const { row, at } = shown;
    const { left, width } = plotPlace(row.painted, styleOf(shown), canvas.clientWidth, heightPx);
    const [from, to] = range();
    // Where values run across, no place stands for a step.
    const isAcross = stepsRunAcross(row.painted, styleOf(shown));
    zoom(step, isAcross ? from + ((offsetX - left) / width) * (to - from) : at + 0.5);
  });
  canvas.addEventListener("pointermove", (event) => {
    const found = placeAt(event);
    if (found === null) return;
    bin = found.bin;
    if (canvas.hasPointerCapture(event.pointerId) && found.step !== null) actions.scrubbed(found.step);
    else draw();
  });
  canvas.addEventListener("pointerdown", (event) => {
    const found = placeAt(event);
    if (found?.step == null) return;
    canvas.setPointerCapture(event.pointerId);
    actions.scrubbed(found.step);
  });
  const leave = () => {
    bin = null;
    draw();
  };
  canvas.addEventListener("pointerleave", leave);
  canvas.addEventListener("blur", leave);
  canvas.addEventListener("keydown", (event) => {
    if (shown === null) return;
    const { row, at } = shown;
    if (takeZoomKey(event, (step) => zoom(step, at + 0.5))) return;
    const { painted } = row;
    const isAcross = stepsRunAcross(painted, styleOf(shown));
    const [less, more] = isAcross ? ["ArrowDown", "ArrowUp"] : ["ArrowLeft", "ArrowRight"];
    // In ridge lines the first step stands at the back: down is later.
    const [earlier, later] = isAcross ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key === less || event.key === more) {
      const next = bin === null ? painted.bins >> 1 : bin + (event.key === more ? 1 : -1);
      bin = Math.max(0, Math.min(painted.bins - 1, next));
      draw();
    } else if (event.key === earlier || event.key === later)
      actions.key(event.key === later ? "ArrowRight" : "ArrowLeft");
    else if (!actions.key(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    node,
    show(row, at) {
      if (shown?.row !== row) bin = null;
      const isMoved = shown !== null && shown.at !== at;
      shown = { row, at };
      const [from, to] = range();
      // A zoomed stretch follows the chosen step.
      if (isMoved && (at + 0.5 < from || at + 0.5 > to)) {
        const start = Math.min(stepCount() - (to - from), Math.max(0, at + 0.5 - (to - from) / 2));
        stretch = [start, start + to - from];
      }
      draw();
    },
  };
}
