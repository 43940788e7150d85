// Adam's relatives: Adamax measures gradients by their largest, Nadam looks ahead, RAdam waits until its measure is sound.

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

/** Options of `optimizers.adamax`. */
export interface AdamaxOptions extends OptimizerOptions {
  /** Share of the running mean of gradients that is kept, β₁; 0.9 by default. */
  readonly beta1?: number;
  /** Share of the largest gradient that is kept, β₂; 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-8). */
  readonly epsilon?: number;
}

/** See `optimizers.adamax`. */
export class Adamax extends Optimizer {
  override readonly name = "adamax";
  readonly #beta1: number;
  /** How slowly the largest gradient is forgotten, β₂. */
  readonly beta2: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;

  constructor(options: AdamaxOptions = {}) {
    super(options, byConvention(options, 0.001, 0.002));
    checkOptions("optimizers.adamax", options, ["beta1", "beta2", "epsilon", ...optimizerOptionNames]);
    this.#beta1 = shareBelowOne("beta1", options.beta1 ?? 0.9);
    this.beta2 = shareBelowOne("beta2", options.beta2 ?? 0.999);
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-8));
  }

  /** Share of the running mean of gradients that is kept, β₁; where a schedule moves it, that of the newest step. */
  get beta1(): number {
    return this.scheduledMomentum ?? this.#beta1;
  }

  /**
   * m = β₁m + (1 − β₁)g.
   * Keras: u = max(β₂u, |g|), p −= η/(1 − β₁ᵗ) · m / (u + ε). torch: u = max(β₂u, |g| + ε), p −= η/(1 − β₁ᵗ) · m / u.
   */
  protected override updateParameter({ values, gradient, learningRate, step, slot }: ParameterUpdate): void {
    const { beta1, beta2, epsilon } = this;
    backend().adamaxUpdate(
      { values, gradient, means: slot("means"), largest: slot("largest") },
      {
        beta1,
        beta2,
        epsilon,
        isEpsilonInLargest: this.convention === "torch",
        rate: learningRate / (1 - beta1 ** step),
      },
    );
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get momentumName() {
    return "beta1" as const;
  }

  protected override ownConfig() {
    return { beta1: this.beta1, beta2: this.beta2, epsilon: this.epsilon };
  }
}

/** Options of `optimizers.nadam`. */
export interface NadamOptions extends OptimizerOptions {
  /** Share of the running mean of gradients that is kept, β₁; 0.9 by default. */
  readonly beta1?: number;
  /** Share of the running mean of squares that is kept, β₂; 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-8). */
  readonly epsilon?: number;
  /** How fast the look-ahead grows to its full size; 1 by default (torch: 0.004). */
  readonly momentumDecay?: number;
}

/** See `optimizers.nadam`. */
export class Nadam extends Optimizer {
  override readonly name = "nadam";
  readonly #beta1: number;
  /** Share of the running mean of squares that is kept, β₂. */
  readonly beta2: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;
  /** How fast the momentum reaches β₁. */
  readonly momentumDecay: number;
  /** μ₁ · μ₂ · … · μₜ. */
  #momentumProduct = 1;

