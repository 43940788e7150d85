// Places of an expression's values: later ones further on, never two in one place.

import { expect, test } from "vitest";
import { layOutGraph } from "./graphLayout.ts";
import { placeGraph } from "./graphPlaces.ts";

test("a value stands after what it was made of, and what is given just before its first use", () => {
  // w·x + b, squared: b is used in the second column only.
  const { depth, places } = layOutGraph(6, [
    { from: 0, to: 2 },
    { from: 1, to: 2 },
    { from: 2, to: 4 },
    { from: 3, to: 4 },
    { from: 4, to: 5 },
  ]);
  expect([depth, places.map(({ column }) => column)]).toEqual([4, [0, 0, 1, 1, 2, 3]]);
});

test("no two values stand in one place, and long lines have a place of their own in each column they pass", () => {
  const edges = [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
    { from: 2, to: 3 },
    { from: 0, to: 3 },
    { from: 0, to: 3 },
  ];
  const { places, bends, breadth } = layOutGraph(4, edges);
  expect(bends.map((each) => each.map(({ column }) => column))).toEqual([[], [], [], [1, 2], [1, 2]]);
  for (const column of [0, 1, 2, 3]) {
    const across = [...places, ...bends.flat()].filter((place) => place.column === column).map((place) => place.across);
    across.sort((a, b) => a - b);
    across.slice(1).forEach((each, at) => {
      expect(each - (across[at] ?? 0)).toBeGreaterThan(0.99);
    });
    expect(Math.min(...across)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...across)).toBeLessThanOrEqual(breadth);
  }
});

test("four values side by side fit on a narrow page, boxes apart; more are scrolled to", () => {
  const placed = (count: number) => {
    const first = Array.from({ length: count }, (_, from) => ({ from, to: count }));
    const edges = [...first, { from: count, to: count + 1 }, { from: count + 1, to: count + 2 }];
    return placeGraph(layOutGraph(count + 3, edges), edges, 284);
  };
  const four = placed(4);
  expect(four.isDown).toBe(true);
  expect(four.width).toBeLessThanOrEqual(284);
  const row = four.boxes.filter(({ y }) => y === four.boxes[0]?.y).sort((one, other) => one.x - other.x);
  expect(row).toHaveLength(4);
  row.slice(1).forEach(({ x }, at) => {
    expect(x - ((row[at]?.x ?? 0) + (row[at]?.width ?? 0))).toBeGreaterThanOrEqual(6);
  });
  expect(placed(8).width).toBeGreaterThan(284);
});
