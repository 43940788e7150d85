// The gradients view: the sentence, a row a layer with dots and heat maps, a scrubber, the layer card on demand.

import { formatCount } from "../../src/shared/numbers.ts";
import type { GradientsView } from "../../src/shared/views.ts";
import type { CardContent } from "../card/layerCard.ts";
import { createReferenceKey, createRunKey } from "../card/runKey.ts";
import { createGradientScale } from "../charts/gradientStrip.ts";
import { element, setHidden, setText } from "../dom.ts";
import { createDataTable } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { gradientWords } from "../words/gradientWords.ts";
import { alignLayers } from "./alignLayers.ts";
import { activeElement, createCardHolder } from "./cardHolder.ts";
import { createDotPlot, type DotState, rowHeightPx } from "./dotPlot.ts";
import { epochOf, frameSteps, keptEvery, lastAtMost } from "./frames.ts";
import { gradientsCss } from "./gradientsCss.ts";
import { createHeatMap, type HeatMap } from "./heatMap.ts";
import { createLayerNames } from "./layerNames.ts";
import { linkStep } from "./linkedStep.ts";
import { isGradient, type Measure, measures } from "./measures.ts";
import { gradientNumbers } from "./numbers.ts";
import { createScrubber } from "./scrubber.ts";

/** Heat maps that follow below the dots have lower rows. */
const lowRowHeightPx = 18;

