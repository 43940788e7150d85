// The learning rate (and the momentum) of each step, where a schedule moves them: by epoch, below the metrics' own axis.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingRates, TrainingView } from "../../src/shared/views.ts";
import {
  axisOptions,
  type ChartConfiguration,
  type ChartHolder,
  createCanvasChart,
  cursorPlugin,
  endLabelsPlugin,
  textWidthPx,
} from "../charts/chartSetup.ts";
import { element, setAttributes, setText } from "../dom.ts";
import { createWordsInRoom, longestNumber } from "../parts/wordsInRoom.ts";
import type { Theme } from "../theme.ts";
import { lastAtMost } from "../time/frames.ts";
import { listenForZoom } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { epochAxis, shownEpochs } from "./epochAxis.ts";
import { listenForCursor } from "./figureKeys.ts";
import { figureHeightPx } from "./metricFigure.ts";
import { roomAtEnd } from "./metricPlot.ts";
import { fitAxis, type PlotRoom } from "./plotRoom.ts";
import { thinLine } from "./thinLine.ts";
import type { TrainingChoices } from "./trainingChoices.ts";
import { axisEpochs, currentEpoch, epochRange, plotted, type ValueScale, valueScale } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

export interface RateFigure {
  readonly node: HTMLElement;
  update(view: TrainingView): void;
  /** Another output of the run stands at this epoch; `null` at none. */
  link(epoch: number | null): void;
}

interface RateOptions {
  readonly choices: TrainingChoices;
  readonly room: PlotRoom;
  /** The reader changed a choice that other figures share. */
  readonly changed: () => void;
  /** The reader stands at an epoch; `null`: back at the newest. */
  readonly moved: (epoch: number | null) => void;
}

interface RateKind {
  readonly name: "learningRate" | "momentum";
  readonly values: (rates: TrainingRates) => readonly ViewNumber[];
}

/** None where the rate and the momentum never change. */
export function createRateFigures(host: ViewHost, view: TrainingView, options: RateOptions): readonly RateFigure[] {
  if (view.rates === undefined) return [];
  const kinds: RateKind[] = [{ name: "learningRate", values: (rates) => rates.learningRates }];
  if (view.rates.momenta !== null) kinds.push({ name: "momentum", values: (rates) => rates.momenta ?? [] });
  return kinds.map((kind) => createRateFigure(host, view, { kind, ...options }));
}

type Point = { x: number; y: number | null };

