// Gradient descent, with momentum and Nesterov's look-ahead.

import { backend } from "../backend/current.ts";
import { checkOptions, ValueError } from "../errors.ts";
import { Optimizer } from "./optimizer.ts";
import { type OptimizerOptions, optimizerOptionNames, shareBelowOne } from "./optimizerOptions.ts";
import type { ParameterUpdate } from "./updates.ts";

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
  readonly #momentum: number;
  /** Whether it looks ahead along the momentum. */
  readonly nesterov: boolean;
  /** Share of each gradient that momentum leaves out; torch convention only. */
  readonly dampening: number;

  constructor(options: SgdOptions = {}) {
    super(options, 0.01);
    checkOptions("optimizers.sgd", options, ["momentum", "nesterov", "dampening", ...optimizerOptionNames]);
    this.#momentum = shareBelowOne("momentum", options.momentum ?? 0);
    this.nesterov = options.nesterov ?? false;
    this.dampening = shareBelowOne("dampening", options.dampening ?? 0);
    if (this.nesterov && this.#momentum === 0 && this.scheduledMomentum === null)
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

  /** Share of the last change that is kept, β; where a schedule moves it, that of the newest step. */
  get momentum(): number {
    return this.scheduledMomentum ?? this.#momentum;
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

  protected override get isElementwise(): boolean {
    return true;
  }

  protected override get isDescent(): boolean {
    return this.#momentum === 0 && this.scheduledMomentum === null;
  }

  protected override get momentumName() {
    return "momentum" as const;
  }

  protected override ownConfig() {
    return {
      momentum: this.momentum,
      nesterov: this.nesterov,
      ...(this.dampening === 0 ? {} : { dampening: this.dampening }),
    };
  }
}
