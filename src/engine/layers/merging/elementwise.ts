// Layers that join inputs number by number: sum, difference, product, mean, extremes.

import { checkOptions, ValueError } from "../../errors.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import { joinedShape, MergeLayer } from "./mergeLayer.ts";

/** How two inputs are joined. */
export type ElementwiseJoin = "add" | "subtract" | "multiply" | "average" | "maximum" | "minimum";

/** See `layers.add`, `layers.subtract` and so on. */
export class ElementwiseMerge extends MergeLayer {
  override readonly type: ElementwiseJoin;

  constructor(join: ElementwiseJoin, options: LayerOptions = {}) {
    super(options);
    checkOptions(`layers.${join}`, options, layerOptionNames);
    this.type = join;
  }

  protected override mergedShape(shapes: readonly Shape[]): Shape {
    if (this.type === "subtract" && shapes.length > 2)
      throw new ValueError({
        op: this.label,
        expected: "two inputs",
        got: `${shapes.length}`,
        hint: "It gives the first minus the second.",
      });
    const hint = "Give the layers before it as many units each, or put them side by side: layers.concat().";
    return joinedShape(this.label, shapes, hint);
  }

  protected override merge(inputs: readonly Tensor[]): Tensor {
    const joined = inputs.reduce((a, b) => joinTwo(this.type, a, b));
    return this.type === "average" ? joined.mul(1 / inputs.length) : joined;
  }
}

function joinTwo(join: ElementwiseJoin, a: Tensor, b: Tensor): Tensor {
  switch (join) {
    case "add":
    case "average":
      return a.add(b);
    case "subtract":
      return a.sub(b);
    case "multiply":
      return a.mul(b);
    case "maximum":
      return a.maximum(b);
    case "minimum":
      return a.minimum(b);
  }
}
