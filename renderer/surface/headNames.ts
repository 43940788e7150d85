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

const gapPx = 15;
const besidePx = 12;
const columnPx = 34;

/** Heads closer than this are a crowd. */
const crowdPx = 70;

export function placeHeadNames(
  heads: readonly Head[],
  {
    widthPx,
    heightPx,
    marks = [],
  }: {
    readonly widthPx: number;
    readonly heightPx: number;
    /** What names must not cover. */
    readonly marks?: readonly { readonly x: number; readonly y: number }[];
  },
): readonly HeadName[] {
  const names: HeadName[] = new Array(heads.length);
  for (const crowd of crowds(heads)) {
    const isAlone = crowd.length === 1;
    const members = crowd.flatMap((index) => heads[index] ?? []);
    const widest = Math.max(...members.map((head) => head.widthPx));
    const ys = spreadLabels(
      members.map((head) => head.y),
      { gap: gapPx, top: 9, bottom: heightPx - 9 },
    );
    const distance = isAlone ? besidePx : columnPx;
    let right = Math.max(...members.map((head) => head.x)) + distance;
    for (const mark of marks) {
      const isCovered = mark.x > right - 10 && mark.x < right + widest + 6 && ys.some((y) => Math.abs(y - mark.y) < 14);
      if (isCovered) right = mark.x + 12;
    }
    const left = Math.min(...members.map((head) => head.x)) - distance - widest;
    // To the right of its heads, unless the picture ends there.
    const x = right + widest <= widthPx - 4 || left < 4 ? Math.min(right, widthPx - widest - 4) : left;
    crowd.forEach((index, at) => {
      names[index] = { x: Math.max(4, x), y: ys[at] ?? 0, hasLeader: !isAlone };
    });
  }
  return names;
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
