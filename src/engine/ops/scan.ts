// Operations that run along an axis: running sums, and the place of the largest number.

import { ValueError } from "../errors.ts";
import { axisFromFront, formatShape, type Shape, sizesAround } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";

export interface RunningSumAttributes {
  /** Counted from the front. */
  readonly axis: number;
  /** Whether the sums run from the end of the axis backwards. */
  readonly isReverse: boolean;
}

/** `yᵢ = x₀ + … + xᵢ` along an axis. Backward: the same from the other end. */
export const runningSumOp: Op<RunningSumAttributes> = {
  name: "cumsum",
  outputShape: (inputs) => inputAt(inputs, 0),
  forward(backend, inputs, output, { axis, isReverse }) {
    backend.fill(output.data, 0);
    backend.addRunningSums(inputAt(inputs, 0).data, output.data, sizesAround(output.shape, axis), isReverse);
  },
  backward(backend, { output, outputGrad, inputGrads }, { axis, isReverse }) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad !== null)
      backend.addRunningSums(outputGrad.data, xGrad.data, sizesAround(output.shape, axis), !isReverse);
  },
  derive: ({ outputGrad }, { axis, isReverse }) => [
    () => outputGrad.apply(runningSumOp, [], { axis, isReverse: !isReverse }),
  ],
};

export interface ArgMaxAttributes {
  /** Counted from the front. */
  readonly axis: number;
  /** What the user called. */
  readonly name: "argMax" | "argMin";
}

/** The place of the largest number along an axis, the first of equals; a NaN counts as the largest. Jumps from place to place: its derivative is 0. */
export const argMaxOp: Op<ArgMaxAttributes> = {
  name: "argMax",
  outputShape(inputs, { axis, name }): Shape {
    const shape = inputAt(inputs, 0);
    const at = axisFromFront(axis, shape.length, name);
    if (shape[at] === 0)
      throw new ValueError({ op: name, expected: "at least one number", got: `shape ${formatShape(shape)}` });
    return shape.filter((_, index) => index !== at);
  },
  forward(backend, inputs, output, { axis }) {
    const x = inputAt(inputs, 0);
    backend.argMax(x.data, output.data, sizesAround(x.shape, axis));
  },
  backward() {
    // Nothing to add: the derivative is 0.
  },
  derive: () => [null],
  flat: ({ name }) => ({ name, advice: "Use softmax, or the largest number itself: max()." }),
};
