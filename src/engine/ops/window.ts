// Where a moving window stops: output lengths and padding of convolutions and pooling, over one axis (steps) or two (rows, columns).

import type { ConvolutionGeometry } from "../backend/convolution.ts";
import { ShapeError } from "../errors.ts";
import { maths } from "../intrinsics.ts";
import { type Shape, sizeOf } from "../shape.ts";

/**
 * What a window may see beyond the input: nothing ("valid"), as much as it takes for `⌈length / stride⌉` outputs ("same", by
 * TensorFlow's rule: the smaller half before), or the places before and after each axis.
 */
export type WindowPadding = "valid" | "same" | readonly (readonly [before: number, after: number])[];

/** How a window moves, an entry for each axis it moves along. */
export interface WindowAttributes {
  readonly strides: readonly number[];
  /** Input places from one place of the window to the next; 1 for a window without gaps. */
  readonly dilation: readonly number[];
  readonly padding: WindowPadding;
}

/** More places than any window needs. */
const largestWindow = 2 ** 20;

/**
 * The geometry of a window of the given lengths over `[batch, …lengths, channels]`. With one axis the pictures have height 1.
 *
 * @throws ShapeError when the window does not fit into the input once.
 */
export function windowGeometry(
  input: Shape,
  window: readonly number[],
  outputChannels: number,
  attributes: WindowAttributes,
  op: string,
): ConvolutionGeometry {
  const rank = window.length;
  // Each output visits each place, also those beyond the input: without a limit a mistyped size would never end.
  if (sizeOf(window) > largestWindow)
    throw new ShapeError({ op, what: "a window", expected: `of at most ${largestWindow} places`, got: window });
  const lengths = input.slice(1, 1 + rank);
  const places = lengths.map((length, axis) => placeWindow(length, window[axis] ?? 1, axis, attributes));
  if (places.some(({ outputLength }) => outputLength < 1)) {
    const spans = window.map((length, axis) => spanOf(length, attributes.dilation[axis] ?? 1));
    const names = rank === 1 ? ["steps"] : ["rows", "columns"];
    throw new ShapeError({
      op,
      expected: `of at least ${spans.map((span, axis) => `${span} ${names[axis]}`).join(" and ")}, which the window spans`,
      got: `[batch, ${input.slice(1).join(", ")}]`,
      hint: 'Make the window smaller, give padding: "same", or take out a pooling before it.',
    });
  }
  // A missing axis is the height.
  const [row, column] = rank === 1 ? [null, places[0]] : places;
  const along = (values: readonly number[]) => (rank === 1 ? [1, values[0] ?? 1] : [values[0] ?? 1, values[1] ?? 1]);
  const [inputHeight = 1, inputWidth = 1] = along(lengths);
  const [kernelHeight = 1, kernelWidth = 1] = along(window);
  const [strideHeight = 1, strideWidth = 1] = along(attributes.strides);
  const [dilationHeight = 1, dilationWidth = 1] = along(attributes.dilation);
  return {
    batch: input[0] ?? 1,
    inputHeight,
    inputWidth,
    inputChannels: input.at(-1) ?? 1,
    outputHeight: row?.outputLength ?? 1,
    outputWidth: column?.outputLength ?? 1,
    outputChannels,
    kernelHeight,
    kernelWidth,
    strideHeight,
    strideWidth,
    padTop: row?.before ?? 0,
    padLeft: column?.before ?? 0,
    dilationHeight,
    dilationWidth,
  };
}

/** The output's shape: `[batch, …lengths, channels]` with as many axes as the input. */
export function windowOutputShape(geometry: ConvolutionGeometry, rank: number): Shape {
  const { batch, outputHeight, outputWidth, outputChannels } = geometry;
  return rank === 3 ? [batch, outputWidth, outputChannels] : [batch, outputHeight, outputWidth, outputChannels];
}

/**
 * How long the output of a transposed convolution is: `length · stride` for "same", and the least that leaves no window of any
 * input out for "valid": `(length − 1) · stride + max(window, stride)`.
 */
export function transposedLengths(
  lengths: readonly number[],
  window: readonly number[],
  { strides, dilation, padding }: WindowAttributes,
): number[] {
  return lengths.map((length, axis) => {
    const stride = strides[axis] ?? 1;
    if (padding === "same") return length * stride;
    const [before, after] = padding === "valid" ? [0, 0] : (padding[axis] ?? [0, 0]);
    return (length - 1) * stride + maths.max(spanOf(window[axis] ?? 1, dilation[axis] ?? 1), stride) - before - after;
  });
}

/** How many input places a window with gaps reaches over. */
function spanOf(window: number, dilation: number): number {
  return (window - 1) * dilation + 1;
}

function placeWindow(
  length: number,
  window: number,
  axis: number,
  { strides, dilation, padding }: WindowAttributes,
): { outputLength: number; before: number } {
  const stride = strides[axis] ?? 1;
  const span = spanOf(window, dilation[axis] ?? 1);
  if (padding === "same") {
    const outputLength = maths.ceil(length / stride);
    return { outputLength, before: maths.floor(maths.max((outputLength - 1) * stride + span - length, 0) / 2) };
  }
  const [before, after] = padding === "valid" ? [0, 0] : (padding[axis] ?? [0, 0]);
  return { outputLength: maths.floor((length + before + after - span) / stride) + 1, before };
}