export function createGradientsChart(host: ViewHost, first: GradientsView): Chart<GradientsView> {
  addStyles(host.root, gradientsCss);
  const model = new GradientsModel(first);
  const wide = () => host.widthPx > wideFromPx(model.view.runs.length);

  const names = createLayerNames(host, model.rows, {
    pointed: (row) => card.pointed(row),
    focused: (row) => card.focused(row),
    pressed: (row) => card.press(row),
    key: (key) => scrubber.press(key),
  });
  const plotHead = element("div", { class: "head plotHead" });
  const heats = element("div", { class: "heats" });
  const grid = element(
    "div",
    { class: "rows" },
    element("div", { class: "head layerHead" }, word(host, "layer")),
    plotHead,
    names.node,
    heats,
  );
  const scrubber = createScrubber(host, (frame) => link.move(model.frames[frame] ?? 0));
  const table = createDataTable(host, gradientNumbers(host, model.state));
  const tools = createViewTools(host, { table, fileName: `gradients-${first.runs[0]?.runId ?? "run"}` });
  const sentence = createSentence(host, first.sentence, tools.node);
  const keys = element("span");
  const note = element("p", { class: "note" });
  host.root.append(
    sentence.node,
    grid,
    scrubber.node,
    element("div", { class: "row keys" }, keys, createGradientScale(host), element("span", {}, word(host, "paleBars"))),
    note,
    table.node,
  );

  const dots = createDotPlot(
    host,
    () => model.state,
    (node) => heats.before(node),
  );
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
      markHeats();
    },
  });

  let heatMaps: readonly HeatMap[] = [];
  const heatState = () => ({
    measure: model.measure,
    frame: model.frame,
    chosenRow: model.chosenRow,
    rowHeightPx: wide() ? rowHeightPx : lowRowHeightPx,
  });
  const markHeats = () => {
    for (const heat of heatMaps) heat.mark(host.theme, heatState());
  };
  const paintHeats = () => {
    if (host.widthPx > 0) for (const heat of heatMaps) heat.paint(host.theme, heatState());
  };
  const makeHeats = () => {
    heatMaps = model.view.runs.map((run, runIndex) =>
      createHeatMap(host, {
        run,
        runIndex,
        rows: model.rows,
        frames: model.frames,
        scrubbed: (frame) => link.move(model.frames[frame] ?? 0),
      }),
    );
    heats.replaceChildren(...heatMaps.map((heat) => heat.node));
    for (const [index, heat] of heatMaps.entries()) heat.node.style.setProperty("--column", String(index + 3));
  };
  const head = createPlotHead(host, plotHead, (measure) => {
    model.measure = measure;
    head.update(model);
    setText(keys, word(host, "colour", { measure: word(host, measure) }));
    dots.draw();
    paintHeats();
    table.update(gradientNumbers(host, model.state));
  });
  const stepMoved = (step: number) => {
    model.moveTo(step);
    scrubber.show(model.frame, model.frames.length, stepWords(host, model));
    dots.draw();
    markHeats();
    table.update(gradientNumbers(host, model.state));
    card.refresh();
  };
  const layOut = () => {
    const runCount = model.view.runs.length;
    grid.classList.toggle("wide", wide());
    grid.style.gridTemplateColumns = wide()
      ? `max-content minmax(200px, ${runCount === 1 ? 1 : 1.35}fr) repeat(${runCount}, minmax(110px, 1fr))`
      : "";
    paintHeats();
    card.refresh();
  };
  const fill = () => {
    makeHeats();
    head.update(model);
    setText(keys, word(host, "colour", { measure: word(host, model.measure) }));
    setText(note, noteWords(host, model.view));
    stepMoved(model.step);
    layOut();
  };

  let link = linkStep(model.runIds, stepMoved);
  if (link.initial !== null) model.moveTo(link.initial);
  host.onTheme(() => {
    if (heatMaps.length > 0) paintHeats();
  });
  fill();
  let laidOutPx = 0;
  host.onWidth((widthPx) => {
    // The view's height changes too (a card, the table); only its width moves columns.
    if (widthPx === laidOutPx) return;
    laidOutPx = widthPx;
    layOut();
  });
  host.onEnd(() => link.dispose());
  followPointer({ host, grid, plot: dots.node, rowCount: () => model.rows.length, card });

  return {
    update(next) {
      const runIds = model.runIds.join();
      model.take(next);
      if (model.runIds.join() !== runIds) {
        link.dispose();
        link = linkStep(model.runIds, stepMoved);
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

/** What the view shows now. */
class GradientsModel {
  view: GradientsView;
  measure: Measure = "meanAbs";
  chosenRow: number | null = null;
  rows: ReturnType<typeof alignLayers>;
  frames: readonly number[];
  frame: number;

  constructor(view: GradientsView) {
    this.view = view;
    this.rows = alignLayers(view.runs);
    this.frames = frameSteps(view.runs);
    this.frame = this.frames.length - 1;
  }

  /** Newer data; the reader stays at the step chosen, or at the end. */
  take(view: GradientsView): void {
    const { step } = this;
    const atEnd = this.frame >= this.frames.length - 1;
    this.view = view;
    this.rows = alignLayers(view.runs);
    this.frames = frameSteps(view.runs);
    this.frame = this.frames.length - 1;
    if (!atEnd) this.moveTo(step);
  }

  moveTo(step: number): void {
    this.frame = Math.max(0, lastAtMost(this.frames, step));
  }

  get runIds(): readonly string[] {
    return this.view.runs.map((run) => run.runId);
  }

  get step(): number {
    return this.frames[this.frame] ?? 0;
  }

  get records(): readonly number[] {
    return this.view.runs.map((run) => lastAtMost(run.steps, this.step));
  }

  get state(): DotState {
    const { view, rows, measure, step, records, chosenRow } = this;
    return { runs: view.runs, rows, measure, step, records, chosenRow };
  }

  cardContent(row: number): CardContent | null {
    const line = this.rows[row];
    if (line === undefined) return null;
    const { records, step } = this;
    const runs = this.view.runs.map((run, at) => ({ run, layer: line.layers[at] ?? null, index: records[at] ?? -1 }));
    return { layer: line.layer, runs, step };
  }
}

/** Three columns of text, plot and heat maps, each wide enough to read. */
function wideFromPx(runCount: number): number {
  return runCount <= 2 ? 760 : 420 + runCount * 150;
}

function word(
  host: ViewHost,
  id: keyof (typeof gradientWords)["en"],
  args: Parameters<ViewHost["wordIn"]>[2] = {},
): string {
  return host.wordIn(gradientWords, id, args);
}

function stepWords(host: ViewHost, { view, step }: GradientsModel): string {
  const [run] = view.runs;
  const args = {
    step: { kind: "count", value: step },
    epoch: { kind: "count", value: run === undefined ? 0 : epochOf(step, run) },
  } as const;
  return word(host, "stepAndEpoch", args);
}

/** What g is, how much of it was kept, and how to read on. */
function noteWords(host: ViewHost, { runs }: GradientsView): string {
  const each = (of: (run: GradientsView["runs"][number]) => number) =>
    [...new Set(runs.map(of))].map((value) => formatCount(value, host.locale)).join(", ");
  const distances = [...new Set(runs.map((run) => keptEvery(run.steps)))];
  const kept =
    distances.length === 1 && distances[0] === 1
      ? word(host, "keptAll")
      : word(host, "keptSome", {
          distance: distances.map((distance) => formatCount(distance, host.locale)).join(", "),
        });
  return [
    word(host, "noteGradient", { batch: each((run) => run.batchSize) }),
    kept,
    word(host, "sameSeed", { seed: each((run) => run.seed) }),
    word(host, "noteRuns"),
  ].join(" ");
}

/** Above the dots: the measure, the runs' keys, the bound. */
function createPlotHead(host: ViewHost, node: HTMLElement, chosen: (measure: Measure) => void) {
  const select = element(
    "select",
    { class: "measure", "aria-label": word(host, "measure") },
    ...measures.map((measure) => element("option", { value: measure }, word(host, measure))),
  );
  select.addEventListener("change", () => chosen(measures.find((measure) => measure === select.value) ?? "meanAbs"));
  const keys = element("span", { class: "row" });
  const reference = element("span", { class: "reference" });
  node.append(select, keys, reference);
  return {
    update({ view, measure }: GradientsModel) {
      select.value = measure;
      keys.replaceChildren(...view.runs.map((run, index) => createRunKey(index, run.name)));
      const words = [...new Set(view.runs.flatMap((run) => boundWords(host, run)))];
      reference.replaceChildren(...words.map((text) => createReferenceKey(text)));
      setHidden(reference, words.length === 0 || !isGradient(measure));
    },
  };
}

/** "¼ per layer: sigmoid’s bound". Where hidden layers differ in their activation, without its name. */
function boundWords(host: ViewHost, { slopeBound, layers }: GradientsView["runs"][number]): readonly string[] {
  if (slopeBound === null || slopeBound >= 1 || slopeBound <= 0) return [];
  const bound = slopeBound === 0.25 ? "¼" : slopeBound.toLocaleString(host.locale, { maximumSignificantDigits: 2 });
  const hidden = new Set(layers.slice(0, -1).map((layer) => layer.activation));
  const [activation] = hidden;
  return hidden.size === 1 && typeof activation === "string"
    ? [word(host, "boundOf", { bound, activation })]
    : [word(host, "bound", { bound })];
}

/** Opens cards where the pointer rests, and closes them when pointer or focus leave the rows. */
function followPointer(options: {
  readonly host: ViewHost;
  readonly grid: HTMLElement;
  readonly plot: HTMLElement;
  readonly rowCount: () => number;
  readonly card: ReturnType<typeof createCardHolder>;
}): void {
  const { host, grid, plot, rowCount, card } = options;
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
  grid.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || card.openRow === null || activeElement(host) === null) return;
    card.close();
    event.preventDefault();
    event.stopPropagation();
  });
}