  constructor(options: NadamOptions = {}) {
    super(options, byConvention(options, 0.001, 0.002));
    checkOptions("optimizers.nadam", options, ["beta1", "beta2", "epsilon", "momentumDecay", ...optimizerOptionNames]);
    this.#beta1 = shareBelowOne("beta1", options.beta1 ?? 0.9);
    this.beta2 = shareBelowOne("beta2", options.beta2 ?? 0.999);
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-8));
    this.momentumDecay = positive("momentumDecay", options.momentumDecay ?? byConvention(options, 1, 0.004));
  }

  /** Share of the running mean of gradients that is kept, β₁; where a schedule moves it, that of the newest step. */
  get beta1(): number {
    return this.scheduledMomentum ?? this.#beta1;
  }

  protected override beginStep(step: number): void {
    if (step === 1) this.#momentumProduct = 1;
    this.#momentumProduct *= this.#momentumAt(step);
  }

  protected override ownState() {
    return { momentumProduct: this.#momentumProduct };
  }

  protected override restoreOwnState({ momentumProduct = 1 }: Readonly<Record<string, number>>): void {
    this.#momentumProduct = momentumProduct;
  }

  protected override rehearse<Result>(step: number, work: () => Result): Result {
    const before = this.#momentumProduct;
    try {
      return super.rehearse(step, work);
    } finally {
      this.#momentumProduct = before;
    }
  }

  /**
   * m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², v̂ = v/(1 − β₂ᵗ), μₜ = β₁(1 − ½ · 0.96^(t · momentumDecay)), Πₜ = μ₁ · … · μₜ,
   * p −= η · ((1 − μₜ)/(1 − Πₜ) · g + μₜ₊₁/(1 − Πₜ₊₁) · m) / (√v̂ + ε). The same in both conventions.
   */
  protected override updateParameter({ values, gradient, learningRate, step, slot }: ParameterUpdate): void {
    const { beta1, beta2 } = this;
    const rootCorrection = sqrt(1 - beta2 ** step);
    const product = this.#momentumProduct;
    const next = this.#momentumAt(step + 1);
    // Divides by √v + ε · correction instead of √v̂ + ε, so that the correction is one for all numbers.
    const rate = learningRate * rootCorrection;
    backend().nadamUpdate(
      { values, gradient, means: slot("means"), squares: slot("squares") },
      {
        beta1,
        beta2,
        epsilon: this.epsilon * rootCorrection,
        gradientRate: (rate * (1 - this.#momentumAt(step))) / (1 - product),
        meanRate: (rate * next) / (1 - product * next),
      },
    );
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get momentumName() {
    return "beta1" as const;
  }

  protected override ownConfig() {
    return { beta1: this.beta1, beta2: this.beta2, epsilon: this.epsilon, momentumDecay: this.momentumDecay };
  }

  #momentumAt(step: number): number {
    return this.beta1 * (1 - 0.5 * 0.96 ** (step * this.momentumDecay));
  }
}

/** Options of `optimizers.rAdam`. */
export interface RAdamOptions extends OptimizerOptions {
  /** Share of the running mean of gradients that is kept, β₁; 0.9 by default. */
  readonly beta1?: number;
  /** Share of the running mean of squares that is kept, β₂; 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-8). */
  readonly epsilon?: number;
}

/** See `optimizers.rAdam`. */
export class RAdam extends Optimizer {
  override readonly name = "rAdam";
  readonly #beta1: number;
  /** Share of the running mean of squares that is kept, β₂. */
  readonly beta2: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;

  constructor(options: RAdamOptions = {}) {
    super(options, 0.001);
    checkOptions("optimizers.rAdam", options, ["beta1", "beta2", "epsilon", ...optimizerOptionNames]);
    this.#beta1 = shareBelowOne("beta1", options.beta1 ?? 0.9);
    this.beta2 = shareBelowOne("beta2", options.beta2 ?? 0.999);
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-8));
  }

  /** Share of the running mean of gradients that is kept, β₁; where a schedule moves it, that of the newest step. */
  get beta1(): number {
    return this.scheduledMomentum ?? this.#beta1;
  }

  /**
   * m and v as Adam; m̂ = m/(1 − β₁ᵗ). Once v rests on enough steps: p −= η · r · √(1 − β₂ᵗ) · m̂ / (√v + ε), before that:
   * p −= η · m̂. Keras has no RAdam: the formula is PyTorch's in both conventions.
   */
  protected override updateParameter({ values, gradient, learningRate, step, slot }: ParameterUpdate): void {
    const { beta1, beta2, epsilon } = this;
    const rectification = this.#rectification(step);
    const correction = rectification === null ? 1 : rectification * sqrt(1 - beta2 ** step);
    backend().adamUpdate(
      { values, gradient, means: slot("means"), squares: slot("squares"), largestSquares: null },
      {
        beta1,
        beta2,
        epsilon,
        rate: (learningRate * correction) / (1 - beta1 ** step),
        isAdaptive: rectification !== null,
      },
    );
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get momentumName() {
    return "beta1" as const;
  }

  protected override ownConfig() {
    return { beta1: this.beta1, beta2: this.beta2, epsilon: this.epsilon };
  }

  /**
   * r = √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)), ρ∞ = 2/(1 − β₂) − 1, ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ): how many steps v
   * rests on. `null` up to five, where v's own spread is too large.
   */
  #rectification(step: number): number | null {
    const power = this.beta2 ** step;
    const longest = 2 / (1 - this.beta2) - 1;
    const length = longest - (2 * step * power) / (1 - power);
    if (length <= 5) return null;
    return sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
  }
}
