// The figure of the loss or of one metric: train and validation by epoch, over all planned epochs from the start.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import {
  axisOptions,
  type ChartConfiguration,
  createCanvasChart,
  cursorPlugin,
  type EndLabel,
  endLabelsPlugin,
  textWidthPx,
} from "../charts/chartSetup.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import type { Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { measureName } from "../words/measureWords.ts";
import { metricMarksPlugin } from "./metricMarks.ts";
import { thinLine } from "./thinLine.ts";
import { breakPoint, epochRange, epochTicks, plotted, type ValueScale, valueScale } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

export const figureHeightPx = 180;

type Point = { x: number; y: number | null };

export interface MetricFigure {
  readonly node: HTMLElement;
  /** `isRunning` is false for a view that says so while nobody runs it. */
  update(view: TrainingView, isRunning: boolean): void;
}

/** `index` is the metric's place in the view; 0 is the loss. */
export function createMetricFigure(host: ViewHost, first: TrainingView, index: number): MetricFigure {
  const name = element("b");
  const words = element("span", { class: "readout" });
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const note = element("div", { class: "plotNote", "aria-hidden": "true" });
  const plot = element("div", { class: "plot" }, canvas, note);
  plot.style.height = `${figureHeightPx}px`;
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const node = element("figure", { class: "figure metric" }, element("figcaption", {}, name, words), plot, spoken);

  let view = first;
  let isRunning = first.state === "running";
  let cursor: number | null = null;
  const lines: { train: Point[]; validation: Point[] } = { train: [], validation: [] };
  const metric = () => view.metrics[index] ?? first.metrics[index] ?? emptyMetric;
  let scale: ValueScale = valueScale(metric(), index === 0);

  let labelRoomPx = 0;

  const fillLines = () => {
    syncPoints(lines.train, metric().train, scale.log);
    syncPoints(lines.validation, metric().validation ?? [], scale.log);
  };
  const makeRoom = () => {
    labelRoomPx = Math.max(labelRoomPx, neededLabelRoomPx(host, metric()));
  };
  const describe = () => {
    setText(name, metric().name);
    setText(words, cursor === null ? captionText(host, metric()) : readout(host, metric(), cursor));
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
      cursor: () => cursor,
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
    holder.current?.chart.update("none");
  };
  listenForCursor(canvas, {
    epochs: () => metric().train.length,
    cursor: () => cursor,
    epochAt: (xPx) => Math.round(holder.current?.chart.scales.x?.getValueForPixel(xPx) ?? 0),
    move: moveCursor,
  });
  return {
    node,
    update(next, runs) {
      view = next;
      isRunning = runs;
      const before = scale;
      scale = valueScale(metric(), index === 0);
      if (cursor !== null && cursor > metric().train.length) cursor = null;
      fillLines();
      makeRoom();
      describe();
      holder.current ??= createCanvasChart(host, canvas, configuration);
      if (before.log !== scale.log) holder.current.rebuild();
      const { chart } = holder.current;
      Object.assign(chart.options.scales?.y ?? {}, { min: scale.min, max: scale.max });
      Object.assign(chart.options.scales?.x ?? {}, epochRange(view.epochs.planned));
      Object.assign(chart.options.layout ?? {}, { padding: { top: 4, right: labelRoomPx } });
      chart.update("none");
    },
  };
}

const emptyMetric: TrainingMetric = { name: "", measure: "", better: "lower", train: [], validation: null };

/** Changes the points in place: chart.js keeps its array, and a growing line costs only its new points. */
function syncPoints(points: Point[], values: readonly ViewNumber[], log: boolean): void {
  const heights = values.map((value) => plotted(value, log));
  const drawn = thinLine(heights);
  points.length = Math.min(points.length, drawn.length);
  drawn.forEach((index, at) => {
    const y = heights[index] ?? null;
    const point = points[at];
    if (point === undefined) points.push({ x: index + 1, y });
    else {
      point.x = index + 1;
      point.y = y;
    }
  });
}

