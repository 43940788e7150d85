// The plain convolutions, over steps and over pictures, and the transposed one.

import { checkedCount } from "../../errors.ts";
import { type Initializer, resolveInitializer } from "../../initializers/initializers.ts";
import { convolutionOps } from "../../ops/convolution.ts";
import { transposedLengths } from "../../ops/window.ts";
import type { Shape } from "../../shape.ts";
import { type Parameter, runOp, type Tensor } from "../../tensor.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { readRules, ruleNames, type WeightRules } from "../weightRules.ts";
import {
  ConvolutionLayer,
  type ConvolutionOptions,
  type KernelOptions,
  kernelAt,
  type WindowedOptions,
  type WindowKind,
} from "./convolutionLayer.ts";
import type { WindowSize } from "./windowOptions.ts";

/** Options of `layers.conv1d`. */
export interface Conv1dOptions extends ConvolutionOptions, KernelOptions {
  /** How many steps the window moves from one output to the next; 1 by default. */
  readonly strides?: number;
  /**
   * "valid" (default): the window stays inside. "same": `⌈steps / strides⌉` outputs, zeros on both sides. "causal": zeros before
   * the first step only, so that no output sees what comes later. A number: so many zeros on both sides.
   */
  readonly padding?: "valid" | "same" | "causal" | number;
  /** Steps from one place of the window to the next; 1 by default. */
  readonly dilationRate?: number;
}

/** Options of `layers.conv2d`. */
export interface Conv2dOptions extends ConvolutionOptions, KernelOptions {
  /** How far the window moves from one output to the next; 1 by default. */
  readonly strides?: WindowSize;
  /**
   * "valid" (default): the window stays inside. "same": `⌈size / strides⌉` outputs, zeros around, the odd one below or to the
   * right as in TensorFlow. Numbers: so many zeros on both sides of each axis.
   */
  readonly padding?: "valid" | "same" | WindowSize;
  /** Pixels from one place of the window to the next; 1 by default. */
  readonly dilationRate?: WindowSize;
}

/** Options of `layers.conv2dTranspose`. */
export interface Conv2dTransposeOptions extends ConvolutionOptions, KernelOptions {
  /** How far apart the windows of neighbouring inputs lie in the output; 1 by default. */
  readonly strides?: WindowSize;
  /** "valid" (default): the output holds every window, `(size − 1) · strides + max(kernelSize, strides)`. "same": `size · strides`. */
  readonly padding?: "valid" | "same";
}

/** A convolution with one kernel that mixes all channels. */
abstract class KernelConvolution extends ConvolutionLayer {
  /** How many output channels. */
  readonly filters: number;
  /** How the kernel started. */
  readonly kernelInitializer: Initializer;
  protected readonly kernelRules: WeightRules;

  constructor(
    call: string,
    filters: number,
    kernelSize: WindowSize | undefined,
    options: WindowedOptions & KernelOptions,
    kind: WindowKind,
  ) {
    const ownOptions = ["filters", "kernelInitializer", ...ruleNames("kernel"), ...kind.ownOptions];
    super(call, kernelSize, options, { ...kind, ownOptions, given: { filters } });
    this.filters = checkedCount(call, "filters", filters, 1);
    this.kernelInitializer = resolveInitializer(options.kernelInitializer ?? "glorotUniform", "kernelInitializer");
    this.kernelRules = readRules(options, "kernel");
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  protected override planKernels(inputChannels: number): readonly WeightPlan[] {
    const shape = [...this.kernelSize, inputChannels, this.filters];
    return [{ name: "kernel", shape, initializer: this.kernelInitializer, ...this.kernelRules }];
  }

  protected override convolve(x: Tensor, weights: readonly Parameter[]): Tensor {
    return runOp(convolutionOps.convolution, [x, kernelAt(weights, 0)], this.window);
  }
}

/** See `layers.conv1d`. */
export class Conv1d extends KernelConvolution {
  override readonly type = "conv1d";

  constructor(filters: number, kernelSize: number | undefined, options: Conv1dOptions = {}) {
    super("layers.conv1d", filters, kernelSize, options, {
      padding: { axes: 1, words: ["valid", "same", "causal"], takesNumbers: true },
      ownOptions: ["dilationRate"],
      usage: "layers.conv1d(16, 3) has 16 filters of 3 steps.",
    });
  }
}

/** See `layers.conv2d`. */
export class Conv2d extends KernelConvolution {
  override readonly type = "conv2d";

  constructor(filters: number, kernelSize: WindowSize | undefined, options: Conv2dOptions = {}) {
    super("layers.conv2d", filters, kernelSize, options, {
      padding: { axes: 2, words: ["valid", "same"], takesNumbers: true },
      ownOptions: ["dilationRate"],
      usage: "layers.conv2d(16, 3) has 16 filters of 3 × 3.",
    });
  }
}

/** See `layers.conv2dTranspose`. */
export class Conv2dTranspose extends KernelConvolution {
  override readonly type = "conv2dTranspose";

  constructor(filters: number, kernelSize: WindowSize | undefined, options: Conv2dTransposeOptions = {}) {
    super("layers.conv2dTranspose", filters, kernelSize, options, {
      padding: { axes: 2, words: ["valid", "same"], takesNumbers: false },
      ownOptions: [],
      usage: "layers.conv2dTranspose(16, 3) has 16 filters of 3 × 3.",
    });
  }

  protected override placeOutput(inputShape: Shape, channels: number): Shape {
    return [...transposedLengths(inputShape.slice(0, -1), this.kernelSize, this.window), channels];
  }

  protected override planKernels(inputChannels: number): readonly WeightPlan[] {
    const shape = [...this.kernelSize, this.filters, inputChannels];
    return [{ name: "kernel", shape, initializer: this.kernelInitializer, ...this.kernelRules }];
  }

  protected override convolve(x: Tensor, weights: readonly Parameter[]): Tensor {
    // The gradient of a convolution whose input is as large as the output here.
    const shape = [x.shape[0] ?? 1, ...this.placeOutput(x.shape.slice(1), this.filters)];
    return runOp(convolutionOps.inputGradient, [x, kernelAt(weights, 0)], { ...this.window, shape });
  }
}
