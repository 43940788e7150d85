// The activation function as a layer of its own.

import type { ActivationName } from "../../activations/catalogue.ts";
import { checkOptions } from "../../errors.ts";
import type { OpenName } from "../../names.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { activate, activationWeights, type ChosenActivation, chooseActivation } from "../activate.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";

/** Options of `layers.activation`. */
export interface ActivationOptions extends LayerOptions {
  /** The function's parameter, for leakyRelu, prelu (where it starts), elu, celu, hardShrink, softShrink and thresholdedRelu. */
  readonly alpha?: number;
}

/** See `layers.activation`. */
export class Activation extends Layer {
  override readonly type = "activation";
  override readonly isPlannable = true;
  override readonly activation: ActivationName;
  override readonly activationAlpha: number | null;
  readonly #chosen: ChosenActivation;

  constructor(name: OpenName<ActivationName>, options: ActivationOptions = {}) {
    super(options);
    checkOptions("layers.activation", options, ["alpha", ...layerOptionNames]);
    this.#chosen = chooseActivation(name, options.alpha, "layers.activation");
    this.activation = this.#chosen.name;
    this.activationAlpha = this.#chosen.alpha;
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const output = activate(this.#chosen, x, this.weights);
    context.observe?.(this, { preActivation: x, output });
    return output;
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    return activationWeights(this.#chosen, inputShape);
  }
}
