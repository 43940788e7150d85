// What the arrangements of tensors need beside single operations: repeating, padding, and places and parts worked out and checked.

import { checkedCount, describeValue, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { placeOp } from "../ops/place.ts";
import { checkedList, newFloats, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** `tensor.tile`: each axis is given a new one before it, along which it is stretched; then both are one. */
export function tile(x: ArrangedTensor, repeats: readonly number[]): Tensor {
  for (const count of checkedList("tile", "repeats", repeats)) checkedCount("tile", "each repeat", count);
  const rank = maths.max(x.shape.length, repeats.length);
  const shape = [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape];
  const counts = [...new Array<number>(rank - repeats.length).fill(1), ...repeats];
  const split = shape.flatMap((length) => [1, length]);
  const stretched = shape.flatMap((length, axis) => [counts[axis] ?? 1, length]);
  return x
    .reshape(split)
    .broadcastTo(stretched)
    .reshape(shape.map((length, axis) => length * (counts[axis] ?? 1)));
}

/** `tensor.pad`: the block is put into zeros; another value is added around it. */
export function pad(
  x: ArrangedTensor,
  widths: readonly (number | readonly [before: number, after: number])[],
  value: number,
): Tensor {
  if (checkedList("pad", "widths", widths).length !== x.shape.length)
    throw new ValueError({
      op: "pad",
      expected: `widths for each of the ${x.shape.length} axes, such as [[1, 1], 0]`,
      got: `${widths.length}`,
    });
  if (typeof value !== "number")
    throw new ValueError({ op: "pad", expected: "value as a number", got: describeValue(value) });
  const sides = widths.map((width) => {
    if (typeof width === "number") return [width, width] as const;
    if (Array.isArray(width) && width.length === 2) return width;
    throw new ValueError({
      op: "pad",
      expected: "each width as a number or [before, after]",
      got: describeValue(width),
    });
  });
  for (const width of sides.flat()) checkedCount("pad", "each width", width);
  const start = sides.map(([before]) => before);
  const shape = x.shape.map((length, axis) => length + (sides[axis]?.[0] ?? 0) + (sides[axis]?.[1] ?? 0));
  const padded = x.apply(placeOp, [], { start, shape });
  if (value === 0) return padded;
  const inside = x.derived(x.shape, newFloats(x.shape, "pad").fill(1)).apply(placeOp, [], { start, shape });
  return padded.maskedFill(inside.equal(0), value);
}

/** The part of a tensor these patterns work with. */
type ArrangedTensor = Pick<Tensor, "shape" | "reshape" | "apply" | "derived">;

/** `[length − 1, …, 1, 0]`. */
export function countingDown(length: number): number[] {
  return Array.from({ length }, (_, index) => length - 1 - index);
}

/** The lengths of the parts an axis is cut into. */
export function partLengths(parts: number | readonly number[], length: number): readonly number[] {
  if (typeof parts !== "number") {
    for (const part of checkedList("split", "the lengths of the parts", parts))
      checkedCount("split", "each part", part);
    const sum = parts.reduce((total, part) => total + part, 0);
    if (sum !== length)
      throw new ValueError({
        op: "split",
        expected: `parts that add up to ${length}`,
        got: `${parts.join(" + ")} = ${sum}`,
      });
    return parts;
  }
  checkedCount("split", "the number of parts", parts, 1);
  if (length % parts !== 0)
    throw new ValueError({
      op: "split",
      expected: `a number of equal parts that ${length} can be divided by`,
      got: String(parts),
      hint: "Give the lengths of the parts instead: split([2, 3]).",
    });
  return new Array<number>(parts).fill(length / parts);
}

/** Places along the first axes, counted from the front. @throws ValueError for one that is not there. */
export function placesFromFront(places: readonly number[], shape: Shape): number[] {
  if (places.length > shape.length)
    throw new ValueError({
      op: "at",
      expected: `at most ${shape.length} place${shape.length === 1 ? "" : "s"}`,
      got: String(places.length),
    });
  return places.map((place, axis) => {
    const length = shape[axis] ?? 0;
    const fromFront = typeof place === "number" && place < 0 ? place + length : place;
    if (!Number.isInteger(place) || fromFront < 0 || fromFront >= length)
      throw new ValueError({
        op: "at",
        expected: `a whole number from ${-length} to ${length - 1} along axis ${axis}`,
        got: describeValue(place),
      });
    return fromFront;
  });
}
