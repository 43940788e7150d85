// The picture of a race: its scales and the order of its table.

import { expect, test } from "vitest";
import type { OptimizersView, Racer } from "../../src/shared/views.ts";
import {
  axisEnd,
  axisView,
  bandedRacers,
  bandsCrowd,
  linesOf,
  lossScale,
  namedRacers,
  tableOrder,
} from "./raceModel.ts";
import { captionId, intervalId } from "./raceWords.ts";

const racer = (mean: Racer["mean"], more: Partial<Racer> = {}): Racer => ({
  ...{ name: "a", optimizer: "sgd", learningRate: 0.1, rank: null, isShared: false, low: [], high: [], best: null },
  ...{ steps: mean.map((_, index) => index + 1), mean, final: null, validation: null, target: null, reached: 0 },
  ...{ msPerStep: 2, ended: 1, diverged: 0 },
  ...more,
});
const view = (racers: readonly Racer[], target: number | null = null): OptimizersView => ({
  ...{ kind: "optimizers", version: 1, raceId: "r", state: "finished", sentence: { tone: "info", messages: [] } },
  ...{ notes: [], seeds: 1, lossName: "mse", hasValidation: false, target, plannedSteps: 40, racers },
});

test("loss is log where it is above zero, in whole decades where it moves little", () => {
  expect(lossScale(view([racer([0.8, 0.3])]))).toEqual({ log: true, min: 0.1, max: 1 });
  expect(lossScale(view([racer([0.8, 0.3])], 0.02))).toEqual({ log: true, min: 0.01, max: 1 });
  expect(lossScale(view([racer([1, -1])]))).toMatchObject({ log: false });
  expect(lossScale(view([racer([])]))).toEqual({ log: true, min: 0.01, max: 1 });
});

test("a loss that hardly changes stands around what it is, once it had time to change", () => {
  const flat = Array.from({ length: 30 }, (_, step) => 0.723 + 0.001 * (step % 2));
  expect(lossScale(view([racer(flat)]))).toMatchObject({ log: false });
  expect(lossScale(view([racer(flat)])).max).toBeLessThan(0.9);
  expect(lossScale({ ...view([racer(flat.slice(0, 5))]), state: "running" }).log).toBe(true);
  expect(lossScale(view([racer(flat.slice(0, 5))])).log).toBe(false);
});

test("a fair part of the bands fits in, and wide ones are cut rather than the lines pressed together", () => {
  const line = Array.from({ length: 30 }, (_, step) => 0.7 - 0.2 * (step / 29));
  const within = (low: number, high: number) =>
    lossScale(view([racer(line, { low: line.map((mean) => mean * low), high: line.map((mean) => mean * high) })]));
  const narrow = within(0.95, 1.05);
  expect([narrow.log, narrow.min <= 0.475, narrow.max >= 0.735]).toEqual([false, true, true]);
  const wide = within(1e-6, 1e9);
  expect([wide.log, wide.min < 0.5, wide.max > 0.7]).toEqual([false, true, true]);
  expect(0.2 / (wide.max - wide.min)).toBeGreaterThan(0.3);
});

test("bands crowd the picture where on average they fill more than a third of it", () => {
  const line = Array.from({ length: 30 }, (_, step) => 0.7 - 0.2 * (step / 29));
  const crowd = (factor: number, hidden: readonly number[] = []) => {
    const low = line.map((mean) => mean / factor);
    const all = [racer(line, { low, high: line.map((mean) => mean * factor) }), racer(line)];
    return bandsCrowd({ view: view(all), hidden: new Set(hidden) });
  };
  expect([crowd(1.02), crowd(30), crowd(30, [0])]).toEqual([false, true, false]);
});

test("in high contrast many bands, or wide ones, leave the lines alone, but for the lifted one's", () => {
  const line = Array.from({ length: 30 }, (_, step) => 0.7 - 0.2 * (step / 29));
  const banded = (count: number, factor: number, { highContrast = true, lifted = null as number | null } = {}) => {
    const band = { low: line.map((mean) => mean / factor), high: line.map((mean) => mean * factor) };
    const all = view(Array.from({ length: count }, () => racer(line, band)));
    return bandedRacers({ view: all, lifted, hidden: new Set() }, { highContrast });
  };
  expect(banded(5, 1.02)).toEqual([0, 1, 2, 3, 4]);
  expect([banded(6, 1.02), banded(2, 30)]).toEqual([[], []]);
  expect([banded(6, 1.02, { lifted: 5 }), banded(2, 30, { lifted: 1 })]).toEqual([[5], [1]]);
  expect(banded(6, 30, { highContrast: false })).toEqual([0, 1, 2, 3, 4]);
});

