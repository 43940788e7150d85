// Dropout: numbers, or whole features, left out at random while training.

import { checkOptions, describeValue, ValueError } from "../../errors.ts";
import { dropoutMaskOp } from "../../ops/randomness.ts";
import type { Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { checkSample, type WindowAxes } from "../convolution/windowOptions.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import { passSeeds } from "./passSeeds.ts";

/** Options of `layers.dropout`. */
export interface DropoutOptions extends LayerOptions {
  /** Which numbers are dropped follows this seed alone, instead of the fit's. */
  readonly seed?: number;
}

/** See `layers.dropout`. */
export class Dropout extends Layer {
  override readonly type: string = "dropout";
  override readonly isPlannable = true;
  /** The probability of dropping a number. */
  readonly rate: number;
  readonly #seedOf: ReturnType<typeof passSeeds>;

  constructor(rate: number, options: DropoutOptions = {}, call = "layers.dropout") {
    super(options);
    checkOptions(call, options, ["rate", "seed", ...layerOptionNames], { rate });
    this.rate = checkedRate(call, "a rate", rate);
    this.#seedOf = passSeeds(this, options.seed);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const { rate } = this;
    const shape = this.maskShape(x.shape);
    const output =
      context.training && rate > 0
        ? dropOut(x, runOp(dropoutMaskOp, [], { shape, rate, seed: this.#seedOf(context) }))
        : x;
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  /** One decision for each number of the mask, which is stretched to the shape of the input. */
  protected maskShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

/** See `layers.spatialDropout1d` and `layers.spatialDropout2d`. */
export class SpatialDropout extends Dropout {
  override readonly type: "spatialDropout1d" | "spatialDropout2d";
  readonly #axes: WindowAxes;

  constructor(axes: WindowAxes, rate: number, options: DropoutOptions = {}) {
    const type = `spatialDropout${axes}d` as const;
    super(rate, options, `layers.${type}`);
    this.type = type;
    this.#axes = axes;
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.label, inputShape, this.#axes);
    return inputShape;
  }

  /** A feature of an example is dropped as a whole. */
  protected override maskShape(inputShape: Shape): Shape {
    return inputShape.map((length, axis) => (axis === 0 || axis === inputShape.length - 1 ? length : 1));
  }
}

/** @throws ValueError for what is no share of numbers to drop. */
export function checkedRate(op: string, what: string, rate: number): number {
  if (typeof rate === "number" && rate >= 0 && rate < 1) return rate;
  throw new ValueError({
    op,
    expected: `${what} from 0 to below 1`,
    got: describeValue(rate),
    hint:
      typeof rate === "number" && rate > 1 && rate <= 100
        ? `For ${rate} % give ${rate / 100}.`
        : "The rate is the share of numbers that are dropped.",
  });
}

/**
 * Inverted dropout: `x · mask`, where the mask is 0 for what is dropped and 1 / (1 − rate) for the others, so that the mean
 * stays. The gradient passes through the same mask.
 */
export function dropOut(x: Tensor, mask: Tensor): Tensor {
  return x.mul(mask);
}
