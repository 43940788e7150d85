// Regularizers: penalties on weights that are added to the loss, so that weights stay small or become 0.

import { checkedNumber, checkOptions, ValueError } from "../errors.ts";
import { withKnownMembers } from "../members.ts";
import { namedOption } from "../namedOption.ts";
import type { OpenName } from "../names.ts";
import { remembering } from "../remake.ts";
import { asTensor, type Tensor, type TensorLike } from "../tensor.ts";

/** A penalty on weights. */
export interface Regularizer {
  /** Tells it from a name. */
  readonly kind: "regularizer";
  /** "l1", "l2", "l1l2". */
  readonly name: string;
  /** In words and numbers: "0.01·Σ|w| + 0.02·Σw²". */
  readonly formula: string;
  /** The factor of `Σ|w|`. */
  readonly l1: number;
  /** The factor of `Σw²`. */
  readonly l2: number;
  /**
   * Whether `penalty` is backend calls alone, the same ones whatever the numbers are, so that a training step may lay them
   * out once and then repeat them. True for the regularizers that come with nnbook.
   */
  readonly isPlannable?: boolean;
  /**
   * The penalty for these weights: a tensor with one number, to be added to the loss. Its gradient is
   * `l1·sign(w) + 2·l2·w`.
   */
  penalty(weights: TensorLike): Tensor;
}

/** Options of `regularizers.l1l2`. */
export interface L1L2Options {
  /** The factor of `Σ|w|`; 0.01 by default. */
  readonly l1?: number;
  /** The factor of `Σw²`; 0.01 by default. */
  readonly l2?: number;
}

const defaultFactor = 0.01;

function make(name: string, l1: number, l2: number): Regularizer {
  for (const [each, factor] of [
    ["l1", l1],
    ["l2", l2],
  ] as const)
    if (!(checkedNumber(`regularizers.${name}`, each, factor) >= 0))
      throw new ValueError({ op: `regularizers.${name}`, expected: `${each} of 0 or more`, got: String(factor) });
  const terms = [...(l1 === 0 ? [] : [`${l1}·Σ|w|`]), ...(l2 === 0 ? [] : [`${l2}·Σw²`])];
  return {
    kind: "regularizer",
    name,
    formula: terms.length === 0 ? "0" : terms.join(" + "),
    l1,
    l2,
    isPlannable: true,
    penalty(weights) {
      const w = asTensor(weights);
      if (l2 === 0) return w.abs().sum().mul(l1);
      const squares = w.square().sum().mul(l2);
      return l1 === 0 ? squares : squares.add(w.abs().sum().mul(l1));
    },
  };
}

/**
 * Penalties on weights. As in Keras they are sums, without a factor ½, and not divided by the size of the batch.
 *
 * Layers take them for their kernels, biases and outputs; the penalty is then part of the loss, also in `run.history`.
 *
 * @example layers.dense(64, { kernelRegularizer: regularizers.l2(0.001) })
 * @example regularizers.l2(0.001).penalty([1, -2]).item() // 0.005
 */
export const regularizers = withKnownMembers(
  "regularizer",
  remembering("regularizers", {
    /**
     * `l1·Σ|w|`: pushes weights to exactly 0 (lasso, Tibshirani 1996). `l1` is 0.01 by default.
     *
     * @throws ValueError for a factor below 0.
     * @example layers.dense(64, { kernelRegularizer: regularizers.l1(0.001) })
     */
    l1: (l1: number = defaultFactor): Regularizer => make("l1", l1, 0),
    /**
     * `l2·Σw²`: pulls weights towards 0, large ones most (ridge, Hoerl & Kennard 1970). `l2` is 0.01 by default.
     *
     * @throws ValueError for a factor below 0.
     * @example layers.dense(64, { kernelRegularizer: regularizers.l2(0.001) })
     */
    l2: (l2: number = defaultFactor): Regularizer => make("l2", 0, l2),
    /**
     * `l1·Σ|w| + l2·Σw²`: both (elastic net, Zou & Hastie 2005). Each is 0.01 by default.
     *
     * @throws ValueError for a factor below 0.
     * @example layers.dense(64, { kernelRegularizer: regularizers.l1l2({ l1: 0.0001, l2: 0.001 }) })
     */
    l1l2: (options: L1L2Options = {}): Regularizer => {
      checkOptions("regularizers.l1l2", options, ["l1", "l2"]);
      return make("l1l2", options.l1 ?? defaultFactor, options.l2 ?? defaultFactor);
    },
  } as const),
);

/** The name of a regularizer. */
export type RegularizerName = keyof typeof regularizers;

/** What takes a regularizer: a name for the defaults, or one with its factors. */
export type RegularizerOption = OpenName<RegularizerName> | Regularizer;

const names = Object.keys(regularizers) as readonly RegularizerName[];
const aliases: Readonly<Record<string, RegularizerName>> = { lasso: "l1", ridge: "l2", elasticNet: "l1l2" };

/** The regularizer an option means. `name` is what errors call the option. @throws UnknownNameError with the nearest right name. */
export function resolveRegularizer(option: RegularizerOption, name = "regularizer"): Regularizer {
  if (typeof option === "object" && option !== null && option.kind === "regularizer") return option;
  const expected = 'a name such as "l2", or regularizers.l2(0.001)';
  const hint = "A number alone does not say which penalty it is for.";
  return regularizers[namedOption(option, { what: name, known: names, aliases, expected, hint })]();
}
