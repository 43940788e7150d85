// Lines of equal height and names beside heads: pure arithmetic of places.

import { expect, test } from "vitest";
import { contourSegments, heightAt } from "./contours.ts";

const grid = (rows: readonly (readonly number[])[]) => ({
  columns: rows[0]?.length ?? 0,
  rows: rows.length,
  heights: Float64Array.from(rows.flat()),
});

test("a slope is cut where its height is the level's", () => {
  expect(
    contourSegments(
      grid([
        [0, 4],
        [0, 4],
      ]),
      1,
    ),
  ).toEqual([0.25, 0, 0.25, 1]);
  expect(
    contourSegments(
      grid([
        [0, 4],
        [0, 4],
      ]),
      5,
    ),
  ).toEqual([]);
  expect(
    contourSegments(
      grid([
        [0, Number.NaN],
        [0, 4],
      ]),
      1,
    ),
  ).toEqual([]);
});

test("a peak is ringed: every end of a piece is the end of another", () => {
  const segments = contourSegments(
    grid([
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]),
    0.5,
  );
  expect(segments).toHaveLength(16);
  const ends = Array.from({ length: 8 }, (_, index) => segments.slice(2 * index, 2 * index + 2).join());
  expect(new Set(ends).size).toBe(4);
});

test("a saddle's two pieces part as the middle says", () => {
  const low = contourSegments(
    grid([
      [1, 0],
      [0, 1],
    ]),
    0.6,
  );
  // The middle is below: the high corners (lower left, upper right) are cut off.
  expect(low).toHaveLength(8);
  expect(low.slice(0, 4).filter((value) => value > 0.5)).toEqual([]);
  const high = contourSegments(
    grid([
      [1, 0],
      [0, 1],
    ]),
    0.4,
  );
  expect(high.slice(0, 4)).toEqual([0.6, 0, 1, 0.4]);
});

test("heights between places are read, none outside", () => {
  expect(
    heightAt(
      grid([
        [0, 2],
        [4, 6],
      ]),
      0.5,
      0.5,
    ),
  ).toBe(3);
  expect(
    heightAt(
      grid([
        [0, 2],
        [4, 6],
      ]),
      1.5,
      0.5,
    ),
  ).toBeNaN();
});
