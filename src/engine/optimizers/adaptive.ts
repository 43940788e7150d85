// Optimizers that give each weight its own step size, by the squares of its gradients: Adagrad, RMSprop, Adadelta.

import { backend } from "../backend/current.ts";
import { checkOptions, ValueError } from "../errors.ts";
import { Optimizer } from "./optimizer.ts";
import {
  byConvention,
  notNegative,
  type OptimizerOptions,
  optimizerOptionNames,
  positive,
  shareBelowOne,
} from "./optimizerOptions.ts";
import type { ParameterUpdate } from "./updates.ts";

/** Options of `optimizers.adagrad`. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sum of squares starts at, 0 or more; 0.1 by default (torch: 0). */
  readonly initialAccumulatorValue?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-10). */
  readonly epsilon?: number;
  /** Shrinks the steps further, `η / (1 + (t − 1) · decay)`; torch convention only, 0 by default. */
  readonly learningRateDecay?: number;
}

/** See `optimizers.adagrad`. */
export class Adagrad extends Optimizer {
  override readonly name = "adagrad";
  /** What the sum of squares started at. */
  readonly initialAccumulatorValue: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;
  /** How fast its steps shrink beside that; 0 for not at all. */
  readonly learningRateDecay: number;

  constructor(options: AdagradOptions = {}) {
    super(options, byConvention(options, 0.001, 0.01));
    checkOptions("optimizers.adagrad", options, [
      "initialAccumulatorValue",
      "epsilon",
      "learningRateDecay",
      ...optimizerOptionNames,
    ]);
    this.initialAccumulatorValue = notNegative(
      "initialAccumulatorValue",
      options.initialAccumulatorValue ?? byConvention(options, 0.1, 0),
    );
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-10));
    this.learningRateDecay = notNegative("learningRateDecay", options.learningRateDecay ?? 0);
    if (this.learningRateDecay !== 0 && this.convention !== "torch")
      throw new ValueError({
        op: "optimizers.adagrad",
        expected: 'convention: "torch" with learningRateDecay',
        got: `"${this.convention}"`,
      });
  }

  /** s = s + g². Keras: p −= ηg / √(s + ε). torch: p −= η / (1 + (t − 1)·decay) · g / (√s + ε). */
  protected override updateParameter({ values, gradient, learningRate, step, slot }: ParameterUpdate): void {
    backend().adagradUpdate(
      { values, gradient, squares: slot("squares", this.initialAccumulatorValue) },
      {
        epsilon: this.epsilon,
        isEpsilonInRoot: this.convention === "keras",
        rate: learningRate / (1 + (step - 1) * this.learningRateDecay),
      },
    );
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override ownConfig() {
    return {
      initialAccumulatorValue: this.initialAccumulatorValue,
      epsilon: this.epsilon,
      ...(this.learningRateDecay === 0 ? {} : { learningRateDecay: this.learningRateDecay }),
    };
  }
}

/** Options of `optimizers.rmsprop`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Share of the running mean of squares that is kept, ρ; 0.9 by default (torch: 0.99). */
  readonly rho?: number;
  /** Share of the last change that is kept; 0 by default. */
  readonly momentum?: number;
  /** Keeps the division from blowing up; 1e-7 by default (torch: 1e-8). */
  readonly epsilon?: number;
  /** Divides by the standard deviation instead of the root mean square; `false` by default. */
  readonly centered?: boolean;
}

/** See `optimizers.rmsprop`. */
export class Rmsprop extends Optimizer {
  override readonly name = "rmsprop";
  /** Share of the running mean of squares that is kept, ρ. */
  readonly rho: number;
  readonly #momentum: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;
  /** Whether it divides by the standard deviation. */
  readonly centered: boolean;

  constructor(options: RmspropOptions = {}) {
    super(options, byConvention(options, 0.001, 0.01));
    checkOptions("optimizers.rmsprop", options, ["rho", "momentum", "epsilon", "centered", ...optimizerOptionNames]);
    this.rho = shareBelowOne("rho", options.rho ?? byConvention(options, 0.9, 0.99));
    this.#momentum = shareBelowOne("momentum", options.momentum ?? 0);
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-8));
    this.centered = options.centered ?? false;
  }

  /** Share of the last change that is kept, β; where a schedule moves it, that of the newest step. */
  get momentum(): number {
    return this.scheduledMomentum ?? this.#momentum;
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

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get momentumName() {
    return "momentum" as const;
  }

  protected override ownConfig() {
    return { rho: this.rho, momentum: this.momentum, epsilon: this.epsilon, centered: this.centered };
  }
}

/** Options of `optimizers.adadelta`. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Share of both running means of squares that is kept, ρ; 0.95 by default (torch: 0.9). */
  readonly rho?: number;
  /** Starts the changes, which are nothing at first, and keeps the division from blowing up; 1e-7 by default (torch: 1e-6). */
  readonly epsilon?: number;
}

/** See `optimizers.adadelta`. */
export class Adadelta extends Optimizer {
  override readonly name = "adadelta";
  /** Share of both running means of squares that is kept, ρ. */
  readonly rho: number;
  /** Keeps the division from blowing up, ε. */
  readonly epsilon: number;

  constructor(options: AdadeltaOptions = {}) {
    super(options, byConvention(options, 0.001, 1));
    checkOptions("optimizers.adadelta", options, ["rho", "epsilon", ...optimizerOptionNames]);
    this.rho = shareBelowOne("rho", options.rho ?? byConvention(options, 0.95, 0.9));
    this.epsilon = positive("epsilon", options.epsilon ?? byConvention(options, 1e-7, 1e-6));
  }

  /** v = ρv + (1 − ρ)g², d = g · √(u + ε) / √(v + ε), u = ρu + (1 − ρ)d², p −= ηd. The same in both conventions. */
  protected override updateParameter({ values, gradient, learningRate, slot }: ParameterUpdate): void {
    backend().adadeltaUpdate(
      { values, gradient, squares: slot("squares"), changeSquares: slot("changeSquares") },
      { rho: this.rho, epsilon: this.epsilon, rate: learningRate },
    );
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override ownConfig() {
    return { rho: this.rho, epsilon: this.epsilon };
  }
}
