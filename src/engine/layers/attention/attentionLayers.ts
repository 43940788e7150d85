// The attention layers as the user calls them.

import { ValueError } from "../../errors.ts";
import { MultiHeadAttention, type MultiHeadAttentionOptions } from "./multiHeadAttention.ts";

/** `layers.multiHeadAttention({ numHeads: 2, keyDim: 8 })` is the same as `layers.multiHeadAttention(2, { keyDim: 8 })`. */
export interface MultiHeadAttentionOptionsWithHeads extends MultiHeadAttentionOptions {
  /** How many heads look on their own. */
  readonly numHeads: number;
}

function multiHeadAttention(
  numHeads: number | MultiHeadAttentionOptionsWithHeads,
  options?: MultiHeadAttentionOptions,
): MultiHeadAttention {
  if (typeof numHeads === "object" && numHeads !== null) return new MultiHeadAttention(numHeads.numHeads, numHeads);
  if (options === undefined)
    throw new ValueError({
      op: "layers.multiHeadAttention",
      expected: "keyDim beside the number of heads",
      got: "no options",
      hint: "layers.multiHeadAttention(2, { keyDim: 8 })",
    });
  return new MultiHeadAttention(numHeads, options);
}

/** A part of `layers`. */
export const attentionLayers = {
  /**
   * Attention with several heads (Vaswani et al. 2017): `softmax(q · kᵀ / √keyDim) · v` for each head, with
   * `q = query · Wq + bq`, `k = key · Wk + bk`, `v = value · Wv + bv`; the heads side by side, times `Wo`, plus `bo`.
   *
   * With one input, `[batch, steps, features]` → `[batch, steps, features]`, every step looks at all steps (self-attention),
   * with `causal: true` only at itself and those before it. With several, `apply([query, value])` or
   * `apply([query, value, key])`, the queries look at another sequence (cross-attention) and the output is of the query's
   * shape. `attend(query, value)` gives the shares too.
   *
   * `Wq` (queryKernel) and `Wk` (keyKernel) are `[features, numHeads · keyDim]`, `Wv` (valueKernel)
   * `[features, numHeads · valueDim]`, `Wo` (outputKernel) `[numHeads · valueDim, features]`; a head is a block of
   * columns. They start Glorot-uniform, the biases at zero. `valueDim` is `keyDim` by default.
   *
   * @throws ShapeError when an input is not `[batch, steps, features]`; UnknownNameError for an unknown option.
   * @example layers.multiHeadAttention({ numHeads: 4, keyDim: 16, causal: true })
   */
  multiHeadAttention,
} as const;
