// The figure of the loss or of one metric: train and validation by epoch, over all planned epochs from the start.

import type { ViewNumber } from "../../src/shared/json.ts";
import { epochAt, indexAt } from "../../src/shared/keptEpochs.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import {
  axisOptions,
  type Chart,
  type ChartConfiguration,
  createCanvasChart,
  cursorPlugin,
  type EndLabel,
  endLabelsPlugin,
  textWidthPx,
} from "../charts/chartSetup.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { fade, type Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { listenForCursor, listenForZoom } from "./figureKeys.ts";
import { captionText, emptyPlotNote, figureLabel, readout } from "./figureWords.ts";
import { metricMarksPlugin } from "./metricMarks.ts";
import { smoothLine } from "./smoothLine.ts";
import { thinLine } from "./thinLine.ts";
import type { TrainingChoices } from "./trainingChoices.ts";
import {
  breakPoint,
  epochRange,
  epochTicks,
  plotted,
  stretchTicks,
  type ValueScale,
  valueScale,
} from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

export const figureHeightPx = 180;

type Point = { x: number; y: number | null };

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
  /** The reader changed a choice that other figures share. */
  readonly changed: () => void;
  /** The reader stands at an epoch; `null`: back at the newest. */
  readonly moved: (epoch: number | null) => void;
}

export function createMetricFigure(host: ViewHost, first: TrainingView, options: MetricFigureOptions): MetricFigure {
  const { index, choices } = options;
  const name = element("b");
  const words = element("span", { class: "readout" });
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const note = element("div", { class: "plotNote", "aria-hidden": "true" });
  const plot = element("div", { class: "plot" }, canvas, note);
  plot.style.height = `${figureHeightPx}px`;
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const log = element("button", { class: "logAxis", type: "button" }, host.wordIn(trainingWords, "logAxis"));
  const caption = element("figcaption", {}, name, words, log);
  const node = element("figure", { class: "figure metric" }, caption, plot, spoken);

  let view = first;
  let isRunning = first.state === "running";
  /** Both count the points from 1: a very long training does not keep every epoch. */
  let cursor: number | null = null;
  let linked: number | null = null;
  const cursorEpoch = (at: number | null) => (at === null ? null : epochAt(view, at - 1));
  const lines: Lines = { train: [], validation: [], smoothTrain: [], smoothValidation: [] };
  const metric = () => view.metrics[index] ?? first.metrics[index] ?? emptyMetric;
  const chosenScale = () => valueScale(metric(), index === 0, choices.log.get(index) ?? null);
  let scale: ValueScale = chosenScale();

  let labelRoomPx = 0;

  const fillLines = () => {
    fillLine(lines.train, lines.smoothTrain, metric().train, { view, log: scale.log, smoothing: choices.smoothing });
    const validation = metric().validation ?? [];
    fillLine(lines.validation, lines.smoothValidation, validation, {
      view,
      log: scale.log,
      smoothing: choices.smoothing,
    });
  };
  const makeRoom = () => {
    labelRoomPx = Math.max(labelRoomPx, neededLabelRoomPx(host, metric()));
  };
  const describe = () => {
    setText(name, metric().name);
    const at = cursor ?? linked;
    setText(words, at === null ? captionText(host, view, metric()) : readout(host, view, { metric: metric(), at }));
    const { name: metricName } = metric();
    setAttributes(log, {
      "aria-pressed": String(scale.log),
      "aria-label": host.wordIn(trainingWords, "logAxisLabel", { metric: metricName }),
    });
    setAttributes(canvas, { "aria-label": figureLabel(host, view, metric()) });
    const waiting = emptyPlotNote(host, { view, metric: metric(), isRunning });
    setHidden(note, waiting === null);
    if (waiting !== null) setText(note, waiting);
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
      labelRoomPx: () => labelRoomPx,
    });

  fillLines();
  makeRoom();
  describe();
  // The canvas must stand in the page before chart.js measures it.
  const holder = { current: null as ReturnType<typeof createCanvasChart> | null };
  const moveCursor = (epoch: number | null, speak: boolean) => {
    cursor = epoch;
    describe();
    if (speak) setText(spoken, epoch === null ? "" : words.textContent);
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
      const { min, max } = epochRange(view.epochs.planned);
      return [min, max];
    },
    cursor: () => cursorEpoch(cursor),
    epochAt: (xPx) => holder.current?.chart.scales.x?.getValueForPixel(xPx) ?? 0,
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
      view = next;
      isRunning = runs;
      const before = scale;
      scale = chosenScale();
      if (cursor !== null && cursor > metric().train.length) cursor = null;
      fillLines();
      makeRoom();
      describe();
      holder.current ??= createCanvasChart(host, canvas, configuration);
      if (before.log !== scale.log) holder.current.rebuild();
      const { chart } = holder.current;
      Object.assign(chart.options.scales?.y ?? {}, { min: scale.min, max: scale.max });
      Object.assign(chart.options.scales?.x ?? {}, shownEpochs(view, choices));
      styleLines(chart, host.theme, choices);
      Object.assign(chart.options.layout ?? {}, { padding: { top: 4, right: labelRoomPx } });
      chart.update("none");
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

const emptyMetric: TrainingMetric = { name: "", measure: "", better: "lower", train: [], validation: null };

interface Lines {
  readonly train: Point[];
  readonly validation: Point[];
  /** Their moving means; empty without smoothing. */
  readonly smoothTrain: Point[];
  readonly smoothValidation: Point[];
}

function fillLine(
  line: Point[],
  smooth: Point[],
  values: readonly ViewNumber[],
  { view, log, smoothing }: { readonly view: TrainingView; readonly log: boolean; readonly smoothing: number },
): void {
  const heights = values.map((value) => plotted(value, log));
  syncPoints(line, view, heights);
  syncPoints(smooth, view, smoothing === 0 ? [] : smoothLine(heights, smoothing));
}

