// Surfaces: the paths are the optimizers' own, minima are minima, functions may be written either way, mistakes say what to do.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { optimizers, type Tensor, tensor } from "../../engine/index.ts";
import { viewText } from "../index.ts";
import { knownSurfaces, surfaceNames } from "./surfaces.ts";
import { surfaceView } from "./surfaceView.ts";

interface Trajectories {
  readonly problems: Readonly<Record<string, { readonly start: readonly [number, number] }>>;
  readonly cases: readonly {
    readonly optimizer: string;
    readonly convention: string;
    readonly config: { readonly lr?: number; readonly momentum?: number };
    readonly trajectories: Readonly<Record<string, { readonly params: { readonly data: readonly number[] } }>>;
  }[];
}

const fixtures = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/optimizers.json", import.meta.url), "utf8"),
) as Trajectories;

describe("show.surface", () => {
  it.each(["rosenbrock", "beale"] as const)("walks %s as the frameworks of the fixtures do", (name) => {
    const given = fixtures.cases.find(({ optimizer, config }) => optimizer === "sgd" && config.momentum === 0.9);
    const { start } = fixtures.problems[name] ?? { start: [0, 0] as const };
    const optimizer = optimizers.sgd({ learningRate: given?.config.lr ?? 0, momentum: 0.9 });
    const [path] = surfaceView(name, { optimizers: [optimizer], start, steps: 25 }).paths;
    const wanted = given?.trajectories[name]?.params.data ?? [];
    expect(wanted).toHaveLength(50);
    wanted.forEach((value, index) => {
      const list = index % 2 === 0 ? path?.x : path?.y;
      expect(Math.abs((list?.[1 + Math.floor(index / 2)] ?? Number.NaN) - value)).toBeLessThan(1e-4);
    });
    expect(optimizer.steps).toBe(0);
  });

  it.each(surfaceNames)("knows the minima of %s: nothing near is lower", (name) => {
    const { f, minima } = knownSurfaces[name] as {
      f: (x: Tensor, y: Tensor) => Tensor;
      minima: readonly (readonly [number, number])[];
    };
    for (const [x, y] of minima) {
      const near = [0, 0.01, -0.01].flatMap((dx) => [0, 0.01, -0.01].map((dy) => [x + dx, y + dy]));
      const heights = f(tensor(near.map(([at = 0]) => at)), tensor(near.map(([, at = 0]) => at))).data;
      expect(Math.min(...heights)).toBe(heights[0]);
    }
  });

  it("is drawn as far as a start beside it, unless told otherwise", () => {
    const bowl = (x: number, y: number) => x ** 2 + y ** 2;
    expect(() => surfaceView("ravine", { optimizers: ["sgd", "adam", "sgd"] })).toThrow(
      /^show.surface: expected a name of its own for each optimizer, got "sgd [\d.]+" twice. Give them by name: /,
    );
    const options = { optimizers: ["sgd"], steps: 3 } as const;
    const { x, y, paths } = surfaceView(bowl, { ...options, start: [-4, 1] });
    expect([x, y]).toEqual([
      { from: -4.7, to: 3 },
      { from: -2.5, to: 2.5 },
    ]);
    expect(paths[0]?.x[0]).toBe(-4);
    expect(surfaceView(bowl, { ...options, start: [0, 5] }).y).toEqual({ from: -2.5, to: 5.75 });
    expect(surfaceView(bowl, { ...options, start: [-4, 1], x: [-2, 2] }).x).toEqual({ from: -2, to: 2 });
  });

  it("takes a function of tensors or of numbers, and says which slopes those have", () => {
    const options = { optimizers: ["adam"], steps: 30, start: [1.5, -1] } as const;
    const byTensors = surfaceView((x: Tensor, y: Tensor) => x.square().add(y.square().mul(3)).sum(), options);
    const byNumbers = surfaceView((x: number, y: number) => x ** 2 + 3 * y ** 2, options);
    const [walked, same] = [byTensors.paths[0]?.x ?? [], byNumbers.paths[0]?.x ?? []];
    expect(Math.max(...walked.map((x, step) => Math.abs(x - (same[step] ?? Number.NaN))))).toBeLessThan(1e-3);
    const ids = (view: typeof byTensors) => view.notes.map(({ id }) => id);
    expect(ids(byNumbers)).toContain("surfaceDifferences");
    expect(ids(byTensors)).not.toContain("surfaceDifferences");
  });

  it("ends a path that diverges or leaves, and says so; a long one is thinned, and its end kept", () => {
    const wild = surfaceView("rosenbrock", { optimizers: { wild: optimizers.sgd({ learningRate: 1 }) } });
    expect(wild.paths[0]?.end).toBe("left");
    expect(wild.sentence.messages.map(({ id }) => id)).toEqual(["surfaceLeft"]);
    const slow = { slow: optimizers.sgd({ learningRate: 0.01 }), slower: optimizers.sgd({ learningRate: 0.005 }) };
    const fast = optimizers.sgd({ learningRate: 0.005, momentum: 0.9 });
    const down = (racers: object) => surfaceView("saddle", { optimizers: racers as typeof slow, steps: 300 }).sentence;
    expect(down(slow).messages.map(({ id }) => id)).toEqual(["surfaceLowest"]);
    // The one that left came lower than those that are compared.
    expect(down({ ...slow, fast }).messages.map(({ id }) => id)).toEqual(["surfaceLowestInside", "surfaceLeft"]);
    // What ended beyond the edge is not compared with what is still seen, nor called lowest.
    const far = down({ ...slow, on: optimizers.sgd({ learningRate: 0.02 }) }).messages;
    expect(far.map(({ id }) => id)).toEqual(["surfaceLowestInside", "surfaceLeft"]);
    expect(far[1]?.args).toEqual({ names: { kind: "list", values: ["on"] } });
    const long = surfaceView("ravine", { optimizers: ["sgd"], steps: 1001 });
    expect(long.paths[0]?.steps.length).toBeLessThanOrEqual(402);
    expect(long.paths[0]?.steps.at(-1)).toBe(1001);
    expect(long.notes.map(({ id }) => id)).toContain("surfaceThinnedPaths");
  });

  it("calls nobody lowest by less than a hundredth", () => {
    const bowl = (x: number, y: number) => 5 + x * x + y * y;
    const at = (rates: Readonly<Record<string, number>>) =>
      surfaceView(bowl, {
        optimizers: Object.fromEntries(
          Object.entries(rates).map(([name, learningRate]) => [name, optimizers.sgd({ learningRate })]),
        ),
        ...{ start: [1, 1], x: [-2, 2], y: [-2, 2], steps: 10 },
      }).sentence.messages[0];
    expect(at({ one: 0.2, other: 0.15 })).toMatchObject({
      id: "surfaceAlike",
      args: { names: { kind: "list", values: ["one", "other"] } },
    });
    expect(at({ one: 0.2, other: 0.15, slow: 0.01 })).toMatchObject({
      id: "surfaceLowestAlike",
      args: { names: { kind: "list", values: ["one", "other"] }, worst: "slow" },
    });
    expect(at({ one: 0.2, slow: 0.01 })).toMatchObject({ id: "surfaceLowest", args: { best: "one", worst: "slow" } });
  });

  it("gives every optimizer by name a rate that suits, and says near zero how near", () => {
    const names = ["adamW", "amsgrad", "adamax", "lion", "rAdam", "adadelta"];
    const { paths } = surfaceView("himmelblau", { optimizers: names, steps: 200 });
    for (const { name, value, end } of paths) {
      const [first, last] = [value[0], value.at(-1)] as [number, number];
      // At their own rate of 0.001 they stay where they are.
      expect([name, end, last < 0.95 * first]).toEqual([name, "finished", true]);
    }
    const well = surfaceView((x, y) => x.square().add(y.square().mul(3)), {
      optimizers: ["adam", "momentum", "rmsprop"],
    });
    expect(viewText(well, "en")).toContain("are lowest, and level: less than 1.00×10⁻⁹ apart");
  });

  it("says where a function has no values, instead of blaming the rate", () => {
    const onlyRight = (x: number, y: number) => Math.log(x) + y * y;
    expect(surfaceView(onlyRight).sentence.messages.map(({ id }) => id)).toEqual(["surfaceNoStart"]);
    expect(surfaceView(onlyRight, { start: [1, 1] }).sentence.messages.map(({ id }) => id)).not.toContain(
      "surfaceNoStart",
    );
    const half = surfaceView((x, y) => (x < 0 ? Number.NaN : x * x + y * y), { x: [-2, 4], start: [3, 1] });
    expect(half.notes.map(({ id }) => id)).toContain("surfaceHoles");
    expect(surfaceView((x, y) => x * x + y * y).notes.map(({ id }) => id)).not.toContain("surfaceHoles");
    expect(() => surfaceView(() => Number.NaN)).toThrow("finite values somewhere in the picture, got none of 11011");
  });

  it("counts lines from the lowest where heights lie far above 0, and says where there can be none", () => {
    const far = surfaceView((x, y) => 1_000_000 + x * x + y * y);
    expect(far.lines.above).toBeCloseTo(1_000_000, 0);
    expect(far.lines.last - far.lines.first).toBeGreaterThan(6);
    // Rounded to four digits all would be one.
    expect(new Set(far.heights.values).size).toBeGreaterThan(1000);
    const ids = (view: typeof far) => view.notes.map(({ id }) => id);
    expect(ids(far)).toContain("surfaceEqualLinesAbove");
    const flat = ids(surfaceView(() => 3));
    expect(flat).toContain("surfaceFlat");
    expect(flat.filter((id) => id.startsWith("surfaceEqualLines"))).toEqual([]);
    expect(surfaceView("rosenbrock").lines.above).toBe(0);
  });

  it("names four of many paths and counts the others", () => {
    const names = ["one", "two", "three", "four", "five", "six"];
    const optimizers = Object.fromEntries(names.map((name) => [name, "adam"]));
    expect(viewText(surfaceView("himmelblau", { optimizers, steps: 300 }), "en")).toContain(
      "one, two, three, four and 2 others are at a minimum",
    );
  });

  it("says what is wrong", () => {
    expect(() => surfaceView("beal")).toThrow('Did you mean "beale"?');
    expect(() => surfaceView("beale", { x: [2, 1] })).toThrow("x as [from, to] with from below to");
    expect(() => surfaceView("beale", { start: [1] as never })).toThrow("start as two numbers");
    expect(() => surfaceView("beale", { x: [2, 2] })).toThrow("x as [from, to]");
    expect(() => surfaceView("beale", { steps: 0 })).toThrow("steps as a whole number");
    expect(() => surfaceView("beale", { optimizers: ["adm"] })).toThrow('"adam"');
    expect(() => surfaceView((() => "high") as never)).toThrow("returns a number or a tensor");
  });
});
