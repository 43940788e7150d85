// The words above the lines of a race: what they are, what is read of one, and the longest that can be read.

import { fromViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { OptimizersView, Racer } from "../../src/shared/views.ts";
import { longest, longestNumber } from "../parts/wordsInRoom.ts";
import type { ViewHost } from "../viewHost.ts";
import { measureName } from "../words/measureWords.ts";
import { axisEnd, bandedRacers, type RaceAxis, type RaceState, shownRacers } from "./raceModel.ts";
import { captionId, intervalId, raceWords } from "./raceWords.ts";

/** What the lines are, and of which of them the intervals are drawn. */
export function captionText(host: ViewHost, state: Pick<RaceState, "view" | "lifted" | "hidden">): string {
  const { view, lifted } = state;
  const banded = bandedRacers(state, host.theme).length;
  // The lifted one stands for itself: its band is drawn.
  const interval = lifted === null ? intervalId(banded, shownRacers(state).length) : "intervalOfAll";
  return host.wordIn(raceWords, captionId(view), {
    measure: measureName(view.lossName, host.locale),
    seeds: { kind: "count", value: view.seeds },
    interval: host.wordIn(raceWords, interval),
  });
}

/** What the caption says once the race has ended, of all lines or of one. */
export function longestCaption(host: ViewHost, state: RaceState): string {
  const view: OptimizersView = { ...state.view, state: "finished" };
  return longest([-1, null].map((lifted) => captionText(host, { ...state, view, lifted })));
}

/** "step 120: adam 0.034 (0.02–0.05)". */
export function readoutAt(
  host: ViewHost,
  racer: Racer | undefined,
  { axis, cursor }: { readonly axis: RaceAxis; readonly cursor: number },
): string | null {
  const step = racer?.steps[cursor];
  if (racer === undefined || step === undefined) return null;
  const number = (values: Racer["mean"]) => formatNumber(values[cursor], { locale: host.locale });
  const seconds = (step * (racer.msPerStep ?? Number.NaN)) / 1000;
  const place =
    axis === "step"
      ? host.wordIn(raceWords, "firstStep", { step: { kind: "count", value: step } })
      : host.wordIn(raceWords, "seconds", { seconds: formatNumber(seconds, { locale: host.locale }) });
  const args = { place, name: racer.name, mean: number(racer.mean) };
  if (racer.low.length === 0) return host.wordIn(raceWords, "at", args);
  return host.wordIn(raceWords, "atBand", { ...args, low: number(racer.low), high: number(racer.high) });
}

/** What is read where place, name and numbers are longest. */
export function longestReadout(host: ViewHost, view: OptimizersView, axis: RaceAxis): string {
  const { locale } = host;
  const seconds = longest(["0.00888", formatNumber(axisEnd(view, axis), { locale })]);
  const place =
    axis === "step"
      ? host.wordIn(raceWords, "firstStep", { step: { kind: "count", value: view.plannedSteps } })
      : host.wordIn(raceWords, "seconds", { seconds });
  const number = longestNumber(lossRange(view), { locale, grows: view.state === "running" });
  const args = { place, name: longest(view.racers.map(({ name }) => name)), mean: number };
  if (view.seeds === 1) return host.wordIn(raceWords, "at", args);
  return host.wordIn(raceWords, "atBand", { ...args, low: number, high: number });
}

function lossRange({ racers }: OptimizersView): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const racer of racers) {
    for (const values of [racer.mean, racer.low, racer.high]) {
      for (const value of values) {
        const number = fromViewNumber(value);
        if (number === null || !Number.isFinite(number)) continue;
        if (number < low) low = number;
        if (number > high) high = number;
      }
    }
  }
  return [low, high];
}
