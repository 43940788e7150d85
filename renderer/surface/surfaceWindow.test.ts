// What of a surface is shown, and where the heights of its lines stand: pure arithmetic of places.

import { expect, test } from "vitest";
import { levelDigits, placeLevelNames } from "./levelNames.ts";
import { isWhole, movePlace, moveWindow, windowWith, zoomWindow } from "./surfaceWindow.ts";

const whole = { x: { from: 0, to: 8 }, y: { from: -2, to: 2 } };

test("a window is zoomed around a place that stays, never beyond the whole nor closer than a sixteenth", () => {
  const near = zoomWindow(whole, whole, 0.5, [2, 1]);
  expect(near).toEqual({ x: { from: 1, to: 5 }, y: { from: -0.5, to: 1.5 } });
  expect(isWhole(near, whole)).toBe(false);
  expect(zoomWindow(near, whole, 4, [2, 1])).toEqual(whole);
  const closest = zoomWindow(near, whole, 1e-9, [2, 1]);
  expect([closest.x.to - closest.x.from, closest.y.to - closest.y.from]).toEqual([0.5, 0.25]);
});

test("heights of lines are told with as many digits as tell them apart", () => {
  expect([levelDigits(0.32, 0.1), levelDigits(-5.3, -9.6), levelDigits(0, -1)]).toEqual([2, 2, 2]);
  expect(levelDigits(1_000_003.2, 1_000_001)).toBe(7);
  expect(levelDigits(102, 100)).toBe(3);
});

test("a window is moved by shares of itself, stops at the edges, and follows a place out of it", () => {
  const near = { x: { from: 1, to: 5 }, y: { from: -1, to: 1 } };
  expect(moveWindow(near, whole, 0.5, -0.25)).toEqual({ x: { from: 3, to: 7 }, y: { from: -1.5, to: 0.5 } });
  expect(moveWindow(near, whole, 9, 9)).toEqual({ x: { from: 4, to: 8 }, y: { from: 0, to: 2 } });
  expect(windowWith(near, whole, [6, -2])).toEqual({ x: { from: 2, to: 6 }, y: { from: -2, to: 0 } });
  expect(windowWith(near, whole, [2, 0])).toEqual(near);
  expect(movePlace([7.9, 0], near, whole, 0.1, 0.1)).toEqual([8, 0.2]);
});

test("heights stand on their lines, apart from each other and from marks; short lines have none", () => {
  const across = (y: number) => Array.from({ length: 20 }, (_, at) => [20 * at, y, 20 * at + 20, y]).flat();
  const lines = [
    { text: "1", widthPx: 10, pieces: across(50) },
    { text: "10", widthPx: 14, pieces: across(70) },
    { text: "100", widthPx: 18, pieces: [0, 150, 40, 150] },
  ];
  const size = { widthPx: 400, heightPx: 200 };
  const names = placeLevelNames(lines, size, [{ x: 10, y: 50 }]);
  expect(names.map(({ text, y }) => [text, y])).toEqual([
    ["1", 50],
    ["10", 70],
  ]);
  const [one, ten] = names;
  expect(one?.x).toBeGreaterThanOrEqual(130);
  expect(Math.hypot((one?.x ?? 0) - (ten?.x ?? 0), 20)).toBeGreaterThanOrEqual(40);
});
