// A race as a view: bounded whatever its size, no spike lost, no winner where none can be named.

import { expect, test } from "vitest";
import { type MutableLap, Race, type RacePlan, RaceVariant } from "../../engine/experiments/race.ts";
import { estimate, smoothed, studentT } from "../../engine/experiments/standings.ts";
import { compare, layers, optimizers, sequential } from "../../engine/index.ts";
import { optimizersView } from "./optimizersView.ts";

interface Course {
  readonly name: string;
  /** The loss of a seed at a step. */
  readonly loss: (seed: number, step: number) => number;
  readonly state?: MutableLap["state"];
}

function raceOf(
  courses: readonly Course[],
  { seeds = 3, steps = 40, perEpoch = 1, target = null as number | null } = {},
): Race {
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1);
  const variants = courses.map(({ name, loss, state = "finished" }) => {
    const given = { name, optimizer: "sgd", batchSize: 1, steps: { perEpoch, planned: steps }, learningRate: 0.1 };
    const variant = new RaceVariant(given, numbers);
    variant.laps.forEach((lap) => {
      lap.loss = Array.from({ length: steps }, (_, step) => loss(lap.seed, step));
      Object.assign(lap, { state, ms: steps });
    });
    return variant;
  });
  const plan: RacePlan = {
    seeds: numbers,
    lossName: "mse",
    hasValidation: false,
    target,
    workers: 0,
    hasTimeBudget: false,
  };
  const race: Race = new Race(variants, plan, () => Promise.resolve(race));
  race.state = "finished";
  return race;
}

const falling = (start: number, spread: number) => (seed: number, step: number) =>
  start * (1 + spread * seed) * 0.9 ** step;
const ids = (race: Race) => optimizersView(race, "r").sentence.messages.map(({ id }) => id);

test("a variant wins only where no other's interval reaches as low", () => {
  const near = { name: "near", loss: falling(1, 0.2) };
  expect(ids(raceOf([near, { name: "far", loss: falling(9, 0.2) }]))).toEqual(["raceWon"]);
  const close = { name: "close", loss: falling(1.1, 0.2) };
  const level = { name: "level", loss: falling(1.02, 0.2) };
  const far = { name: "far", loss: falling(50, 0.2) };
  expect(ids(raceOf([near, close]))).toEqual(["raceBothTied"]);
  expect(ids(raceOf([near, level, close]))).toEqual(["raceAllTied"]);
  expect(ids(raceOf([near, level, far]))).toEqual(["raceTied"]);
  // A tenth apart is not "about" the same.
  const [tied] = optimizersView(raceOf([near, close, far]), "r").sentence.messages;
  expect(tied?.id).toBe("raceTiedBetween");
  const value = (argument: unknown) => (argument as { value: number }).value;
  expect(value(tied?.args.most) / value(tied?.args.loss)).toBeCloseTo(1.1, 2);
  expect(ids(raceOf([near, { name: "far", loss: falling(9, 0.2) }], { seeds: 1 }))).toEqual(["raceOneSeed"]);
});

test("none ranks behind one of a higher mean, and only those that none beats are called equals", () => {
  const level = (name: string, low: number, middle: number, high: number) => ({
    name,
    loss: (seed: number) => [low, middle, high][seed - 1] ?? middle,
  });
  const adam = level("adam", 0.2, 0.205, 0.21);
  const momentum = level("momentum", 0.238, 0.239, 0.24);
  const sgd = level("sgd", 0.15, 0.24, 0.39);
  const race = raceOf([sgd, momentum, adam]);
  expect(race.standings.map(({ name, rank, isShared }) => [name, rank, isShared])).toEqual([
    ["adam", 1, true],
    ["momentum", 1, true],
    ["sgd", 1, true],
  ]);
  const { sentence, notes } = optimizersView(race, "r");
  expect(sentence.messages[0]).toMatchObject({
    id: "raceTiedWith",
    args: { name: "adam", names: { kind: "list", values: ["sgd"] } },
  });
  expect(notes).toContainEqual({ id: "raceRankShared", args: { name: "momentum" } });
  const nag = level("nag", 0.2381, 0.2391, 0.24);
  const both = optimizersView(raceOf([sgd, momentum, nag, adam]), "r").notes;
  expect(both).toContainEqual({
    id: "raceRanksShared",
    args: { names: { kind: "list", values: ["momentum", "nag"] } },
  });
  expect(both.map(({ id }) => id)).not.toContain("raceRankShared");
  // Without the wide one between them the order is sure.
  const sure = raceOf([level("far", 4, 4.1, 4.2), momentum, adam]);
  expect(sure.standings.map(({ rank, isShared }) => [rank, isShared])).toEqual([
    [1, false],
    [2, false],
    [3, false],
  ]);
  expect(optimizersView(sure, "r").notes.map(({ id }) => id)).not.toContain("raceRankShared");
});

