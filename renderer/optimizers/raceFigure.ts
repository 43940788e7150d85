// The lines of a race: the mean loss of each variant with its band, by step or by time; the one that is lifted stands out.

import { fromViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { Racer } from "../../src/shared/views.ts";
import { runDash } from "../card/runKey.ts";
import {
  axisOptions,
  type Chart,
  type ChartConfiguration,
  createCanvasChart,
  endLabelsPlugin,
  textWidthPx,
} from "../charts/chartSetup.ts";
import { fittedName } from "../charts/fittedName.ts";
import { element, setAttributes, setHidden, setIdle, setText } from "../dom.ts";
import { sentenceText } from "../parts/sentence.ts";
import { createWordsInRoom } from "../parts/wordsInRoom.ts";
import type { Theme } from "../theme.ts";
import { timeWords } from "../time/timeWords.ts";
import type { Range } from "../time/timeZoom.ts";
import { listenForZoom } from "../time/zoomKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { fillData, pointPlugin, racerColour, restyle, targetPlugin } from "./raceLines.ts";
import {
  axisEnd,
  axisView,
  hasFinite,
  type LinePoint,
  lossScale,
  mostNames,
  namedRacers,
  type RaceAxis,
  type RaceState,
  readRacer,
  shownRacers,
  unitsPerStep,
} from "./raceModel.ts";
import { listenForReading } from "./raceReading.ts";
import { captionText, longestCaption, longestReadout, readoutAt } from "./raceReadout.ts";
import { raceWords } from "./raceWords.ts";

const plotHeightPx = 240;

export interface RaceFigure {
  readonly node: HTMLElement;
  /** New data, another axis, or variants hidden or shown. */
  update(): void;
  /** Another variant is lifted. */
  lift(): void;
}

export interface RaceFigureOptions {
  readonly state: () => RaceState;
  readonly pointed: (racer: number | null) => void;
  readonly chosenAxis: (axis: RaceAxis) => void;
}

export function createRaceFigure(host: ViewHost, { state, pointed, chosenAxis }: RaceFigureOptions): RaceFigure {
  const canvas = element("canvas", { role: "img", tabindex: 0 });
  const noteWords = element("span", {});
  const note = element("div", { class: "raceEmpty", "aria-hidden": "true" }, element("div", {}, noteWords));
  const plot = element("div", { class: "plot" }, canvas, note);
  plot.style.height = `${plotHeightPx}px`;
  const words = createWordsInRoom();
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const chips = axisChips(host, chosenAxis);
  const caption = element(
    "figcaption",
    {},
    element("b", {}, host.wordIn(raceWords, "trainingLoss")),
    words.node,
    chips.node,
  );
  const node = element("figure", { class: "figure raceFigure" }, caption, plot, spoken);
  let cursor: number | null = null;
  /** The stretch of steps or seconds that is shown; `null` for all. */
  const choices: { range: Range | null } = { range: null };
  let shownAxis = state().axis;
  let holder: ReturnType<typeof createCanvasChart> | null = null;
  let wasLog = true;

  const whole = (): Range => [0, axisEnd(axisView(state()), state().axis)];
  const shown = (): Range => choices.range ?? whole();
  const roomPx = () => labelRoomPx(host, state().view.racers, plot.clientWidth);
  /** Where the point that is read stands; `null` where none is. */
  const readPlace = (): number | null => {
    const { view, axis } = state();
    const racer = view.racers[readRacer(state()) ?? -1];
    const step = racer?.steps[cursor ?? -1];
    return racer === undefined || step === undefined ? null : step * unitsPerStep(racer, axis);
  };
  const describe = () => {
    const { view, axis } = state();
    const read = view.racers[readRacer(state()) ?? -1];
    const readout = cursor === null ? null : readoutAt(host, read, { axis, cursor });
    words.show(readout ?? captionText(host, state()));
    chips.show(
      axis,
      view.racers.some(({ msPerStep }) => msPerStep !== null),
    );
    const hasSteps = view.racers.some(({ steps }) => steps.length > 0);
    setText(
      noteWords,
      host.wordIn(raceWords, hasSteps ? "noneFinite" : view.state === "running" ? "waiting" : "noSteps"),
    );
    setHidden(note, view.racers.some(hasFinite));
    setAttributes(canvas, {
      "aria-label": host.wordIn(raceWords, "chartLabel", {
        count: { kind: "count", value: shownRacers(state()).length },
        axis: host.wordIn(raceWords, axis === "step" ? "byStep" : "byTime"),
        sentence: sentenceText(host, view.sentence),
      }),
    });
    return readout;
  };
  const update = () => {
    const { view, axis } = state();
    if (axis !== shownAxis || (choices.range?.[1] ?? 0) > whole()[1]) choices.range = null;
    shownAxis = axis;
    words.reserve(longestCaption(host, state()), longestReadout(host, view, axis));
    describe();
    const scale = lossScale(axisView(state()));
    holder ??= createCanvasChart(host, canvas, (theme) =>
      configuration(host, theme, { state, cursor: () => cursor, shown, roomPx }),
    );
    if (scale.log !== wasLog) holder.rebuild();
    wasLog = scale.log;
    const { chart } = holder;
    fillData(chart, state(), scale.log);
    Object.assign(chart.options.scales?.y ?? {}, { min: scale.min, max: scale.max });
    const [min, max] = shown();
    Object.assign(chart.options.scales?.x ?? {}, { min, max });
    Object.assign(chart.options.layout ?? {}, { padding: { top: 14, right: roomPx() } });
    restyle(chart, host.theme, state());
    chart.update("none");
  };
  const lift = () => {
    describe();
    if (holder === null) return;
    restyle(holder.chart, host.theme, state());
    holder.chart.update("none");
  };
  const readAt = (value: number | null, speak: boolean) => {
    cursor = value;
    const readout = describe();
    if (speak || value === null) setText(spoken, value === null ? "" : (readout ?? ""));
    // A zoomed stretch follows the keys.
    const place = speak ? readPlace() : null;
    const [from, to] = shown();
    if (place !== null && (place < from || place > to)) {
      const start = Math.min(whole()[1] - (to - from), Math.max(0, place - (to - from) / 2));
      choices.range = [start, start + to - from];
      update();
    } else holder?.chart.draw();
  };
  listenForZoom(canvas, {
    choices,
    whole,
    cursor: readPlace,
    valueAt: (xPx) => holder?.chart.scales.x?.getValueForPixel(xPx) ?? 0,
    // Lines hold at most some hundred points.
    shortest: () => whole()[1] / 100,
    changed: update,
  });
  // In high contrast fewer intervals are drawn, and the caption says which.
  host.onTheme(() => holder !== null && describe());
  caption.title = host.wordIn(timeWords, "zoomHint");
  listenForReading(canvas, { state, chart: () => holder?.chart ?? null, cursor: () => cursor, readAt, pointed });
  return { node, update, lift };
}

function axisChips(host: ViewHost, chosen: (axis: RaceAxis) => void) {
  const chip = (axis: RaceAxis) => {
    const button = element(
      "button",
      { class: "raceChip", type: "button" },
      host.wordIn(raceWords, axis === "step" ? "byStep" : "byTime"),
    );
    button.addEventListener("click", () => {
      if (!button.hasAttribute("aria-disabled")) chosen(axis);
    });
    return button;
  };
  const [step, time] = [chip("step"), chip("time")];
  const node = element(
    "div",
    { class: "raceChips", role: "group", "aria-label": host.wordIn(raceWords, "axis") },
    step,
    time,
  );
  return {
    node,
    show(axis: RaceAxis, hasTimes: boolean) {
      setAttributes(step, { "aria-pressed": String(axis === "step") });
      setAttributes(time, { "aria-pressed": String(axis === "time") });
      setIdle(time, !hasTimes);
    },
  };
}

/** No name at a line's end takes more. */
const mostNamePx = 110;
const nameGapPx = 14;

/** Room for the names at the lines' ends, of which none takes more than a third of the picture. */
function labelRoomPx(host: ViewHost, racers: readonly Racer[], widthPx: number): number {
  const more = host.wordIn(raceWords, "moreNames", { count: { kind: "count", value: racers.length } });
  const least = racers.length > mostNames ? textWidthPx(more, host.theme) : 40;
  const widest = racers.reduce((most, { name }) => Math.max(most, textWidthPx(name, host.theme)), least);
  return Math.ceil(Math.max(least, Math.min(widest, mostNamePx, widthPx / 3))) + nameGapPx;
}

interface Drawing {
  readonly state: () => RaceState;
  readonly cursor: () => number | null;
  readonly shown: () => Range;
  /** Room for the names at the lines' ends. */
  readonly roomPx: () => number;
}

function configuration(host: ViewHost, theme: Theme, { state, cursor, shown, roomPx }: Drawing): ChartConfiguration {
  const { view } = state();
  const [from, to] = shown();
  const scale = lossScale(axisView(state()));
  const datasets = view.racers.flatMap((_, index) => [
    { data: [] as LinePoint[], fill: false },
    { data: [] as LinePoint[], fill: "-1" },
    { data: [] as LinePoint[], borderDash: runDash(index) },
  ]);
  const values = axisOptions(theme, { log: scale.log, min: scale.min, max: scale.max, locale: host.locale });
  const base = axisOptions(theme, { grid: false, min: from, max: to, locale: host.locale });
  const chart: ChartConfiguration = {
    type: "line",
    data: { datasets: datasets as never },
    options: {
      events: [],
      parsing: false,
      normalized: true,
      layout: { padding: { top: 14, right: roomPx() } },
      scales: {
        x: {
          ...base,
          ticks: {
            ...base.ticks,
            autoSkip: true,
            callback: (value: string | number, index: number) =>
              tickText(host, state().axis, { value: Number(value), isFirst: index === 0 }),
          },
        },
        // Below zero the axis ends where the lines do: no numbers worth a tick.
        y: {
          ...values,
          ticks: {
            ...values.ticks,
            includeBounds: false,
            // Where no loss is drawn and the race is over, numbers would be made up.
            callback: (value: string | number) =>
              state().view.state !== "running" && !state().view.racers.some(hasFinite)
                ? ""
                : values.ticks.callback(value),
          },
        },
      },
    },
    plugins: [
      targetPlugin(host, theme, state),
      endLabelsPlugin(theme, () => {
        const { named, unnamed } = namedRacers(state());
        const names = named.map((index) => {
          const { view, lifted } = state();
          const look = { isLifted: lifted === index, isBehind: lifted !== null && lifted !== index };
          const text = fittedName(view.racers[index]?.name ?? "", roomPx() - nameGapPx + 1, (part) =>
            textWidthPx(part, theme),
          );
          return { dataset: 3 * index + 2, text, colour: racerColour(theme, index, look) };
        });
        if (unnamed.length === 0) return names;
        // Below all names: beside the lowest end, and after its name.
        const end = (index: number) => fromViewNumber(state().view.racers[index]?.mean.at(-1) ?? null);
        const height = (index: number) => end(index) ?? Number.POSITIVE_INFINITY;
        const lowest = named.reduce((least, index) => (height(index) < height(least) ? index : least), named[0] ?? 0);
        const more = host.wordIn(raceWords, "moreNames", { count: { kind: "count", value: unnamed.length } });
        return [...names, { dataset: 3 * lowest + 2, text: more, colour: theme.muted }];
      }),
      pointPlugin(theme, state, cursor),
    ],
  };
  // The new chart of a new theme begins with what is there.
  fillData({ data: chart.data } as Chart, state(), scale.log);
  restyle({ data: chart.data } as Chart, theme, state());
  return chart;
}

/** The first tick says what is counted. */
function tickText(
  host: ViewHost,
  axis: RaceAxis,
  { value, isFirst }: { readonly value: number; readonly isFirst: boolean },
): string {
  if (axis === "time")
    return host.wordIn(raceWords, "seconds", {
      seconds: value === 0 ? "0" : formatNumber(value, { digits: 2, locale: host.locale }),
    });
  const step = Math.round(value).toLocaleString(host.locale);
  return isFirst ? host.wordIn(raceWords, "firstStep", { step }) : Number.isInteger(value) ? step : "";
}
