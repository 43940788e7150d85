// The optimizers by name, in order of what they add to gradient descent.

import { describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { withKnownMembers } from "../members.ts";
import { findName, type OpenName } from "../names.ts";
import { remembering } from "../remake.ts";
import { Adam, type AdamOptions, AdamW, type AdamWOptions } from "./adam.ts";
import { Adamax, type AdamaxOptions, Nadam, type NadamOptions, RAdam, type RAdamOptions } from "./adamRelatives.ts";
import {
  Adadelta,
  type AdadeltaOptions,
  Adagrad,
  type AdagradOptions,
  Rmsprop,
  type RmspropOptions,
} from "./adaptive.ts";
import { Lion, type LionOptions } from "./lion.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions } from "./optimizerOptions.ts";
import { Sgd, type SgdOptions } from "./sgd.ts";

/** Rules that turn gradients into better weights. */
export const optimizers = withKnownMembers(
  "optimizer",
  remembering("optimizers", {
    /**
     * Gradient descent: `p −= η·g`, with momentum `m = β·m − η·g; p += m` (Polyak 1964), with Nesterov's look-ahead
     * `p += β·m − η·g` (Nesterov 1983; Sutskever et al. 2013).
     *
     * learningRate 0.01, momentum 0, nesterov false. With the whole data set as one batch it is gradient descent, with
     * batches stochastic gradient descent.
     * @example optimizers.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })
     */
    sgd: (options: SgdOptions = {}): Sgd => new Sgd(options),
    /**
     * Adagrad: divides each gradient by the root of the sum of its squares so far, so that weights that rarely get one take larger
     * steps (Duchi, Hazan & Singer 2011): `s += g²; p −= η·g / √(s + ε)`.
     *
     * learningRate 0.001, initialAccumulatorValue 0.1, epsilon 1e-7. torch: `g / (√s + ε)`, learningRate 0.01,
     * initialAccumulatorValue 0, epsilon 1e-10.
     * @example optimizers.adagrad({ learningRate: 0.1 })
     */
    adagrad: (options: AdagradOptions = {}): Adagrad => new Adagrad(options),
    /**
     * RMSprop: divides each gradient by the root of its running mean square (Tieleman & Hinton 2012):
     * `v = ρ·v + (1 − ρ)·g²; p −= η·g / √(v + ε)`; centered (Graves 2013), `v` less the square of the running mean.
     *
     * learningRate 0.001, rho 0.9, momentum 0, epsilon 1e-7, centered false. torch: `g / (√v + ε)`, learningRate 0.01,
     * rho 0.99, epsilon 1e-8.
     * @example optimizers.rmsprop({ learningRate: 0.001, rho: 0.95 })
     */
    rmsprop: (options: RmspropOptions = {}): Rmsprop => new Rmsprop(options),
    /**
     * Adadelta: RMSprop with changes as large as the earlier ones were, so that they have the weights' own unit (Zeiler 2012):
     * `v = ρ·v + (1 − ρ)·g²; d = g·√(u + ε) / √(v + ε); u = ρ·u + (1 − ρ)·d²; p −= η·d`.
     *
     * learningRate 0.001 (the paper has 1), rho 0.95, epsilon 1e-7. torch: learningRate 1, rho 0.9, epsilon 1e-6.
     * @example optimizers.adadelta({ learningRate: 1 })
     */
    adadelta: (options: AdadeltaOptions = {}): Adadelta => new Adadelta(options),
    /**
     * Adam: momentum and RMSprop together, corrected for their start at zero (Kingma & Ba 2015):
     * `m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²; p −= η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε)`; amsgrad (Reddi et al.
     * 2018) divides by the largest `v` so far.
     *
     * learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7, amsgrad false. torch: `ε` beside `√(v/(1 − β₂ᵗ))`, 1e-8.
     * @example optimizers.adam({ learningRate: 0.01 })
     */
    adam: (options: AdamOptions = {}): Adam => new Adam(options),
    /**
     * AdamW: Adam whose weight decay shrinks the weights themselves instead of passing through the gradient's scaling
     * (Loshchilov & Hutter 2019): `p −= η·λ·p`, then Adam's step.
     *
     * weightDecay λ 0.004, learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. torch: weightDecay 0.01, epsilon 1e-8.
     * @example optimizers.adamW({ learningRate: 0.001, weightDecay: 0.01 })
     */
    adamW: (options: AdamWOptions = {}): AdamW => new AdamW(options),
    /**
     * Adamax: Adam with the largest recent gradient in place of the mean square (Kingma & Ba 2015, section 7.1):
     * `m = β₁·m + (1 − β₁)·g; u = max(β₂·u, |g|); p −= η/(1 − β₁ᵗ) · m / (u + ε)`.
     *
     * learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7. torch: `u = max(β₂·u, |g| + ε)`, `m / u`, learningRate 0.002,
     * epsilon 1e-8.
     * @example optimizers.adamax({ learningRate: 0.002 })
     */
    adamax: (options: AdamaxOptions = {}): Adamax => new Adamax(options),
    /**
     * Nadam: Adam that looks ahead along its momentum, as Nesterov's does (Dozat 2016):
     * `p −= η · ((1 − μₜ)/(1 − Πₜ) · g + μₜ₊₁/(1 − Πₜ₊₁) · m) / (√v̂ + ε)`, with `μₜ = β₁·(1 − ½·0.96^(t·momentumDecay))`,
     * `Πₜ = μ₁ · … · μₜ`, and `m`, `v̂` as in Adam.
     *
     * learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7, momentumDecay 1. torch: learningRate 0.002, epsilon 1e-8,
     * momentumDecay 0.004.
     * @example optimizers.nadam({ learningRate: 0.002 })
     */
    nadam: (options: NadamOptions = {}): Nadam => new Nadam(options),
    /**
     * RAdam: Adam without division in its first steps, whose mean square rests on too few gradients, and rectified by `r` after
     * (Liu et al. 2020): `p −= η·m̂`, then `p −= η·r·m̂ / √v̂`.
     *
     * learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7 (torch: 1e-8).
     * @example optimizers.rAdam({ learningRate: 0.001 })
     */
    rAdam: (options: RAdamOptions = {}): RAdam => new RAdam(options),
    /**
     * Lion: every weight moves by the same η, in the direction of momentum and gradient (Chen et al. 2023):
     * `p −= η·sign(β₁·m + (1 − β₁)·g); m = β₂·m + (1 − β₂)·g`.
     *
     * learningRate 0.001, beta1 0.9, beta2 0.99. Wants a learning rate 3 to 10 times smaller than Adam's, and a weight decay as
     * much larger, which is decoupled in both conventions.
     * @example optimizers.lion({ learningRate: 0.0001, weightDecay: 0.1 })
     */
    lion: (options: LionOptions = {}): Lion => new Lion(options),
  } as const),
  // What is an option here has a name of its own elsewhere.
  {
    momentum: "sgd({ momentum: 0.9 })",
    nesterov: "sgd({ momentum: 0.9, nesterov: true })",
    nag: "sgd({ momentum: 0.9, nesterov: true })",
    amsgrad: "adam({ amsgrad: true })",
    gd: "sgd",
    gradientDescent: "sgd",
    rectifiedAdam: "rAdam",
  },
);

/** The name of an optimizer. */
export type OptimizerName = keyof typeof optimizers;

/** What `compile` takes: a name for the defaults, or an optimizer. */
export type OptimizerOption = OpenName<OptimizerName | "momentum" | "nesterov" | "amsgrad"> | Optimizer;

/** The names of all optimizers. */
export const optimizerNames = Object.keys(optimizers) as readonly OptimizerName[];

const namedSettings: Readonly<Record<string, (options?: OptimizerOptions) => Optimizer>> = remembering(
  "optimizerSettings",
  {
    momentum: (options) => new Sgd({ momentum: 0.9, ...options }),
    nesterov: (options) => new Sgd({ momentum: 0.9, nesterov: true, ...options }),
    amsgrad: (options) => new Adam({ amsgrad: true, ...options }),
    nag: (options) => new Sgd({ momentum: 0.9, nesterov: true, ...options }),
  },
);

/** What other libraries and books call them. */
const aliases: Readonly<Record<string, OptimizerName>> = {
  gd: "sgd",
  gradientDescent: "sgd",
  stochasticGradientDescent: "sgd",
  rms: "rmsprop",
  rectifiedAdam: "rAdam",
};

/** The optimizer an option means. @throws UnknownNameError with the nearest right name. */
export function resolveOptimizer(option: OptimizerOption): Optimizer {
  if (option instanceof Optimizer) return option;
  if (typeof option !== "string")
    throw new ValueError({
      op: "optimizer",
      expected: 'a name such as "adam", or optimizers.adam({ … })',
      got: describeValue(option),
      ...(typeof option === "function" ? { hint: "Call it: optimizers.adam()." } : {}),
    });
  const known = findName(option, optimizerNames, aliases);
  if (known !== null) return optimizers[known]();
  const setting = findName(option, Object.keys(namedSettings));
  const make = setting === null ? undefined : namedSettings[setting];
  if (make !== undefined) return make();
  throw new UnknownNameError({
    what: "optimizer",
    unknown: option,
    known: [...optimizerNames, "momentum", "nesterov", "amsgrad"],
  });
}
