// Batch normalization: each feature by its mean and variance over the batch, and by moving statistics outside training.

import { backend } from "../../backend/current.ts";
import { checkedFlag, checkedNumber, checkOptions, describeValue, ValueError } from "../../errors.ts";
import { type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import { maths } from "../../intrinsics.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Parameter, Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { type BetaRuleOptions, type GammaRuleOptions, readRules, ruleNames } from "../weightRules.ts";
import { checkedEpsilon, checkFeatures, checkSample, normalize, type Statistics, statisticsOf } from "./normalize.ts";

/** Options of `layers.batchNorm`. */
export interface BatchNormOptions extends LayerOptions, GammaRuleOptions, BetaRuleOptions {
  /** The share of the old value in the moving statistics, 0.99 by default; with `convention: "torch"` that of the new batch, 0.1 by default. */
  readonly momentum?: number;
  /** Added to the variance under the root; 0.001 by default, 0.00001 with `convention: "torch"`. */
  readonly epsilon?: number;
  /** Whether a learned β is added; `true` by default. */
  readonly center?: boolean;
  /** Whether a learned γ multiplies; `true` by default. */
  readonly scale?: boolean;
  /** Whose moving statistics: Keras' (population variance) by default, or PyTorch's (variance divided by n − 1, momentum of the new). */
  readonly convention?: "keras" | "torch";
  /** How γ starts; "ones" by default. */
  readonly gammaInitializer?: InitializerOption;
  /** How β starts; "zeros" by default. */
  readonly betaInitializer?: InitializerOption;
  /** How the moving means start; "zeros" by default. */
  readonly movingMeanInitializer?: InitializerOption;
  /** How the moving variances start; "ones" by default. */
  readonly movingVarianceInitializer?: InitializerOption;
}

const initializerDefaults = {
  gammaInitializer: "ones",
  betaInitializer: "zeros",
  movingMeanInitializer: "zeros",
  movingVarianceInitializer: "ones",
} as const;

const optionNames = ["momentum", "epsilon", "center", "scale", "convention", ...ruleNames("gamma", "beta")] as const;

/** See `layers.batchNorm`. */
export class BatchNorm extends Layer {
  override readonly type = "batchNorm";
  override readonly isPlannable = true;
  /** Share of the moving statistics that is kept (Keras), or renewed (torch), by each batch. */
  readonly momentum: number;
  /** Added to the variance. */
  readonly epsilon: number;
  /** Whether β is added. */
  readonly center: boolean;
  /** Whether γ multiplies. */
  readonly scale: boolean;
  /** Whose moving statistics it keeps where Keras and PyTorch differ. */
  readonly convention: "keras" | "torch";
  readonly #plans: readonly Omit<WeightPlan, "shape">[];

  constructor(options: BatchNormOptions = {}) {
    super(options);
    const op = "layers.batchNorm";
    checkOptions(op, options, [...optionNames, ...Object.keys(initializerDefaults), ...layerOptionNames]);
    this.convention = checkedConvention(op, options.convention ?? "keras");
    const isTorch = this.convention === "torch";
    this.momentum = checkedMomentum(op, options.momentum ?? (isTorch ? 0.1 : 0.99));
    this.epsilon = checkedEpsilon(op, options.epsilon ?? (isTorch ? 1e-5 : 1e-3));
    this.center = options.center ?? true;
    this.scale = checkedFlag(op, "scale", options.scale ?? true);
    const initializer = (name: keyof typeof initializerDefaults) =>
      resolveInitializer(options[name] ?? initializerDefaults[name], name);
    this.#plans = [
      ...(this.scale
        ? [{ name: "gamma", initializer: initializer("gammaInitializer"), ...readRules(options, "gamma") }]
        : []),
      ...(this.center
        ? [{ name: "beta", initializer: initializer("betaInitializer"), ...readRules(options, "beta") }]
        : []),
      { name: "movingMean", initializer: initializer("movingMeanInitializer"), trainable: false },
      { name: "movingVariance", initializer: initializer("movingVarianceInitializer"), trainable: false },
    ];
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.name || this.type, inputShape);
    return inputShape;
  }

  /** Without training its weights (`trainable: false`) it uses the moving statistics as they are, as Keras does. */
  override call(x: Tensor, context: CallContext): Tensor {
    checkFeatures(this.name || this.type, x, this.inputShape);
    const areStatisticsOfX = context.training && this.trainable;
    const statistics = areStatisticsOfX ? this.#takeStatistics(x) : this.#movingStatistics();
    const output = normalize(x, statistics, {
      group: "columns",
      epsilon: this.epsilon,
      areStatisticsOfX,
      gamma: this.weights.find(({ name }) => name === "gamma"),
      beta: this.weights.find(({ name }) => name === "beta"),
    });
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    return this.#plans.map((plan) => ({ ...plan, shape: inputShape.slice(-1) }));
  }

  /** Those of the batch; the moving ones go a step towards them. */
  #takeStatistics(x: Tensor): Statistics {
    const batch = statisticsOf(x, "columns", "centred");
    const moving = this.#movingStatistics();
    const isTorch = this.convention === "torch";
    const take = isTorch ? this.momentum : 1 - this.momentum;
    const rows = sizeOf(x.shape.slice(0, -1));
    // A single row has no variance: dividing by n − 1 would make a NaN of its zero.
    const correction = isTorch ? rows / maths.max(1, rows - 1) : 1;
    if (batch.means !== null) backend().followStatistics(moving.means.numbers, batch.means.numbers, 1 - take, take);
    backend().followStatistics(moving.variances.numbers, batch.variances.numbers, 1 - take, take * correction);
    return batch;
  }

  #movingStatistics(): { readonly means: Parameter; readonly variances: Parameter } {
    const [means, variances] = this.weights.slice(-2);
    if (means !== undefined && variances !== undefined) return { means, variances };
    throw new ValueError({
      op: this.name || this.type,
      expected: "a layer that was built",
      got: "one without weights",
    });
  }
}

function checkedConvention(op: string, convention: string): "keras" | "torch" {
  if (convention === "keras" || convention === "torch") return convention;
  throw new ValueError({ op, expected: 'convention "keras" or "torch"', got: describeValue(convention) });
}

function checkedMomentum(op: string, momentum: number): number {
  if (checkedNumber(op, "momentum", momentum) >= 0 && momentum <= 1) return momentum;
  throw new ValueError({ op, expected: "a momentum from 0 to 1", got: describeValue(momentum) });
}
