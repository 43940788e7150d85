// Lion: steps of one size in the direction that momentum and gradient agree on.

import { backend } from "../backend/current.ts";
import { checkOptions } from "../errors.ts";
import { Optimizer } from "./optimizer.ts";
import { type OptimizerOptions, optimizerOptionNames, shareBelowOne } from "./optimizerOptions.ts";
import type { ParameterUpdate } from "./updates.ts";

/** Options of `optimizers.lion`. Its weight decay is decoupled in both conventions. */
export interface LionOptions extends OptimizerOptions {
  /** Share of the momentum in the direction, β₁; 0.9 by default. */
  readonly beta1?: number;
  /** Share of the momentum that is kept, β₂; 0.99 by default. */
  readonly beta2?: number;
}

/** See `optimizers.lion`. */
export class Lion extends Optimizer {
  override readonly name = "lion";
  readonly #beta1: number;
  /** Share of the momentum that is kept from step to step, β₂. */
  readonly beta2: number;

  constructor(options: LionOptions = {}) {
    super(options, 0.001);
    checkOptions("optimizers.lion", options, ["beta1", "beta2", ...optimizerOptionNames]);
    this.#beta1 = shareBelowOne("beta1", options.beta1 ?? 0.9);
    this.beta2 = shareBelowOne("beta2", options.beta2 ?? 0.99);
  }

  /** Share of the momentum in the direction, β₁; where a schedule moves it, that of the newest step. */
  get beta1(): number {
    return this.scheduledMomentum ?? this.#beta1;
  }

  /** p −= η · sign(β₁m + (1 − β₁)g), then m = β₂m + (1 − β₂)g. The same in both conventions. */
  protected override updateParameter({ values, gradient, learningRate, slot }: ParameterUpdate): void {
    backend().lionUpdate(
      { values, gradient, means: slot("means") },
      { beta1: this.beta1, beta2: this.beta2, rate: learningRate },
    );
  }

  protected override get decouplesByDefault(): boolean {
    return true;
  }

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get momentumName() {
    return "beta1" as const;
  }

  protected override ownConfig() {
    return { beta1: this.beta1, beta2: this.beta2 };
  }
}
