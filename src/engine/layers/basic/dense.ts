// The fully connected layer.

import type { ActivationName } from "../../activations/catalogue.ts";
import { checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import type { OpenName } from "../../names.ts";
import { formatShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { activate, activationWeights, type ChosenActivation, chooseActivation } from "../activate.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import {
  type BiasRuleOptions,
  type KernelRuleOptions,
  readRules,
  ruleNames,
  type WeightRules,
} from "../weightRules.ts";

/** Options of `layers.dense`. */
export interface DenseOptions extends LayerOptions, KernelRuleOptions, BiasRuleOptions {
  /** The function applied to each output; "linear" (none) by default. */
  readonly activation?: OpenName<ActivationName>;
  /** The activation's parameter, for leakyRelu, prelu (where it starts), elu, celu, hardShrink, softShrink and thresholdedRelu. */
  readonly alpha?: number;
  /** Whether a bias is added; `true` by default. */
  readonly useBias?: boolean;
  /** How the weights start; "glorotUniform" by default. */
  readonly kernelInitializer?: InitializerOption;
  /** How the biases start; "zeros" by default. */
  readonly biasInitializer?: InitializerOption;
}

const denseOptionNames = [
  "units",
  "activation",
  "alpha",
  "useBias",
  "kernelInitializer",
  "biasInitializer",
  ...ruleNames("kernel", "bias"),
  ...layerOptionNames,
] as const;

/** See `layers.dense`. */
export class Dense extends Layer {
  override readonly type = "dense";
  override readonly isPlannable = true;
  /** How many outputs. */
  readonly units: number;
  override readonly activation: ActivationName;
  override readonly activationAlpha: number | null;
  /** Whether it adds a bias `b`. */
  readonly useBias: boolean;
  /** How `W` started. */
  readonly kernelInitializer: Initializer;
  /** How `b` started. */
  readonly biasInitializer: Initializer;
  readonly #chosen: ChosenActivation;
  readonly #kernelRules: WeightRules;
  readonly #biasRules: WeightRules;

  constructor(units: number, options: DenseOptions = {}) {
    super(options);
    checkOptions("layers.dense", options, denseOptionNames, { units });
    if (!Number.isInteger(units) || units < 1)
      throw new ValueError({
        op: "layers.dense",
        expected: "units as a whole number, 1 or more",
        got: describeValue(units),
      });
    this.units = units;
    this.#chosen = chooseActivation(options.activation ?? "linear", options.alpha, "layers.dense");
    this.activation = this.#chosen.name;
    this.activationAlpha = this.#chosen.alpha;
    this.useBias = options.useBias ?? true;
    this.kernelInitializer = resolveInitializer(options.kernelInitializer ?? "glorotUniform", "kernelInitializer");
    this.biasInitializer = resolveInitializer(options.biasInitializer ?? "zeros", "biasInitializer");
    this.#kernelRules = readRules(options, "kernel");
    this.#biasRules = readRules(options, "bias");
  }

  override outputShapeFor(inputShape: Shape): Shape {
    if (inputShape.length === 0)
      throw new ShapeError({
        op: this.name || this.type,
        expected: "[batch, features]",
        got: formatShape(inputShape, true),
        hint: "Give each example at least one feature: x.reshape([-1, 1]).",
      });
    return [...inputShape.slice(0, -1), this.units];
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const [kernel, bias] = this.weights;
    const features = this.inputShape?.at(-1);
    if (kernel === undefined || x.shape.at(-1) !== features)
      throw new ShapeError({
        op: this.name || this.type,
        expected: features === undefined ? "a layer that was built" : `[batch, ${features}]`,
        got: x.shape,
        hint:
          features === undefined
            ? "Put it into a model, or call build first."
            : `Give ${features} features per example.`,
      });
    const product = x.matmul(kernel);
    const preActivation = this.useBias && bias !== undefined ? product.add(bias) : product;
    const output = activate(this.#chosen, preActivation, this.weights);
    context.observe?.(this, { preActivation, output });
    return output;
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    const { units, kernelInitializer, biasInitializer } = this;
    const kernelShape = [inputShape.at(-1) ?? 1, units];
    return [
      { name: "kernel", shape: kernelShape, initializer: kernelInitializer, ...this.#kernelRules },
      ...(this.useBias ? [{ name: "bias", shape: [units], initializer: biasInitializer, ...this.#biasRules }] : []),
      ...activationWeights(this.#chosen, [units]),
    ];
  }
}
