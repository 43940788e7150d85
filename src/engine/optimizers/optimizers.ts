// The optimizers: gradient descent with momentum, RMSprop, Adam.

import { backend } from "../backend/current.ts";
import { checkOptions, describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { withKnownMembers } from "../members.ts";
import { findName, type OpenName } from "../names.ts";
import {
  Optimizer,
  type OptimizerOptions,
  optimizerOptionNames,
  type ParameterUpdate,
  positive,
  shareBelowOne,
} from "./optimizer.ts";

const { sqrt } = maths;

/** Options of `optimizers.sgd`. */
export interface SgdOptions extends OptimizerOptions {
  /** Share of the last change that is kept, β; 0 by default. */
  readonly momentum?: number;
  /** Looks ahead along the momentum (Nesterov 1983). */
  readonly nesterov?: boolean;
  /** Share by which the gradient is damped in the momentum; torch convention only. */
  readonly dampening?: number;
}

/** See `optimizers.sgd`. */
export class Sgd extends Optimizer {
  override readonly name = "sgd";
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly dampening: number;

  constructor(options: SgdOptions = {}) {
    super(options, 0.01);
    checkOptions("optimizers.sgd", options, ["momentum", "nesterov", "dampening", ...optimizerOptionNames]);
    this.momentum = shareBelowOne("momentum", options.momentum ?? 0);
    this.nesterov = options.nesterov ?? false;
    this.dampening = shareBelowOne("dampening", options.dampening ?? 0);
    if (this.nesterov && this.momentum === 0)
      throw new ValueError({
        op: "optimizers.sgd",
        expected: "momentum above 0 with nesterov",
        got: "momentum 0",
        hint: "Try momentum: 0.9.",
      });
    if (this.nesterov && this.dampening !== 0)
      throw new ValueError({
        op: "optimizers.sgd",
        expected: "no dampening with nesterov",
        got: `dampening ${this.dampening}`,
      });
    if (this.dampening !== 0 && this.convention !== "torch")
      throw new ValueError({
        op: "optimizers.sgd",
        expected: 'convention: "torch" with dampening',
        got: `"${this.convention}"`,
      });
  }

  /**
   * Keras: m = βm − ηg; p += m (Nesterov: p += βm − ηg).
   * torch: m = βm + (1 − dampening)g, first m = g; p −= ηm (Nesterov: p −= η(g + βm)). The same while η stays the same.
   */
  protected override updateParameter({ values, gradient, learningRate, step, slot }: ParameterUpdate): void {
    const { momentum, nesterov, dampening } = this;
    if (momentum === 0) {
      backend().addScaled(gradient, values, -learningRate);
      return;
    }
    const scales =
      this.convention === "torch"
        ? { gradientScale: step === 1 ? 1 : 1 - dampening, velocityScale: -learningRate }
        : { gradientScale: -learningRate, velocityScale: 1 };
    backend().momentumUpdate(
      { values, gradient, velocity: slot("velocity") },
      { momentum, looksAhead: nesterov, ...scales },
    );
  }

  protected override ownConfig() {
    return {
      momentum: this.momentum,
      nesterov: this.nesterov,
      ...(this.dampening === 0 ? {} : { dampening: this.dampening }),
    };
  }
}

/** Options of `optimizers.rmsprop`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Share of the running mean of squares that is kept, ρ; 0.9 by default. */
  readonly rho?: number;
  /** Share of the last change that is kept; 0 by default. */
  readonly momentum?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-8). */
  readonly epsilon?: number;
  /** Divides by the standard deviation instead of the root mean square. */
  readonly centered?: boolean;
}

/** See `optimizers.rmsprop`. */
export class Rmsprop extends Optimizer {
  override readonly name = "rmsprop";
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly centered: boolean;

  constructor(options: RmspropOptions = {}) {
    super(options, 0.001);
    checkOptions("optimizers.rmsprop", options, ["rho", "momentum", "epsilon", "centered", ...optimizerOptionNames]);
    this.rho = shareBelowOne("rho", options.rho ?? 0.9);
    this.momentum = shareBelowOne("momentum", options.momentum ?? 0);
    this.epsilon = positive("epsilon", options.epsilon ?? (this.convention === "torch" ? 1e-8 : 1e-7));
    this.centered = options.centered ?? false;
  }

  /**
   * v = ρv + (1 − ρ)g², centered: a = ρa + (1 − ρ)g and v − a² instead of v.
   * Keras: d = ηg / √(v + ε), m = βm + d, p −= m. torch: d = g / (√v + ε), m = βm + d, p −= ηm.
   */
  protected override updateParameter({ values, gradient, learningRate, slot }: ParameterUpdate): void {
    const { rho, momentum, epsilon, centered } = this;
    const scales =
      this.convention === "torch"
        ? { isEpsilonInRoot: false, gradientScale: 1, changeScale: learningRate }
        : { isEpsilonInRoot: true, gradientScale: learningRate, changeScale: 1 };
    backend().rmspropUpdate(
      {
        values,
        gradient,
        squares: slot("squares"),
        means: centered ? slot("means") : null,
        velocity: momentum > 0 ? slot("velocity") : null,
      },
      { rho, momentum, epsilon, ...scales },
    );
  }

