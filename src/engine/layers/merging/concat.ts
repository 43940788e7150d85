// Layers that join inputs along an axis: side by side, or as a scalar product.

import { checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import { concatOp } from "../../ops/arrange.ts";
import { formatShape, isSameShape, type Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import { MergeLayer } from "./mergeLayer.ts";

/** Options of `layers.concat`. */
export interface ConcatOptions extends LayerOptions {
  /** Along which axis, counted with the batch axis as 0, or from the end. Default -1, the last: features, channels. */
  readonly axis?: number;
}

/** See `layers.concat`. */
export class Concat extends MergeLayer {
  override readonly type = "concat";
  /** Along which axis; the batch axis is 0, the last -1. */
  readonly axis: number;

  constructor(options: ConcatOptions = {}) {
    super(options);
    checkOptions("layers.concat", options, ["axis", ...layerOptionNames]);
    this.axis = options.axis ?? -1;
    if (!Number.isInteger(this.axis) || this.axis === 0)
      throw new ValueError({
        op: "layers.concat",
        expected: "an axis of the examples, such as 1 or -1",
        got: describeValue(this.axis),
        hint: "Axis 0 is the batch: its rows are different examples.",
      });
  }

  protected override mergedShape(shapes: readonly Shape[]): Shape {
    const [first = []] = shapes;
    const axis = this.#axisFromFront(first.length + 1) - 1;
    for (const shape of shapes)
      if (shape.length !== first.length || shape.some((length, at) => at !== axis && length !== first[at]))
        throw new ShapeError({
          op: this.label,
          what: "inputs",
          expected: first.length === 1 ? "with one axis each" : `that differ in axis ${this.axis} alone`,
          got: shapes.map((each) => formatShape(each, true)).join(" and "),
          hint: "layers.flatten() makes one axis of all.",
        });
    const joined = shapes.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
    return first.map((length, at) => (at === axis ? joined : length));
  }

  protected override merge(inputs: readonly Tensor[]): Tensor {
    return runOp(concatOp, inputs, { axis: this.#axisFromFront(inputs[0]?.rank ?? 2) });
  }

  #axisFromFront(rank: number): number {
    const axis = this.axis < 0 ? this.axis + rank : this.axis;
    if (axis >= 1 && axis < rank) return axis;
    throw new ValueError({
      op: this.label,
      expected: rank === 2 ? "axis 1 or -1" : `an axis from 1 to ${rank - 1}`,
      got: `axis ${this.axis}`,
      hint: "Axis 0 is the batch.",
    });
  }
}

/** Options of `layers.dot`. */
export interface DotOptions extends LayerOptions {
  /** Whether each vector is scaled to length 1 first, so that the products are cosines. Default false. */
  readonly normalize?: boolean;
}

/** See `layers.dot`. */
export class Dot extends MergeLayer {
  override readonly type = "dot";
  /** Whether the products are cosines. */
  readonly normalize: boolean;

  constructor(options: DotOptions = {}) {
    super(options);
    checkOptions("layers.dot", options, ["normalize", ...layerOptionNames]);
    this.normalize = options.normalize ?? false;
  }

  protected override mergedShape(shapes: readonly Shape[]): Shape {
    const [first = [], second = []] = shapes;
    const isVectors = first.length === 1 && isSameShape(first, second);
    const isMatrices = first.length === 2 && second.length === 2 && first[1] === second[1];
    if (shapes.length !== 2 || !(isVectors || isMatrices))
      throw new ShapeError({
        op: this.label,
        what: "two inputs",
        expected: "with as many features, [batch, features] or [batch, rows, features]",
        got: shapes.map((each) => formatShape(each, true)).join(" and "),
      });
    return isVectors ? [1] : [first[0] ?? 0, second[0] ?? 0];
  }

  protected override merge(inputs: readonly Tensor[]): Tensor {
    const [a, b] = inputs.map((input) => (this.normalize ? toUnitLength(input) : input));
    if (a === undefined || b === undefined) throw new RangeError("A product needs two inputs.");
    return a.rank === 2 ? a.mul(b).sum(-1, { keepAxes: true }) : a.matmul(b.transpose([0, 2, 1]));
  }
}

/** `x / √max(Σ x², 1e-12)` along the last axis, as Keras does. */
function toUnitLength(x: Tensor): Tensor {
  return x.div(x.square().sum(-1, { keepAxes: true }).maximum(1e-12).sqrt());
}
