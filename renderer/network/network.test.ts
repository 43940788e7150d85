// How a network's blocks are laid out, how its lines run, and what a file with wrong connections is told.

import { describe, expect, test } from "vitest";
import type { NetworkView } from "../../src/shared/views.ts";
import { readView } from "../read/readView.ts";
import { arrange, assignLanes, blockPx, depthsOf, wirePath } from "./arrangement.ts";
import { layOutUnits, linePath, weightWidth } from "./unitPaths.ts";

const chain = Array.from({ length: 9 }, (_, place) => ({ takes: place === 0 ? [] : [place - 1] }));
/** x → a → b, and a past b to their sum. */
const skip = [{ takes: [] }, { takes: [0] }, { takes: [1] }, { takes: [1, 2] }, { takes: [3] }];

describe("blocks", () => {
  test("in a row wrap where the width ends, none beyond it", () => {
    const { kind, boxes, wires } = arrange(chain, 980);
    expect(kind).toBe("flow");
    expect(new Set(boxes.map(({ y }) => y)).size).toBe(2);
    expect(Math.max(...boxes.map(({ x, width }) => x + width))).toBeLessThanOrEqual(980);
    expect(wires).toHaveLength(8);
  });

  test("in a row are as wide as their names, up to a limit from where all grow a line higher", () => {
    const named = [{ takes: [] }, { takes: [0], wantedPx: 190, namePx: 170 }, { takes: [1] }];
    const { boxes } = arrange(named, 980);
    expect(boxes.map(({ width }) => width)).toEqual([100, 190, 100]);
    expect(boxes[2]?.x).toBeGreaterThan((boxes[1]?.x ?? 0) + 190);
    const long = arrange([{ takes: [] }, { takes: [0], wantedPx: 420, namePx: 400 }], 980);
    expect(long.boxes.map(({ width, height }) => [width, height])).toEqual([
      [100, 100],
      [240, 100],
    ]);
    const narrow = arrange([{ takes: [] }, { takes: [0], namePx: 400 }], 300);
    expect(narrow.boxes.map(({ height }) => height)).toEqual([48, 80]);
  });

  test("that skip the next one have the shape of what they give below them, in rows too", () => {
    const { labels } = arrange([{ takes: [] }, { takes: [] }, { takes: [0, 1] }], 300);
    expect(labels.map(({ from }) => from).sort()).toEqual([0, 1]);
  });

  test("get a row each under 700 px", () => {
    const { kind, boxes } = arrange(chain, 300);
    expect(kind).toBe("rows");
    expect(new Set(boxes.map(({ y }) => y)).size).toBe(9);
    expect(boxes.every(({ x, width }) => x + width <= 300)).toBe(true);
  });

  test("of a graph are as wide as their names where there is room, and never wider than the view", () => {
    const named = [{ takes: [] }, { takes: [0], wantedPx: 190 }, { takes: [0, 1] }];
    expect(arrange(named, 980).boxes.map(({ width }) => width)).toEqual([100, 190, 100]);
    const many = Array.from({ length: 7 }, (_, at) => ({
      takes: at < 2 ? [0].slice(1 - at) : [at - 1, at - 2],
      wantedPx: 400,
    }));
    const { kind, boxes } = arrange(many, 1300);
    expect(kind).toBe("columns");
    for (const { x, width } of boxes) expect(x + width).toBeLessThanOrEqual(1300);
  });

  test("of a graph stand in columns by depth, and a skip runs below the blocks it passes", () => {
    expect(depthsOf(skip)).toEqual([0, 1, 2, 3, 4]);
    const { kind, wires, height } = arrange(skip, 980);
    expect(kind).toBe("columns");
    const skipping = wires.find(({ from, to }) => from === 1 && to === 3);
    expect(Math.max(...(skipping?.points ?? []).map(([, y]) => y))).toBeGreaterThan(blockPx.height);
    expect(height).toBeGreaterThan(blockPx.height);
    // Every line ends at the left edge of the block that takes it.
    const { boxes } = arrange(skip, 980);
    for (const { to, points } of wires) expect(points.at(-1)?.[0]).toBe((boxes[to]?.x ?? 0) - 2);
  });

  test("that give only to blocks far away have the shape beside the line that goes there, in rows too", () => {
    // What was made of the first input goes past the second one's before they are joined.
    const takes = [[], [0], [1], [1, 2], [3], [], [5], [4, 6], [7]];
    const { wires, labels } = arrange(
      takes.map((each) => ({ takes: each })),
      300,
    );
    const label = labels.find(({ from }) => from === 4);
    const [, corner] = wires.find(({ from }) => from === 4)?.points ?? [];
    expect((label?.x ?? 0) - (corner?.[0] ?? 0)).toBeGreaterThan(2);
    expect((label?.x ?? 0) - (corner?.[0] ?? 0)).toBeLessThanOrEqual(10);
  });

  test("have the shape of what they give above each line that leaves them", () => {
    const { boxes, wires, labels } = arrange(skip, 980);
    for (const { from, y } of labels) {
      const { height } = boxes[from] ?? { height: 0 };
      // A skip leaves downwards, below the words.
      for (const { points } of wires.filter((wire) => wire.from === from && wire.to === from + 1))
        for (const [, at] of points) expect(at - y).toBeGreaterThanOrEqual(18);
      expect(y).toBeLessThan(height / 2);
    }
  });

  test("have that shape beside a line that turns down at once, where no line would be below it", () => {
    // An input with a layer of its own joins the others three columns on.
    const { boxes, wires, labels } = arrange([...skip, { takes: [] }, { takes: [4, 5] }], 1200);
    const label = labels.find(({ from }) => from === 5);
    const [start, turn] = wires.find(({ from }) => from === 5)?.points ?? [];
    expect(label?.isBeside).toBe(true);
    expect((label?.x ?? 0) - (turn?.[0] ?? 0)).toBeGreaterThanOrEqual(3);
    expect((label?.x ?? 0) - (turn?.[0] ?? 0)).toBeLessThan(12);
    expect(Math.abs((label?.y ?? 0) + 7 - (start?.[1] ?? 0))).toBeLessThan(1);
    expect((label?.x ?? 0) + (label?.width ?? 0)).toBeLessThanOrEqual(boxes[1]?.x ?? 0);
  });

  test("of a graph that is too wide get rows, with lanes beside them for what skips", () => {
    const long = [...skip, ...skip.map((_, at) => ({ takes: [4 + at] }))];
    expect(arrange(long, 980).kind).toBe("rows");
    expect(
      assignLanes([
        { from: 0, to: 5 },
        { from: 1, to: 3 },
        { from: 3, to: 5 },
      ]),
    ).toEqual([1, 0, 0]);
  });

  test("are joined by filled shapes", () => {
    const points = [
      [0, 5],
      [20, 5],
    ] as const;
    expect(wirePath({ points })).toBe("M-0.5 4.5H20.5V5.5H-0.5ZM21 5l-6 3.5v-7Z");
  });
});

