// The gradients view: the sentence, a row a layer with dots and heat maps, a scrubber, the layer card on demand.

import type { GradientsView } from "../../src/shared/views.ts";
import { createGradientScale } from "../charts/gradientStrip.ts";
import { element, setAbsent, setHidden, setText } from "../dom.ts";
import { createDataTable } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { linkLayer } from "../time/linkedLayer.ts";
import { linkStep } from "../time/linkedStep.ts";
import { createScrubber } from "../time/scrubber.ts";
import { timeWords } from "../time/timeWords.ts";
import type { ZoomStep } from "../time/timeZoom.ts";
import { takeZoomKey } from "../time/zoomKeys.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { noteWords, stepWords, word } from "./captions.ts";
import { type CardHolder, createCardHolder } from "./cardHolder.ts";
import { createDotPlot, rowHeightPx } from "./dotPlot.ts";
import { gradientsCss } from "./gradientsCss.ts";
import { GradientsModel } from "./gradientsModel.ts";
import { createHeatMaps } from "./heatMaps.ts";
import { createLayerNames } from "./layerNames.ts";
import { gradientNumbers } from "./numbers.ts";
import { createPlotHead } from "./plotHead.ts";
import { createRidges } from "./ridges.ts";

export function createGradientsChart(host: ViewHost, first: GradientsView): Chart<GradientsView> {
  addStyles(host.root, gradientsCss);
  const model = new GradientsModel(first);
  const parts = createParts(host, model, {
    scrubbed: (frame) => link.move(model.frames[frame] ?? 0),
    zoomed(step, around) {
      model.zoom(step, around);
      paintHeats();
    },
    chosen: (row) => layerLink.move(model.rows[row ?? -1]?.layer.name ?? null),
    runsShown: () => {
      dots.draw();
      heats.paint();
      ridges.draw();
    },
  });
  const { grid, names, heats, dots, card, scrubber, sentence, table, head, keys, scale, note, ridges, whole } = parts;

  const paintHeats = () => {
    heats.paint();
    setAbsent(whole, model.range === null);
  };
  const stepMoved = (step: number) => {
    const { range } = model;
    model.moveTo(step);
    scrubber.show(model.frame, model.frames.length, stepWords(host, model));
    dots.draw();
    if (model.range === range) heats.mark();
    else paintHeats();
    table.update();
    card.refresh();
    ridges.draw();
  };
  const layOut = () => {
    const wide = isWide(host, model);
    const runCount = model.view.runs.length;
    grid.classList.toggle("wide", wide);
    grid.style.gridTemplateColumns = wide
      ? `max-content minmax(200px, ${runCount === 1 ? 1 : Math.max(1.35, 0.45 * runCount)}fr) repeat(${runCount}, minmax(110px, 1fr))`
      : "";
    paintHeats();
    card.refresh();
    ridges.draw();
  };
  const fill = () => {
    heats.make();
    ridges.make();
    head.update(model);
    setText(keys, word(host, "colour", { measure: word(host, model.measure) }));
    setText(note, noteWords(host, model.view));
    setHidden(scrubber.node, model.frames.length < 2);
    // Where nothing was recorded, the sentence says why: there is nothing else to see.
    for (const part of [grid, scale, note]) setHidden(part, model.frames.length === 0);
    stepMoved(model.step);
    layOut();
  };

  const layerMarked = (name: string | null) => {
    // The row with the card stays marked while its card is open.
    const row = card.openRow ?? model.rows.findIndex(({ layers }) => layers.some((layer) => layer?.name === name));
    const marked = name === null && card.openRow === null ? null : row;
    if (model.chosenRow === (marked === -1 ? null : marked)) return;
    model.chosenRow = marked === -1 ? null : marked;
    dots.draw();
    heats.mark();
    ridges.draw();
  };
  let link = linkStep(model.runIds, stepMoved);
  let layerLink = linkLayer(model.runIds, layerMarked);
  if (link.initial !== null) model.moveTo(link.initial);
  fill();
  let laidOutPx = 0;
  host.onWidth((widthPx) => {
    // The view's height changes too (a card, the table); only its width moves columns.
    if (widthPx === laidOutPx) return;
    laidOutPx = widthPx;
    layOut();
  });
  host.onEnd(() => {
    link.dispose();
    layerLink.dispose();
  });
  return {
    update(next) {
      const runIds = model.runIds.join();
      model.take(next);
      if (model.runIds.join() !== runIds) {
        link.dispose();
        layerLink.dispose();
        link = linkStep(model.runIds, stepMoved);
        layerLink = linkLayer(model.runIds, layerMarked);
      }
      card.close();
      sentence.update(next.sentence);
      names.update(model.rows);
      fill();
    },
    dispose() {
      card.close();
    },
  };
}

/** Three columns of text, plot and heat maps, each wide enough to read. */
function isWide(host: ViewHost, { view: { runs } }: GradientsModel): boolean {
  const runCount = runs.length;
  return host.widthPx > (runCount <= 2 ? 760 : 420 + runCount * 150);
}

