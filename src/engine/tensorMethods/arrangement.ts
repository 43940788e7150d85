// Operations of tensors that move numbers without changing them: shapes, axes, cutting and picking.

import { ShapeError } from "../errors.ts";
import { gatherRowsOp, reshapeOp, sliceAlong, sliceBlock, sliceOp, transposeOp } from "../ops/arrange.ts";
import { stretchOp } from "../ops/place.ts";
import { type Axes, reducedAxes } from "../ops/reduce.ts";
import { axisFromFront, checkedList, checkShape, type Shape } from "../shape.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { countingDown, pad, partLengths, placesFromFront, tile } from "./patterns.ts";
import { ReductionMethods } from "./reductions.ts";
import { detached } from "./tensorCore.ts";

/** Arrangements of tensors. */
export abstract class ArrangementMethods extends ReductionMethods {
  /** The same numbers in another shape; one length may be -1. @throws ShapeError when the numbers do not fit. */
  reshape(shape: Shape): Tensor {
    return this.apply(reshapeOp, [], { shape });
  }
  /** One axis with all numbers. */
  flatten(): Tensor {
    return this.reshape([this.size]);
  }
  /** Axes in another order: output axis i is input axis `order[i]`. Without an order they are reversed. */
  transpose(order: readonly number[] = this.shape.map((_, axis) => this.rank - 1 - axis)): Tensor {
    return this.apply(transposeOp, [], { order: checkedList("transpose", "the order of the axes", order) });
  }
  /** A new axis of length 1 before the given one; -1 puts it last. */
  expandDims(axis = -1): Tensor {
    const at = axisFromFront(axis, this.rank + 1, "expandDims");
    return this.reshape([...this.shape.slice(0, at), 1, ...this.shape.slice(at)]);
  }
  /** Without axes of length 1: the given one, several, or all. @throws ShapeError when one of them is longer. */
  squeeze(axes?: Axes): Tensor {
    const given = axes === undefined ? null : reducedAxes(axes, this.rank, "squeeze");
    const long = given?.find((axis) => this.shape[axis] !== 1);
    if (long !== undefined)
      throw new ShapeError({
        op: "squeeze",
        what: "a tensor",
        expected: `with length 1 along axis ${long}`,
        got: this.shape,
      });
    return this.reshape(this.shape.filter((length, axis) => (given === null ? length !== 1 : !given.includes(axis))));
  }
  /** The same numbers over and over along axes that are missing or have length 1. @throws ShapeError when it does not stretch to the shape. */
  broadcastTo(shape: Shape): Tensor {
    checkShape(shape, "broadcastTo");
    return this.apply(stretchOp, [], { shape });
  }
  /**
   * The whole tensor repeated: `repeats[axis]` times along each axis. Fewer numbers count for the last axes.
   *
   * @example tensor([1, 2]).tile([2, 2]).toArray() // [[1, 2, 1, 2], [1, 2, 1, 2]]
   */
  tile(repeats: number | readonly number[]): Tensor {
    return tile(this, typeof repeats === "number" ? [repeats] : repeats);
  }
  /**
   * Numbers added around: `[before, after]` for each axis (or one number for both sides), `value` (0 by default) in them.
   *
   * @example tensor([1, 2]).pad([[1, 2]]).toArray() // [0, 1, 2, 0, 0]
   */
  pad(widths: readonly (number | readonly [before: number, after: number])[], value = 0): Tensor {
    return pad(this, widths, value);
  }
  /** The other way round along one axis, several, or all. */
  flip(axes?: Axes): Tensor {
    return reducedAxes(axes, this.rank, "flip").reduce(
      (flipped: Tensor, axis) => flipped.gather(countingDown(this.shape[axis] ?? 0), axis),
      this.reshape(this.shape),
    );
  }
  /**
   * Cut along an axis: into so many equal parts, or into parts of the given lengths.
   *
   * @throws ValueError when the parts do not make up the axis.
   */
  split(parts: number | readonly number[], axis = 0): Tensor[] {
    const at = axisFromFront(axis, this.rank, "split");
    let end = 0;
    return partLengths(parts, this.shape[at] ?? 0).map((length) => {
      end += length;
      return this.slice(end - length, end, at);
    });
  }
  /** The numbers from `start` (included) to `end` (excluded) along an axis; negative places count from the end. */
  slice(start: number, end?: number, axis?: number): Tensor;
  /** The block from `start` (included) to `end` (excluded), a place for each of the first axes; all of the others. */
  slice(start: readonly number[], end?: readonly number[]): Tensor;
  slice(start: number | readonly number[], end?: number | readonly number[], axis = 0): Tensor {
    if (Array.isArray(start)) return this.apply(sliceOp, [], sliceBlock(this.shape, start, end));
    return this.apply(sliceOp, [], sliceAlong(this.shape, { axis, start, end }));
  }
  /**
   * The part at the given places of the first axes, which disappear; negative places count from the end.
   *
   * @throws ValueError for a place that is not there.
   * @example tensor([[1, 2], [3, 4]]).at(1).toArray() // [3, 4]
   * @example tensor([[1, 2], [3, 4]]).at(-1, 0).item() // 3
   */
  at(...places: readonly number[]): Tensor {
    const start = placesFromFront(places, this.shape);
    const cut = this.slice(
      start,
      start.map((place) => place + 1),
    );
    return cut.reshape(this.shape.slice(places.length));
  }
  /**
   * The parts with the given numbers along an axis (rows, by default), in that order; repeats are allowed. Numbers of any
   * shape: its axes take the place of that axis.
   *
   * @throws ValueError for a number that is not there.
   * @example tensor([[1, 2], [3, 4]]).gather([1, 0], 1).toArray() // [[2, 1], [4, 3]]
   */
  gather(places: TensorLike, axis = 0): Tensor {
    const at = axisFromFront(axis, this.rank, "gather");
    if (at === 0) return this.apply(gatherRowsOp, [detached(places)], null);
    const axes = this.shape.map((_, index) => index);
    const front = this.transpose([at, ...axes.filter((index) => index !== at)]).gather(places);
    // The axes of the places now stand in front; those that were before the axis go back before them.
    const width = front.rank - this.rank + 1;
    const before = axes.slice(0, at).map((index) => index + width);
    const after = axes.slice(at + 1).map((index) => index + width - 1);
    return front.transpose([...before, ...Array.from({ length: width }, (_, index) => index), ...after]);
  }
}
