// Pooling layers: the largest number or the mean of each window, or of everything. They hold no weights.

import type { PoolingKind } from "../../backend/pooling.ts";
import { checkOptions } from "../../errors.ts";
import { type PoolingAttributes, poolingOp } from "../../ops/pooling.ts";
import { windowGeometry, windowOutputShape } from "../../ops/window.ts";
import type { Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import {
  checkBatch,
  checkSample,
  readPadding,
  readSizes,
  type WindowAxes,
  type WindowSize,
} from "../convolution/windowOptions.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";

/** Options of the pooling layers. */
export interface PoolingOptions<Size> extends LayerOptions {
  /** How far the window moves from one output to the next; the window's own size by default, so that windows do not overlap. */
  readonly strides?: Size;
  /** "valid" (default): the window stays inside, leftovers are dropped. "same": `⌈size / strides⌉` outputs. */
  readonly padding?: "valid" | "same";
}

/** Options of `layers.maxPooling1d` and `layers.averagePooling1d`. */
export type Pooling1dOptions = PoolingOptions<number>;

/** Options of `layers.maxPooling2d` and `layers.averagePooling2d`. */
export type Pooling2dOptions = PoolingOptions<WindowSize>;

/** What tells the pooling layers apart. */
export interface PoolingForm<Type extends string> {
  readonly type: Type;
  readonly kind: PoolingKind;
  readonly axes: WindowAxes;
}

/** See `layers.maxPooling2d` and its like. */
export class Pooling extends Layer {
  override readonly type: "maxPooling1d" | "maxPooling2d" | "averagePooling1d" | "averagePooling2d";
  override readonly isPlannable = true;
  /** The window's lengths along each axis. */
  readonly poolSize: readonly number[];
  /** How far the window moves along each axis from one output to the next. */
  readonly strides: readonly number[];
  /** "valid" or "same". */
  readonly padding: string | readonly number[];
  readonly #axes: WindowAxes;
  readonly #attributes: PoolingAttributes;

  constructor(form: PoolingForm<Pooling["type"]>, poolSize: WindowSize, options: PoolingOptions<WindowSize> = {}) {
    super(options);
    const call = `layers.${form.type}`;
    const { kind, axes } = form;
    checkOptions(call, options, ["poolSize", "strides", "padding", ...layerOptionNames], { poolSize });
    this.type = form.type;
    this.#axes = axes;
    this.poolSize = readSizes(call, "poolSize", poolSize, { axes });
    this.strides = readSizes(call, "strides", options.strides ?? poolSize, { axes });
    const choice = { axes, words: ["valid", "same"], takesNumbers: false };
    const { shown, padding } = readPadding(call, options.padding ?? "valid", choice, this.poolSize);
    this.padding = shown;
    const dilation = this.poolSize.map(() => 1);
    this.#attributes = { kind, window: this.poolSize, strides: this.strides, dilation, padding };
  }

  override outputShapeFor(inputShape: Shape): Shape {
    const op = this.label;
    checkSample(op, inputShape, this.#axes);
    const geometry = windowGeometry([1, ...inputShape], this.poolSize, inputShape.at(-1) ?? 1, this.#attributes, op);
    return windowOutputShape(geometry, this.#axes + 2).slice(1);
  }

  override call(x: Tensor, context: CallContext): Tensor {
    checkBatch(this.label, x.shape, this.inputShape, this.#axes);
    const output = runOp(poolingOp, [x], this.#attributes);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}

/** See `layers.globalMaxPooling2d` and its like. */
export class GlobalPooling extends Layer {
  override readonly type:
    | "globalMaxPooling1d"
    | "globalMaxPooling2d"
    | "globalAveragePooling1d"
    | "globalAveragePooling2d";
  override readonly isPlannable = true;
  readonly #axes: WindowAxes;
  readonly #kind: PoolingKind;

  constructor(form: PoolingForm<GlobalPooling["type"]>, options: LayerOptions = {}) {
    super(options);
    checkOptions(`layers.${form.type}`, options, layerOptionNames);
    this.type = form.type;
    this.#axes = form.axes;
    this.#kind = form.kind;
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.label, inputShape, this.#axes);
    return inputShape.slice(-1);
  }

  override call(x: Tensor, context: CallContext): Tensor {
    checkBatch(this.label, x.shape, this.inputShape, this.#axes);
    const axes = this.#axes === 1 ? [1] : [1, 2];
    const output = this.#kind === "max" ? x.max(axes) : x.mean(axes);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }
}
