// How the lines of a race look.

import { expect, it } from "vitest";
import { loneRadius } from "./raceLines.ts";

it("shows a single point, which is no line, and none on a line or where nothing is", () => {
  const point = { x: 1, y: 0.5 };
  expect(loneRadius([point])).toBeGreaterThan(0);
  expect(loneRadius([point, { x: 2, y: null }])).toBeGreaterThan(0);
  expect(loneRadius([point, { x: 2, y: 0.4 }])).toBe(0);
  expect(loneRadius([{ x: 1, y: null }])).toBe(0);
});
