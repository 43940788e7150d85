// What all convolutional layers share: window, bias, activation, and the order in which they are applied.

import type { ActivationName } from "../../activations/catalogue.ts";
import { checkOptions } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import type { OpenName } from "../../names.ts";
import { type WindowAttributes, windowGeometry, windowOutputShape } from "../../ops/window.ts";
import type { Shape } from "../../shape.ts";
import type { Parameter, Tensor } from "../../tensor.ts";
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
import {
  checkBatch,
  checkSample,
  type PaddingChoice,
  readPadding,
  readSizes,
  type WindowAxes,
  type WindowSize,
} from "./windowOptions.ts";

/** Options every convolutional layer takes. */
export interface ConvolutionOptions extends LayerOptions, BiasRuleOptions {
  /** The function applied to each output; "linear" (none) by default. */
  readonly activation?: OpenName<ActivationName>;
  /** The activation's parameter, for leakyRelu, prelu (where it starts), elu, celu, hardShrink, softShrink and thresholdedRelu. */
  readonly alpha?: number;
  /** Whether a bias is added to each output channel; `true` by default. */
  readonly useBias?: boolean;
  /** How the biases start; "zeros" by default. */
  readonly biasInitializer?: InitializerOption;
}

/** The same with the window's own options, as any of the layers takes them. */
export interface WindowedOptions extends ConvolutionOptions {
  readonly strides?: WindowSize;
  readonly padding?: string | WindowSize;
  readonly dilationRate?: WindowSize;
}

/** How the kernel starts, for the layers that have one. */
export interface KernelOptions extends KernelRuleOptions {
  /** How the kernel starts; "glorotUniform" by default. */
  readonly kernelInitializer?: InitializerOption;
}

const convolutionOptionNames = [
  "kernelSize",
  "strides",
  "padding",
  "activation",
  "alpha",
  "useBias",
  "biasInitializer",
  ...ruleNames("bias"),
  ...layerOptionNames,
] as const;

/** A window as a layer of some kind takes it. */
export interface WindowKind {
  readonly padding: PaddingChoice;
  /** The options it takes beside those that all convolutions take. */
  readonly ownOptions: readonly string[];
  /** What it was called with beside its options and its window. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** A call that is right, for the error when kernelSize is missing. */
  readonly usage: string;
}

/** A layer whose window moves over steps `[batch, steps, channels]` or pictures `[batch, height, width, channels]`. */
export abstract class ConvolutionLayer extends Layer {
  override readonly isPlannable = true;
  /** The window's lengths along each axis. */
  readonly kernelSize: readonly number[];
  /** How far the window moves along each axis from one output to the next. */
  readonly strides: readonly number[];
  /** Input places from one place of the window to the next along each axis; 1 for a window without gaps. */
  readonly dilationRate: readonly number[];
  /** "valid", "same" or "causal"; else the places added before and after each axis. */
  readonly padding: string | readonly number[];
  override readonly activation: ActivationName;
  override readonly activationAlpha: number | null;
  /** Whether each output channel has a bias. */
  readonly useBias: boolean;
  /** How the biases started. */
  readonly biasInitializer: Initializer;
  protected readonly window: WindowAttributes;
  readonly #axes: WindowAxes;
  readonly #chosen: ChosenActivation;
  readonly #biasRules: WeightRules;

  constructor(
    call: string,
    kernelSize: unknown,
    options: WindowedOptions,
    { padding: choice, ownOptions, given = {}, usage }: WindowKind,
  ) {
    super(options);
    checkOptions(call, options, [...ownOptions, ...convolutionOptionNames], { kernelSize, ...given });
    const { axes } = choice;
    this.#axes = axes;
    this.kernelSize = readSizes(call, "kernelSize", kernelSize, { axes, hint: usage });
    this.strides = readSizes(call, "strides", options.strides ?? 1, { axes });
    this.dilationRate = readSizes(call, "dilationRate", options.dilationRate ?? 1, { axes });
    const spans = this.kernelSize.map((length, axis) => (length - 1) * (this.dilationRate[axis] ?? 1) + 1);
    const { shown, padding } = readPadding(call, options.padding ?? "valid", choice, spans);
    this.padding = shown;
    this.window = { strides: this.strides, dilation: this.dilationRate, padding };
    this.#chosen = chooseActivation(options.activation ?? "linear", options.alpha, call);
    this.activation = this.#chosen.name;
    this.activationAlpha = this.#chosen.alpha;
    this.useBias = options.useBias ?? true;
    this.biasInitializer = resolveInitializer(options.biasInitializer ?? "zeros", "biasInitializer");
    this.#biasRules = readRules(options, "bias");
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.label, inputShape, this.#axes);
    return this.placeOutput(inputShape, this.outputChannels(inputShape.at(-1) ?? 1));
  }

  override call(x: Tensor, context: CallContext): Tensor {
    checkBatch(this.label, x.shape, this.inputShape, this.#axes);
    const convolved = this.convolve(x, this.weights);
    const bias = this.weights.find(({ name }) => name === "bias");
    const preActivation = bias === undefined ? convolved : convolved.add(bias);
    const output = activate(this.#chosen, preActivation, this.weights);
    context.observe?.(this, { preActivation, output });
    return output;
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    const inputChannels = inputShape.at(-1) ?? 1;
    const channels = [this.outputChannels(inputChannels)];
    return [
      ...this.planKernels(inputChannels),
      ...(this.useBias
        ? [{ name: "bias", shape: channels, initializer: this.biasInitializer, ...this.#biasRules }]
        : []),
      ...activationWeights(this.#chosen, channels),
    ];
  }

  /** One sample's output shape. */
  protected placeOutput(inputShape: Shape, channels: number): Shape {
    const op = this.label;
    const geometry = windowGeometry([1, ...inputShape], this.kernelSize, channels, this.window, op);
    return windowOutputShape(geometry, this.#axes + 2).slice(1);
  }

  protected abstract outputChannels(inputChannels: number): number;

  protected abstract planKernels(inputChannels: number): readonly WeightPlan[];

  /** The convolution itself, before bias and activation; `weights` begin with the planned kernels. */
  protected abstract convolve(x: Tensor, weights: readonly Parameter[]): Tensor;
}

/** The kernel at a place of the layer's weights, which `call` has found to be built. */
export function kernelAt(weights: readonly Parameter[], index: number): Parameter {
  const kernel = weights[index];
  if (kernel === undefined) throw new RangeError(`The layer has no kernel ${index}.`);
  return kernel;
}
