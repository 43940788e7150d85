// The plot of a metric: its lines, axes, marks and the names at the lines' ends, as chart.js draws them.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingMetric, TrainingView } from "../../src/shared/views.ts";
import {
  axisOptions,
  type ChartConfiguration,
  cursorPlugin,
  type EndLabel,
  endLabelsPlugin,
  textWidthPx,
} from "../charts/chartSetup.ts";
import { fade, type Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { epochAxis, shownEpochs } from "./epochAxis.ts";
import type { MetricLines, Point } from "./metricLines.ts";
import { metricMarksPlugin } from "./metricMarks.ts";
import { fitAxis, type PlotRoom } from "./plotRoom.ts";
import type { TrainingChoices } from "./trainingChoices.ts";
import { breakPoint, type ValueScale } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

/** What the plot looks at each time it is drawn. */
export interface MetricPlotParts {
  readonly host: ViewHost;
  readonly theme: Theme;
  readonly lines: MetricLines;
  readonly choices: TrainingChoices;
  readonly room: PlotRoom;
  /** What the room knows this plot by. */
  readonly key: string;
  scale(): ValueScale;
  view(): TrainingView;
  metric(): TrainingMetric;
  cursor(): number | null;
}

/** What chart.js draws of a metric. */
export function metricConfiguration(parts: MetricPlotParts): ChartConfiguration {
  const { theme, lines, choices } = parts;
  const looks = lineLooks(theme, lines, choices);
  return {
    type: "line",
    data: {
      datasets: [
        { data: lines.train, backgroundColor: theme.colour("train"), order: 1 },
        { data: lines.validation, backgroundColor: theme.page, borderDash: [6, 3] },
        { data: lines.smoothTrain },
        { data: lines.smoothValidation, borderDash: [6, 3] },
      ].map((dataset, at) => ({ ...dataset, ...looks[at] })),
    },
    options: {
      events: [],
      layout: { padding: { top: 4, right: parts.room.namesPx } },
      scales: {
        x: epochAxis(parts),
        y: valueAxis(parts),
      },
    },
    plugins: [
      metricMarksPlugin(parts),
      endLabelsPlugin(theme, () => endLabels(parts)),
      cursorPlugin(theme, () => parts.cursor()),
    ],
  };
}

function valueAxis({ host, theme, scale, view, room, key }: MetricPlotParts) {
  const { log, min, max } = scale();
  const base = axisOptions(theme, { log, min, max, locale: host.locale });
  return {
    ...base,
    afterFit: fitAxis(room, key),
    ticks: {
      ...base.ticks,
      // Where nothing was reached and nothing comes, numbers would be made up.
      callback: (value: string | number) =>
        scale().isEmpty && view().state !== "running" ? "" : base.ticks.callback(value),
    },
  };
}

/** What changes in the look of a line while its chart stays. */
interface LineLook {
  readonly borderColor: string;
  readonly hidden: boolean;
  /** A number: as a function of the point, chart.js would ask for each of thousands in turn, at every update. */
  readonly pointRadius: number;
}

const loneRadiusPx = 2.5;

/**
 * The looks of the lines of a plot, in its order: train, validation, their moving means. Behind its moving mean a line is pale, a
 * role that the reader hid is not drawn, and a single point, which is no line yet, is.
 */
export function lineLooks(
  theme: Pick<Theme, "colour" | "highContrast">,
  lines: Pick<MetricLines, "train" | "validation">,
  { smoothing, hidden }: Pick<TrainingChoices, "smoothing" | "hidden">,
): readonly LineLook[] {
  const roles = ["train", "validation"] as const;
  const plain = roles.map((role): LineLook => {
    const colour = theme.colour(role);
    return {
      borderColor: smoothing === 0 ? colour : fade(colour, theme.highContrast ? 0.55 : 0.35),
      hidden: hidden.has(role),
      pointRadius: lines[role].length === 1 ? loneRadiusPx : 0,
    };
  });
  const smooth = roles.map(
    (role): LineLook => ({
      borderColor: theme.colour(role),
      hidden: hidden.has(role) || smoothing === 0,
      pointRadius: 0,
    }),
  );
  return [...plain, ...smooth];
}

const leastRoomPx = 12;
/** More than the numbers of the value axis ever take. */
const valueAxisPx = 60;

/**
 * Room at the right for the names at the lines' ends: as wide as the widest with its value as it stands, or with an ordinary
 * one before the first. Where a training ended before its last planned epoch they stand within the plot, which then needs
 * no more than what reaches beyond it; where it diverged there are none.
 */
export function neededLabelRoomPx(
  { host, view, metric, choices }: Pick<MetricPlotParts, "host" | "view" | "metric" | "choices">,
  widthPx: number,
): number {
  if (view().state === "diverged") return leastRoomPx;
  const roles = metric().validation === null ? (["train"] as const) : (["train", "validation"] as const);
  const widths = roles.flatMap((role) => {
    const last = formatNumber(metric()[role]?.at(-1), { locale: host.locale });
    return ["0.0888", last].map((value) => textWidthPx(`${host.wordIn(trainingWords, role)} ${value}`, host.theme));
  });
  return roomAtEnd(Math.max(...widths), { view: view(), choices, widthPx });
}

/** Room for a name at a line's end that is `nameWidthPx` wide. */
export function roomAtEnd(
  nameWidthPx: number,
  {
    view,
    choices,
    widthPx,
  }: { readonly view: TrainingView; readonly choices: TrainingChoices; readonly widthPx: number },
): number {
  const names = Math.ceil(nameWidthPx) + leastRoomPx;
  const end = breakPoint(view)?.epoch;
  if (end === undefined) return names;
  const { min, max } = shownEpochs(view, choices);
  const share = (end - min) / (max - min);
  if (share >= 1) return names;
  const free = widthPx - valueAxisPx;
  return share <= 0 ? leastRoomPx : Math.ceil(Math.min(names, Math.max(leastRoomPx, free - (free - names) / share)));
}

function endLabels({ host, theme, lines, metric, view, choices }: MetricPlotParts): readonly EndLabel[] {
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