describe("units", () => {
  const column = (units: number, before: number) => ({
    name: "",
    activation: null,
    units,
    biases: [],
    weights: Array.from({ length: before }, () => Array.from({ length: units }, () => 1)),
  });

  test("stand inside the width, apart from each other", () => {
    const { places, diameter, height } = layOutUnits([column(2, 0), column(40, 2), column(1, 40)], 300);
    expect(diameter).toBeGreaterThanOrEqual(8);
    for (const list of places)
      list.forEach(([x, y], unit) => {
        expect(x - diameter / 2).toBeGreaterThanOrEqual(0);
        expect(x + diameter / 2).toBeLessThanOrEqual(300);
        expect(y + diameter / 2).toBeLessThanOrEqual(height);
        if (unit > 0) expect(y - (list[unit - 1]?.[1] ?? 0)).toBeGreaterThanOrEqual(diameter);
      });
  });

  test("have wider lines for larger weights, and dashes for negative ones", () => {
    expect(weightWidth(-2, 2)).toBeGreaterThan(weightWidth(1, 2));
    expect(weightWidth(0, 0)).toBeGreaterThan(0);
    expect(linePath([0, 0], [90, 0], { width: 2, dashed: false }).match(/M/g)).toHaveLength(1);
    expect(linePath([0, 0], [90, 0], { width: 2, dashed: true }).match(/M/g)).toHaveLength(10);
  });
});

test("a file whose layers take what comes later, or whose weights do not fit, is refused", () => {
  const node = {
    name: "x",
    type: "input",
    activation: null,
    inputShape: [],
    outputShape: [],
    parameters: 0,
    takes: [],
  };
  const view: NetworkView = {
    kind: "network",
    version: 1,
    sentence: { tone: "info", messages: [] },
    name: "net",
    totalParameters: 0,
    nodes: [node],
    loss: null,
    run: null,
    units: null,
  };
  const mime = "application/vnd.nnbook.network.v1+json";
  expect(readView(mime, view).kind).toBe("view");
  const circle = readView(mime, { ...view, nodes: [{ ...node, takes: [0] }] });
  expect(circle).toMatchObject({ kind: "unreadable", expected: "nodes[0].takes: places before 0" });
  const units = [
    { name: "", activation: null, units: 2, biases: [], weights: [] },
    { name: "d", activation: null, units: 1, biases: [0], weights: [[1]] },
  ];
  expect(readView(mime, { ...view, units })).toMatchObject({ expected: "units[1].weights: 2 lists of 1" });
  const fitting = [units[0], { ...units[1], weights: [[1], [2]] }];
  const history = (numbers: readonly number[]) =>
    readView(mime, { ...view, units: fitting, unitHistory: { steps: [0], numbers: [numbers] } });
  expect(history([1, 2, 0]).kind).toBe("view");
  expect(history([1, 2])).toMatchObject({ expected: "unitHistory.numbers: a list of 3 for each step" });
});
