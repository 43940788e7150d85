// The learning rate (and the momentum) of each step, where a schedule moves them: by epoch, below the metrics' own axis.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingRates, TrainingView } from "../../src/shared/views.ts";
import { axisOptions, type ChartConfiguration, type ChartHolder, createCanvasChart } from "../charts/chartSetup.ts";
import { element, setAttributes, setText } from "../dom.ts";
import type { Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { epochAxis, shownEpochs } from "./epochAxis.ts";
import { figureHeightPx } from "./metricFigure.ts";
import { thinLine } from "./thinLine.ts";
import type { TrainingChoices } from "./trainingChoices.ts";
import { axisEpochs, epochRange, plotted, type ValueScale, valueScale } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

export interface RateFigure {
  readonly node: HTMLElement;
  update(view: TrainingView): void;
}

interface RateKind {
  readonly name: "learningRate" | "momentum";
  readonly values: (rates: TrainingRates) => readonly ViewNumber[];
}

/** None where the rate and the momentum never change. */
export function createRateFigures(host: ViewHost, view: TrainingView, choices: TrainingChoices): readonly RateFigure[] {
  if (view.rates === undefined) return [];
  const kinds: RateKind[] = [{ name: "learningRate", values: (rates) => rates.learningRates }];
  if (view.rates.momenta !== null) kinds.push({ name: "momentum", values: (rates) => rates.momenta ?? [] });
  return kinds.map((kind) => createRateFigure(host, view, { kind, choices }));
}

type Point = { x: number; y: number | null };

function createRateFigure(
  host: ViewHost,
  first: TrainingView,
  { kind, choices }: { readonly kind: RateKind; readonly choices: TrainingChoices },
): RateFigure {
  const canvas = element("canvas", { role: "img" });
  const plot = element("div", { class: "plot" }, canvas);
  plot.style.height = `${figureHeightPx}px`;
  const last = element("span", { class: "number" });
  const node = element(
    "figure",
    { class: "figure metric" },
    element(
      "figcaption",
      {},
      element("b", {}, host.wordIn(trainingWords, kind.name)),
      element("span", { class: "readout" }, host.wordIn(trainingWords, "rateByEpoch")),
      last,
    ),
    plot,
  );
  let view = first;
  let scale: ValueScale = { log: false, min: 0, max: 1 };
  let holder: ChartHolder | null = null;
  const points: Point[] = [];
  const take = () => {
    const values = view.rates === undefined ? [] : kind.values(view.rates);
    scale = rateScale(values);
    const heights = values.map((value) => plotted(value, scale.log));
    const perEpoch = Math.max(1, view.steps.perEpoch);
    const drawn = thinLine(heights).map((index) => ({
      // The first step stands where the epochs begin, the last of an epoch at its number.
      x: Math.max(epochRange(axisEpochs(view)).min, (view.rates?.steps[index] ?? 0) / perEpoch),
      y: heights[index] ?? null,
    }));
    points.splice(0, points.length, ...drawn);
    const said = (value: ViewNumber | undefined) => formatNumber(value, { locale: host.locale });
    setText(last, said(values.at(-1)));
    const name = host.wordIn(trainingWords, kind.name);
    const args = { name, first: said(values[0]), last: said(values.at(-1)) };
    setAttributes(canvas, { "aria-label": host.wordIn(trainingWords, "rateLabel", args) });
  };
  const configuration = (theme: Theme): ChartConfiguration => {
    return {
      type: "line",
      data: { datasets: [{ data: points, borderColor: theme.colour("neutral"), pointRadius: 0 }] },
      options: {
        events: [],
        layout: { padding: { top: 4, right: 12 } },
        scales: {
          x: epochAxis({ host, choices, view: () => view }),
          y: axisOptions(theme, { log: scale.log, min: scale.min, max: scale.max, locale: host.locale }),
        },
      },
    };
  };
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
      chart.update("none");
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
