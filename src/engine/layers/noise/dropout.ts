// Dropout: numbers left out at random while training.

import { checkOptions, describeValue, ValueError } from "../../errors.ts";
import { dropoutMaskOp } from "../../ops/randomness.ts";
import type { Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import { type CallContext, Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import { passSeeds } from "./passSeeds.ts";

/** Options of `layers.dropout`. */
export interface DropoutOptions extends LayerOptions {
  /** Which numbers are dropped follows this seed alone, instead of the fit's. */
  readonly seed?: number;
}

/** See `layers.dropout`. */
export class Dropout extends Layer {
  override readonly type = "dropout";
  override readonly isPlannable = true;
  /** The probability of dropping a number. */
  readonly rate: number;
  readonly #seedOf: ReturnType<typeof passSeeds>;

  constructor(rate: number, options: DropoutOptions = {}) {
    super(options);
    checkOptions("layers.dropout", options, ["rate", "seed", ...layerOptionNames], { rate });
    this.rate = checkedRate("layers.dropout", "a rate", rate);
    this.#seedOf = passSeeds(this, options.seed);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const { shape } = x;
    const { rate } = this;
    const output =
      context.training && rate > 0
        ? dropOut(x, runOp(dropoutMaskOp, [], { shape, rate, seed: this.#seedOf(context) }))
        : x;
    context.observe?.(this, { preActivation: null, output });
    return output;
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
