// The figure of the loss or of one metric: train and validation by epoch, over all planned epochs from the start.

import { epochAt, indexAt } from "../../src/shared/keptEpochs.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import { type ChartConfiguration, createCanvasChart } from "../charts/chartSetup.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { createWordsInRoom } from "../parts/wordsInRoom.ts";
import type { Theme } from "../theme.ts";
import { listenForZoom } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { shownEpochs } from "./epochAxis.ts";
import { listenForCursor } from "./figureKeys.ts";
import { captionText, emptyPlotNote, figureLabel, longestReadout, readout } from "./figureWords.ts";
import { LineFiller, type MetricLines } from "./metricLines.ts";
import { lineLooks, metricConfiguration, neededLabelRoomPx } from "./metricPlot.ts";
import type { PlotRoom } from "./plotRoom.ts";
import { goesOn } from "./seriesSummary.ts";
import type { TrainingChoices } from "./trainingChoices.ts";
import { axisEpochs, breakPoint, epochRange, type ValueScale, valueScale } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

export const figureHeightPx = 180;

export interface MetricFigure {
  readonly node: HTMLElement;
  /** `isRunning` is false for a view that says so while nobody runs it. */
  update(view: TrainingView, isRunning: boolean): void;
  /** Another output of the run stands at this epoch; `null` at none. */
  link(epoch: number | null): void;
}

export interface MetricFigureOptions {
  /** The metric's place in the view; 0 is the loss. */
  readonly index: number;
  readonly choices: TrainingChoices;
  readonly room: PlotRoom;
  /** The reader changed a choice that other figures share. */
  readonly changed: () => void;
  /** The reader stands at an epoch; `null`: back at the newest. */
  readonly moved: (epoch: number | null) => void;
}

