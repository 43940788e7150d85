// Numbers on a plane as small pictures by sign, all of a group on one scale.

import { toViewNumber } from "../../shared/json.ts";
import { packShares } from "../../shared/levels.ts";
import type { ImageGroup } from "../../shared/views.ts";

/** Larger planes are thinned to this: every n-th point. */
const longestSide = 32;

export interface Planes {
  readonly height: number;
  readonly width: number;
  /** How many there are; the first `shown` are read. */
  readonly total: number;
  readonly shown: number;
  /** The number at a place of a plane. */
  at(plane: number, row: number, column: number): number;
}

/** A group of planes, whose colours go from the largest size to both sides of zero. */
export function signedGroup(name: string, holds: "filters" | "units" | "maps", planes: Planes): ImageGroup {
  const { height, width, total, shown, at } = planes;
  const step = Math.max(1, Math.ceil(Math.max(height, width) / longestSide));
  const numbers = Array.from({ length: Math.min(total, shown) }, (_, plane) => {
    const values: number[] = [];
    for (let row = 0; row < height; row += step)
      for (let column = 0; column < width; column += step) values.push(at(plane, row, column));
    return values;
  });
  const largest = numbers.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const size = { width: Math.ceil(width / step), height: Math.ceil(height / step), channels: 1 } as const;
  const tiles = numbers.map((values, row) => ({
    picture: { ...size, levels: packShares(values.map((value) => 0.5 + value / largest / 2)) },
    row,
    truth: null,
    predicted: null,
    confidence: null,
  }));
  return { name, holds, total, scale: "signed", largest: toViewNumber(largest, 3), tiles };
}
