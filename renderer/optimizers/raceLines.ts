// How the lines of a race look: three for each variant, the lifted one above the others; the target, and the point that is read.

import { formatChosen } from "../../src/shared/numbers.ts";
import { axisFont, type Chart, type Plugin } from "../charts/chartSetup.ts";
import { fade, type Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { bandedRacers, type LinePoint, linesOf, type RaceState, readRacer } from "./raceModel.ts";
import { raceWords } from "./raceWords.ts";

/** In high contrast the bands of so many variants are outlined; of more, the edges would hide the lines. */
const outlinedAtOnce = 3;

type Dataset = { data: LinePoint[] } & Record<string, unknown>;

/** Three lines a variant: lower end, upper end (filled down to it), mean. */
export function fillData(chart: Chart, { view, axis }: RaceState, log: boolean): void {
  const sets = chart.data.datasets as unknown as Dataset[];
  view.racers.forEach((racer, index) => {
    const lines = linesOf(racer, axis, log);
    [lines.low, lines.high, lines.mean].forEach((line, at) => {
      const set = sets[3 * index + at];
      if (set !== undefined) set.data = [...line];
    });
  });
}

export function restyle(chart: Chart, theme: Theme, { view, lifted, hidden }: RaceState): void {
  const sets = chart.data.datasets as unknown as Dataset[];
  const banded = bandedRacers({ view, lifted, hidden }, theme);
  const allOutlined = view.racers.length - hidden.size <= outlinedAtOnce;
  view.racers.forEach((_, index) => {
    const isLifted = lifted === index;
    const isBehind = lifted !== null && !isLifted;
    const colour = racerColour(theme, index, { isLifted, isBehind });
    const isHidden = hidden.has(index);
    const hasBand = banded.includes(index);
    const [low, high, mean] = sets.slice(3 * index, 3 * index + 3);
    const isOutlined = theme.highContrast && hasBand && (isLifted || allOutlined);
    const edge = isOutlined ? fade(colour, 0.6) : "transparent";
    // What is not seen is not drawn: of many variants that is most of the work.
    for (const end of [low, high])
      if (end !== undefined) Object.assign(end, { borderColor: edge, borderWidth: 1, order: 3, hidden: !hasBand });
    if (high !== undefined)
      Object.assign(high, {
        backgroundColor: hasBand ? fade(colour, isLifted ? 0.26 : theme.highContrast ? 0.18 : 0.09) : "transparent",
      });
    if (mean !== undefined)
      Object.assign(mean, {
        borderColor: colour,
        borderWidth: isLifted ? 2.75 : index < 5 ? 1.75 : 1.25,
        order: isLifted ? 0 : 1,
        hidden: isHidden,
        pointRadius: loneRadius(mean.data),
        // Whole also at the edge, where the only step stands.
        clip: loneRadius(mean.data) > 0 ? 4 : undefined,
        pointBackgroundColor: colour,
      });
  });
}

/** A single point is no line, but is seen: a race of one step, or one that has just begun. */
export function loneRadius(line: readonly LinePoint[]): number {
  return line.filter(({ y }) => y !== null).length === 1 ? 3 : 0;
}

export function racerColour(
  theme: Theme,
  index: number,
  { isLifted, isBehind }: { readonly isLifted: boolean; readonly isBehind: boolean },
): string {
  if (isBehind) return fade(theme.colour("run-other"), 0.4);
  return isLifted && index >= 5 ? theme.text : theme.runColour(index);
}

const targetGapPx = 4;

/** The loss that was to be reached, dashed, with its words below; above it at the foot of the plot. */
export function targetPlugin(host: ViewHost, theme: Theme, state: () => RaceState): Plugin {
  return {
    id: "target",
    beforeDatasetsDraw(chart) {
      const { target } = state().view;
      const y = target === null ? undefined : chart.scales.y?.getPixelForValue(target);
      if (target === null || y === undefined || !Number.isFinite(y)) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.strokeStyle = theme.colour("neutral");
      ctx.setLineDash([3, 3]);
      ctx.beginPath();
      ctx.moveTo(chartArea.left, Math.round(y) + 0.5);
      ctx.lineTo(chartArea.right, Math.round(y) + 0.5);
      ctx.stroke();
      ctx.restore();
    },
    afterDatasetsDraw(chart) {
      const { target } = state().view;
      const y = target === null ? undefined : chart.scales.y?.getPixelForValue(target);
      if (target === null || y === undefined || !Number.isFinite(y)) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      const { family, size } = axisFont(theme);
      ctx.font = `${size}px ${family}`;
      // Lines begin high at the left, so that below the target there is room; where some come down all the same, the words stand on them.
      // At the foot of the plot only the numbers of the axis have room below it.
      const isBelow = y + targetGapPx + size <= chartArea.bottom;
      const place = isBelow ? y + targetGapPx : y - targetGapPx;
      ctx.textAlign = "left";
      ctx.textBaseline = isBelow ? "top" : "bottom";
      const words = host.wordIn(raceWords, "target", { target: formatChosen(target, host.locale) });
      ctx.strokeStyle = theme.page;
      ctx.lineWidth = 4;
      ctx.lineJoin = "round";
      ctx.strokeText(words, chartArea.left + 4, place);
      ctx.fillStyle = theme.muted;
      ctx.fillText(words, chartArea.left + 4, place);
      ctx.restore();
    },
  };
}

/** A point on the line that is read. */
export function pointPlugin(theme: Theme, state: () => RaceState, cursor: () => number | null): Plugin {
  return {
    id: "readPoint",
    afterDatasetsDraw(chart) {
      const at = cursor();
      const index = readRacer(state());
      if (index === null) return;
      const point = at === null ? undefined : (chart.data.datasets[3 * index + 2]?.data[at] as LinePoint | undefined);
      if (point === undefined || point.y === null) return;
      const [x, y] = [chart.scales.x?.getPixelForValue(point.x) ?? 0, chart.scales.y?.getPixelForValue(point.y) ?? 0];
      const { ctx, chartArea } = chart;
      if (x < chartArea.left || x > chartArea.right) return;
      ctx.save();
      ctx.beginPath();
      ctx.arc(x, y, 4, 0, 2 * Math.PI);
      ctx.fillStyle = racerColour(theme, index, { isLifted: true, isBehind: false });
      ctx.strokeStyle = theme.page;
      ctx.lineWidth = 1.5;
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    },
  };
}
