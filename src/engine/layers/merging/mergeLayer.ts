// The base of layers that join several inputs into one, and the rule for shapes that are joined number by number.

import { ShapeError, ValueError } from "../../errors.ts";
import { formatShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";

/** A layer without weights that makes one tensor of several. */
export abstract class MergeLayer extends Layer {
  override readonly isPlannable = true;

  /** The joined shape of one sample. @throws ShapeError when the shapes do not go together. */
  protected abstract mergedShape(shapes: readonly Shape[]): Shape;

  /** What the inputs give together. */
  protected abstract merge(inputs: readonly Tensor[]): Tensor;

  override outputShapeForAll(inputShapes: readonly Shape[]): Shape {
    if (inputShapes.length < 2)
      throw new ValueError({
        op: this.label,
        expected: "two inputs or more",
        got: `${inputShapes.length}`,
        hint: "It joins what several layers give: layer.apply([a, b]), in a model made by model({ inputs, outputs }).",
      });
    return this.mergedShape(inputShapes);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return this.outputShapeForAll([inputShape]);
  }

  override callAll(inputs: readonly Tensor[], context: CallContext): Tensor {
    const output = this.merge(inputs);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    return this.callAll([x], context);
  }
}

/**
 * The shape of samples that are joined number by number: equal but for axes of length 1, which stretch.
 *
 * @throws ShapeError for samples that differ otherwise.
 */
export function joinedShape(op: string, shapes: readonly Shape[], hint: string): Shape {
  const [first = []] = shapes;
  const longest = first.map((_, axis) =>
    shapes.reduce((length, shape) => (length === 1 ? (shape[axis] ?? 1) : length), 1),
  );
  for (const shape of shapes)
    if (shape.length !== first.length || shape.some((length, axis) => length !== 1 && length !== longest[axis]))
      throw new ShapeError({
        op,
        what: "inputs",
        expected: "of one shape",
        got: shapes.map((each) => formatShape(each, true)).join(" and "),
        hint,
      });
  return longest;
}
