// Tables and tensors as views: right numbers, warnings where they belong and nowhere else, bounded whatever comes.

import { describe, expect, test } from "vitest";
import { Dataset } from "../../engine/datasets/dataset.ts";
import { parameter, tensor } from "../../engine/index.ts";
import { tensorView, viewText } from "../index.ts";
import { tableView } from "./tableView.ts";

const said = (source: unknown) => tableView(source).sentence.messages.map(({ id }) => id);

function classes(x: readonly (readonly number[])[], labels: readonly number[]): Dataset {
  const origin = { name: "made", what: "", source: "", licence: "" };
  const featureNames = (x[0] ?? []).map((_, index) => `f${index}`);
  const y = tensor(labels.map((label) => [label]));
  const names = ["no", "yes"];
  return new Dataset({ origin, task: "binary", x: tensor(x), y, labels, featureNames, classNames: names, steps: [] });
}

describe("a table", () => {
  test("counts what is missing, in numbers and in words", () => {
    const view = tableView([{ a: 1, b: "x" }, { a: Number.NaN, b: "x" }, { b: "y" }]);
    expect(view.columns.map(({ name, missing }) => [name, missing])).toEqual([
      ["a", 2],
      ["b", 0],
    ]);
    expect(view.columns[1]?.words?.most).toEqual([
      { word: "x", count: 2 },
      { word: "y", count: 1 },
    ]);
    expect(view.sentence.tone).toBe("warning");
    expect(viewText(view, "en")).toContain("2 values are missing");
  });

  test("says where what is missing stands: in one column, most of it in one, or in several", () => {
    const missing = (rows: readonly object[]) => viewText(tableView(rows), "en");
    const full = { a: 1, b: 2 };
    expect(missing([full, { a: 1 }])).toContain("1 value is missing or not finite, in b.");
    expect(missing([full, { a: 1 }, { b: 1 }])).toContain("2 values are missing or not finite, in 2 columns.");
    expect(missing([full, { a: 1 }, { a: 2 }, { b: 1 }])).toContain(
      "3 values are missing or not finite, most of them in b.",
    );
  });

  test("writes whole numbers as they are, and takes a bigint for one", () => {
    const text = viewText(
      tableView([
        { count: 12, big: 123456n },
        { count: 40, big: 7n },
      ]),
      "en",
    );
    expect(text).toContain("12 … 40 (26.0 ± 14.0)");
    expect(text).toContain("7 … 123,456");
    expect(viewText(tableView([12, 40.5]), "en")).toContain("12.0 … 40.5");
  });

  test("keeps every digit of whole numbers: times and amounts that differ look different", () => {
    const view = tableView([
      { time: 1764432001234, price: 1234567, far: 1e300 },
      { time: 1764432001999, price: 1234999, far: 2 },
    ]);
    expect(view.columns[0]?.cells).toEqual([1764432001234, 1764432001999]);
    const text = viewText(view, "en");
    expect(text).toContain("1,764,432,001,234 … 1,764,432,001,999");
    expect(text).toMatch(/0 +1,764,432,001,234 +1,234,567 +1.00×10³⁰⁰/);
    expect(viewText(tableView([1234567.5]), "en")).toContain("1.23×10⁶");
  });

  test("loses no word among numbers, no date, and no row after one that is missing", () => {
    expect(tableView([1, "?", 2]).columns[0]?.words?.most.map(({ word }) => word)).toEqual(["1", "?", "2"]);
    const days = [new Date("2026-11-29"), new Date("2026-11-29T10:20:00Z"), new Date("x")];
    expect(tableView(days).columns[0]?.cells).toEqual(
      ["2026-11-29", "2026-11-29 10:20", "Invalid Date"].map((word) => ({ word })),
    );
    expect(tableView([null, { a: 1 }]).columns.map(({ name, missing }) => [name, missing])).toEqual([["a", 1]]);
  });

  test("gives whole numbers a bin each, and all values a bin", () => {
    const histogram = (values: readonly number[]) => tableView(values).columns[0]?.numbers?.histogram ?? [];
    expect(histogram([1, 2, 2, 4])).toEqual([1, 2, 0, 1]);
    expect(histogram([5, 5])).toEqual([2]);
    expect(histogram([0, 0.1, 0.25, 1]).reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  test("warns of scales that are ten times apart, not of those that are near", () => {
    const rows = (scale: number) => [1, 2, 3, 4].map((value) => [value, value + 1, value * scale]);
    expect(said(classes(rows(100), [0, 1, 0, 1]))).toContain("featuresUnscaled");
    expect(said(classes(rows(3), [0, 1, 0, 1]))).toEqual(["dataSizeClasses"]);
  });

  test("warns of a rare class by the rule of the diagnosis: from ten to one on, of twenty examples or more", () => {
    const of = (rare: number, frequent: number) => {
      const labels = [...Array<number>(rare).fill(1), ...Array<number>(frequent).fill(0)];
      return said(
        classes(
          labels.map((_, index) => [index]),
          labels,
        ),
      );
    };
    expect(of(2, 20)).toContain("classesUneven");
    for (const [rare, frequent] of [
      [2, 19],
      [1, 11],
      [11, 11],
    ] as const)
      expect(of(rare, frequent)).toEqual(["dataSizeClasses"]);
  });

  test("stays small with a thousand columns, and keeps the target", () => {
    const wide = classes([Array(1000).fill(0.123456), Array(1000).fill(-1e-9)], [0, 1]);
    const view = tableView(wide, { rows: 5000 });
    expect(view.columns).toHaveLength(60);
    expect(view.columns.at(-1)?.role).toBe("target");
    expect(view.columnCount).toBe(1001);
    expect(JSON.stringify(view).length).toBeLessThan(30_000);
  });

  test("says what it takes", () => {
    expect(() => tableView([])).toThrow("show.table: expected a data set");
    expect(() => tableView(tensor(3))).toThrow("[rows, columns]");
    expect(() => tableView([1], { rows: -1 })).toThrow("rows as a whole number");
  });
});

describe("a tensor", () => {
  test("of three axes has a page for each place of the first", () => {
    const view = tensorView(tensor([[[1, 2]], [[3, 4]]]));
    expect(view.pages).toEqual([
      { place: [0], values: [1, 2] },
      { place: [1], values: [3, 4] },
    ]);
    expect(
      tensorView(
        tensor(
          Array.from({ length: 24 }, (_, at) => at),
          [2, 3, 2, 2],
        ),
      ).pages[4]?.place,
    ).toEqual([1, 1]);
  });

  test("that is large is thinned with its ends kept, and says so", () => {
    const view = tensorView(parameter("kernel", new Float32Array(784 * 500 * 3), [3, 784, 500]));
    expect([view.rows[0], view.rows.at(-1), view.columns.at(-1), view.pages.length]).toEqual([0, 783, 499, 3]);
    expect(JSON.stringify(view).length).toBeLessThan(130_000);
    expect(viewText(view, "en")).toContain("evenly apart");
  });

  test("counts zeros and what is not finite apart", () => {
    const view = tensorView(tensor([0, 1, Number.NaN, Number.POSITIVE_INFINITY]));
    expect([view.zeros, view.notFinite, view.min, view.max]).toEqual([1, 2, 0, 1]);
    expect(tensorView(tensor([], [0, 3])).pages).toEqual([]);
  });
});
