// Rows of data as small pictures: which data are pictures, and one row's points as brightness.

import { describeValue, ValueError } from "../../engine/errors.ts";
import type { Tensor } from "../../engine/tensor.ts";
import { packShares } from "../../shared/levels.ts";
import type { SmallPicture } from "../../shared/views.ts";

/** Height, width, and 1 (grey) or 3 (red, green, blue) channels. */
export type PictureSize = readonly [height: number, width: number, channels: 1 | 3];

/** Larger pictures are thinned to this: every n-th point. */
const longestSide = 32;

/**
 * How the rows of `x` are pictures; `null` where they are not. Rows of `[height, width]` or `[height, width, 1 or 3]` are; flat
 * ones where `given` says so, or where they are square and their features are called p00, p01 … (or there are 784 of them).
 *
 * @throws ValueError when `given` does not fit the rows.
 */
export function pictureSize(
  op: string,
  x: Tensor,
  {
    given,
    featureNames = [],
  }: { readonly given?: readonly number[] | undefined; readonly featureNames?: readonly string[] },
): PictureSize | null {
  const row = x.shape.slice(1);
  const points = row.reduce((product, size) => product * size, 1);
  if (given !== undefined) {
    const [height, width, channels] = checkedPicture(op, given, points);
    if (channels === 1 || channels === 3) return [height, width, channels];
    throw new ValueError({ op, expected: "picture of 1 channel or 3", got: String(channels) });
  }
  const [height = 0, width = 0, channels = 1] = row;
  if ((row.length === 2 || row.length === 3) && (channels === 1 || channels === 3)) return [height, width, channels];
  const side = Math.sqrt(points);
  const isNamed = featureNames.length > 0 && featureNames.every((name) => /^p(ixel)?_?\d/.test(name));
  return row.length === 1 && Number.isInteger(side) && (isNamed || points === 784) ? [side, side, 1] : null;
}

/** How so many numbers are a picture, as it is said. @throws ValueError when they are not */
export function checkedPicture(
  op: string,
  given: unknown,
  points: number,
): readonly [height: number, width: number, channels: number] {
  const sizes: readonly unknown[] = Array.isArray(given) ? given : [];
  const [height, width, channels = 1] = sizes.map((size) =>
    Number.isInteger(size) && Number(size) > 0 ? Number(size) : 0,
  );
  if (sizes.length < 4 && height !== undefined && width !== undefined && height * width * channels === points)
    return [height, width, channels];
  throw new ValueError({
    op,
    expected: `picture as [height, width] or [height, width, 3] that make ${points} numbers`,
    got: Array.isArray(given) ? `[${given.map(String).join(", ")}]` : describeValue(given),
  });
}

/** A row from its lowest (dark) to its highest number (bright). */
export function smallPicture(x: Tensor, row: number, [height, width, channels]: PictureSize): SmallPicture {
  const points = height * width * channels;
  const step = Math.max(1, Math.ceil(Math.max(height, width) / longestSide));
  const numbers: number[] = [];
  for (let line = 0; line < height; line += step)
    for (let column = 0; column < width; column += step)
      for (let channel = 0; channel < channels; channel++)
        numbers.push(x.data[row * points + (line * width + column) * channels + channel] ?? 0);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const shares = numbers.map((value) => (value - low) / (high - low || 1));
  return { width: Math.ceil(width / step), height: Math.ceil(height / step), channels, levels: packShares(shares) };
}
