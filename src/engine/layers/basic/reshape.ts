// Layers that give a sample another shape: reshape and flatten.

import { checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import { formatShape, type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";

/** See `layers.reshape`. */
export class Reshape extends Layer {
  override readonly type = "reshape";
  override readonly isPlannable = true;
  /** The shape of one sample as it was asked for; one length may be -1. */
  readonly targetShape: Shape;

  constructor(targetShape: Shape, options: LayerOptions = {}) {
    super(options);
    checkOptions("layers.reshape", options, ["targetShape", ...layerOptionNames], { targetShape });
    this.targetShape = checkedTarget(targetShape);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    const size = sizeOf(inputShape);
    const known = sizeOf(this.targetShape.filter((length) => length !== -1));
    const hasFree = this.targetShape.includes(-1);
    if (hasFree ? known === 0 || size % known !== 0 : known !== size)
      throw new ShapeError({
        op: this.name || this.type,
        expected: hasFree ? `whose numbers are a multiple of ${known}` : `of ${known} numbers an example`,
        got: formatShape(inputShape, true),
        hint: `An example has ${size} numbers; targetShape is ${formatShape(this.targetShape)}.`,
      });
    return this.targetShape.map((length) => (length === -1 ? size / known : length));
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const output = x.reshape([x.shape[0] ?? 1, ...this.outputShapeFor(x.shape.slice(1))]);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}

function checkedTarget(targetShape: Shape): Shape {
  const op = "layers.reshape";
  const expected = "targetShape as an array of whole numbers from 1 on, one of them -1 at most";
  if (!Array.isArray(targetShape))
    throw new ValueError({
      op,
      expected,
      got: describeValue(targetShape),
      hint: typeof targetShape === "number" ? `For one axis write [${targetShape}].` : "Such as [8, 8, 1].",
    });
  const isFree = (length: number) => length === -1;
  if (
    targetShape.filter(isFree).length > 1 ||
    !targetShape.every((length) => isFree(length) || (Number.isInteger(length) && length > 0))
  )
    throw new ValueError({ op, expected, got: formatShape(targetShape), hint: "Leave the batch axis out." });
  return [...targetShape];
}

/** See `layers.flatten`. */
export class Flatten extends Layer {
  override readonly type = "flatten";
  override readonly isPlannable = true;

  constructor(options: LayerOptions = {}) {
    super(options);
    checkOptions("layers.flatten", options, layerOptionNames);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return [sizeOf(inputShape)];
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const output = x.reshape([x.shape[0] ?? 1, sizeOf(x.shape.slice(1))]);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}
