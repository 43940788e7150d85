// Frames of a race: folded one after the other they give the whole again, and hold no more than what changed.

import { expect, test } from "vitest";
import { raceView } from "../../test/support/runReports.ts";
import { foldRace, raceFrame } from "./raceFrames.ts";
import type { OptimizersView, Racer } from "./views.ts";

/** A race in which each variant is `steps` steps far. */
function at(steps: number, more: Partial<Racer> = {}): OptimizersView {
  const list = (scale: number) =>
    Array.from({ length: steps }, (_, step) => Number((scale / (step + 1)).toPrecision(4)));
  const lines = { steps: list(1).map((_, step) => step + 1), mean: list(1), low: list(0.9), high: list(1.1) };
  return raceView({
    racers: raceView().racers.map((racer, place) => ({ ...racer, ...lines, ...(place === 0 ? more : {}) })),
  });
}

test("folded one after the other they give the whole again", () => {
  const views = [
    at(0),
    at(3),
    at(8, { ended: 1, rank: 1 }),
    at(8, { low: [], high: [] }),
    { ...at(9), state: "stopped" as const, notes: [{ id: "raceFair", args: {} }] },
    at(4),
  ];
  let folded = views[0] as OptimizersView;
  views.slice(1).forEach((view, index) => {
    folded = foldRace(folded, raceFrame(folded, view, index + 1));
    expect(folded).toEqual(view);
  });
});

test("a frame holds the new points and what else changed, and nothing of a variant that stood still", () => {
  const [before, after] = [at(100), at(103, { msPerStep: 2 })];
  const racers = after.racers.map((racer, place) => (place === 1 ? (before.racers[1] as Racer) : racer));
  const frame = raceFrame(before, { ...after, racers }, 7);
  expect(frame).toMatchObject({ raceId: before.raceId, sequence: 7, changed: {} });
  expect(frame.racers.map(({ at: place, kept, steps, changed }) => [place, kept, steps, changed])).toEqual([
    [0, 100, [101, 102, 103], { msPerStep: 2 }],
  ]);
});
