// The line between classes: on its place, and as long as the picture.

import { expect, test } from "vitest";
import { changeStretches, type Field } from "./changeLine.ts";

/** Two classes on the two sides of `x = 3 + y / 2`, in a picture of 8 by 8. */
function slanted(size = 8): Field {
  const signed = Array.from(
    { length: size * size },
    (_, at) => (at % size) + 0.5 - 3 - (Math.floor(at / size) + 0.5) / 2,
  );
  return {
    size,
    winners: signed.map((value) => (value < 0 ? 0 : 1)),
    margins: signed.map((value) => Math.abs(value) / 10),
  };
}

test("a straight boundary is one straight line from edge to edge", () => {
  const places = changeStretches(slanted(), 80).flat();
  for (const { x, y } of places) expect(x).toBeCloseTo(30 + y / 2, 6);
  expect(Math.min(...places.map(({ y }) => y))).toBe(0);
  expect(Math.max(...places.map(({ y }) => y))).toBe(80);
});

test("one class has no line, three meet in the middle of a square", () => {
  const of = (winners: readonly number[]) => changeStretches({ size: 2, winners, margins: [0.5, 0.5, 0.5, 0.5] }, 20);
  expect(of([1, 1, 1, 1])).toEqual([]);
  const three = of([0, 1, 2, 2]);
  expect(three.filter(([from]) => from.x > 5 && from.x < 15 && from.y > 5 && from.y < 15)).toHaveLength(3);
});