test("nobody wins by runs that seeds did not change", () => {
  const again = (name: string, start: number) => ({ name, loss: (_: number, step: number) => start * 0.9 ** step });
  const sure = raceOf([again("one", 1), again("two", 1.001), again("three", 1)], { target: 0.5 });
  expect(ids(sure)).toEqual(["raceSameRuns", "raceTargetTied"]);
  expect(sure.standings.map(({ rank, isShared, final }) => [rank, isShared, final?.low])).toEqual(
    sure.variants.map(() => [null, false, null]),
  );
  expect(sure.standings[0]?.target).toMatchObject({ low: null, reached: 3 });
  const [lead] = optimizersView(sure, "r").sentence.messages;
  expect([lead?.args.least, lead?.args.names]).toEqual([
    { kind: "list", values: ["one", "three"] },
    { kind: "list", values: ["one", "three", "two"] },
  ]);

  // Not even one that seeds did change.
  const beside = raceOf([{ name: "near", loss: falling(0.1, 0.2) }, again("far", 1)], { target: 0.5 });
  expect(ids(beside)).toEqual(["raceSameRuns", "raceTargetOneSeed"]);
  expect(beside.standings.map(({ rank }) => rank)).toEqual([null, null]);

  // All come to the same end from elsewhere: that is sure.
  const valley = (seed: number, step: number) => (step < 30 ? seed : 0.25);
  expect(
    ids(
      raceOf([
        { name: "valley", loss: valley },
        { name: "far", loss: falling(90, 0.2) },
      ]),
    ),
  ).toEqual(["raceWon"]);
});

test("of equals with one seed none is named before the other", () => {
  const [one, two] = ["one", "two"].map((name) => ({ name, loss: falling(1, 0.2) }));
  if (one === undefined || two === undefined) expect.fail("there are two");
  expect(ids(raceOf([one, two], { seeds: 1, target: 0.5 }))).toEqual(["raceOneSeedAlike", "raceTargetTied"]);
  const later = { name: "later", loss: falling(2, 0.2) };
  expect(ids(raceOf([one, later], { seeds: 1, target: 0.5 }))).toEqual(["raceOneSeed", "raceTargetOneSeed"]);
});

test("the rule of each optimizer is written out where it comes to the engine's own number", async () => {
  const race = await compare({
    model: () => sequential([layers.dense(2)]),
    data: {
      x: [
        [1, 2],
        [0, 1],
        [2, -1],
      ],
      y: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    },
    ...{ loss: "mse", seeds: 1, epochs: 6, batchSize: 1, workers: 0, trace: "off" as const },
    optimizers: {
      ...{
        sgd: "sgd",
        momentum: "momentum",
        nesterov: "nesterov",
        adagrad: "adagrad",
        rmsprop: "rmsprop",
        adam: "adam",
      },
      ...{ adamax: "adamax", nadam: "nadam", rAdam: "rAdam", adadelta: "adadelta", lion: "lion", adamW: "adamW" },
      amsgrad: optimizers.adam({ amsgrad: true, convention: "torch" }),
      adamaxTorch: optimizers.adamax({ convention: "torch", learningRate: 0.1 }),
      decayed: optimizers.sgd({ learningRate: 0.1, weightDecay: 0.01 }),
      decayedTorch: optimizers.adam({ learningRate: 0.1, weightDecay: 0.01, convention: "torch" }),
      clipped: optimizers.sgd({ learningRate: 0.1, clipValue: 1e-6 }),
      clippedTogether: optimizers.adam({ learningRate: 0.1, globalClipNorm: 1e-6, weightDecay: 0.01 }),
    },
  });
  const { racers } = optimizersView(race, "r");
  const lines = Object.fromEntries(
    racers.map(({ name, closeUps }) => [name, closeUps?.updates.map((update) => update.lines.length)]),
  );
  const always = (count: number) => [1, 2, 5, 10, 18].map(() => count);
  expect(lines).toEqual({
    ...{ sgd: always(1), momentum: always(2), nesterov: always(2), adagrad: always(2), rmsprop: always(2) },
    ...{ adam: always(4), adamax: always(3), nadam: always(5), adadelta: always(4), lion: always(3) },
    // Its second moment rests on too few steps at first.
    rAdam: [4, 4, 4, 6, 6],
    ...{ adamW: always(5), amsgrad: always(5), adamaxTorch: always(3), decayed: always(2), decayedTorch: always(5) },
    ...{ clipped: always(2), clippedTogether: always(6) },
  });
  race.state = "running";
  expect(optimizersView(race, "r").racers[0]?.closeUps).toBeUndefined();
});

test("ranks are shared, and what diverged stands last", () => {
  const race = raceOf([
    { name: "broken", loss: falling(0.1, 0), state: "diverged" },
    { name: "a", loss: falling(1, 0.2) },
    { name: "b", loss: falling(1.1, 0.2) },
    { name: "slow", loss: falling(50, 0.2) },
  ]);
  const { racers, sentence } = optimizersView(race, "r");
  expect(racers.map(({ name, rank, isShared }) => [name, rank, isShared])).toEqual([
    ["broken", 4, false],
    ["a", 1, true],
    ["b", 1, true],
    ["slow", 3, false],
  ]);
  expect(sentence.tone).toBe("warning");
});

