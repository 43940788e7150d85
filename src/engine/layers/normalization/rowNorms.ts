// Layer and RMS normalization: each example by the statistics of its own features, the same in training and outside.

import { checkedFlag, checkOptions } from "../../errors.ts";
import { type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { type BetaRuleOptions, type GammaRuleOptions, readRules, ruleNames } from "../weightRules.ts";
import { checkedEpsilon, checkFeatures, checkSample, normalize, statisticsOf } from "./normalize.ts";

/** Options of `layers.layerNorm`. */
export interface LayerNormOptions extends LayerOptions, GammaRuleOptions, BetaRuleOptions {
  /** Added to the variance under the root; 0.001 by default (PyTorch: 0.00001). */
  readonly epsilon?: number;
  /** Whether a learned β is added; `true` by default. */
  readonly center?: boolean;
  /** Whether a learned γ multiplies; `true` by default. */
  readonly scale?: boolean;
  /** How γ starts; "ones" by default. */
  readonly gammaInitializer?: InitializerOption;
  /** How β starts; "zeros" by default. */
  readonly betaInitializer?: InitializerOption;
}

/** Options of `layers.rmsNorm`. */
export interface RmsNormOptions extends LayerOptions, GammaRuleOptions {
  /** Added to the mean square under the root; 0.000001 by default. */
  readonly epsilon?: number;
  /** Whether a learned γ multiplies; `true` by default. */
  readonly scale?: boolean;
  /** How γ starts; "ones" by default. */
  readonly gammaInitializer?: InitializerOption;
}

/** What both do: statistics along the last axis, then γ and β for each feature. */
abstract class RowNorm extends Layer {
  override readonly isPlannable = true;
  /** Added to the variance. */
  readonly epsilon: number;
  /** Whether γ multiplies. */
  readonly scale: boolean;
  /** Whether the mean is subtracted. */
  protected abstract readonly statistics: "centred" | "meanSquares";
  readonly #plans: readonly Omit<WeightPlan, "shape">[];

  constructor(op: string, options: LayerNormOptions, fallback: { readonly epsilon: number; readonly center: boolean }) {
    super(options);
    this.epsilon = checkedEpsilon(op, options.epsilon ?? fallback.epsilon);
    this.scale = checkedFlag(op, "scale", options.scale ?? true);
    const gamma = resolveInitializer(options.gammaInitializer ?? "ones", "gammaInitializer");
    const beta = resolveInitializer(options.betaInitializer ?? "zeros", "betaInitializer");
    this.#plans = [
      ...(this.scale ? [{ name: "gamma", initializer: gamma, ...readRules(options, "gamma") }] : []),
      ...(fallback.center ? [{ name: "beta", initializer: beta, ...readRules(options, "beta") }] : []),
    ];
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.name || this.type, inputShape);
    return inputShape;
  }

  override call(x: Tensor, context: CallContext): Tensor {
    checkFeatures(this.name || this.type, x, this.inputShape);
    const output = normalize(x, statisticsOf(x, "rows", this.statistics), {
      group: "rows",
      epsilon: this.epsilon,
      areStatisticsOfX: true,
      gamma: this.weights.find(({ name }) => name === "gamma"),
      beta: this.weights.find(({ name }) => name === "beta"),
    });
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    return this.#plans.map((plan) => ({ ...plan, shape: inputShape.slice(-1) }));
  }
}

/** See `layers.layerNorm`. */
export class LayerNorm extends RowNorm {
  override readonly type = "layerNorm";
  /** Whether β is added. */
  readonly center: boolean;
  protected override readonly statistics = "centred";

  constructor(options: LayerNormOptions = {}) {
    const op = "layers.layerNorm";
    checkOptions(op, options, [
      "epsilon",
      "center",
      "scale",
      "gammaInitializer",
      "betaInitializer",
      ...ruleNames("gamma", "beta"),
      ...layerOptionNames,
    ]);
    const center = options.center ?? true;
    super(op, options, { epsilon: 1e-3, center });
    this.center = center;
  }
}

/** See `layers.rmsNorm`. */
export class RmsNorm extends RowNorm {
  override readonly type = "rmsNorm";
  protected override readonly statistics = "meanSquares";

  constructor(options: RmsNormOptions = {}) {
    const op = "layers.rmsNorm";
    const own = ["epsilon", "scale", "gammaInitializer", ...ruleNames("gamma")];
    checkOptions(op, options, [...own, ...layerOptionNames]);
    super(op, options, { epsilon: 1e-6, center: false });
  }
}
