// Adam, and AdamW: momentum and a step size for each weight together.

import { backend } from "../backend/current.ts";
import { checkOptions } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { Optimizer } from "./optimizer.ts";
import {
  byConvention,
  type OptimizerOptions,
  optimizerOptionNames,
  positive,
  shareBelowOne,
} from "./optimizerOptions.ts";
import type { ParameterUpdate } from "./updates.ts";

const { sqrt } = maths;

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

const adamOptionNames = ["beta1", "beta2", "epsilon", "amsgrad", ...optimizerOptionNames] as const;

/** See `optimizers.adam`. */
export class Adam extends Optimizer {
  override readonly name: string = "adam";
  readonly #beta1: number;
  /** Share of the running mean of squares that is kept, β₂. */
  readonly beta2: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;
  /** Whether the largest mean of squares so far takes the place of the newest. */
  readonly amsgrad: boolean;

  constructor(options: AdamOptions = {}) {
    super(options, 0.001);
    checkOptions("optimizers.adam", options, adamOptionNames);
    this.#beta1 = shareBelowOne("beta1", options.beta1 ?? 0.9);
    this.beta2 = shareBelowOne("beta2", options.beta2 ?? 0.999);
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-8));
    this.amsgrad = options.amsgrad ?? false;
  }

  /** Share of the running mean of gradients that is kept, β₁; where a schedule moves it, that of the newest step. */
  get beta1(): number {
    return this.scheduledMomentum ?? this.#beta1;
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
      { beta1, beta2, epsilon: ownEpsilon, rate, isAdaptive: true },
    );
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get momentumName() {
    return "beta1" as const;
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

/** Options of `optimizers.adamW`. Its weight decay is always decoupled; 0.004 by default (torch: 0.01). */
export type AdamWOptions = Omit<AdamOptions, "decoupledWeightDecay">;

/** See `optimizers.adamW`. */
export class AdamW extends Adam {
  override readonly name = "adamW";

  constructor(options: AdamWOptions = {}) {
    checkOptions(
      "optimizers.adamW",
      options,
      adamOptionNames.filter((name) => name !== "decoupledWeightDecay"),
    );
    const weightDecay = options.weightDecay ?? byConvention(options, 0.004, 0.01);
    super({ ...options, weightDecay });
  }

  protected override get decouplesByDefault(): boolean {
    return true;
  }
}
