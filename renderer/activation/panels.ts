// Small multiples: a drawing for each chosen function, f and f′ in one, all on the same axes, with a trained layer's z under each.

import { formatNumber } from "../../src/shared/numbers.ts";
import { createRunKey } from "../card/runKey.ts";
import {
  axisOptions,
  type ChartConfiguration,
  type ChartHolder,
  createCanvasChart,
  cursorPlugin,
  endLabelsPlugin,
  valueUnder,
} from "../charts/chartSetup.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import type { Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { activationWords } from "../words/activationWords.ts";
import { type Choices, type ChosenCurve, mostFunctions } from "./choices.ts";
import { formatTick, linePoints, ticksAroundZero, valueAxis, zoneNames } from "./curvePlots.ts";
import { barsPlugin, tangentsPlugin, zonesPlugin } from "./curvePlugins.ts";
import { shownPart, shownRange } from "./curveRange.ts";
import { valueAt, type Zones } from "./readCurve.ts";

const heightPx = 170;
const slopeDash = [3, 3];
/** How much of a drawing the highest bar of a layer's z takes: it stands under the curves. */
const barsShare = 0.35;

export interface Panels {
  readonly node: HTMLElement;
  draw(): void;
}

/** `follow` is told each drawing with the z under a place on it, as the drawings of the overlay are. */
export function createPanels(
  host: ViewHost,
  choices: () => Choices,
  follow: (plot: HTMLElement, zAt: (offsetPx: number) => number | null) => void,
): Panels {
  const node = element("div", { class: "panels", hidden: true });
  // Made when they are first wanted: most readers never do.
  let panels: readonly Panel[] | null = null;
  return {
    node,
    draw() {
      const isShown = choices().layout === "multiples";
      setHidden(node, !isShown);
      if (!isShown) return;
      panels ??= Array.from({ length: mostFunctions }, (_, slot) => createPanel(host, node, { slot, choices, follow }));
      for (const panel of panels) panel.draw();
    },
  };
}

interface Panel {
  draw(): void;
}

interface PanelOptions {
  readonly slot: number;
  readonly choices: () => Choices;
  readonly follow: (plot: HTMLElement, zAt: (offsetPx: number) => number | null) => void;
}

function createPanel(host: ViewHost, parent: HTMLElement, { slot, choices, follow }: PanelOptions): Panel {
  const own = () => choices().chosen.find((chosen) => chosen.slot === slot) ?? null;
  const canvas = element("canvas", { role: "img" });
  const plot = element("div", { class: "plot" }, canvas);
  plot.style.height = `${heightPx}px`;
  const key = element("b");
  const read = element("span", { class: "number" });
  const figure = element("figure", { class: "figure" }, element("figcaption", {}, key, read), plot);
  parent.append(figure);
  let named = "";
  const holder: ChartHolder = createCanvasChart(host, canvas, (theme) => configuration(host, theme, { own, choices }));
  follow(plot, (offsetPx) => valueUnder(holder.chart, offsetPx));
  return {
    draw() {
      const shown = own();
      setHidden(figure, shown === null);
      if (shown === null) return;
      const { curve, variant } = shown;
      if (named !== curve.name) key.replaceChildren(createRunKey(slot, curve.label, { point: false }));
      named = curve.name;
      const { z } = choices();
      const text = (series: typeof variant.value) =>
        formatNumber(valueAt(variant.z, series, z), { digits: 2, locale: host.locale });
      setText(read, `f = ${text(variant.value)}, f′ = ${text(variant.slope)}`);
      const [from, to] = shownRange(choices()).map((each) => formatNumber(each, { digits: 2, locale: host.locale }));
      const args = { functions: curve.label, from: from ?? "", to: to ?? "" };
      setAttributes(canvas, { "aria-label": host.wordIn(activationWords, "panelLabel", args) });
      const next = configuration(host, host.theme, { own, choices });
      holder.chart.data.datasets = next.data.datasets;
      if (next.options !== undefined) holder.chart.options = next.options;
      holder.chart.update("none");
    },
  };
}

interface PanelState {
  readonly own: () => ChosenCurve | null;
  readonly choices: () => Choices;
}

function configuration(host: ViewHost, theme: Theme, { own, choices }: PanelState): ChartConfiguration {
  const [from, to] = shownRange(choices());
  const x = axisOptions(theme, { grid: false, min: from, max: to, locale: host.locale });
  const shown = own();
  const colour = theme.runColour(shown?.slot ?? 0);
  const line = (series: "value" | "slope") => ({
    type: "line" as const,
    data:
      shown === null ? [] : linePoints(shownPart({ z: shown.variant.z, series: shown.variant[series] }, [from, to])),
    borderColor: colour,
    borderDash: series === "slope" ? slopeDash : [],
    borderWidth: series === "slope" ? 1.5 : 2,
    clip: 0 as const,
  });
  const zones = (): Zones | null => {
    const now = own();
    return now === null || now.variant.saturated.length === 0
      ? null
      : { label: now.curve.label, intervals: now.variant.saturated, strips: [] };
  };
  return {
    type: "line",
    data: { datasets: [line("value"), line("slope")] },
    options: {
      events: [],
      layout: { autoPadding: false, padding: { right: 20, top: 4 } },
      scales: {
        x: {
          ...x,
          ticks: {
            ...x.ticks,
            callback: (value) => (Number(value) === 0 ? "z = 0" : formatTick(Number(value), host.locale)),
          },
          afterFit: (axis) => {
            axis.height = 20;
          },
          afterBuildTicks: (axis) => {
            axis.ticks = ticksAroundZero(from, to, axis.width).map((value) => ({ value }));
          },
        },
        y: valueAxis(host, theme, choices()),
      },
    },
    plugins: [
      zonesPlugin(theme, { zones, names: (now) => zoneNames(host, now) }),
      barsPlugin(theme, () => {
        const { layer } = choices();
        return layer === null ? null : { layer, zones: zones(), highest: barsShare };
      }),
      endLabelsPlugin(theme, () => ["f", "f′"].map((text, dataset) => ({ dataset, text, colour }))),
      cursorPlugin(theme, () => choices().z),
      tangentsPlugin(theme, () => {
        const now = own();
        return { z: choices().z, chosen: now === null ? [] : [now] };
      }),
    ],
  };
}
