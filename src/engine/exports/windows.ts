// How far the windows of convolutions and pooling go beyond their input, for programs that want it in numbers.

import type { Shape } from "../shape.ts";
import type { LayerDescription, Setting, WeightDescription } from "./description.ts";
import { NoCounterpart } from "./exporter.ts";

/** A window along one axis. */
export interface AxisWindow {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Places added before and after the input. */
  readonly before: number;
  readonly after: number;
  readonly inputLength: number;
  readonly outputLength: number;
}

/** The windows of a layer along its axes: steps, or height and width. */
export function windowsOf(layer: LayerDescription): readonly AxisWindow[] {
  const sizes = numbers(layer, "kernelSize") ?? numbers(layer, "poolSize") ?? [];
  const strides = numbers(layer, "strides") ?? sizes.map(() => 1);
  const dilations = numbers(layer, "dilationRate") ?? sizes.map(() => 1);
  const input: Shape = layer.inputShapes[0] ?? [];
  return sizes.map((size, axis) => {
    const [stride = 1, dilation = 1, inputLength = 1] = [strides[axis], dilations[axis], input[axis]];
    const span = (size - 1) * dilation + 1;
    const outputLength = layer.outputShape[axis] ?? 1;
    const [before, after] = paddingOf(layer.settings.padding, axis, { span, stride, inputLength, outputLength });
    return { size, stride, dilation, before, after, inputLength, outputLength };
  });
}

function paddingOf(
  padding: Setting,
  axis: number,
  {
    span,
    stride,
    inputLength,
    outputLength,
  }: { span: number; stride: number; inputLength: number; outputLength: number },
): readonly [number, number] {
  if (padding === "causal") return [span - 1, 0];
  if (padding === "same") {
    const total = (outputLength - 1) * stride + span - inputLength;
    // The odd one behind, as in TensorFlow. Strides wider than the window leave places out instead.
    const before = total > 0 ? (total - (total % 2)) / 2 : 0;
    return [before, total > 0 ? total - before : 0];
  }
  const given = Array.isArray(padding) ? padding[axis] : 0;
  const size = typeof given === "number" ? given : 0;
  return [size, size];
}

/** A transposed window along one axis, as programs have it that give all that the windows reach. */
export interface TransposedWindow {
  readonly size: number;
  readonly stride: number;
  /** What is left out in front. */
  readonly cutBefore: number;
  /** What is left out behind; below 0 where zeros are added. */
  readonly cutAfter: number;
}

/** The windows of a conv2dTranspose along its axes. */
export function transposedWindows(layer: LayerDescription): readonly TransposedWindow[] {
  const sizes = numbers(layer, "kernelSize") ?? [];
  const strides = numbers(layer, "strides") ?? [];
  return sizes.map((size, axis) => {
    const stride = strides[axis] ?? 1;
    const reach = ((layer.inputShapes[0]?.[axis] ?? 1) - 1) * stride + size;
    const total = reach - (layer.outputShape[axis] ?? 1);
    const cutBefore = layer.settings.padding === "same" && total > 0 ? (total - (total % 2)) / 2 : 0;
    return { size, stride, cutBefore, cutAfter: total - cutBefore };
  });
}

/** A weight of a layer; `null` where it has none of that name. */
export function weightOf(layer: LayerDescription, name: string): WeightDescription | null {
  return layer.weights.find((weight) => weight.name === name) ?? null;
}

/** A list of numbers among the settings; `null` where there is none. */
export function numbers({ settings }: Pick<LayerDescription, "settings">, name: string): readonly number[] | null {
  const value = settings[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "number") : null;
}

/** A number that a layer of this kind has. */
export function numberOf(layer: Pick<LayerDescription, "settings">, name: string): number {
  const value = layer.settings[name];
  if (typeof value === "number") return value;
  throw new NoCounterpart(`a layer with ${name}`, String(value), "This is a mistake in nnbook.");
}