test("a rank is marked as uncertain wherever an interval overlaps another's, also where fewer are clearly ahead", () => {
  const race = raceOf([
    { name: "first", loss: (seed) => 1 + 0.01 * seed },
    { name: "between", loss: (seed) => 1 + 0.15 * seed },
    { name: "last", loss: (seed) => 1.4 + 0.01 * seed },
  ]);
  expect(optimizersView(race, "r").racers.map(({ rank, isShared }) => [rank, isShared])).toEqual([
    [1, true],
    [1, true],
    [2, true],
  ]);
});

test("a target is reached by step, and counted for the runs that came there", () => {
  const race = raceOf([{ name: "a", loss: (seed, step) => (seed === 3 ? 9 : 10 - step) }], { target: 5 });
  const [racer] = optimizersView(race, "r").racers;
  expect([racer?.target?.mean, racer?.reached, racer?.ended]).toEqual([6, 2, 3]);
  expect(ids(race)).toContain("raceTargetMissed");
});

test("the time of a step is that of the quickest run: in others a thread had to warm up", () => {
  const race = raceOf([{ name: "a", loss: falling(1, 0.2) }], { steps: 40 });
  const [first] = race.variants[0]?.laps ?? [];
  if (first !== undefined) first.ms = 4000;
  const { racers, notes } = optimizersView(race, "r");
  expect(racers[0]?.msPerStep).toBe(1);
  expect(notes.map(({ id }) => id)).toContain("raceQuickest");
});

test("who comes to a target with some runs alone is passed over in words", () => {
  const steady = { name: "steady", loss: (seed: number, step: number) => 10 - step - seed / 1000 };
  const sooner = { name: "sooner", loss: (seed: number, step: number) => (seed === 3 ? 9 : 10 - 2 * step) };
  const later = { name: "later", loss: (seed: number, step: number) => 10 - step / 2 - seed / 1000 };
  const said = (...courses: readonly Course[]) => ids(raceOf(courses, { target: 5 })).filter((id) => /Target/.test(id));
  expect(said(steady, later)).toEqual(["raceTarget"]);
  expect(said(steady, sooner)).toEqual(["raceTargetAlone"]);
  expect(said(steady, sooner, later)).toEqual(["raceTargetWhole"]);
});

test("a large race stays below a megabyte in the file, and keeps a spike of one step", () => {
  const spike = 12_345;
  const courses = Array.from({ length: 20 }, (_, index) => ({
    name: `optimizer ${index}`,
    loss: (seed: number, step: number) => (step === spike ? 1e6 : 1 / (1 + step) + 0.001 * seed + 1e-5 * index),
  }));
  const view = optimizersView(raceOf(courses, { seeds: 2, steps: 20_000 }), "r");
  expect(JSON.stringify(view, null, 2).length).toBeLessThan(1_000_000);
  for (const { steps } of view.racers) {
    expect(steps.length).toBeLessThanOrEqual(200);
    expect(steps).toContain(spike + 1);
  }
});

test("intervals are Student's, of the logarithms", () => {
  const { mean, low, high } = estimate([1, Math.E ** 2]) ?? {};
  expect(mean).toBeCloseTo(Math.E, 10);
  expect(low).toBeCloseTo(Math.exp(1 - 12.706), 10);
  expect(high).toBeCloseTo(Math.exp(1 + 12.706), 0);
  expect(estimate([1, Number.NaN])).toBeNull();
  expect(estimate([3])).toEqual({ mean: 3, low: null, high: null });
  expect(estimate([-1, 1])?.mean).toBe(0);
  // Tables: 1.984 for 100, 1.972 for 200.
  expect([studentT(1), studentT(30), studentT(100)].map((each) => Number(each.toFixed(3)))).toEqual([
    12.706, 2.042, 1.984,
  ]);
});

test("smoothing takes the mean of the steps before, also of many", () => {
  const loss = Array.from({ length: 200 }, (_, step) => Math.sin(step) * 1000);
  const means = smoothed(loss, 7);
  for (const at of [0, 3, 6, 7, 55, 199]) {
    const taken = loss.slice(Math.max(0, at - 6), at + 1);
    expect(means[at]).toBeCloseTo(taken.reduce((sum, value) => sum + value, 0) / taken.length, 8);
  }
});

test("of a race that was stopped nobody is ahead, and what did not end has no final loss", () => {
  const race = raceOf([
    { name: "ended", loss: falling(1, 0.01) },
    { name: "on its way", loss: falling(9, 0.01), state: "stopped" },
  ]);
  race.state = "stopped";
  expect(ids(race)).toEqual(["raceStopped"]);
  const { racers, sentence } = optimizersView(race, "r");
  expect(sentence.messages[0]?.args).toMatchObject({ ended: { value: 3 }, all: { value: 6 } });
  expect(racers.map(({ rank, final, ended }) => [rank, final === null, ended])).toEqual([
    [null, false, 3],
    [null, true, 0],
  ]);
  // Its steps took what they took all the same.
  expect(racers[1]?.msPerStep).toBe(1);
});