  protected override ownConfig() {
    return { rho: this.rho, momentum: this.momentum, epsilon: this.epsilon, centered: this.centered };
  }
}

/** Options of `optimizers.adam`. */
export interface AdamOptions extends OptimizerOptions {
  /** Share of the running mean of gradients that is kept, β₁; 0.9 by default. */
  readonly beta1?: number;
  /** Share of the running mean of squares that is kept, β₂; 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-8). */
  readonly epsilon?: number;
  /** Uses the largest mean of squares seen so far (Reddi et al. 2018). */
  readonly amsgrad?: boolean;
}

/** See `optimizers.adam`. */
export class Adam extends Optimizer {
  override readonly name = "adam";
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;

  constructor(options: AdamOptions = {}) {
    super(options, 0.001);
    checkOptions("optimizers.adam", options, ["beta1", "beta2", "epsilon", "amsgrad", ...optimizerOptionNames]);
    this.beta1 = shareBelowOne("beta1", options.beta1 ?? 0.9);
    this.beta2 = shareBelowOne("beta2", options.beta2 ?? 0.999);
    this.epsilon = positive("epsilon", options.epsilon ?? (this.convention === "torch" ? 1e-8 : 1e-7));
    this.amsgrad = options.amsgrad ?? false;
  }

  /**
   * m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g².
   * Keras: p −= η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε). torch: p −= η · m̂ / (√v̂ + ε), m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
   */
  protected override updateParameter({ values, gradient, learningRate, step, slot }: ParameterUpdate): void {
    const { beta1, beta2, epsilon } = this;
    const meanCorrection = 1 - beta1 ** step;
    const rootCorrection = sqrt(1 - beta2 ** step);
    // Keras' ε stands beside √v, torch's beside √v̂ = √v / rootCorrection.
    const ownEpsilon = this.convention === "torch" ? epsilon * rootCorrection : epsilon;
    const rate = (learningRate * rootCorrection) / meanCorrection;
    backend().adamUpdate(
      {
        values,
        gradient,
        means: slot("means"),
        squares: slot("squares"),
        largestSquares: this.amsgrad ? slot("largestSquares") : null,
      },
      { beta1, beta2, epsilon: ownEpsilon, rate },
    );
  }

  protected override ownConfig() {
    return {
      beta1: this.beta1,
      beta2: this.beta2,
      epsilon: this.epsilon,
      ...(this.amsgrad ? { amsgrad: true } : {}),
    };
  }
}

/** Rules that turn gradients into better weights. */
export const optimizers = withKnownMembers("optimizer", {
  /**
   * Gradient descent: `p −= η·g`, with momentum `m = β·m − η·g; p += m`, with Nesterov's look-ahead `p += β·m − η·g`.
   *
   * learningRate 0.01, momentum 0, nesterov false. With the whole data set as one batch it is gradient descent, with
   * batches stochastic gradient descent.
   * @example optimizers.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })
   */
  sgd: (options: SgdOptions = {}): Sgd => new Sgd(options),
  /**
   * RMSprop: divides each gradient by the root of its running mean square (Tieleman & Hinton 2012).
   *
   * learningRate 0.001, rho 0.9, momentum 0, epsilon 1e-7, centered false.
   */
  rmsprop: (options: RmspropOptions = {}): Rmsprop => new Rmsprop(options),
  /**
   * Adam: momentum and RMSprop together, corrected for their start at zero (Kingma & Ba 2015).
   *
   * learningRate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7.
   */
  adam: (options: AdamOptions = {}): Adam => new Adam(options),
} as const);

/** The name of an optimizer. */
export type OptimizerName = keyof typeof optimizers;

/** What `compile` takes: a name for the defaults, or an optimizer. */
export type OptimizerOption = OpenName<OptimizerName | "momentum" | "nesterov"> | Optimizer;

/** The names of all optimizers. */
export const optimizerNames = Object.keys(optimizers) as readonly OptimizerName[];

const namedSettings: Readonly<Record<string, () => Optimizer>> = {
  momentum: () => new Sgd({ momentum: 0.9 }),
  nesterov: () => new Sgd({ momentum: 0.9, nesterov: true }),
  nag: () => new Sgd({ momentum: 0.9, nesterov: true }),
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
  const known = findName(option, optimizerNames, {
    gradientDescent: "sgd",
    stochasticGradientDescent: "sgd",
    rms: "rmsprop",
  });
  if (known !== null) return optimizers[known]();
  const setting = findName(option, Object.keys(namedSettings));
  const make = setting === null ? undefined : namedSettings[setting];
  if (make !== undefined) return make();
  throw new UnknownNameError({
    what: "optimizer",
    unknown: option,
    known: [...optimizerNames, "momentum", "nesterov"],
  });
}
