// Dropout along a sequence: the same numbers are left out at every step.

import { dropoutMaskOp } from "../../ops/randomness.ts";
import type { Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import type { Layer } from "../layer.ts";
import { streamSeed } from "../noise/passSeeds.ts";

/** What a pass is multiplied by: 0 for what is left out, else 1 / (1 − rate); `null` where nothing is. */
export interface PassMasks {
  /** For the input of each step, `[batch, features]`. */
  readonly input: Tensor | null;
  /** For the state before each step, as its product with the weights sees it, `[batch, units]`. */
  readonly state: Tensor | null;
}

/** What a recurrent layer leaves out while training. */
interface Rates {
  readonly units: number;
  readonly dropout: number;
  readonly recurrentDropout: number;
}

/**
 * The masks of a pass over `x` `[steps, batch, features]`; none where nothing is learned.
 *
 * @param context `null` for a run outside of a model.
 * @param owner The layer by whose name the numbers are drawn, and what tells its directions apart.
 */
export function passMasks(
  { units, dropout, recurrentDropout }: Rates,
  x: Tensor,
  context: CallContext | null,
  owner: { readonly layer: Layer; readonly direction?: string },
): PassMasks {
  const [, batch = 1, features = 1] = x.shape;
  const mask = (rate: number, shape: Shape, stream: string): Tensor | null => {
    if (context === null || !context.training || rate === 0) return null;
    const seed = streamSeed(owner.layer, context, `${owner.direction ?? ""}${stream}`);
    return runOp(dropoutMaskOp, [], { shape, rate, seed });
  };
  return {
    input: mask(dropout, [batch, features], "dropout"),
    state: mask(recurrentDropout, [batch, units], "recurrentDropout"),
  };
}