interface PartsActions {
  /** The reader wants to go to this frame. */
  readonly scrubbed: (frame: number) => void;
  /** The reader zooms the heat maps, or moves what they show. */
  readonly zoomed: (step: ZoomStep, around?: number) => void;
  /** The row of the layer that the reader looks at; `null` for none. */
  readonly chosen: (row: number | null) => void;
  /** The reader hid a run or shows it again. */
  readonly runsShown: () => void;
}

/** Makes all parts once and puts them into the page. */
function createParts(host: ViewHost, model: GradientsModel, { scrubbed, zoomed, chosen, runsShown }: PartsActions) {
  const scrubber = createScrubber(host, scrubbed);
  const names = createLayerNames(host, model.rows, {
    pointed: (row) => card.pointed(row),
    focused: (row) => card.focused(row),
    pressed: (row) => card.press(row),
    key: (key) => scrubber.press(key),
  });
  const heats = createHeatMaps(host, {
    model,
    wide: () => isWide(host, model),
    scrubbed,
    key(key) {
      const row = { ArrowUp: -1, ArrowDown: 1 }[key];
      if (row === undefined) return scrubber.press(key);
      card.focused(Math.max(0, Math.min(model.rows.length - 1, (model.chosenRow ?? (row > 0 ? -1 : 1)) + row)));
      return true;
    },
    zoomed: (factor, around) => zoomed({ kind: "zoom", factor }, around),
  });
  const head = createPlotHead(host, {
    chosen(measure) {
      model.measureBy(measure);
      head.update(model);
      setText(keys, word(host, "colour", { measure: word(host, measure) }));
      axisZoomed();
      heats.paint();
      table.update();
    },
    toggled(run) {
      model.toggleRun(run);
      head.update(model);
      runsShown();
    },
  });
  const layerHead = element("div", { class: "head layerHead" }, word(host, "layer"));
  const grid = element("div", { class: "rows" }, layerHead, head.node, names.node, heats.node);
  const table = createDataTable(host, () => gradientNumbers(host, model.state));
  const fileName = `gradients-${model.view.runs[0]?.runId ?? "run"}`;
  const sentence = createSentence(host, model.view.sentence, createViewTools(host, { table, fileName }).node);
  const keys = element("span");
  const ridges = createRidges(host, model);
  const whole = element("button", { class: "button", type: "button" }, host.wordIn(timeWords, "allSteps"));
  whole.addEventListener("click", () => zoomed({ kind: "whole" }));
  const wholeAxis = element("button", { class: "button", type: "button" }, word(host, "wholeAxis"));
  const scale = element(
    "div",
    { class: "row keys" },
    keys,
    createGradientScale(host),
    element("span", {}, word(host, "stepBars")),
    ridges.button,
    whole,
    wholeAxis,
  );
  const note = element("p", { class: "note" });
  host.root.append(sentence.node, grid, scrubber.node, scale, ridges.node, note, table.node);

  const dots = createDotPlot(host, {
    state: () => model.state,
    place: (node) => heats.node.before(node),
    zoomed(step, around) {
      model.zoomAxis(step, around);
      axisZoomed();
    },
  });
  const card = createCardHolder(host, {
    grid,
    names: names.node,
    plot: dots.node,
    rowHeightPx,
    content: (row) => model.cardContent(row),
    restoreFocus: (row) => names.focus(row),
    changed: (row) => {
      model.chosenRow = row;
      names.choose(row);
      dots.draw();
      heats.mark();
      ridges.draw();
      chosen(row);
    },
  });
  const axisZoomed = () => {
    dots.draw();
    setAbsent(wholeAxis, !model.isAxisZoomed);
  };
  setAbsent(wholeAxis, true);
  wholeAxis.addEventListener("click", () => {
    model.zoomAxis({ kind: "whole" });
    axisZoomed();
  });
  zoomByKeys([names.node, heats.node, scrubber.node], zoomed);
  followPointer({ grid, plot: dots.node, rowCount: () => model.rows.length, card });
  return { grid, names, heats, dots, card, scrubber, sentence, table, head, keys, scale, note, ridges, whole };
}

/** `+`, `−`, `0` and Shift with an arrow, before an arrow alone moves a step. */
function zoomByKeys(nodes: readonly HTMLElement[], zoomed: PartsActions["zoomed"]): void {
  const press = (event: KeyboardEvent) => takeZoomKey(event, zoomed);
  for (const node of nodes) node.addEventListener("keydown", press, { capture: true });
}

/** Opens cards where the pointer rests, and closes them when pointer or focus leave the rows. */
function followPointer(options: {
  readonly grid: HTMLElement;
  readonly plot: HTMLElement;
  readonly rowCount: () => number;
  readonly card: CardHolder;
}): void {
  const { grid, plot, rowCount, card } = options;
  let pointedRow = -1;
  plot.addEventListener("pointermove", (event) => {
    const row = Math.floor((event.clientY - plot.getBoundingClientRect().top) / rowHeightPx);
    if (row === pointedRow || row < 0 || row >= rowCount()) return;
    pointedRow = row;
    card.pointed(row);
  });
  plot.addEventListener("pointerleave", () => {
    pointedRow = -1;
  });
  grid.addEventListener("pointerleave", () => card.pointed(null));
  grid.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && grid.contains(to))) card.focused(null);
  });
}
