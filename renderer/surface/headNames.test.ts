// Names stand beside their own heads where there is room, and in a column with leaders where there is none.

import { describe, expect, test } from "vitest";
import { freePlaceBeside, namedHeads, placeHeadNames } from "./headNames.ts";

const area = { widthPx: 400, heightPx: 300 };
const head = (x: number, y: number) => ({ x, y, widthPx: 50 });

describe("names of heads", () => {
  test("of very many only those with a colour of their own are named, and the one that is lifted", () => {
    const heads = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
    expect(namedHeads(heads(8), null)).toHaveLength(8);
    expect(namedHeads(heads(20), null).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(namedHeads(heads(20), 12).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 12]);
  });

  test("two heads in a row have their names on their outer sides", () => {
    expect(placeHeadNames([head(180, 150), head(220, 150)], area)).toEqual([
      { x: 118, y: 150, hasLeader: false, side: 1 },
      { x: 232, y: 150, hasLeader: false, side: 0 },
    ]);
  });

  test("a name at the right edge stands left of its head, and none covers a mark", () => {
    expect(placeHeadNames([head(380, 40)], area)).toEqual([{ x: 318, y: 40, hasLeader: false, side: 1 }]);
    const marks = [{ x: 130, y: 100 }];
    expect(placeHeadNames([head(100, 100)], { ...area, marks })).toEqual([
      { x: 38, y: 100, hasLeader: false, side: 1 },
    ]);
  });

  test("a name keeps off the paths: its own, and those of others", () => {
    const fromRight = Array.from({ length: 20 }, (_, at) => ({ x: 390 - 10 * at, y: 150 }));
    const [name] = placeHeadNames([head(200, 150)], { ...area, lines: [fromRight] });
    expect(name).toMatchObject({ x: 138, y: 150 });
    const through = [
      { x: 0, y: 150 },
      { x: 400, y: 150 },
    ];
    const [other] = placeHeadNames([head(200, 150)], { ...area, lines: [through] });
    expect(other).toMatchObject({ x: 175, y: 135 });
    const wall = Array.from({ length: 40 }, (_, at) => [
      { x: 0, y: 100 + 3 * at },
      { x: 400, y: 100 + 3 * at },
    ]);
    expect(placeHeadNames([head(200, 150)], { ...area, lines: wall })[0]?.hasLeader).toBe(false);
  });

  test("names of a crowd that paths go through stand in a column, and a head beside it keeps off their names", () => {
    const crowd = [head(200, 150), head(206, 152), head(214, 149)];
    const free = placeHeadNames(crowd, area);
    const lines = [-14, 0, 14].map((at) => [
      { x: 0, y: 150 + at },
      { x: 400, y: 150 + at },
    ]);
    const names = placeHeadNames([...crowd, head(300, 150)], { ...area, lines });
    expect(names.slice(0, 3).every(({ hasLeader }) => hasLeader)).toBe(true);
    expect(free).toHaveLength(3);
    const [last] = names.slice(3);
    for (const name of names.slice(0, 3))
      expect(Math.abs(name.y - (last?.y ?? 0)) >= 13 || Math.abs(name.x - (last?.x ?? 0)) >= 54).toBe(true);
  });

  test("a name stays on the side where it stood while nothing is in its way there", () => {
    const [name] = placeHeadNames([{ ...head(200, 150), side: 3 }], area);
    expect(name).toMatchObject({ y: 165, side: 3 });
    const below = [
      { x: 0, y: 165 },
      { x: 400, y: 165 },
    ];
    expect(placeHeadNames([{ ...head(200, 150), side: 3 }], { ...area, lines: [below] })[0]?.side).toBe(0);
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

  test("the start's name stands left of its mark, else where no name or head is", () => {
    const start = { x: 200, y: 150, widthPx: 24 };
    expect(freePlaceBeside(start, [], area)).toEqual({ x: 168, y: 150 });
    expect(freePlaceBeside(start, [{ x: 140, y: 152, widthPx: 50 }], area)).toEqual({ x: 208, y: 150 });
    const both = [
      { x: 140, y: 152, widthPx: 50 },
      { x: 212, y: 150, widthPx: 50 },
    ];
    expect(freePlaceBeside(start, both, area)).toEqual({ x: 188, y: 135 });
    expect(freePlaceBeside({ ...start, x: 10 }, [], area)).toEqual({ x: 18, y: 150 });
  });
});
