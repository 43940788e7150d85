// Where the names of paths stand: beside their heads, or in a column with leaders where heads crowd. Pure: pixels in, pixels out.

import { colouredRuns } from "../card/runKey.ts";
import { spreadLabels } from "../charts/labelSpread.ts";
import { type Box, lengthInside, type Point, piecesNear } from "./lineInBox.ts";

export interface Head extends Point {
  readonly widthPx: number;
  /** Where its name stood before: it stays there while that is as good a place as any. */
  readonly side?: number | undefined;
}

export interface HeadName {
  /** Left end and middle of the name. */
  readonly x: number;
  readonly y: number;
  readonly hasLeader: boolean;
  /** Which of the places around its head it has; -1 in a column. */
  readonly side: number;
}

/** A name's line, and how far it stands from a head that it is beside. */
const lineHeightPx = 15;
const besidePx = 12;
/** How far a column stands from its heads. */
const columnPx = 34;
/** Half the size of a head or a mark, with the air around it. */
const markPx = 7;
/** Heads closer than this are a crowd when there is no room beside each. */
const crowdPx = 70;
/** A line that touches a name no longer than this leaves it readable. */
const touchedPx = 6;

export interface NamedArea {
  readonly widthPx: number;
  readonly heightPx: number;
  /** What names must not cover. */
  readonly marks?: readonly Point[];
  /** What names keep off where there is another place: the paths. */
  readonly lines?: readonly (readonly Point[])[];
}

interface Taken {
  readonly place: HeadName;
  readonly widthPx: number;
}

/** So many paths are all named in the picture. */
const mostNames = 8;

/** Names of very many would cover the picture: the list has them all, those without a colour of their own are named when they are lifted. */
export function namedHeads<Named extends { readonly index: number }>(
  heads: readonly Named[],
  lifted: number | null,
): readonly Named[] {
  return heads.filter(({ index }) => heads.length <= mostNames || index < colouredRuns || index === lifted);
}

export function placeHeadNames(heads: readonly Head[], area: NamedArea): readonly HeadName[] {
  const names: HeadName[] = new Array(heads.length);
  const taken: Taken[] = [];
  // A crowd has fewer choices than a head by itself.
  for (const crowd of [...crowds(heads)].sort((one, other) => other.length - one.length)) {
    const places = placesBeside(crowd, heads, { ...area, taken }) ?? placesInColumn(crowd, heads, area);
    crowd.forEach((index, at) => {
      const place = places[at] ?? { x: 0, y: 0, hasLeader: false, side: -1 };
      names[index] = place;
      taken.push({ place, widthPx: heads[index]?.widthPx ?? 0 });
    });
  }
  return names;
}

/** The first of them are straight: right, left, above, below. */
const straightSides = 4;

/** Where a name may stand: right of its head, left of it, above, below, and between these. */
function sidesOf({ x, y, widthPx }: Head): readonly Point[] {
  const [right, left, middle] = [x + besidePx, x - besidePx - widthPx, x - widthPx / 2];
  const [above, below] = [y - lineHeightPx, y + lineHeightPx];
  return [
    { x: right, y },
    { x: left, y },
    { x: middle, y: above },
    { x: middle, y: below },
    { x: right, y: above },
    { x: right, y: below },
    { x: left, y: above },
    { x: left, y: below },
  ];
}

/** What stands in a line of the picture: its left end, its middle, its width. */
export interface TakenBox extends Point {
  readonly widthPx: number;
}

/** How far the name of the start stands from its mark. */
const startPx = 8;

