// Where the names of paths stand: beside their heads, or in a column with leaders where heads crowd. Pure: pixels in, pixels out.

import { spreadLabels } from "../charts/labelSpread.ts";

export interface Head {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
}

export interface HeadName {
  /** Left end and middle of the name. */
  readonly x: number;
  readonly y: number;
  readonly hasLeader: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
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

export interface NamedArea {
  readonly widthPx: number;
  readonly heightPx: number;
  /** What names must not cover. */
  readonly marks?: readonly Point[];
}

export function placeHeadNames(heads: readonly Head[], area: NamedArea): readonly HeadName[] {
  const names: HeadName[] = new Array(heads.length);
  for (const crowd of crowds(heads)) {
    const places = placesBeside(crowd, heads, area) ?? placesInColumn(crowd, heads, area);
    crowd.forEach((index, at) => {
      names[index] = places[at] ?? { x: 0, y: 0, hasLeader: false };
    });
  }
  return names;
}

/** Each name right of its head, or left of it, above or below; `null` where one would cover another name, head or mark. */
function placesBeside(
  crowd: readonly number[],
  heads: readonly Head[],
  { widthPx, heightPx, marks = [] }: NamedArea,
): readonly HeadName[] | null {
  const taken: { readonly place: HeadName; readonly widthPx: number }[] = [];
  for (const index of crowd) {
    const head = heads[index];
    if (head === undefined) return null;
    const { x, y, widthPx: width } = head;
    const others = [...marks, ...heads.filter((other) => other !== head)];
    const found = [
      { x: x + besidePx, y },
      { x: x - besidePx - width, y },
      { x: x - width / 2, y: y - lineHeightPx },
      { x: x - width / 2, y: y + lineHeightPx },
    ].find(
      (place) =>
        place.x >= 4 &&
        place.x + width <= widthPx - 4 &&
        place.y >= 9 &&
        place.y <= heightPx - 9 &&
        others.every((other) => !covers(place, width, other)) &&
        taken.every(
          ({ place: next, widthPx: nextWidth }) =>
            Math.abs(next.y - place.y) >= lineHeightPx - 2 ||
            place.x + width + 4 <= next.x ||
            next.x + nextWidth + 4 <= place.x,
        ),
    );
    if (found === undefined) return null;
    taken.push({ place: { ...found, hasLeader: false }, widthPx: width });
  }
  return taken.map(({ place }) => place);
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
  return members.map((_, at) => ({ x: Math.max(4, x), y: ys[at] ?? 0, hasLeader: members.length > 1 }));
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
