// Functions that make or join tensors: zeros, ones, oneHot, concat, stack, where.

import { readArguments } from "./argumentCounts.ts";
import { checkedCount, describeValue, ShapeError, ValueError } from "./errors.ts";
import { maths } from "./intrinsics.ts";
import { concatOp } from "./ops/arrange.ts";
import {
  axisFromFront,
  broadcastShapes,
  checkedList,
  checkShape,
  formatShape,
  isSameShape,
  newFloats,
  type Shape,
} from "./shape.ts";
import { applyBinary, asArgument, runOp, Tensor, type TensorLike } from "./tensor.ts";

/**
 * A tensor of zeros.
 *
 * @throws ShapeError when the shape is no list of whole numbers of 0 or more.
 * @example zeros([2, 3]).toArray() // [[0, 0, 0], [0, 0, 0]]
 */
export function zeros(shape: Shape): Tensor;
export function zeros(...given: [Shape]): Tensor {
  const [shape] = readArguments("zeros", 1, given);
  return filled("zeros", shape, 0);
}

/**
 * A tensor of ones.
 *
 * @throws ShapeError when the shape is no list of whole numbers of 0 or more.
 * @example ones([3]).toArray() // [1, 1, 1]
 */
export function ones(shape: Shape): Tensor;
export function ones(...given: [Shape]): Tensor {
  const [shape] = readArguments("ones", 1, given);
  return filled("ones", shape, 1);
}

/**
 * A tensor of one number over and over.
 *
 * @throws ShapeError when the shape is no list of whole numbers of 0 or more; ValueError when `value` is no number.
 * @example full([2], 0.5).toArray() // [0.5, 0.5]
 */
export function full(shape: Shape, value: number): Tensor;
export function full(...given: [Shape, number]): Tensor {
  const [shape, value] = readArguments("full", 2, given);
  if (typeof value !== "number")
    throw new ValueError({ op: "full", expected: "value as a number", got: describeValue(value) });
  return filled("full", shape, value);
}

function filled(op: string, shape: Shape, value: number): Tensor {
  checkShape(shape, op);
  return new Tensor([...shape], newFloats(shape, op).fill(value));
}

/**
 * The matrix product, as `a.matmul(b)`: `[…, rows, inner]` times `[…, inner, columns]` → `[…, rows, columns]`. Leading axes of
 * length 1 stretch.
 *
 * @throws ShapeError when the inner lengths differ, or the leading axes do not fit.
 * @example matmul([[1, 2], [3, 4]], [[1], [1]]).toArray() // [[3], [7]]
 */
export function matmul(a: TensorLike, b: TensorLike): Tensor;
export function matmul(...given: [TensorLike, TensorLike]): Tensor {
  const [a, b] = readArguments("matmul", 2, given);
  return asArgument(a, "a of matmul").matmul(b);
}

/**
 * Class numbers as rows with a single 1: 2 of 3 classes → `[0, 0, 1]`.
 *
 * Labels `[n]` or `[n, 1]` → `[n, classes]`; other shapes get one axis more. Without `classes` it is the largest label + 1.
 *
 * @throws ValueError for a label that is not a whole number from 0 to `classes − 1`.
 * @example oneHot([0, 2, 1]).toArray() // [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
 */
export function oneHot(labels: TensorLike, classes?: number): Tensor;
export function oneHot(...given: [TensorLike, number?]): Tensor {
  const [labels, classes] = readArguments("oneHot", 2, given);
  const { shape, data } = asArgument(labels, "labels of oneHot");
  const count = classes ?? data.reduce((largest, label) => maths.max(largest, label), 0) + 1;
  if (classes !== undefined) checkedCount("oneHot", "classes", classes, 1);
  const outer = shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  data.forEach((label, row) => {
    if (!Number.isInteger(label) || label < 0 || label >= count)
      throw new ValueError({
        op: "oneHot",
        expected: `whole class numbers from 0 ${classes === undefined ? "on" : `to ${count - 1}`}`,
        got: `${label} at row ${row}`,
        hint: "Number the classes from 0 on.",
      });
  });
  const rows = newFloats([data.length, count], "oneHot");
  data.forEach((label, row) => {
    rows[row * count + label] = 1;
  });
  return new Tensor([...outer, count], rows);
}

/**
 * Tensors one after another along an axis they already have (the first by default): `[2, 3]` and `[4, 3]` → `[6, 3]`.
 *
 * @throws ShapeError when the other axes differ; ValueError for an empty list, and for an axis that is not there.
 * @example concat([[[1, 2]], [[3, 4]]], 1).toArray() // [[1, 2, 3, 4]]
 */
export function concat(tensors: readonly TensorLike[], axis?: number): Tensor;
export function concat(...given: [readonly TensorLike[], number?]): Tensor {
  const [tensors, axis = 0] = readArguments("concat", 2, given);
  const parts = listedTensors("concat", tensors);
  const first = parts[0];
  if (first === undefined) throw new ValueError({ op: "concat", expected: "at least one tensor", got: "none" });
  return runOp(concatOp, parts, { axis: axisFromFront(axis, first.rank, "concat") });
}

/**
 * Tensors of one shape side by side along a new axis (in front by default): two of `[3]` → `[2, 3]`.
 *
 * @throws ShapeError when the shapes differ; ValueError for an empty list, and for an axis that is not there.
 * @example stack([[1, 2], [3, 4]], 1).toArray() // [[1, 3], [2, 4]]
 */
export function stack(tensors: readonly TensorLike[], axis?: number): Tensor;
export function stack(...given: [readonly TensorLike[], number?]): Tensor {
  const [tensors, axis = 0] = readArguments("stack", 2, given);
  const parts = listedTensors("stack", tensors);
  const shape = parts[0]?.shape;
  if (shape === undefined) throw new ValueError({ op: "stack", expected: "at least one tensor", got: "none" });
  const other = parts.find((part) => !isSameShape(part.shape, shape));
  if (other !== undefined)
    throw new ShapeError({
      op: "stack",
      what: "all tensors",
      expected: `of the first one's shape, ${formatShape(shape)}`,
      got: other.shape,
    });
  const at = axisFromFront(axis, shape.length + 1, "stack");
  const widened = parts.map((part) => part.reshape([...part.shape.slice(0, at), 1, ...part.shape.slice(at)]));
  return concat(widened, at);
}

function listedTensors(op: string, tensors: readonly TensorLike[]): readonly Tensor[] {
  return Array.from(checkedList(op, "the tensors", tensors), (each, index) =>
    asArgument(each, `tensors[${index}] of ${op}`),
  );
}

/**
 * `a` where the condition is not 0, else `b`; all three are stretched to one shape. The condition gets no gradient.
 *
 * @throws ShapeError when the shapes cannot be stretched to one.
 * @example where([1, 0, 1], [1, 2, 3], 0).toArray() // [1, 0, 3]
 */
export function where(condition: TensorLike, a: TensorLike, b: TensorLike): Tensor;
export function where(...given: [TensorLike, TensorLike, TensorLike]): Tensor {
  const [condition, a, b] = readArguments("where", 3, given);
  const mask = asArgument(condition, "the condition of where").detach();
  const [whereSo, elsewhere] = [asArgument(a, "a of where"), asArgument(b, "b of where")];
  broadcastShapes(broadcastShapes(whereSo.shape, elsewhere.shape, "where"), mask.shape, "where");
  return applyBinary("takeWhere", whereSo, mask).add(applyBinary("takeUnless", elsewhere, mask));
}
