// Words beside a point go where no line crosses them.

import { expect, test } from "vitest";
import { freeRow, placeLabel } from "./labelPlace.ts";

const area = { left: 0, right: 300, top: 0, bottom: 150 };
const flat = (y: number) => Array.from({ length: 30 }, (_, index) => ({ x: index * 10, y }));

test("with nothing in the way words stand above the point and start at it", () => {
  expect(placeLabel({ x: 100, y: 80 }, 90, area, [])).toEqual({
    left: 96,
    right: 186,
    top: 54,
    bottom: 68,
    above: true,
  });
});

test("a line above sends them below", () => {
  expect(placeLabel({ x: 100, y: 80 }, 90, area, [flat(56)])).toMatchObject({ above: false, top: 92 });
});

test("a line that bends away sends them a little further", () => {
  const bent = flat(64).filter(({ x }) => x > 120);
  expect(placeLabel({ x: 100, y: 80 }, 90, area, [bent, flat(102)])).toMatchObject({ above: true, right: 104 });
});

test("where lines go on both sides, or in between, there are none", () => {
  expect(placeLabel({ x: 100, y: 80 }, 90, area, [flat(56), flat(102)])).toBeNull();
  expect(placeLabel({ x: 100, y: 80 }, 90, area, [flat(72), flat(88)])).toBeNull();
});

test("near the right edge they end at the point", () => {
  expect(placeLabel({ x: 280, y: 80 }, 90, area, [])).toMatchObject({ left: 194, right: 284 });
});

test("where nothing fits there are no words", () => {
  expect(placeLabel({ x: 20, y: 10 }, 90, { left: 0, right: 40, top: 0, bottom: 20 }, [])).toBeNull();
});

test("words go down row by row until no line crosses them, and stay where there is no better row", () => {
  const first = { left: 20, right: 110, top: 4, bottom: 20 };
  expect(freeRow([first], 150, [])).toMatchObject({ left: 20, top: 4, crossings: 0 });
  expect(freeRow([first], 150, [flat(12), flat(30)])).toMatchObject({ left: 20, top: 40 });
  const steep = [
    { x: 60, y: 160 },
    { x: 60, y: 12 },
  ];
  const crossed = freeRow([first], 30, [steep]);
  expect(crossed).toMatchObject({ left: 20, top: 4 });
  expect(crossed?.crossings).toBeGreaterThan(0);
  expect(freeRow([first, { ...first, left: 120, right: 210 }], 30, [steep])).toMatchObject({ left: 120, top: 4 });
});
