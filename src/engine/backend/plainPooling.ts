// The pooling of the plain backend: sums in double.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import { Doubles } from "../intrinsics.ts";
import type { ConvolutionGeometry } from "./convolution.ts";
import type { PoolingRoutines } from "./pooling.ts";
import { walkWindows } from "./windowWalk.ts";

export const plainPooling: PoolingRoutines = {
  pool2d(kind, geometry, { x, output }) {
    const isMax = kind === "max";
    const results = new Doubles(output.length).fill(isMax ? -Infinity : 0);
    const seen = isMax ? null : new Doubles(output.length);
    walkNumbers(geometry, (from, to) => {
      const value = x[from] as number;
      const sofar = results[to] as number;
      if (seen === null) {
        if (value > sofar || Number.isNaN(value)) results[to] = value;
      } else {
        results[to] = sofar + value;
        seen[to] = (seen[to] as number) + 1;
      }
    });
    for (let index = 0; index < output.length; index++)
      output[index] = (results[index] as number) / (seen === null ? 1 : (seen[index] as number));
  },
  pool2dGrad(kind, geometry, { x, output, outputGrad, inputGrad }) {
    const sums = new Doubles(inputGrad.length);
    if (kind === "max") {
      const isGiven = new Doubles(output.length);
      walkNumbers(geometry, (from, to) => {
        if (isGiven[to] === 1 || !isSame(x[from] as number, output[to] as number)) return;
        isGiven[to] = 1;
        sums[from] = (sums[from] as number) + (outputGrad[to] as number);
      });
    } else {
      const seen = new Doubles(output.length);
      walkNumbers(geometry, (_, to) => {
        seen[to] = (seen[to] as number) + 1;
      });
      walkNumbers(geometry, (from, to) => {
        sums[from] = (sums[from] as number) + (outputGrad[to] as number) / (seen[to] as number);
      });
    }
    for (let index = 0; index < inputGrad.length; index++)
      inputGrad[index] = (inputGrad[index] as number) + (sums[index] as number);
  },
};

function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** Every number of the input with every output whose window sees it. */
function walkNumbers(geometry: ConvolutionGeometry, visit: (from: number, to: number) => void): void {
  const channels = geometry.inputChannels;
  walkWindows(geometry, (count, input, inputStep, outputPixel) => {
    for (let index = 0; index < count; index++) {
      const from = (input + index * inputStep) * channels;
      const to = (outputPixel + index) * channels;
      for (let channel = 0; channel < channels; channel++) visit(from + channel, to + channel);
    }
  });
}
