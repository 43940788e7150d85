// The epochs that stand on the axis below a figure of a training, and which of them are named.

import { formatCount } from "../../src/shared/numbers.ts";
import type { TrainingView } from "../../src/shared/views.ts";
import { axisOptions, textWidthPx } from "../charts/chartSetup.ts";
import type { ViewHost } from "../viewHost.ts";
import type { TrainingChoices } from "./trainingChoices.ts";
import { axisEpochs, epochRange, epochTicks, stretchTicks } from "./trainingScales.ts";
import { trainingWords } from "./trainingWords.ts";

export interface EpochAxisParts {
  readonly host: ViewHost;
  readonly choices: TrainingChoices;
  view(): TrainingView;
}

/** Between two named epochs, however short their numbers are. */
const leastRoomPx = 40;
const gapPx = 6;

/** The epochs that stand on the axis: those that the reader chose, or all. */
export function shownEpochs(view: TrainingView, { range }: TrainingChoices): { min: number; max: number } {
  return range === null ? { ...epochRange(axisEpochs(view)) } : { min: range[0], max: range[1] };
}

/** chart.js' options of the axis. */
export function epochAxis({ host, view, choices }: EpochAxisParts) {
  const base = axisOptions(host.theme, { grid: false, locale: host.locale });
  return {
    ...base,
    ...shownEpochs(view(), choices),
    afterBuildTicks: (axis: { width: number; ticks: { value: number }[] }) => {
      const { range } = choices;
      const epochs = axisEpochs(view());
      const widest = textWidthPx(formatCount(range === null ? epochs : range[1], host.locale), host.theme);
      // The last epoch may stand as near to its neighbour as seven tenths of the room.
      const room = axis.width / Math.max(leastRoomPx, (widest + gapPx) / 0.7);
      const ticks = range === null ? epochTicks(epochs, room) : stretchTicks(range, room);
      axis.ticks = ticks.map((value) => ({ value }));
    },
    ticks: {
      ...base.ticks,
      autoSkip: false,
      callback: (value: string | number) =>
        Number(value) === 1
          ? host.wordIn(trainingWords, "firstEpoch", { epoch: "1" })
          : formatCount(Number(value), host.locale),
    },
  };
}