/** Changes the points in place: chart.js keeps its array, and a growing line costs only its new points. */
function syncPoints(points: Point[], view: TrainingView, heights: readonly (number | null)[]): void {
  const drawn = thinLine(heights);
  points.length = Math.min(points.length, drawn.length);
  drawn.forEach((index, at) => {
    const y = heights[index] ?? null;
    const point = points[at];
    if (point === undefined) points.push({ x: epochAt(view, index), y });
    else {
      point.x = epochAt(view, index);
      point.y = y;
    }
  });
}

interface MetricParts {
  readonly host: ViewHost;
  readonly theme: Theme;
  readonly lines: Lines;
  readonly choices: TrainingChoices;
  /** Room at the right for the names at the lines' ends; it grows with them and never shrinks, so that the plot does not jump. */
  labelRoomPx(): number;
  scale(): ValueScale;
  view(): TrainingView;
  metric(): TrainingMetric;
  cursor(): number | null;
}

function metricConfiguration(parts: MetricParts): ChartConfiguration {
  const { host, theme, lines } = parts;
  const scale = parts.scale();
  const loneRadius = ({ dataset }: { dataset: { data: readonly unknown[] } }) => (dataset.data.length === 1 ? 2.5 : 0);
  return {
    type: "line",
    data: {
      datasets: [
        {
          data: lines.train,
          borderColor: theme.colour("train"),
          backgroundColor: theme.colour("train"),
          pointRadius: loneRadius,
          order: 1,
        },
        {
          data: lines.validation,
          borderColor: theme.colour("validation"),
          backgroundColor: theme.page,
          pointRadius: loneRadius,
          borderDash: [6, 3],
        },
        { data: lines.smoothTrain, borderColor: theme.colour("train"), pointRadius: 0 },
        { data: lines.smoothValidation, borderColor: theme.colour("validation"), pointRadius: 0, borderDash: [6, 3] },
      ],
    },
    options: {
      events: [],
      layout: { padding: { top: 4, right: parts.labelRoomPx() } },
      scales: {
        x: epochAxis(parts),
        y: axisOptions(theme, { log: scale.log, min: scale.min, max: scale.max, locale: host.locale }),
      },
    },
    plugins: [
      metricMarksPlugin(parts),
      endLabelsPlugin(theme, () => endLabels(parts)),
      cursorPlugin(theme, () => parts.cursor()),
    ],
  };
}

/** Behind its moving mean a line is pale, and a role that the reader hid is not drawn. */
function styleLines(chart: Chart, theme: Theme, { smoothing, hidden }: TrainingChoices): void {
  for (const [at, role] of (["train", "validation"] as const).entries()) {
    const colour = theme.colour(role);
    const [line, smooth] = [chart.data.datasets[at], chart.data.datasets[at + 2]];
    if (line === undefined || smooth === undefined) continue;
    line.borderColor = smoothing === 0 ? colour : fade(colour, theme.highContrast ? 0.55 : 0.35);
    line.hidden = hidden.has(role);
    smooth.hidden = hidden.has(role) || smoothing === 0;
  }
}

function shownEpochs({ epochs }: TrainingView, { range }: TrainingChoices): { min: number; max: number } {
  return range === null ? { ...epochRange(epochs.planned) } : { min: range[0], max: range[1] };
}

function epochAxis({ host, theme, view, choices }: MetricParts) {
  const base = axisOptions(theme, { grid: false, locale: host.locale });
  return {
    ...base,
    ...shownEpochs(view(), choices),
    afterBuildTicks: (axis: { width: number; ticks: { value: number }[] }) => {
      const room = axis.width / 40;
      const { range } = choices;
      const ticks = range === null ? epochTicks(view().epochs.planned, room) : stretchTicks(range, room);
      axis.ticks = ticks.map((value) => ({ value }));
    },
    ticks: {
      ...base.ticks,
      autoSkip: false,
      callback: (value: string | number) =>
        Number(value) === 1
          ? host.wordIn(trainingWords, "firstEpoch", { epoch: "1" })
          : Number(value).toLocaleString(host.locale),
    },
  };
}

/** The widest name with its value as it stands, or with an ordinary one before the first. */
function neededLabelRoomPx(host: ViewHost, metric: TrainingMetric): number {
  const roles = metric.validation === null ? (["train"] as const) : (["train", "validation"] as const);
  const widths = roles.flatMap((role) => {
    const last = formatNumber(metric[role]?.at(-1), { locale: host.locale });
    return ["0.0888", last].map((value) => textWidthPx(`${host.wordIn(trainingWords, role)} ${value}`, host.theme));
  });
  return Math.ceil(Math.max(...widths)) + 12;
}

function endLabels({ host, theme, lines, metric, view, choices }: MetricParts): readonly EndLabel[] {
  const state = view().state;
  const from = breakPoint(view())?.epoch;
  const label = (dataset: number, role: "train" | "validation", points: readonly Point[]): EndLabel[] => {
    const last = points.findLast((point) => point.y !== null);
    // The error hatch covers the place of the names; the numbers stand in the table and in the label.
    if (last === undefined || state === "diverged" || choices.hidden.has(role)) return [];
    return [
      {
        dataset,
        ...(from === undefined ? {} : { from }),
        colour: theme.colour(role),
        text: `${host.wordIn(trainingWords, role)} ${formatNumber(last.y, { locale: host.locale })}`,
      },
    ];
  };
  return [
    ...label(0, "train", lines.train),
    ...(metric().validation === null ? [] : label(1, "validation", lines.validation)),
  ];
}
