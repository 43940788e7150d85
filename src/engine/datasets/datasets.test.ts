// Data sets: the bundled files are whole, generated ones repeat, preparing them does what it says.

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engineHost, setEngineHost } from "../host.ts";
import { type Dataset, datasets, type FeatureScale } from "../index.ts";

const { readDataFile } = engineHost();
beforeAll(() =>
  setEngineHost({
    readDataFile: (name) => readFileSync(new URL(`../../../media/data/${name}`, import.meta.url), "utf8"),
  }),
);
afterAll(() => setEngineHost({ readDataFile }));

describe("bundled data", () => {
  it.each([
    ["iris", datasets.iris, [150, 4], [150, 3], ["setosa", "versicolor", "virginica"]],
    ["wine", datasets.wine, [178, 13], [178, 3], ["class 0", "class 1", "class 2"]],
    ["digits", datasets.digits, [1797, 64], [1797, 10], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]],
  ])("%s has its examples, one-hot targets and names", (name, read, x, y, classNames) => {
    const data = read();
    expect(data.x.shape).toEqual(x);
    expect(data.y.shape).toEqual(y);
    expect(data.classNames).toEqual(classNames);
    expect(data.featureNames).toHaveLength(x[1] ?? 0);
    expect([...data.y.data].reduce((sum, value) => sum + value, 0)).toBe(x[0]);
    expect(data.about().text).toMatch(new RegExp(`^${name}: [\\s\\S]*CC BY 4.0`));
  });

  it("penguins has the measured birds of three species", () => {
    const data = datasets.penguins();
    expect([data.x.shape, data.y.shape]).toEqual([
      [342, 4],
      [342, 3],
    ]);
    expect(data.classNames).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
    expect([0, 1, 2].map((label) => data.labels.filter((each) => each === label).length)).toEqual([151, 68, 123]);
    // The means that the palmerpenguins package gives.
    expectNear(data.featureScale().means, [43.92193, 17.15117, 200.91521, 4201.75439]);
    expect(data.about().text).toMatch(/missing\s+2 of the 344 birds were not measured: left out[\s\S]*CC0 1\.0/);
  });

  it("breastCancer has 1 for malignant, and the ranges that its description states", () => {
    const data = datasets.breastCancer();
    expect([data.task, data.x.shape, data.y.shape]).toEqual(["binary", [569, 30], [569, 1]]);
    expect(data.classNames).toEqual(["benign", "malignant"]);
    expect([...data.y.data]).toEqual(data.labels);
    expect(data.labels.filter((label) => label === 1)).toHaveLength(212);
    const rangeOf = (name: string) => {
      const column = columnNamed(data, name);
      return [Math.min(...column), Math.max(...column)];
    };
    expectNear(rangeOf("radius_mean"), [6.981, 28.11]);
    expectNear(rangeOf("area_worst"), [185.2, 4254]);
    expect(data.about().text).toMatch(/missing\s+none[\s\S]*CC BY 4\.0/);
  });

  it("autoMpg leaves out the cars without horsepower, and gives the origin as columns of 0 and 1", () => {
    const data = datasets.autoMpg();
    expect([data.task, data.x.shape, data.y.shape]).toEqual(["regression", [392, 9], [392, 1]]);
    expect(data.featureNames.slice(-4)).toEqual(["model_year", "USA", "Europe", "Japan"]);
    expect([data.labels, data.classNames]).toEqual([[], []]);
    // Of the 392: the means of R's ISLR::Auto, which leaves out the same cars.
    const { means } = data.featureScale();
    expectNear(means.slice(0, 6), [5.471939, 194.41199, 104.469388, 2977.584184, 15.541327, 75.979592]);
    expectNear(
      [245, 68, 79],
      means.slice(6).map((mean) => mean * 392),
    );
    const mpg = [...data.y.data];
    expectNear(
      [Math.min(...mpg), Math.max(...mpg), mpg.reduce((sum, each) => sum + each, 0) / 392],
      [9, 46.6, 23.445918],
    );
    expect(data.split({ validation: 0.2, test: 0.2 }).about().text).toMatch(
      /236 train, 78 validation, 78 test[\s\S]*missing\s+the horsepower of 6 of the 398 cars: left out/,
    );
  });

  it("says which file is missing", () => {
    const { readDataFile: whole } = engineHost();
    setEngineHost({
      readDataFile: () => {
        throw new Error("no such file");
      },
    });
    expect(() => datasets.iris()).toThrow(
      "datasets.iris: expected the data file iris.csv that comes with nnbook, got none (no such file). Install nnbook again. Where datasets.useFiles says",
    );
    setEngineHost({ readDataFile: () => "a,b,class\n1,2,x\n1,oops,y\n" });
    expect(() => datasets.iris()).toThrow('got "oops" in line 3');
    setEngineHost({ readDataFile: () => "a,origin,mpg\n1,USA,9\n2,Mars,10\n" });
    expect(() => datasets.autoMpg()).toThrow('got "Mars" in line 3');
    setEngineHost({ readDataFile: () => "a,diagnosis\n1,benign\n,malignant\n" });
    expect(() => datasets.breastCancer()).toThrow('got "" in line 3');
    setEngineHost({ readDataFile: () => "a,diagnosis\n1,benign\n2,neither\n" });
    expect(() => datasets.breastCancer()).toThrow('got "neither" in line 3');
    setEngineHost({ readDataFile: whole });
  });
});

