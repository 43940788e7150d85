// Convolutions that treat each channel by itself: depthwise, and separable, which mixes the channels afterwards.

import { checkedCount } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import { convolutionOps, depthwiseConvolutionOps } from "../../ops/convolution.ts";
import type { WindowAttributes } from "../../ops/window.ts";
import { type Parameter, runOp, type Tensor } from "../../tensor.ts";
import type { WeightPlan } from "../weightPlan.ts";
import {
  type DepthwiseRuleOptions,
  type PointwiseRuleOptions,
  readRules,
  ruleNames,
  type WeightRules,
} from "../weightRules.ts";
import { ConvolutionLayer, type ConvolutionOptions, kernelAt, type WindowKind } from "./convolutionLayer.ts";
import type { WindowSize } from "./windowOptions.ts";

/** Options of `layers.depthwiseConv2d`. */
export interface DepthwiseConv2dOptions extends ConvolutionOptions, DepthwiseRuleOptions {
  /** How far the window moves from one output to the next; 1 by default. */
  readonly strides?: WindowSize;
  /** "valid" (default), "same", or so many zeros on both sides of each axis, as for conv2d. */
  readonly padding?: "valid" | "same" | WindowSize;
  /** Pixels from one place of the window to the next; 1 by default. */
  readonly dilationRate?: WindowSize;
  /** How many outputs each input channel gets; 1 by default. */
  readonly depthMultiplier?: number;
  /** How the kernel of single channels starts; "glorotUniform" by default. */
  readonly depthwiseInitializer?: InitializerOption;
}

/** Options of `layers.separableConv2d`. */
export interface SeparableConv2dOptions extends DepthwiseConv2dOptions, PointwiseRuleOptions {
  /** How the kernel that mixes the channels starts; "glorotUniform" by default. */
  readonly pointwiseInitializer?: InitializerOption;
}

/** What both layers have: a kernel for each channel. */
abstract class DepthwiseLayer extends ConvolutionLayer {
  /** How many outputs each input channel gets from the depthwise kernel. */
  readonly depthMultiplier: number;
  /** How the depthwise kernel started. */
  readonly depthwiseInitializer: Initializer;
  readonly #depthwiseRules: WeightRules;

  constructor(
    call: string,
    kernelSize: WindowSize | undefined,
    options: DepthwiseConv2dOptions,
    { ownOptions, given = {}, usage }: Pick<WindowKind, "ownOptions" | "given" | "usage">,
  ) {
    super(call, kernelSize, options, {
      padding: { axes: 2, words: ["valid", "same"], takesNumbers: true },
      ownOptions: ["dilationRate", "depthMultiplier", "depthwiseInitializer", ...ruleNames("depthwise"), ...ownOptions],
      given,
      usage,
    });
    this.depthMultiplier = checkedCount(call, "depthMultiplier", options.depthMultiplier ?? 1, 1);
    this.depthwiseInitializer = resolveInitializer(
      options.depthwiseInitializer ?? "glorotUniform",
      "depthwiseInitializer",
    );
    this.#depthwiseRules = readRules(options, "depthwise");
  }

  protected override planKernels(inputChannels: number): readonly WeightPlan[] {
    const shape = [...this.kernelSize, inputChannels, this.depthMultiplier];
    return [{ name: "depthwiseKernel", shape, initializer: this.depthwiseInitializer, ...this.#depthwiseRules }];
  }

  protected override convolve(x: Tensor, weights: readonly Parameter[]): Tensor {
    return runOp(depthwiseConvolutionOps.convolution, [x, kernelAt(weights, 0)], this.window);
  }
}

/** See `layers.depthwiseConv2d`. */
export class DepthwiseConv2d extends DepthwiseLayer {
  override readonly type = "depthwiseConv2d";

  constructor(kernelSize: WindowSize, options: DepthwiseConv2dOptions = {}) {
    super("layers.depthwiseConv2d", kernelSize, options, {
      ownOptions: [],
      usage: "layers.depthwiseConv2d(3) has a window of 3 × 3 for each channel.",
    });
  }

  protected override outputChannels(inputChannels: number): number {
    return inputChannels * this.depthMultiplier;
  }
}

/** One place, one step at a time: the window of a pointwise convolution. */
const pointwise: WindowAttributes = { strides: [1, 1], dilation: [1, 1], padding: "valid" };

/** See `layers.separableConv2d`. */
export class SeparableConv2d extends DepthwiseLayer {
  override readonly type = "separableConv2d";
  /** How many output channels. */
  readonly filters: number;
  /** How the pointwise kernel started. */
  readonly pointwiseInitializer: Initializer;
  readonly #pointwiseRules: WeightRules;

  constructor(filters: number, kernelSize: WindowSize | undefined, options: SeparableConv2dOptions = {}) {
    super("layers.separableConv2d", kernelSize, options, {
      ownOptions: ["filters", "pointwiseInitializer", ...ruleNames("pointwise")],
      given: { filters },
      usage: "layers.separableConv2d(16, 3) has 16 filters of 3 × 3.",
    });
    this.filters = checkedCount("layers.separableConv2d", "filters", filters, 1);
    this.pointwiseInitializer = resolveInitializer(
      options.pointwiseInitializer ?? "glorotUniform",
      "pointwiseInitializer",
    );
    this.#pointwiseRules = readRules(options, "pointwise");
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  protected override planKernels(inputChannels: number): readonly WeightPlan[] {
    const shape = [1, 1, inputChannels * this.depthMultiplier, this.filters];
    return [
      ...super.planKernels(inputChannels),
      { name: "pointwiseKernel", shape, initializer: this.pointwiseInitializer, ...this.#pointwiseRules },
    ];
  }

  protected override convolve(x: Tensor, weights: readonly Parameter[]): Tensor {
    return runOp(convolutionOps.convolution, [super.convolve(x, weights), kernelAt(weights, 1)], pointwise);
  }
}
