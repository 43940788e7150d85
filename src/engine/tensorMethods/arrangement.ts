// Operations of tensors that move numbers without changing them: shapes, axes, cutting and picking.

import { gatherRowsOp, reshapeOp, sliceAlong, sliceOp, transposeOp } from "../ops/arrange.ts";
import type { Shape } from "../shape.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { ReductionMethods } from "./reductions.ts";
import { TensorCore } from "./tensorCore.ts";

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
    return this.apply(transposeOp, [], { order });
  }
  /** The numbers from `start` (included) to `end` (excluded) along an axis; negative places count from the end. */
  slice(start: number, end?: number, axis = 0): Tensor {
    return this.apply(sliceOp, [], sliceAlong(this.shape, { axis, start, end }));
  }
  /** The rows with the given numbers, in that order; repeats are allowed. @throws ValueError for a row that is not there. */
  gather(rows: TensorLike): Tensor {
    return this.apply(gatherRowsOp, [detached(rows)], null);
  }
}

/** Numbers to pick by, cut off from how they were computed: no gradient flows to them. */
function detached(values: TensorLike): TensorLike {
  return values instanceof TensorCore ? values.detach() : values;
}
