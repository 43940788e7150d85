// What is said of the data sets without reading them is true of the data.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineHost, setEngineHost } from "../../engine/host.ts";
import { type Dataset, datasets } from "../../engine/index.ts";
import { largeInput } from "../parts/inputScale.ts";
import { dataFacts } from "./dataFacts.ts";

const { readDataFile } = engineHost();
beforeAll(() => {
  setEngineHost({
    readDataFile: (name) => readFileSync(new URL(`../../../media/data/${name}`, import.meta.url), "utf8"),
  });
});
afterAll(() => setEngineHost({ readDataFile }));

const known = Object.keys(datasets).filter((name) => name !== "useFiles" && name !== "csv");
test.each(known)("datasets.%s", (name) => {
  const read = Object.entries(datasets).find(([key]) => key === name)?.[1] as () => Dataset;
  const data = read();
  const width = data.x.shape[1] ?? 1;
  const sizes = Array.from({ length: width }, (_, column) => rootMeanSquare(data, column, width));
  expect(dataFacts(name, [])).toEqual({
    x: data.x.shape.slice(1),
    y: data.y.shape.slice(1),
    targets: data.task === "regression" ? "values" : "classes",
    classes: data.classNames.length,
    isUnscaled: Math.max(...sizes) >= largeInput,
  });
});

function rootMeanSquare({ x, size }: Dataset, column: number, width: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) sum += (x.data[row * width + column] ?? 0) ** 2;
  return Math.sqrt(sum / size);
}

test("options that change the shape are followed, those that might change anything are not", () => {
  expect(dataFacts("blobs", [{ classes: 4, features: 5, seed: 1 }])).toMatchObject({ x: [5], y: [4], classes: 4 });
  expect(dataFacts("blobs", [{ classes: 2 }])?.y).toEqual(datasets.blobs({ classes: 2 }).y.shape.slice(1));
  expect(dataFacts("spirals", [{ classes: 3 }])?.y).toEqual(datasets.spirals({ classes: 3 }).y.shape.slice(1));
  expect(dataFacts("moons", [{ samples: 9, noise: 0 }])?.x).toEqual([2]);
  expect(dataFacts("moons", [{ shape: 3 }])).toBeNull();
  expect(dataFacts("csv", ["a.csv"])).toBeNull();
});

test("nothing is said of a file of the user's own", () => {
  expect(dataFacts("csv", ["houses.csv"])).toBeNull();
});
