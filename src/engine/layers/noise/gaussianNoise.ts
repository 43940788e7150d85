// Normal noise added to what passes, while training.

import { checkOptions, describeValue, ValueError } from "../../errors.ts";
import { normalNoiseOp } from "../../ops/randomness.ts";
import type { Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import { passSeeds } from "./passSeeds.ts";

/** Options of `layers.gaussianNoise`. */
export interface GaussianNoiseOptions extends LayerOptions {
  /** The noise follows this seed alone, instead of the fit's. */
  readonly seed?: number;
}

/** See `layers.gaussianNoise`. */
export class GaussianNoise extends Layer {
  override readonly type = "gaussianNoise";
  override readonly isPlannable = true;
  /** The standard deviation of the noise. */
  readonly stddev: number;
  readonly #seedOf: ReturnType<typeof passSeeds>;

  constructor(stddev: number, options: GaussianNoiseOptions = {}) {
    super(options);
    checkOptions("layers.gaussianNoise", options, ["stddev", "seed", ...layerOptionNames], { stddev });
    if (!(Number.isFinite(stddev) && stddev >= 0))
      throw new ValueError({
        op: "layers.gaussianNoise",
        expected: "stddev as a finite number, 0 or more",
        got: describeValue(stddev),
      });
    this.stddev = stddev;
    this.#seedOf = passSeeds(this, options.seed);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const { shape } = x;
    const { stddev } = this;
    const output =
      context.training && stddev > 0
        ? x.add(runOp(normalNoiseOp, [], { shape, standardDeviation: stddev, seed: this.#seedOf(context) }))
        : x;
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}