function createRateFigure(
  host: ViewHost,
  first: TrainingView,
  { kind, choices, room, changed, moved }: RateOptions & { readonly kind: RateKind },
): RateFigure {
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const plot = element("div", { class: "plot" }, canvas);
  plot.style.height = `${figureHeightPx}px`;
  const words = createWordsInRoom("readout");
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const node = element(
    "figure",
    { class: "figure metric" },
    element("figcaption", {}, element("b", {}, host.wordIn(trainingWords, kind.name)), words.node),
    plot,
    spoken,
  );
  let view = first;
  let scale: ValueScale = { log: false, min: 0, max: 1 };
  let holder: ChartHolder | null = null;
  const points: Point[] = [];
  /** Epochs, counted from 1. */
  let cursor: number | null = null;
  let linked: number | null = null;
  const said = (value: ViewNumber | undefined) => formatNumber(value, { locale: host.locale });
  const values = () => (view.rates === undefined ? [] : kind.values(view.rates));
  const describe = () => {
    const at = cursor ?? linked;
    const caption = host.wordIn(trainingWords, "rateByEpoch");
    words.show(at === null ? caption : readoutAt(at, said(valueAt(at))));
  };
  const readoutAt = (epoch: number, value: string) =>
    `${host.wordIn(trainingWords, "firstEpoch", { epoch: { kind: "count", value: epoch } })} · ${value}`;
  /** At the last step of an epoch. */
  const valueAt = (epoch: number) => {
    const at = lastAtMost(view.rates?.steps ?? [], epoch * Math.max(1, view.steps.perEpoch));
    return values()[at];
  };
  const take = () => {
    const all = values();
    scale = rateScale(all);
    const heights = all.map((value) => plotted(value, scale.log));
    const perEpoch = Math.max(1, view.steps.perEpoch);
    const drawn = thinLine(heights).map((index) => ({
      // The first step stands where the epochs begin, the last of an epoch at its number.
      x: Math.max(epochRange(axisEpochs(view)).min, (view.rates?.steps[index] ?? 0) / perEpoch),
      y: heights[index] ?? null,
    }));
    points.splice(0, points.length, ...drawn);
    const finite = heights.filter((height) => height !== null);
    const range = [
      finite.reduce((least, height) => Math.min(least, height), Infinity),
      finite.reduce((most, height) => Math.max(most, height), -Infinity),
    ] as const;
    const longest = longestNumber(range, { locale: host.locale, grows: view.state === "running" });
    words.reserve(host.wordIn(trainingWords, "rateByEpoch"), readoutAt(view.epochs.planned, longest));
    room.fitNames(
      kind.name,
      roomAtEnd(textWidthPx(said(all.at(-1)), host.theme), { view, choices, widthPx: plot.clientWidth }),
    );
    describe();
    const name = host.wordIn(trainingWords, kind.name);
    const args = { name, first: said(all[0]), last: said(all.at(-1)) };
    setAttributes(canvas, { "aria-label": host.wordIn(trainingWords, "rateLabel", args) });
  };
  const configuration = (theme: Theme): ChartConfiguration => {
    return {
      type: "line",
      data: { datasets: [{ data: points, borderColor: theme.colour("neutral"), pointRadius: 0 }] },
      options: {
        events: [],
        layout: { padding: { top: 4, right: room.namesPx } },
        scales: {
          x: epochAxis({ host, choices, view: () => view }),
          y: {
            ...axisOptions(theme, { log: scale.log, min: scale.min, max: scale.max, locale: host.locale }),
            afterFit: fitAxis(room, kind.name),
          },
        },
      },
      plugins: [
        endLabelsPlugin(theme, () =>
          points.length === 0 ? [] : [{ dataset: 0, colour: theme.muted, text: said(values().at(-1)) }],
        ),
        cursorPlugin(theme, () => cursor ?? linked),
      ],
    };
  };
  const epochs = () => currentEpoch(view);
  const epochAtPx = (xPx: number) => Math.round(holder?.chart.scales.x?.getValueForPixel(xPx) ?? 0);
  listenForZoom(canvas, {
    choices,
    whole: () => {
      const { min, max } = epochRange(axisEpochs(view));
      return [min, max];
    },
    cursor: () => cursor,
    valueAt: (xPx) => holder?.chart.scales.x?.getValueForPixel(xPx) ?? 0,
    changed,
  });
  const move = (epoch: number | null, speak: boolean) => {
    cursor = epoch;
    describe();
    if (speak) setText(spoken, epoch === null ? "" : words.node.textContent);
    holder?.chart.draw();
    if (epoch !== null) moved(epoch);
  };
  listenForCursor(canvas, {
    epochs: () => (points.length === 0 ? 0 : epochs()),
    cursor: () => cursor ?? linked,
    epochAt: epochAtPx,
    move,
    end: () => {
      move(null, true);
      moved(null);
    },
  });
  return {
    node,
    update(next) {
      view = next;
      const before = scale;
      take();
      holder ??= createCanvasChart(host, canvas, configuration);
      if (before.log !== scale.log) holder.rebuild();
      const { chart } = holder;
      Object.assign(chart.options.scales?.x ?? {}, shownEpochs(view, choices));
      Object.assign(chart.options.scales?.y ?? {}, { min: scale.min, max: scale.max });
      Object.assign(chart.options.layout ?? {}, { padding: { top: 4, right: room.namesPx } });
      chart.update("none");
    },
    link(epoch) {
      const before = cursor ?? linked;
      linked = epoch;
      if ((cursor ?? linked) === before) return;
      describe();
      holder?.chart.draw();
    },
  };
}

/** Logarithmic where it moves over more than a decade, as warm-ups and decays do. */
function rateScale(values: readonly ViewNumber[]): ValueScale {
  const metric = { name: "", measure: "", better: "lower", train: values, validation: null } as const;
  const positive = values.flatMap((value) => fromViewNumber(value) ?? []).filter((value) => value > 0);
  const low = positive.reduce((least, value) => Math.min(least, value), Infinity);
  const high = positive.reduce((most, value) => Math.max(most, value), 0);
  return valueScale(metric, false, { wanted: positive.length === values.length && high / low > 10 });
}