interface MetricParts {
  readonly host: ViewHost;
  readonly theme: Theme;
  readonly lines: { readonly train: Point[]; readonly validation: Point[] };
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

function epochAxis({ host, theme, view }: MetricParts) {
  const base = axisOptions(theme, { grid: false, locale: host.locale });
  return {
    ...base,
    ...epochRange(view().epochs.planned),
    afterBuildTicks: (axis: { width: number; ticks: { value: number }[] }) => {
      axis.ticks = epochTicks(view().epochs.planned, axis.width / 40).map((value) => ({ value }));
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

function endLabels({ host, theme, lines, metric, view }: MetricParts): readonly EndLabel[] {
  const state = view().state;
  const from = breakPoint(view())?.epoch;
  const label = (dataset: number, role: "train" | "validation", points: readonly Point[]): EndLabel[] => {
    const last = points.findLast((point) => point.y !== null);
    // The error hatch covers the place of the names; the numbers stand in the table and in the label.
    if (last === undefined || state === "diverged") return [];
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

// ---- words

function captionText(host: ViewHost, { measure }: TrainingMetric): string {
  return host.wordIn(trainingWords, "byEpoch", { measure: measureName(measure, host.locale) });
}

/** What stands in a plot without a point, so that a slow first epoch does not look broken; `null` once there is one. */
function emptyPlotNote(
  host: ViewHost,
  {
    view: { steps, divergence },
    metric,
    isRunning,
  }: { readonly view: TrainingView; readonly metric: TrainingMetric; readonly isRunning: boolean },
): string | null {
  if (metric.train.length > 0 || divergence !== null) return null;
  if (!isRunning) return host.wordIn(trainingWords, "noEpochYet");
  if (steps.done === 0 || steps.perEpoch <= 1) return host.wordIn(trainingWords, "firstPointWaiting");
  return host.wordIn(trainingWords, "firstPoint", {
    step: { kind: "count", value: steps.done },
    steps: { kind: "count", value: steps.perEpoch },
  });
}

/** "epoch 17 · train 0.0223 · validation 0.0915". */
function readout(host: ViewHost, metric: TrainingMetric, epoch: number): string {
  const parts = [
    host.wordIn(trainingWords, "firstEpoch", { epoch: { kind: "count", value: epoch } }),
    ...roleValues(host, metric, epoch - 1),
  ];
  return parts.join(" · ");
}

function roleValues(host: ViewHost, metric: TrainingMetric, at: number): readonly string[] {
  const value = (role: "train" | "validation", number: ViewNumber | undefined) =>
    `${host.wordIn(trainingWords, role)} ${formatNumber(number, { locale: host.locale })}`;
  return [
    value("train", metric.train[at]),
    ...(metric.validation === null ? [] : [value("validation", metric.validation[at])]),
  ];
}

function figureLabel(host: ViewHost, view: TrainingView, metric: TrainingMetric): string {
  const values =
    metric.train.length === 0
      ? host.wordIn(trainingWords, "noEpochYet")
      : `${roleValues(host, metric, metric.train.length - 1).join(", ")}.`;
  return host.wordIn(trainingWords, "chartLabel", {
    metric: metric.name,
    measure: measureName(metric.measure, host.locale),
    done: { kind: "count", value: metric.train.length },
    planned: { kind: "count", value: view.epochs.planned },
    values,
  });
}

// ---- pointer and keys

interface CursorParts {
  epochs(): number;
  cursor(): number | null;
  epochAt(xPx: number): number;
  move(epoch: number | null, speak: boolean): void;
}

/** Pointer or arrow keys move a line over the chart and read the values; keys also speak them. */
function listenForCursor(canvas: HTMLCanvasElement, parts: CursorParts): void {
  const clamp = (epoch: number) => Math.min(parts.epochs(), Math.max(1, epoch));
  canvas.addEventListener("pointermove", (event) => {
    if (parts.epochs() === 0) return;
    const epoch = clamp(parts.epochAt(event.offsetX));
    if (epoch !== parts.cursor()) parts.move(epoch, false);
  });
  canvas.addEventListener("pointerleave", () => parts.move(null, false));
  canvas.addEventListener("blur", () => parts.move(null, false));
  canvas.addEventListener("keydown", (event) => {
    const at = parts.cursor() ?? parts.epochs() + 1;
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 1,
      End: parts.epochs(),
    }[event.key];
    if (event.key === "Escape" && parts.cursor() !== null) parts.move(null, false);
    else if (to !== undefined && parts.epochs() > 0) parts.move(clamp(to), true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