function columnNamed(data: Dataset, name: string): number[] {
  const column = data.featureNames.indexOf(name);
  return [...data.x.data].filter((_, index) => index % data.featureNames.length === column);
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect((actual[index] ?? 0) / value).toBeCloseTo(1, 6);
}

describe("useFiles", () => {
  let { readDataFile: whole } = engineHost();
  beforeEach(() => {
    whole = engineHost().readDataFile;
  });
  const table = "a,b,class\n1,2,x\n3,4,y\n";
  afterEach(() => setEngineHost({ readDataFile: whole }));

  it("takes a function that reads a file", () => {
    datasets.useFiles((name) => (name === "wine.csv" ? table : ""));
    expect(datasets.wine().x.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("is pointed at where the function it was given cannot read a file", () => {
    datasets.useFiles(() => {
      throw new Error("no network");
    });
    expect(() => datasets.wine()).toThrow(
      /got none \(no network\).*datasets\.useFiles says how files are read, look there/,
    );
  });

  it("takes texts by name, and adds them to what is known", () => {
    datasets.useFiles({ "wine.csv": table });
    datasets.useFiles({ "iris.csv": `${table}5,6,x\n` });
    expect([datasets.wine().x.shape, datasets.iris().x.shape]).toEqual([
      [2, 2],
      [3, 2],
    ]);
  });

  it("says what to do where no file is known, and refuses what cannot be one", () => {
    setEngineHost({ readDataFile });
    expect(() => datasets.iris()).toThrow(/iris\.csv.*Say datasets\.useFiles/);
    const late = (() => Promise.resolve(table)) as unknown as () => string;
    datasets.useFiles(late);
    expect(() => datasets.iris()).toThrow(/the text of iris\.csv at once.*datasets\.useFiles/);
    const wrong = { "iris.csv": Promise.resolve(table) } as unknown as Record<string, string>;
    expect(() => datasets.useFiles(wrong)).toThrow("await the text before");
  });
});

describe("generated data", () => {
  it.each([
    ["moons", datasets.moons, [400, 2], [400, 1]],
    ["circles", datasets.circles, [400, 2], [400, 1]],
    ["spirals", datasets.spirals, [400, 2], [400, 1]],
    ["blobs", datasets.blobs, [300, 2], [300, 3]],
    ["xor", datasets.xor, [4, 2], [4, 1]],
    ["sine", datasets.sine, [200, 1], [200, 1]],
  ])("%s gives the same points for the same seed, and others for another", (_, make, x, y) => {
    const data = make();
    expect([data.x.shape, data.y.shape]).toEqual([x, y]);
    expect(make({ seed: 1 }).x.toArray()).toEqual(data.x.toArray());
    expect(make({ seed: 2, noise: 0.1 }).x.toArray()).not.toEqual(make({ seed: 3, noise: 0.1 }).x.toArray());
  });

  it("has the classes in equal shares and the corners of xor in order", () => {
    const { labels } = datasets.spirals({ samples: 300, classes: 3 });
    expect([0, 1, 2].map((label) => labels.filter((each) => each === label).length)).toEqual([100, 100, 100]);
    expect(datasets.xor().x.toArray()).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(datasets.xor().y.toArray()).toEqual([[0], [1], [1], [0]]);
  });

  it("puts circles at their radii and the sine on its curve without noise", () => {
    const { x, labels } = datasets.circles({ noise: 0, factor: 0.3 });
    const radii = (x.toArray() as number[][]).map(([a = 0, b = 0]) => Math.hypot(a, b));
    for (const [index, radius] of radii.entries()) expect(radius).toBeCloseTo(labels[index] === 0 ? 1 : 0.3, 5);
    const sine = datasets.sine({ noise: 0 });
    for (const [index, value] of sine.x.data.entries()) expect(sine.y.data[index]).toBeCloseTo(Math.sin(value), 5);
  });

  it.each([
    [() => datasets.moons({ sample: 3 } as never), 'Did you mean "samples"?'],
    [
      () => datasets.moons({ samples: 0.5 }),
      "datasets.moons: expected samples as a whole number from 1 to 10000000, got 0.5.",
    ],
    [() => datasets.xor({ samples: 1e12 }), "samples as a whole number from 1 to 10000000, got 1000000000000."],
    [() => datasets.moons({ noise: -1 }), "noise of 0 or more"],
    [() => datasets.blobs({ classes: 1 }), "classes as a whole number from 2 to 10000000"],
  ])("refuses what it does not know (%#)", (act, message) => {
    expect(act).toThrow(message);
  });
});

describe("preparing data", () => {
  it("refuses a scale that is not one of its features", () => {
    const data = datasets.moons({ samples: 10 });
    const scaledBy = (scale: unknown) => () => data.scaleBy(scale as FeatureScale);
    expect(data.scaleBy({ means: [1, 0], deviations: [2, 1] }).x.data[0]).toBeCloseTo(
      ((data.x.data[0] ?? 0) - 1) / 2,
      6,
    );
    expect(scaledBy(undefined)).toThrow("scaleBy: expected options as an object, such as { means: … }, got undefined.");
    expect(scaledBy({ means: [1, 0] })).toThrow("scaleBy: expected deviations as a list, got undefined.");
    expect(scaledBy({ means: [1], deviations: [1] })).toThrow("scaleBy: expected 2 numbers as means, got 1.");
    expect(scaledBy({ means: [1, 0], deviations: [1, "a"] })).toThrow(
      'scaleBy: expected deviations[1] as a finite number, got "a".',
    );
    expect(scaledBy({ means: [1, 0], stds: [1, 1] })).toThrow('Unknown option of scaleBy "stds".');
  });

  it("standardizes each feature to mean 0 and deviation 1; one that never changes becomes 0", () => {
    const data = datasets.digits().standardize();
    const { means, deviations } = data.featureScale();
    for (const mean of means) expect(mean).toBeCloseTo(0, 5);
    expect(deviations.filter((deviation) => Math.abs(deviation - 1) < 1e-4)).toHaveLength(61);
    expect(deviations.filter((deviation) => deviation === 0)).toHaveLength(3);
  });

  it("after a split takes mean and deviation from the training part alone", () => {
    const parts = datasets.iris().split({ validation: 0.3, seed: 2 }).standardize();
    expect(parts.train.featureScale().means.every((mean) => Math.abs(mean) < 1e-5)).toBe(true);
    expect(parts.validation.featureScale().means.some((mean) => Math.abs(mean) > 1e-3)).toBe(true);
  });

  it("splits into parts that together are the whole, chosen by the seed", () => {
    const data = datasets.iris();
    const parts = data.split({ validation: 0.2, test: 0.1, seed: 1 });
    expect([parts.train.size, parts.validation.size, parts.test.size]).toEqual([105, 30, 15]);
    const rows = (part: { x: { toArray(): number[][] } }) => part.x.toArray().map((row) => row.join());
    expect([...rows(parts.train), ...rows(parts.validation), ...rows(parts.test)].sort()).toEqual(rows(data).sort());
    expect(data.split({ validation: 0.2, seed: 2 }).validation.labels).not.toEqual(
      data.split({ validation: 0.2, seed: 1 }).validation.labels,
    );
    expect(parts.about().text).toContain("105 train, 30 validation, 15 test");
  });

  it("keeps targets and labels together", () => {
    const { train } = datasets.iris().split({ validation: 0.5, seed: 3 });
    for (const [row, label] of train.labels.entries()) expect(train.y.data[row * 3 + label]).toBe(1);
    expect([...train.sparse().y.data]).toEqual(train.labels);
    expect(train.sparse().oneHot().y.toArray()).toEqual(train.y.toArray());
  });

  it.each([
    [() => datasets.iris().split({ validation: 0.6, test: 0.4 }), "split: expected shares that add up to less than 1"],
    [() => datasets.iris().split({ validation: 20 }), "expected validation as a share from 0 to below 1, got 20."],
    [() => datasets.iris().split({ validatoin: 0.2 } as never), 'Did you mean "validation"?'],
    [() => datasets.xor().split({ validation: 0.01 }), "expected validation to hold an example"],
    [() => datasets.xor().split({ validation: 0.25 }).test, "Ask for it: split({ test: 0.2 })."],
    [() => datasets.sine().oneHot(), "oneHot: expected targets that are classes"],
    [() => [...datasets.xor().batches(0)], "batches: expected a whole number of examples"],
  ])("refuses what cannot be (%#)", (act, message) => {
    expect(act).toThrow(message);
  });

  it("goes through every example once in batches", () => {
    const batches = [...datasets.iris().batches(40, { seed: 1 })];
    expect(batches.map(({ x }) => x.shape[0])).toEqual([40, 40, 40, 30]);
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
    expect(batches.reduce((total, { x }) => total + sum(x.data), 0)).toBeCloseTo(sum(datasets.iris().x.data), 6);
  });
});
