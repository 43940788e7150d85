// Lines cut at the edges of a box, however far they go.

import { expect, test } from "vitest";
import { exitOf, lengthInside, stretchesInside } from "./lineInBox.ts";

const box = { left: 0, right: 100, top: 0, bottom: 50 };

test("a line that leaves a box for the end of all numbers and one that comes back are cut at its edges", () => {
  const gone = [
    { x: 10, y: 10 },
    { x: 20, y: 10 },
    { x: 1e31, y: 10 },
  ];
  expect(stretchesInside(gone, box)).toEqual([
    [
      { x: 10, y: 10 },
      { x: 20, y: 10 },
      { x: 100, y: 10 },
    ],
  ]);
  const back = [
    { x: 50, y: 40 },
    { x: 50, y: 60 },
    { x: 60, y: 60 },
    { x: 60, y: 40 },
  ];
  expect(stretchesInside(back, box)).toEqual([
    [
      { x: 50, y: 40 },
      { x: 50, y: 50 },
    ],
    [
      { x: 60, y: 50 },
      { x: 60, y: 40 },
    ],
  ]);
  expect(stretchesInside([{ x: 5, y: 5 }], box)).toEqual([]);
});

test("a line that ends outside left the box at its edge, in the direction it had; one that came back did not", () => {
  const up = [
    { x: 50, y: 40 },
    { x: 50, y: 20 },
    { x: 50, y: -1e30 },
  ];
  expect(exitOf(up, box)).toEqual({ x: 50, y: expect.closeTo(0, 6), direction: -Math.PI / 2 });
  expect(exitOf([...up, { x: 50, y: 30 }], box)).toBeNull();
  expect(exitOf(up.slice(0, 2), box)).toBeNull();
  expect(
    exitOf(
      [
        { x: 500, y: 500 },
        { x: 600, y: 500 },
      ],
      box,
    ),
  ).toBeNull();
  expect(
    exitOf(
      [
        { x: 50, y: 40 },
        { x: Number.NaN, y: Number.NaN },
      ],
      box,
    ),
  ).toBeNull();
});

test("a piece through a box is as long inside as from edge to edge, beside it nothing", () => {
  const piece = (x0: number, y0: number, x1: number, y1: number) =>
    lengthInside(box, [
      { x: x0, y: y0 },
      { x: x1, y: y1 },
    ]);
  expect(piece(-100, 20, 300, 20)).toBe(100);
  expect(piece(-100, 60, 300, 60)).toBe(0);
  expect(piece(110, 0, 120, 50)).toBe(0);
});
