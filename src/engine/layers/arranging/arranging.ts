// Layers that arrange the numbers of a sample anew, without weights: axes in another order, copies along an axis, zeros around.

import { checkedCount, checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import { formatShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { CallContext } from "../callContext.ts";
import { checkSample, readSizes, type WindowAxes, type WindowSize } from "../convolution/windowOptions.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";

/** What all of them are: `arrange` with a report. */
abstract class Arranging extends Layer {
  override readonly isPlannable = true;

  override call(x: Tensor, context: CallContext): Tensor {
    const output = this.arrange(x);
    context.observe?.(this, { preActivation: null, output });
    return output;
  }

  protected abstract arrange(x: Tensor): Tensor;
}

/** See `layers.permute`. */
export class Permute extends Arranging {
  override readonly type = "permute";
  /** Which axis of a sample, counted from 1, stands at each place. */
  readonly order: readonly number[];

  constructor(order: readonly number[], options: LayerOptions = {}) {
    super(options);
    const op = "layers.permute";
    checkOptions(op, options, ["order", ...layerOptionNames], { order });
    const sorted = Array.isArray(order) ? [...order].sort((a, b) => a - b) : [];
    if (sorted.length === 0 || sorted.some((axis, place) => axis !== place + 1))
      throw new ValueError({
        op,
        expected: "order as a list of each axis of an example once, counted from 1",
        got: Array.isArray(order) ? formatShape(order) : describeValue(order),
        hint: "[2, 1] turns [batch, steps, features] into [batch, features, steps].",
      });
    this.order = [...order];
  }

  override outputShapeFor(inputShape: Shape): Shape {
    if (inputShape.length === this.order.length) return this.order.map((axis) => inputShape[axis - 1] ?? 1);
    throw new ShapeError({
      op: this.label,
      expected: `with ${this.order.length} axes beside the batch`,
      got: formatShape(inputShape, true),
      hint: `order is ${formatShape(this.order)}.`,
    });
  }

  protected override arrange(x: Tensor): Tensor {
    return x.transpose([0, ...this.order]);
  }
}

/** See `layers.repeatVector`. */
export class RepeatVector extends Arranging {
  override readonly type = "repeatVector";
  /** How many times. */
  readonly count: number;

  constructor(count: number, options: LayerOptions = {}) {
    super(options);
    checkOptions("layers.repeatVector", options, ["count", ...layerOptionNames], { count });
    this.count = checkedCount("layers.repeatVector", "count", count, 1);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    const [features] = inputShape;
    if (features !== undefined && inputShape.length === 1) return [this.count, features];
    throw new ShapeError({
      op: this.label,
      expected: "[batch, features]",
      got: formatShape(inputShape, true),
      hint: "layers.flatten() makes one axis of all.",
    });
  }

  protected override arrange(x: Tensor): Tensor {
    const [rows = 0, features = 0] = x.shape;
    return x.reshape([rows, 1, features]).broadcastTo([rows, this.count, features]);
  }
}

/** See `layers.upSampling2d`. */
export class UpSampling extends Arranging {
  override readonly type: "upSampling1d" | "upSampling2d";
  /** How many times along each axis. */
  readonly size: readonly number[];
  readonly #axes: WindowAxes;

  constructor(axes: WindowAxes, size: WindowSize, options: LayerOptions = {}) {
    super(options);
    this.type = `upSampling${axes}d`;
    const op = `layers.${this.type}`;
    checkOptions(op, options, ["size", ...layerOptionNames], { size });
    this.#axes = axes;
    this.size = readSizes(op, "size", size, { axes });
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.label, inputShape, this.#axes);
    return inputShape.map((length, axis) => length * (this.size[axis] ?? 1));
  }

  protected override arrange(x: Tensor): Tensor {
    const [rows = 0, ...lengths] = x.shape;
    const channels = lengths.pop() ?? 1;
    const apart = lengths.flatMap((length) => [length, 1]);
    const repeated = lengths.flatMap((length, axis) => [length, this.size[axis] ?? 1]);
    return x
      .reshape([rows, ...apart, channels])
      .broadcastTo([rows, ...repeated, channels])
      .reshape([rows, ...this.outputShapeFor(x.shape.slice(1))]);
  }
}

/** How many zeros there are around: the same on all sides, for each axis, or `[before, after]` for each axis. */
export type ZeroPaddingSize = number | readonly (number | readonly [before: number, after: number])[];

/** See `layers.zeroPadding2d`. */
export class ZeroPadding extends Arranging {
  override readonly type: "zeroPadding1d" | "zeroPadding2d";
  /** How many zeros before and after, along each axis. */
  readonly padding: readonly (readonly [before: number, after: number])[];
  readonly #axes: WindowAxes;

  constructor(axes: WindowAxes, padding: ZeroPaddingSize, options: LayerOptions = {}) {
    super(options);
    this.type = `zeroPadding${axes}d`;
    const op = `layers.${this.type}`;
    checkOptions(op, options, ["padding", ...layerOptionNames], { padding });
    this.#axes = axes;
    this.padding = readPadding(op, padding, axes);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    checkSample(this.label, inputShape, this.#axes);
    return inputShape.map((length, axis) => {
      const [before, after] = this.padding[axis] ?? [0, 0];
      return length + before + after;
    });
  }

  protected override arrange(x: Tensor): Tensor {
    return x.pad([0, ...this.padding, 0]);
  }
}

/** As in Keras, two numbers for one axis are before and after it; for two axes one for each. */
function readPadding(op: string, padding: unknown, axes: WindowAxes): readonly (readonly [number, number])[] {
  const sides = (given: unknown): readonly [number, number] => {
    const [before, after]: readonly unknown[] = Array.isArray(given) && given.length === 2 ? given : [given, given];
    return [checkedCount(op, "padding", before), checkedCount(op, "padding", after)];
  };
  if (axes === 1) return [sides(padding)];
  if (!Array.isArray(padding)) return [sides(padding), sides(padding)];
  if (padding.length === 2) return padding.map(sides);
  throw new ValueError({
    op,
    expected: "padding as a number, [rows, columns] or [[top, bottom], [left, right]]",
    got: describeValue(padding),
  });
}
