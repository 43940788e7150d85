// Layers that hold no product of weights: activation, dropout, flatten.

import type { ActivationName } from "../../activations/catalogue.ts";
import { checkOptions, describeValue, ValueError } from "../../errors.ts";
import { Floats } from "../../intrinsics.ts";
import type { OpenName } from "../../names.ts";
import { Random } from "../../random.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import { Tensor } from "../../tensor.ts";
import { activate, activationWeights, type ChosenActivation, chooseActivation } from "../activate.ts";
import { type CallContext, Layer, type LayerOptions, layerOptionNames, type WeightPlan } from "../layer.ts";

/** Options of `layers.activation`. */
export interface ActivationOptions extends LayerOptions {
  /** The function's parameter, for leakyRelu, prelu (where it starts), elu and celu. */
  readonly alpha?: number;
}

/** See `layers.activation`. */
export class Activation extends Layer {
  override readonly type = "activation";
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

/** Options of `layers.dropout`. */
export interface DropoutOptions extends LayerOptions {
  /** Which numbers are dropped follows this seed alone, instead of the fit's. */
  readonly seed?: number;
}

/** See `layers.dropout`. */
export class Dropout extends Layer {
  override readonly type = "dropout";
  /** The probability of dropping a number. */
  readonly rate: number;
  readonly #ownRandom: Random | null;

  constructor(rate: number, options: DropoutOptions = {}) {
    super(options);
    checkOptions("layers.dropout", options, ["seed", ...layerOptionNames]);
    if (!(rate >= 0 && rate < 1))
      throw new ValueError({
        op: "layers.dropout",
        expected: "a rate from 0 to below 1",
        got: describeValue(rate),
        hint:
          rate > 1 && rate <= 100
            ? `For ${rate} % give ${rate / 100}.`
            : "The rate is the share of numbers that are dropped.",
      });
    this.rate = rate;
    this.#ownRandom = options.seed === undefined ? null : new Random(options.seed);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const isDropping = context.training && this.rate > 0;
    const random = this.#ownRandom ?? context.random.child(this.name);
    const output = isDropping ? dropOut(x, this.rate, dropoutMask(x.size, this.rate, random)) : x;
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}

/** 1 for numbers that stay, 0 for those that are dropped with probability `rate`. */
export function dropoutMask(size: number, rate: number, random: Random): Floats {
  const mask = new Floats(size);
  for (let index = 0; index < size; index++) mask[index] = random.chance(rate) ? 0 : 1;
  return mask;
}

/** Inverted dropout: `x · mask / (1 − rate)`, so that the mean stays. The gradient passes through the same mask. */
export function dropOut(x: Tensor, rate: number, mask: Floats): Tensor {
  const scaled = mask.map((kept) => kept / (1 - rate));
  return x.mul(new Tensor(x.shape, scaled));
}

/** See `layers.flatten`. */
export class Flatten extends Layer {
  override readonly type = "flatten";

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
