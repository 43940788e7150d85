// Shapes: sizes outermost first. What fits together, how many numbers, how they are written.

import { describeValue, ShapeError, ValueError } from "./errors.ts";
import { Floats, maths } from "./intrinsics.ts";

/** Sizes, outermost first: `[2, 3]` is two rows of three. A scalar's shape is `[]`. */
export type Shape = readonly number[];

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** `[2, 3]`; with a batch axis in front: `[batch, 3]`. */
export function formatShape(shape: Shape, batch = false): string {
  return `[${[...(batch ? ["batch"] : []), ...shape].join(", ")}]`;
}

/**
 * Refuses what cannot be a shape.
 *
 * @throws ShapeError for lengths that are not whole numbers from 0 on.
 */
export function checkShape(shape: Shape, op: string): void {
  if (Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 0)) return;
  throw new ShapeError({
    op,
    what: "a shape",
    expected: "of whole numbers from 0 on, such as [2, 3]",
    got: Array.isArray(shape) ? shape : describeValue(shape),
    ...(typeof shape === "number" ? { hint: `For one axis write [${shape}].` } : {}),
    ...(Array.isArray(shape) && shape[0] === null ? { hint: "Leave the batch axis out." } : {}),
  });
}

/** Refuses what cannot be the shape of an example: as `checkShape`, and without numbers there is nothing to learn from. */
export function checkExampleShape(shape: Shape, op: string): void {
  checkShape(shape, op);
  if (sizeOf(shape) > 0) return;
  throw new ShapeError({ op, what: "the shape of an example", expected: "of whole numbers from 1 on", got: shape });
}

/** Zeros for a shape. @throws ShapeError when they do not fit into memory. */
export function newFloats(shape: Shape, op: string): Floats {
  const size = sizeOf(shape);
  try {
    return new Floats(size);
  } catch {
    // The only thing a new array of zeros can fail at is its size.
    throw new ShapeError({
      op,
      what: "a shape",
      expected: "whose numbers fit into memory",
      got: shape,
      hint: `${size} numbers of 4 bytes do not.`,
    });
  }
}

export function isShape(value: object): value is Shape {
  return Array.isArray(value);
}

export function isSameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** How far apart neighbours along each axis lie in row-major order: `[2, 3]` → `[3, 1]`. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/**
 * The shape two operands have together: axes are aligned at the end, a length of 1 stretches.
 *
 * @throws ShapeError when two lengths differ and neither is 1.
 */
export function broadcastShapes(a: Shape, b: Shape, op: string): Shape {
  const rank = maths.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let fromEnd = 1; fromEnd <= rank; fromEnd++) {
    const left = a[a.length - fromEnd] ?? 1;
    const right = b[b.length - fromEnd] ?? 1;
    if (left !== right && left !== 1 && right !== 1)
      throw new ShapeError({
        op,
        what: "shapes",
        expected: "that agree from the last axis on, or are 1 there",
        got: `${formatShape(a)} and ${formatShape(b)}`,
        hint: `Axis ${-fromEnd} is ${left} in one and ${right} in the other.`,
      });
    shape[rank - fromEnd] = left === 1 ? right : left;
  }
  return shape;
}

/**
 * An axis counted from the front: `-1` is the last.
 *
 * @throws ValueError when there is no such axis.
 */
export function axisFromFront(axis: number, rank: number, op: string): number {
  const fromFront = typeof axis === "number" && axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || fromFront < 0 || fromFront >= rank)
    throw new ValueError({
      op,
      expected: rank === 0 ? "a tensor with at least one axis" : `an axis from ${-rank} to ${rank - 1}`,
      got: typeof axis === "number" ? `axis ${axis}` : describeValue(axis),
    });
  return fromFront;
}

/** An argument that is a list. @throws ValueError for anything that is no array. */
export function checkedList<Item>(op: string, name: string, value: readonly Item[]): readonly Item[] {
  if (Array.isArray(value)) return value;
  throw new ValueError({ op, expected: `${name} as a list`, got: describeValue(value) });
}

/** The shape left after summing (or the like) over some axes. */
export function reducedShape(shape: Shape, axes: readonly number[], keepAxes: boolean): Shape {
  if (keepAxes) return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** How many numbers lie outside, along and inside an axis. */
export function sizesAround(shape: Shape, axis: number): { outer: number; length: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis] ?? 1, inner: sizeOf(shape.slice(axis + 1)) };
}
