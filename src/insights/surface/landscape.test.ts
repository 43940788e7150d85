// Landscapes: planes that hold what they should, losses that are the net's own, and what is said of what is left out.

import { describe, expect, it } from "vitest";
import { compare, datasets, layers, optimizers, type Run, sequential } from "../../engine/index.ts";
import { fromViewNumber } from "../../shared/json.ts";
import { viewText } from "../index.ts";
import { landscapeView, raceSeedNote } from "./landscapeView.ts";
import { offPlane, placeOn, principalPlane, randomPlane, shadowOn } from "./planes.ts";

const data = datasets.moons({ samples: 60, noise: 0.15, seed: 7 });

function train(
  options: { readonly units?: number; readonly snapshots?: number | false; readonly optimizer?: string } = {},
): Promise<Run> {
  const model = sequential([layers.dense(options.units ?? 3, { activation: "tanh" }), layers.dense(1)], { seed: 3 });
  model.compile({ loss: "mse", optimizer: options.optimizer ?? "momentum" });
  return model.fit(data, { epochs: 6, seed: 1, snapshots: options.snapshots ?? 6 });
}

const named = (run: Run) => ({ run, runId: "fit-1" });

describe("planes", () => {
  it("through places of a plane hold all of them, with the larger spread along x", () => {
    const places = [
      [0, 0],
      [4, 1],
      [-4, 1],
      [8, -3],
      [2, 2],
    ].map(([a = 0, b = 0]) => Float64Array.from([a + 1, 2 * b, a - b, 5]));
    const plane = principalPlane(places);
    const [first = 0, second = 0] = plane.explained ?? [];
    expect(first + second).toBeCloseTo(1, 9);
    expect(first).toBeGreaterThan(second);
    expect(offPlane(plane, places)).toBeLessThan(1e-6);
    const [x, y] = shadowOn(plane, places[3] ?? new Float64Array());
    expect([...placeOn(plane, x, y)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([9, -6, 11, 5]);
  });

  it("along random directions: each filter as long as the net's own, biases unmoved, the same by the same seed", () => {
    const middle = Float64Array.from([3, 0, 4, 2, 7, 7]);
    const { directions } = randomPlane(middle, [[2, 2], [2]], 5);
    const [x] = directions;
    expect(Math.hypot(x[0] ?? 0, x[2] ?? 0)).toBeCloseTo(5, 9);
    expect(Math.hypot(x[1] ?? 0, x[3] ?? 0)).toBeCloseTo(2, 9);
    expect([x[4], x[5]]).toEqual([0, 0]);
    expect(randomPlane(middle, [[2, 2], [2]], 5).directions).toEqual(directions);
  });
});

describe("show.landscape", () => {
  it("gives each place of a way the loss of its own weights, and leaves the model alone", async () => {
    const run = await train();
    const before = run.model.getWeights().map(String);
    const view = landscapeView([named(run)], data, { resolution: 5 });
    const own = run.model.evaluate(data).loss ?? 0;
    expect(fromViewNumber(view.paths[0]?.value.at(-1) ?? null)).toBeCloseTo(own, 4);
    expect(view.paths[0]?.steps).toEqual(run.snapshots.map(({ step }) => step));
    expect(view.heights.values).toHaveLength(25);
    expect(run.model.getWeights().map(String)).toEqual(before);
    expect(view.notes.map(({ id }) => id)).toContain("landscapeAllExamples");
  });

  it("has the net itself in the middle of random directions, and names the sample", async () => {
    const run = await train();
    const view = landscapeView([named(run)], data, { plane: "random", resolution: 5, examples: 20 });
    expect(view.heights.values[12]).toBeCloseTo(fromViewNumber(view.paths[0]?.value.at(-1) ?? null) ?? 0, 3);
    expect(view.notes.map(({ id }) => id)).toEqual(expect.arrayContaining(["landscapeSample", "landscapeRandom"]));
  });

  it("draws the variants of a race, which set out from one place, under their names", async () => {
    const race = await compare({
      model: () => sequential([layers.dense(3, { activation: "tanh" }), layers.dense(1)]),
      ...{ data, loss: "mse", optimizers: ["sgd", "adam"], seeds: 2, snapshots: 5, workers: 0 },
    });
    const given = race.variants.flatMap(({ name, runs: [run] }) =>
      run === undefined ? [] : [{ ...named(run), name }],
    );
    const view = landscapeView(given, data, { resolution: 5 }, [raceSeedNote(1)]);
    expect(view.paths.map(({ name }) => name)).toEqual(["sgd", "adam"]);
    const [sgd, adam] = view.paths;
    expect([sgd?.x[0], sgd?.y[0], sgd?.value[0]]).toEqual([adam?.x[0], adam?.y[0], adam?.value[0]]);
    expect(sgd?.x.at(-1)).not.toBe(adam?.x.at(-1));
    expect(view.notes[0]).toEqual({ id: "landscapeSeed", args: { seed: "1" } });
  });

  it("tells runs of the same name apart by their optimizers", async () => {
    const runs = [await train({ optimizer: "sgd" }), await train({ optimizer: "adam" })];
    const { paths } = landscapeView(runs.map(named), data, { resolution: 5 });
    expect(paths.map(({ name }) => name)).toEqual(["tanh, sgd", "tanh, adam"]);
  });

  it("keeps runs that went well in sight beside one that diverged, and says so", async () => {
    const walked = async (learningRate: number) => {
      const model = sequential([layers.dense(8, { activation: "relu" }), layers.dense(1)], { seed: 3 });
      model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate }) });
      return named(await model.fit(data, { epochs: 6, seed: 1, snapshots: 12 }));
    };
    const [well, wild] = [await walked(0.05), await walked(1000)];
    expect(wild.run.state).toBe("diverged");
    const view = landscapeView([wild, well], data, { resolution: 5 });
    expect(view.x.to - view.x.from).toBeLessThan(10);
    expect(view.notes.map(({ id }) => id)).toContain("landscapePlaneOfRest");
    expect(landscapeView([well], data, { resolution: 5 }).notes.map(({ id }) => id)).not.toContain(
      "landscapePlaneOfRest",
    );
  });

  it("marks where all paths begin, and nothing where they begin apart", async () => {
    const [one, other] = [await train(), await train({ optimizer: "adam" })];
    const { start, paths } = landscapeView([named(one), named(other)], data, { resolution: 5 });
    expect(start?.[0]).toBeCloseTo(paths[1]?.x[0] ?? Number.NaN, 2);
    expect(start?.[1]).toBeCloseTo(paths[1]?.y[0] ?? Number.NaN, 2);
    const model = sequential([layers.dense(3, { activation: "tanh" }), layers.dense(1)], { seed: 4 });
    model.compile({ loss: "mse", optimizer: "adam" });
    const apart = await model.fit(data, { epochs: 6, seed: 1, snapshots: 6 });
    expect(landscapeView([named(one), named(apart)], data, { resolution: 5 }).start).toBeNull();
  });

  it("draws random directions around weights that did not move, and no second one where they moved along a line", async () => {
    const model = sequential([layers.dense(3, { activation: "tanh" }), layers.dense(1)], { seed: 3 });
    model.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0 }) });
    const still = landscapeView([named(await model.fit(data, { epochs: 3, snapshots: 3 }))], data, { resolution: 5 });
    expect(still.ground).toMatchObject({ directions: "random", explained: null });
    expect(still.notes.map(({ id }) => id)).toEqual(expect.arrayContaining(["landscapeStill", "landscapeRandom"]));
    const single = sequential([layers.dense(1, { useBias: false })], { seed: 3 });
    single.compile({ loss: "mse", optimizer: "sgd" });
    const points = { x: [[1], [2]], y: [[2], [4]] };
    const line = landscapeView([named(await single.fit(points, { epochs: 6, snapshots: 6 }))], points, {
      resolution: 5,
    });
    expect(line.ground).toMatchObject({ directions: "pca", explained: [1, 0] });
    const { values } = line.heights;
    expect(values.slice(0, 5)).toEqual(values.slice(20));
    expect(viewText(line, "en")).toContain("the space of 1 weight:");
  });

  it("says what is wrong", async () => {
    const run = await train();
    expect(() => landscapeView([], data)).toThrow("1 to 10 runs");
    expect(() => landscapeView([named(run)], undefined as unknown as typeof data)).toThrow(
      "show.landscape: expected the examples that the loss is measured on, got none. Give the data of the training",
    );
    const uneven = { x: [[1, 2]], y: [[1], [2]] };
    expect(() => landscapeView([named(run)], uneven)).toThrow(/^show\.landscape: /);
    const narrow = { x: [[1]], y: [[1]] };
    expect(() => landscapeView([named(run)], narrow)).toThrow(/^show\.landscape: /);
    expect(() => landscapeView([named(run)], data, { plane: "tsne" as never })).toThrow('plane as "pca" or "random"');
    expect(() => landscapeView([named(run)], data, { resolution: 2 })).toThrow("resolution as a whole number");
    const other = await train({ units: 4 });
    expect(() => landscapeView([named(run), named(other)], data)).toThrow("the same shapes of weights");
    const bare = await train({ snapshots: false });
    expect(() => landscapeView([named(bare)], data)).toThrow("snapshots: 30");
  });
});