/** The first place beside a mark (left, right, above, below) that lies in the picture and covers nothing; else left of it, or right where there is no room. */
export function freePlaceBeside(
  { x, y, widthPx }: TakenBox,
  taken: readonly TakenBox[],
  { widthPx: most, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): Point {
  const left = { x: x - startPx - widthPx, y };
  const right = { x: x + startPx, y };
  const middle = x - widthPx / 2;
  const places = [left, right, { x: middle, y: y - lineHeightPx }, { x: middle, y: y + lineHeightPx }];
  const inside = places.filter((at) => at.x > 4 && at.x + widthPx < most - 4 && at.y >= 9 && at.y <= heightPx - 9);
  const isFree = (at: Point) =>
    taken.every(
      (box) =>
        Math.abs(box.y - at.y) >= lineHeightPx - 2 || at.x + widthPx + 2 <= box.x || box.x + box.widthPx + 2 <= at.x,
    );
  return inside.find(isFree) ?? (left.x > 4 ? left : right);
}

/** Each name around its head, off the lines where it can be; `null` where one would cover another name, head or mark. */
function placesBeside(
  crowd: readonly number[],
  heads: readonly Head[],
  { widthPx, heightPx, marks = [], lines = [], taken: others }: NamedArea & { readonly taken: readonly Taken[] },
): readonly HeadName[] | null {
  const isCrowd = crowd.length > 2;
  const own: Taken[] = [];
  for (const index of crowd) {
    const head = heads[index];
    if (head === undefined) return null;
    const width = head.widthPx;
    const points = [...marks, ...heads.filter((other) => other !== head)];
    const isFree = (place: Point) =>
      place.x >= 4 &&
      place.x + width <= widthPx - 4 &&
      place.y >= 9 &&
      place.y <= heightPx - 9 &&
      points.every((point) => !covers(place, width, point)) &&
      [...others, ...own].every(
        ({ place: next, widthPx: nextWidth }) =>
          Math.abs(next.y - place.y) >= lineHeightPx - 2 ||
          place.x + width + 4 <= next.x ||
          next.x + nextWidth + 4 <= place.x,
      );
    // In a crowd a name that stands askew could be that of its neighbour.
    const sides = sidesOf(head).slice(0, isCrowd ? straightSides : undefined);
    const free = sides.flatMap((place, side) => (isFree(place) ? [{ ...place, side }] : []));
    const found = clearest(head, free, { lines, isCrowd });
    if (found === null) return null;
    own.push({ place: { ...found, hasLeader: false }, widthPx: width });
  }
  return own.map(({ place }) => place);
}

/**
 * The first of the places that no line goes through, the one it had before all others; or the one with least line in it: not
 * in a crowd, whose names then have leaders.
 */
function clearest<Place extends Point & { readonly side: number }>(
  head: Head,
  places: readonly Place[],
  { lines, isCrowd }: { readonly lines: readonly (readonly Point[])[]; readonly isCrowd: boolean },
): Place | null {
  const { x, y, widthPx, side } = head;
  const reach = widthPx + besidePx + 2;
  const around = { left: x - reach, right: x + reach, top: y - 2 * lineHeightPx, bottom: y + 2 * lineHeightPx };
  const pieces = piecesNear(lines, around);
  let best: { readonly place: Place; readonly crossedPx: number } | null = null;
  for (const place of [...places.filter((each) => each.side === side), ...places]) {
    const box = boxOf(place, widthPx);
    const crossedPx = pieces.reduce((sum, piece) => sum + lengthInside(box, piece), 0);
    if (crossedPx <= touchedPx) return place;
    if (best === null || crossedPx < best.crossedPx) best = { place, crossedPx };
  }
  return isCrowd ? null : (best?.place ?? null);
}

function boxOf({ x, y }: Point, widthPx: number): Box {
  const half = lineHeightPx / 2 - 1;
  return { left: x - 1, right: x + widthPx + 1, top: y - half, bottom: y + half };
}

function covers(name: Point, widthPx: number, { x, y }: Point): boolean {
  return x > name.x - markPx && x < name.x + widthPx + markPx && Math.abs(y - name.y) < lineHeightPx / 2 + markPx - 2;
}

/** All names below each other, right of their heads unless the picture ends there, each with a leader. */
function placesInColumn(
  crowd: readonly number[],
  heads: readonly Head[],
  { widthPx, heightPx, marks = [] }: NamedArea,
): readonly HeadName[] {
  const members = crowd.flatMap((index) => heads[index] ?? []);
  const widest = Math.max(...members.map((head) => head.widthPx));
  const ys = spreadLabels(
    members.map((head) => head.y),
    { gap: lineHeightPx, top: 9, bottom: heightPx - 9 },
  );
  const distance = members.length === 1 ? besidePx : columnPx;
  let right = Math.max(...members.map((head) => head.x)) + distance;
  for (const mark of marks)
    if (ys.some((y) => covers({ x: right, y }, widest, mark))) right = Math.max(right, mark.x + besidePx);
  const left = Math.min(...members.map((head) => head.x)) - distance - widest;
  const x = right + widest <= widthPx - 4 || left < 4 ? Math.min(right, widthPx - widest - 4) : left;
  return members.map((_, at) => ({ x: Math.max(4, x), y: ys[at] ?? 0, hasLeader: members.length > 1, side: -1 }));
}

/** Groups of heads of which each has another one near. */
function crowds(heads: readonly Head[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  heads.forEach((head, index) => {
    const near = groups.filter((group) =>
      group.some((other) => {
        const { x = 0, y = 0 } = heads[other] ?? {};
        return Math.abs(x - head.x) < crowdPx && Math.abs(y - head.y) < crowdPx;
      }),
    );
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push([...near.flat(), index]);
  });
  return groups;
}
