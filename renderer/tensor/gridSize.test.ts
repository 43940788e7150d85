// Which rows and columns of a grid are named.

import { expect, test } from "vitest";
import { namedPlaces } from "./gridSize.ts";

test("as many places are named as have room, at round distances", () => {
  expect(namedPlaces(5, 20, 16)).toEqual([0, 1, 2, 3, 4]);
  expect(namedPlaces(32, 12, 28)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(namedPlaces(700, 1, 28)).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650]);
  expect(namedPlaces(0, 12, 28)).toEqual([]);
});
