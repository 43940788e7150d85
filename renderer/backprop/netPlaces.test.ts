// Where a small net stands: across where there is room, down on narrow pages, and never so close that numbers overlap.

import { expect, test } from "vitest";
import { edgeLabel, placeNet } from "./netPlaces.ts";

/** As wide as "−0.0724" below a circle. */
const numberPx = 50;

test.each([
  ["three layers of units and the loss", [3, 4, 3, 3, 1]],
  ["a net of two units a layer", [2, 2, 1, 1]],
  ["as many units as a narrow page has room for", [5, 5, 2, 1]],
])("on a narrow page %s stand below each other, with room for numbers", (_, columns) => {
  const placed = placeNet(columns, { widthPx: 284, isLabelled: false });
  expect(placed.isDown).toBe(true);
  columns.forEach((count, column) => {
    const places = Array.from({ length: count }, (_, unit) => placed.place(column, unit));
    expect(new Set(places.map(([, y]) => y)).size).toBe(1);
    places.forEach(([x, y], unit) => {
      expect(x - (places[unit - 1]?.[0] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(numberPx);
      expect(x - numberPx / 2).toBeGreaterThanOrEqual(0);
      expect(x + numberPx / 2).toBeLessThanOrEqual(284);
      expect(y + placed.diameter / 2 + 17).toBeLessThanOrEqual(placed.height);
    });
  });
});

test("where a layer has too many units for that, and on wide pages, layers stand beside each other", () => {
  expect(placeNet([6, 8, 2, 1], { widthPx: 284, isLabelled: false }).isDown).toBe(false);
  expect(placeNet([3, 4, 3, 3, 1], { widthPx: 560, isLabelled: false }).isDown).toBe(false);
});

test("two units a layer have room for the weights on their lines on a narrow page, each at a place of its own and off the gradients of units", () => {
  const placed = placeNet([2, 2, 1, 1], { widthPx: 284, isLabelled: true });
  expect(placed.hasRoom).toBe(true);
  const labelsBetween = (column: number, ends: readonly number[]) =>
    [0, 1].flatMap((from) =>
      ends.map((to) => edgeLabel(placed.place(column, from), placed.place(column + 1, to), placed)),
    );
  const written = [0, 1].map((unit) => {
    const [x, y] = placed.place(1, unit);
    return { x, top: y + placed.diameter / 2 + 3 };
  });
  const texts = [...labelsBetween(0, [0, 1]), ...written, ...labelsBetween(1, [0])];
  for (const [index, one] of texts.entries())
    for (const other of texts.slice(index + 1)) {
      const isApart = Math.abs(one.x - other.x) >= 36 || Math.abs(one.top - other.top) >= 28;
      expect(isApart).toBe(true);
    }
});

test("a deep net runs down where side by side its gradients would run into each other", () => {
  const deep = [...Array.from({ length: 13 }, () => 2), 1];
  expect(placeNet(deep, { widthPx: 700, isLabelled: false }).isDown).toBe(true);
  expect(placeNet(deep, { widthPx: 1000, isLabelled: false }).isDown).toBe(false);
});
