// Names stand beside their own heads where there is room, and in a column with leaders where there is none.

import { describe, expect, test } from "vitest";
import { placeHeadNames } from "./headNames.ts";

const area = { widthPx: 400, heightPx: 300 };
const head = (x: number, y: number) => ({ x, y, widthPx: 50 });

describe("names of heads", () => {
  test("two heads in a row have their names on their outer sides", () => {
    expect(placeHeadNames([head(180, 150), head(220, 150)], area)).toEqual([
      { x: 118, y: 150, hasLeader: false },
      { x: 232, y: 150, hasLeader: false },
    ]);
  });

  test("a name at the right edge stands left of its head, and none covers a mark", () => {
    expect(placeHeadNames([head(380, 40)], area)).toEqual([{ x: 318, y: 40, hasLeader: false }]);
    const marks = [{ x: 130, y: 100 }];
    expect(placeHeadNames([head(100, 100)], { ...area, marks })).toEqual([{ x: 38, y: 100, hasLeader: false }]);
  });

  test("heads at one place share a column, a line for each, with leaders", () => {
    const names = placeHeadNames(
      [1, 2, 3, 4, 5].map((at) => head(200 + at, 150)),
      area,
    );
    expect(new Set(names.map(({ x }) => x)).size).toBe(1);
    expect(names.every(({ hasLeader }) => hasLeader)).toBe(true);
    const ys = names.map(({ y }) => y).sort((one, other) => one - other);
    expect(Math.min(...ys.slice(1).map((y, at) => y - (ys[at] ?? 0)))).toBeGreaterThanOrEqual(15);
  });
});