test("a loss around a power of ten stands on a log axis only where it fills enough of two decades", () => {
  const fall = (from: number, to: number) => Array.from({ length: 30 }, (_, at) => from - ((from - to) * at) / 29);
  expect(lossScale(view([racer(fall(2.3, 0.8))]))).toMatchObject({ log: false });
  expect(lossScale(view([racer(fall(2.3, 0.5))]))).toEqual({ log: true, min: 0.1, max: 10 });
});

test("one that runs away does not press the others together", () => {
  expect(lossScale(view([racer([1, 0.5]), racer([1, 1e30, "Infinity"])])).max).toBeLessThan(200);
});

test("axes follow the variants that are shown, and stay where none is", () => {
  const [slow, fast] = [racer([8, 0.5]), racer([0.8, 0.02], { msPerStep: 1 })];
  const whole = view([slow, fast]);
  const shown = axisView({ view: whole, hidden: new Set([0]) });
  expect([lossScale(whole).max, lossScale(shown).max]).toEqual([8 * 1.15, 1]);
  expect([axisEnd(whole, "time"), axisEnd(shown, "time")]).toEqual([0.004, 0.002]);
  expect(axisView({ view: whole, hidden: new Set([0, 1]) })).toEqual(whole);
});

test("with lines hidden, the steps reach as far as the others came, or are planned to while the race runs", () => {
  const ended = view([racer([8, 0.5, 0.4]), racer([0.8, 0.02])]);
  const ends = (all: OptimizersView, ...hidden: number[]) =>
    axisEnd(axisView({ view: all, hidden: new Set(hidden) }), "step");
  expect([ends(ended), ends(ended, 0), ends(ended, 1), ends(ended, 0, 1)]).toEqual([40, 2, 3, 40]);
  const [long, short] = [racer([8]), racer([], { plannedSteps: 10 })];
  const running = { ...view([long, short]), state: "running" } as const;
  expect([ends(running), ends(running, 0), ends(running, 1)]).toEqual([40, 10, 40]);
});

test("against time a step takes what it took", () => {
  const each = racer([1, "NaN", 0.5]);
  expect(linesOf(each, "time", true).mean).toEqual([
    { x: 0.002, y: 1 },
    { x: 0.004, y: null },
    { x: 0.006, y: 0.5 },
  ]);
  expect([axisEnd(view([each]), "step"), axisEnd(view([each]), "time")]).toEqual([40, 0.006]);
});

test("the table goes by rank, then by loss; what has neither stands last", () => {
  const ends = (mean: number) => ({ mean, low: null, high: null });
  const racers = [
    racer([]),
    racer([], { rank: 2, final: ends(1) }),
    racer([], { rank: 1, final: ends(3) }),
    racer([], { final: ends(2) }),
  ];
  expect(tableOrder(racers)).toEqual([2, 1, 3, 0]);
});

test("the first twelve lines that are shown are named, and the one that is lifted; the others are counted", () => {
  const all = view([racer([]), ...Array.from({ length: 19 }, () => racer([1, 0.5]))]);
  const named = (lifted: number | null, ...hidden: number[]) =>
    namedRacers({ view: all, axis: "step", lifted, hidden: new Set(hidden) });
  const first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  expect(named(null)).toEqual({ named: first, unnamed: [13, 14, 15, 16, 17, 18, 19] });
  expect(named(19)).toEqual({ named: [...first, 19], unnamed: [13, 14, 15, 16, 17, 18] });
  expect(named(null, ...Array.from({ length: 17 }, (_, index) => index))).toEqual({
    named: [17, 18, 19],
    unnamed: [],
  });
});

test("the caption claims intervals only of the lines that have them drawn", () => {
  const said = [intervalId(5, 5), intervalId(5, 12), intervalId(0, 12)];
  expect(said).toEqual(["intervalOfAll", "intervalOfSome", "intervalOfRead"]);
});

test("the caption says of how many seeds the lines are means only once all runs have ended", () => {
  const caption = (state: OptimizersView["state"], seeds = 5) => captionId({ state, seeds });
  expect([caption("finished"), caption("running"), caption("stopped"), caption("running", 1)]).toEqual([
    "captionSeeds",
    "captionSoFar",
    "captionSoFar",
    "captionOneSeed",
  ]);
});
