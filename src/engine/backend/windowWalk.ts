// Walking a window over pictures: which inputs meet which outputs at which place of the window, for convolution and pooling alike.

import { maths } from "../intrinsics.ts";
import type { ConvolutionGeometry } from "./convolution.ts";

/**
 * Meetings of inputs and outputs in one output row at one place of the window: `count` of them, side by side.
 * The first is between the pixels (by number, channels not counted) `input` and `output`; the next inputs lie `inputStep`
 * pixels further on, the next outputs one. `tap` is the place in the window, `row · kernelWidth + column`.
 */
export type VisitMeetings = (count: number, input: number, inputStep: number, output: number, tap: number) => void;

/** Visits all meetings inside the input. Each output meets its inputs in row-major order. */
export function walkWindows(geometry: ConvolutionGeometry, visit: VisitMeetings): void {
  const { batch, inputHeight, inputWidth, outputHeight, outputWidth, kernelHeight, kernelWidth } = geometry;
  const { strideHeight, strideWidth, padTop, padLeft, dilationHeight, dilationWidth } = geometry;
  for (let row = 0; row < batch * outputHeight; row++) {
    const picture = maths.floor(row / outputHeight);
    const top = (row % outputHeight) * strideHeight - padTop;
    for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
      const inputRow = top + maths.floor(tap / kernelWidth) * dilationHeight;
      if (inputRow < 0 || inputRow >= inputHeight) continue;
      // The columns for which left + column · strideWidth lies inside the input.
      const left = (tap % kernelWidth) * dilationWidth - padLeft;
      const first = maths.max(0, maths.ceil(-left / strideWidth));
      const last = maths.min(outputWidth - 1, maths.floor((inputWidth - 1 - left) / strideWidth));
      if (first > last) continue;
      const input = (picture * inputHeight + inputRow) * inputWidth + left + first * strideWidth;
      visit(last - first + 1, input, strideWidth, row * outputWidth + first, tap);
    }
  }
}
