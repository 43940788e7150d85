// Where the boxes and lines of an expression stand, in pixels: across where there is room, else down. No DOM.

import type { GraphPlace, GraphPlaces, LaidEdge } from "./graphLayout.ts";

type Place = readonly [x: number, y: number];

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  /** Whether it runs down, not across. */
  readonly isDown: boolean;
  /** Whether it has no room beside its steps. */
  readonly isWhole: boolean;
  readonly boxes: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** The places that each edge passes. */
  readonly ways: readonly (readonly Place[])[];
  /** The middle of each edge's label. */
  readonly labels: readonly Place[];
}

const nodeHeightPx = 62;
const nodeWidthsPx = { usual: 84, narrow: 72, narrowest: 64 } as const;
/** Below this width boxes are narrower. */
const narrowViewPx = 420;
/** From one column to the next, and from one place across to the next, for columns that run across or down. */
const distances = {
  across: { along: 132, beside: 76 },
  down: { along: 100, beside: 98 },
  narrow: { along: 100, beside: 80 },
} as const;
/** The least between two boxes side by side, and what stays free at both edges: room for what marks a box. */
const closestPx = 6;
const edgePx = 9;
/** The share of the width that the drawing has beside its steps. */
const besideShare = 0.56;
const narrowPx = 700;

export function placeGraph(layout: GraphPlaces, edges: readonly LaidEdge[], viewWidthPx: number): PlacedGraph {
  const { depth, breadth, places, bends } = layout;
  const besidePx = viewWidthPx > narrowPx ? viewWidthPx * besideShare : viewWidthPx;
  const isNarrow = viewWidthPx < narrowViewPx;
  const isTight = isNarrow && distances.narrow.beside * breadth + nodeWidthsPx.narrow > viewWidthPx - edgePx;
  const nodeWidthPx = nodeWidthsPx[isTight ? "narrowest" : isNarrow ? "narrow" : "usual"];
  const across = distances.across.along * (depth - 1) + nodeWidthPx;
  const isDown = across > viewWidthPx - edgePx;
  const { along, beside: usual } = !isDown ? distances.across : isNarrow ? distances.narrow : distances.down;
  // Closer together before the drawing has to be scrolled.
  const fitting = (viewWidthPx - edgePx - nodeWidthPx) / Math.max(1, breadth);
  const beside = isDown ? Math.min(usual, Math.max(nodeWidthPx + closestPx, fitting)) : usual;
  const [width, height] = isDown
    ? [breadth * beside + nodeWidthPx, (depth - 1) * along + nodeHeightPx]
    : [across, breadth * beside + nodeHeightPx];
  const middle = ({ column, across: at }: GraphPlace): Place =>
    isDown
      ? [at * beside + nodeWidthPx / 2, column * along + nodeHeightPx / 2]
      : [column * along + nodeWidthPx / 2, at * beside + nodeHeightPx / 2];
  const middles = places.map(middle);
  // Out of the side of the box that looks on, into the one that looks back.
  const [shiftX, shiftY]: Place = isDown ? [0, nodeHeightPx / 2] : [nodeWidthPx / 2, 0];
  const ways = edges.map(({ from, to }, at): readonly Place[] => {
    const [startX, startY] = middles[from] ?? [0, 0];
    const [endX, endY] = middles[to] ?? [0, 0];
    return [[startX + shiftX, startY + shiftY], ...(bends[at] ?? []).map(middle), [endX - shiftX, endY - shiftY]];
  });
  return {
    ...{ width, height, isDown, ways },
    isWhole: !isDown && across > besidePx,
    boxes: middles.map(([x, y]) => ({
      x: x - nodeWidthPx / 2,
      y: y - nodeHeightPx / 2,
      width: nodeWidthPx,
      height: nodeHeightPx,
    })),
    labels: ways.map(labelPlace),
  };
}

/** The path of an edge, level (or upright) at each of its places. */
export function graphCurve(way: readonly Place[], isDown: boolean): string {
  return way
    .map(([x, y], at) => {
      const before = way[at - 1];
      if (before === undefined) return `M${round(x)} ${round(y)}`;
      const [fromX, fromY] = before;
      const [first, second] = isDown
        ? [`${round(fromX)} ${round((fromY + y) / 2)}`, `${round(x)} ${round((fromY + y) / 2)}`]
        : [`${round((fromX + x) / 2)} ${round(fromY)}`, `${round((fromX + x) / 2)} ${round(y)}`];
      return `C${first} ${second} ${round(x)} ${round(y)}`;
    })
    .join("");
}

/** Where lines of one box have parted, but before they meet: in the middle of the first stretch. */
function labelPlace(way: readonly Place[]): Place {
  const [[fromX, fromY] = [0, 0], [toX, toY] = [0, 0]] = way;
  return [(fromX + toX) / 2, (fromY + toY) / 2];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