export function createMetricFigure(host: ViewHost, first: TrainingView, options: MetricFigureOptions): MetricFigure {
  const { index, choices, room } = options;
  const key = `metric ${index}`;
  const name = element("b");
  const words = createWordsInRoom("readout");
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  // Its words stand on the page's colour, so that no line of the grid runs through them.
  const noteWords = element("span", {});
  const note = element("div", { class: "plotNote", "aria-hidden": "true" }, element("div", {}, noteWords));
  const plot = element("div", { class: "plot" }, canvas, note);
  plot.style.height = `${figureHeightPx}px`;
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const log = element("button", { class: "logAxis", type: "button" }, host.wordIn(trainingWords, "logAxis"));
  const caption = element("figcaption", {}, name, words.node, log);
  const node = element("figure", { class: "figure metric" }, caption, plot, spoken);

  let view = first;
  let isRunning = first.state === "running";
  /** Both count the points from 1: a very long training does not keep every epoch. */
  let cursor: number | null = null;
  let linked: number | null = null;
  const cursorEpoch = (at: number | null) => (at === null ? null : epochAt(view, at - 1));
  const lines: MetricLines = { train: [], validation: [], smoothTrain: [], smoothValidation: [] };
  const metric = () => view.metrics[index] ?? first.metrics[index] ?? emptyMetric;
  const chosenScale = () =>
    valueScale(metric(), index === 0, { wanted: choices.log.get(index) ?? null, epochs: axisEpochs(view) });
  let scale: ValueScale = chosenScale();

  let labelRoomPx = 0;

  const fillTrain = new LineFiller(lines.train, lines.smoothTrain);
  const fillValidation = new LineFiller(lines.validation, lines.smoothValidation);
  const fillLines = () => {
    const { train, validation } = metric();
    const lineChoices = { log: scale.log, smoothing: choices.smoothing };
    fillTrain.fill(train, view, lineChoices);
    fillValidation.fill(validation ?? [], view, lineChoices);
  };
  const makeRoom = () => {
    const needed = neededLabelRoomPx({ host, choices, view: () => view, metric }, plot.clientWidth);
    // While a training runs it never shrinks, so that the plot does not jump.
    labelRoomPx = breakPoint(view) === null ? Math.max(labelRoomPx, needed) : needed;
    room.fitNames(key, labelRoomPx);
  };
  const describe = () => {
    setText(name, metric().name);
    const at = cursor ?? linked;
    words.show(at === null ? captionText(host, view, metric()) : readout(host, view, { metric: metric(), at }));
    const { name: metricName } = metric();
    setAttributes(log, {
      "aria-pressed": String(scale.log),
      "aria-label": host.wordIn(trainingWords, "logAxisLabel", { metric: metricName }),
    });
    setAttributes(canvas, { "aria-label": figureLabel(host, view, metric()) });
    const waiting = emptyPlotNote(host, { view, metric: metric(), isRunning });
    setHidden(note, waiting === null);
    if (waiting !== null) setText(noteWords, waiting);
  };
  const configuration = (theme: Theme): ChartConfiguration =>
    metricConfiguration({
      host,
      theme,
      lines,
      scale: () => scale,
      view: () => view,
      metric,
      choices,
      cursor: () => cursorEpoch(cursor ?? linked),
      ...{ room, key },
    });

  fillLines();
  makeRoom();
  describe();
  // The canvas must stand in the page before chart.js measures it.
  const holder = { current: null as ReturnType<typeof createCanvasChart> | null };
  const moveCursor = (epoch: number | null, speak: boolean) => {
    cursor = epoch;
    describe();
    if (speak) setText(spoken, epoch === null ? "" : words.node.textContent);
    // Nothing but the line moved: the plot is painted again, not laid out.
    holder.current?.chart.draw();
    if (epoch !== null) options.moved(epochAt(view, epoch - 1));
  };
  log.addEventListener("click", () => {
    choices.log.set(index, !scale.log);
    options.changed();
  });
  listenForZoom(canvas, {
    choices,
    whole: () => {
      const { min, max } = epochRange(axisEpochs(view));
      return [min, max];
    },
    cursor: () => cursorEpoch(cursor),
    valueAt: (xPx) => holder.current?.chart.scales.x?.getValueForPixel(xPx) ?? 0,
    changed: options.changed,
  });
  listenForCursor(canvas, {
    epochs: () => metric().train.length,
    cursor: () => cursor ?? linked,
    epochAt: (xPx) => indexAt(view, Math.round(holder.current?.chart.scales.x?.getValueForPixel(xPx) ?? 0)) + 1,
    move: moveCursor,
    end: () => {
      moveCursor(null, true);
      options.moved(null);
    },
  });
  return {
    node,
    update(next, runs) {
      const seen = metric();
      view = next;
      isRunning = runs;
      const before = scale;
      rememberGrowth(seen, metric());
      scale = chosenScale();
      if (cursor !== null && cursor > metric().train.length) cursor = null;
      fillLines();
      makeRoom();
      words.reserve(captionText(host, view, metric()), longestReadout(host, view, metric()));
      describe();
      holder.current ??= createCanvasChart(host, canvas, configuration);
      if (before.log !== scale.log) holder.current.rebuild();
      const { chart } = holder.current;
      Object.assign(chart.options.scales?.y ?? {}, { min: scale.min, max: scale.max });
      Object.assign(chart.options.scales?.x ?? {}, shownEpochs(view, choices));
      lineLooks(host.theme, lines, choices).forEach((look, at) => {
        Object.assign(chart.data.datasets[at] ?? {}, look);
      });
      Object.assign(chart.options.layout ?? {}, { padding: { top: 4, right: room.namesPx } });
      chart.update("none");
      note.style.left = `${room.axisPx}px`;
      note.style.right = `${room.namesPx}px`;
    },
    link(epoch) {
      const before = cursor ?? linked;
      linked =
        epoch === null || metric().train.length === 0
          ? null
          : Math.min(indexAt(view, epoch) + 1, metric().train.length);
      if ((cursor ?? linked) === before) return;
      describe();
      holder.current?.chart.draw();
    },
  };
}

/** So that the summaries of what was added go on from those of what was there. */
function rememberGrowth(before: TrainingMetric, after: TrainingMetric): void {
  goesOn(before.train, after.train);
  if (before.validation !== null && after.validation !== null) goesOn(before.validation, after.validation);
}

const emptyMetric: TrainingMetric = { name: "", measure: "", better: "lower", train: [], validation: null };
