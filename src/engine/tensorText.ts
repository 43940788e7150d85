// Numbers to and from nested arrays, and how a tensor is written as text.

import { checkOptions, describeValue, ShapeError, ValueError } from "./errors.ts";
import { Floats, maths } from "./intrinsics.ts";
import { checkShape, formatShape, type Shape, sizeOf } from "./shape.ts";

/** Nested arrays of numbers, all rows of one level equally long. Booleans count as 0 and 1. */
export type NestedNumbers = number | boolean | ArrayLike<number> | readonly NestedNumbers[];

/** What a tensor can be made of. */
export type TensorSource = NestedNumbers;

/** Options of `tensor`. */
export interface TensorOptions {
  /** The shape, where the numbers come flat. */
  readonly shape?: Shape;
  /** Whether `backward` gives it a `grad`; `false` by default. */
  readonly requiresGrad?: boolean;
}

/** The options, or a shape alone. @throws UnknownNameError or ValueError */
export function readTensorOptions(options: TensorOptions | Shape): TensorOptions {
  if (Array.isArray(options)) return { shape: options };
  checkOptions("tensor", options, ["shape", "requiresGrad"]);
  return options as TensorOptions;
}

/** Refuses a shape that does not hold this many numbers. */
export function checkCount(shape: Shape, count: number): void {
  checkShape(shape, "tensor");
  if (sizeOf(shape) === count) return;
  const expected = `for shape ${formatShape(shape)}`;
  throw new ShapeError({ op: "tensor", what: `${sizeOf(shape)} numbers`, expected, got: `${count}` });
}

/** More axes than anybody needs. */
const deepest = 32;

/** Reads nested arrays into flat numbers. @throws ShapeError when rows differ in length. */
export function readNumbers(source: TensorSource): { shape: Shape; data: Floats } {
  const shape: number[] = [];
  for (let level: TensorSource | undefined = source; isList(level); level = level[0]) {
    shape.push(level.length);
    // A list that holds itself would go on for ever.
    if (shape.length > deepest)
      throw new ValueError({ op: "tensor", expected: `lists nested at most ${deepest} deep`, got: "deeper ones" });
  }
  const data = new Floats(sizeOf(shape));
  let at = 0;
  const fill = (level: TensorSource | undefined, depth: number): void => {
    const length = shape[depth];
    if (length === undefined || !isList(level)) {
      if (length !== undefined || isList(level))
        throw raggedError(shape, depth, isList(level) ? `rows of ${level.length}` : "a number");
      if (typeof level !== "number" && typeof level !== "boolean")
        throw new ValueError({
          op: "tensor",
          expected: "numbers",
          got: describeValue(level),
          ...(typeof level === "object"
            ? { hint: "Join tensors with stack or concat; take numbers with toArray()." }
            : {}),
        });
      data[at++] = Number(level);
      return;
    }
    if (level.length !== length) throw raggedError(shape, depth, `a row of ${level.length}`);
    if (depth === shape.length - 1 && ArrayBuffer.isView(level) && typeof level[0] !== "bigint") {
      data.set(level as ArrayLike<number>, at);
      at += length;
      return;
    }
    for (let index = 0; index < length; index++) fill(level[index], depth + 1);
  };
  fill(source, 0);
  return { shape, data };
}

function isList(level: TensorSource | undefined): level is readonly NestedNumbers[] {
  return Array.isArray(level) || (ArrayBuffer.isView(level) && !(level instanceof DataView));
}

function raggedError(shape: Shape, depth: number, got: string): ShapeError {
  return new ShapeError({
    op: "tensor",
    what: shape[depth] === undefined ? "numbers" : `rows of ${shape[depth]}`,
    expected: `along axis ${depth}`,
    got,
    hint: "All rows must be equally long.",
  });
}

/** Flat numbers as nested arrays; a plain number for the shape `[]`. */
export function nestNumbers(data: Floats, shape: Shape): unknown {
  const nest = (axis: number, start: number, size: number): unknown => {
    const length = shape[axis];
    if (length === undefined) return data[start];
    const step = length === 0 ? 0 : size / length;
    return Array.from({ length }, (_, index) => nest(axis + 1, start + index * step, step));
  };
  return nest(0, 0, data.length);
}

const shownRows = 8;
const shownColumns = 10;

/** `Tensor [2, 3]` and the numbers, four significant digits, long axes cut. */
export function tensorText(data: Floats, shape: Shape, title: string): string {
  const head = `${title} ${formatShape(shape)}`;
  if (shape.length === 0) return `${head} ${numberText(data[0] ?? Number.NaN)}`;
  const width = widestNumber(data);
  const body = levelText(data, shape, { axis: 0, start: 0, indent: 1, width });
  return shape.length === 1 ? `${head} ${body}` : `${head}\n ${body}`;
}

function levelText(
  data: Floats,
  shape: Shape,
  at: { axis: number; start: number; indent: number; width: number },
): string {
  const length = shape[at.axis] ?? 0;
  const step = sizeOf(shape.slice(at.axis + 1));
  const isLastAxis = at.axis === shape.length - 1;
  const shown = isLastAxis ? shownColumns : shownRows;
  const parts: string[] = [];
  for (let index = 0; index < maths.min(length, shown); index++) {
    const start = at.start + index * step;
    if (isLastAxis) parts.push(numberText(data[start] ?? Number.NaN).padStart(shape.length === 1 ? 0 : at.width));
    else parts.push(levelText(data, shape, { axis: at.axis + 1, start, indent: at.indent + 1, width: at.width }));
  }
  if (length > shown) parts.push(`… ${length - shown} more`);
  return `[${parts.join(isLastAxis ? ", " : `,\n${" ".repeat(at.indent + 1)}`)}]`;
}

function widestNumber(data: Floats): number {
  let widest = 0;
  for (const value of data.subarray(0, 1000)) widest = maths.max(widest, numberText(value).length);
  return widest;
}

function numberText(value: number): string {
  const size = maths.abs(value);
  if (!Number.isFinite(value) || value === 0) return String(value).replace("-0", "0");
  return size >= 1e6 || size < 1e-4 ? value.toExponential(3) : String(Number(value.toPrecision(4)));
}
