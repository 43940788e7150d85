// What a layer asks of its weights beside how they start: a penalty in the loss, and where they may be after each update.

import { type Constraint, type ConstraintOption, resolveConstraint } from "../constraints/constraints.ts";
import { type Regularizer, type RegularizerOption, resolveRegularizer } from "../regularizers/regularizers.ts";

/** Penalty and limits of a weight, `null` for none. */
export interface WeightRules {
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** Options on the weights a layer multiplies its input by. */
export interface KernelRuleOptions {
  /** A penalty on the kernel that is added to the loss: `"l2"` (0.01·Σw²) or `regularizers.l1(0.001)`; none by default. */
  readonly kernelRegularizer?: RegularizerOption;
  /** Where the kernel may be, kept to after each update: `"nonNeg"` or `constraints.maxNorm(3)`; anywhere by default. */
  readonly kernelConstraint?: ConstraintOption;
}

/** Options on the weights a layer adds. */
export interface BiasRuleOptions {
  /** A penalty on the biases that is added to the loss: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly biasRegularizer?: RegularizerOption;
  /** Where the biases may be, kept to after each update: `"nonNeg"` or another constraint; anywhere by default. */
  readonly biasConstraint?: ConstraintOption;
}

/** Options on the weights of the state before. */
export interface RecurrentRuleOptions {
  /** A penalty on the weights of the state before: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly recurrentRegularizer?: RegularizerOption;
  /** Where the weights of the state before may be, kept to after each update; anywhere by default. */
  readonly recurrentConstraint?: ConstraintOption;
}

/** Options on the rows of an embedding. */
export interface EmbeddingsRuleOptions {
  /** A penalty on all rows that is added to the loss: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly embeddingsRegularizer?: RegularizerOption;
  /** Where the rows may be, kept to after each update: `constraints.unitNorm({ axis: 1 })`; anywhere by default. */
  readonly embeddingsConstraint?: ConstraintOption;
}

/** Options on a kernel that treats each channel by itself. */
export interface DepthwiseRuleOptions {
  /** A penalty on the kernel of single channels: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly depthwiseRegularizer?: RegularizerOption;
  /** Where the kernel of single channels may be, kept to after each update; anywhere by default. */
  readonly depthwiseConstraint?: ConstraintOption;
}

/** Options on a kernel that mixes the channels of a place. */
export interface PointwiseRuleOptions {
  /** A penalty on the kernel that mixes the channels: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly pointwiseRegularizer?: RegularizerOption;
  /** Where the kernel that mixes the channels may be, kept to after each update; anywhere by default. */
  readonly pointwiseConstraint?: ConstraintOption;
}

/** Options on the factors of a normalization. */
export interface GammaRuleOptions {
  /** A penalty on γ that is added to the loss: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly gammaRegularizer?: RegularizerOption;
  /** Where γ may be, kept to after each update; anywhere by default. */
  readonly gammaConstraint?: ConstraintOption;
}

/** Options on what a normalization adds. */
export interface BetaRuleOptions {
  /** A penalty on β that is added to the loss: `"l2"` or `regularizers.l2(0.001)`; none by default. */
  readonly betaRegularizer?: RegularizerOption;
  /** Where β may be, kept to after each update; anywhere by default. */
  readonly betaConstraint?: ConstraintOption;
}

/** The weights that options are about, as their names begin. */
export type RuledWeight = "kernel" | "bias" | "recurrent" | "embeddings" | "depthwise" | "pointwise" | "gamma" | "beta";

/** The names of the options on these weights, for checking. */
export function ruleNames(...weights: readonly RuledWeight[]): string[] {
  return weights.flatMap((weight) => [`${weight}Regularizer`, `${weight}Constraint`]);
}

/** The options on a kind of weights. @throws UnknownNameError or ValueError */
export function readRules(options: object, weight: RuledWeight): WeightRules {
  const given = options as Readonly<Partial<Record<string, RegularizerOption & ConstraintOption>>>;
  const names = { regularizer: `${weight}Regularizer`, constraint: `${weight}Constraint` };
  return readRuleValues({ regularizer: given[names.regularizer], constraint: given[names.constraint] }, names);
}

/** Penalty and limits by name or made; `names` is what errors call the options. @throws UnknownNameError or ValueError */
export function readRuleValues(
  {
    regularizer,
    constraint,
  }: {
    readonly regularizer?: RegularizerOption | undefined;
    readonly constraint?: ConstraintOption | undefined;
  },
  names: { readonly regularizer?: string; readonly constraint?: string } = {},
): WeightRules {
  // Keras' None is null here.
  return {
    regularizer: regularizer == null ? null : resolveRegularizer(regularizer, names.regularizer),
    constraint: constraint == null ? null : resolveConstraint(constraint, names.constraint),
  };
}
