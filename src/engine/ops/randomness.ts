// Random numbers as operations without inputs: masks for dropout, and normal noise.

import type { Shape } from "../shape.ts";
import type { Op } from "./op.ts";

interface RandomAttributes {
  readonly shape: Shape;
  /** Asked each time the routine runs. */
  readonly seed: () => number;
}

/** Each number is 0 with probability `rate`, else 1 / (1 − rate). */
export const dropoutMaskOp: Op<RandomAttributes & { readonly rate: number }> = {
  name: "dropoutMask",
  outputShape: (_inputs, { shape }) => shape,
  forward(backend, _inputs, output, { rate, seed }) {
    backend.dropoutMask(output.data, rate, seed);
  },
  backward: passNothing,
};

/** Normal numbers of mean 0. */
export const normalNoiseOp: Op<RandomAttributes & { readonly standardDeviation: number }> = {
  name: "normalNoise",
  outputShape: (_inputs, { shape }) => shape,
  forward(backend, _inputs, output, { standardDeviation, seed }) {
    backend.normalNoise(output.data, standardDeviation, seed);
  },
  backward: passNothing,
};

function passNothing(): void {
  // There are no inputs to pass a gradient to.
}
