// Operations that treat each number by itself: functions of one number, and of two with broadcasting.

import type { BinaryName, UnaryName } from "../backend/scalarMaths.ts";
import { stretchedStrides } from "../backend/walk.ts";
import { Floats } from "../intrinsics.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { binaryGradients, summedTo, unarySlopes } from "./derivatives.ts";
import { type Flatness, inputAt, type NumberBlock, type Op } from "./op.ts";

/** `y = f(x)`. `alpha` is the function's parameter, where it has one. */
export interface UnaryAttributes {
  readonly function: UnaryName;
  readonly alpha: number;
}

export const unaryOp: Op<UnaryAttributes> = {
  name: "unary",
  outputShape: (inputs) => inputAt(inputs, 0),
  forward(backend, inputs, output, attributes) {
    backend.unary(attributes.function, inputAt(inputs, 0).data, output.data, attributes.alpha);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, attributes) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const pass = { x: inputAt(inputs, 0).data, y: output.data, outputGrad: outputGrad.data, xGrad: xGrad.data };
    backend.unaryGrad(attributes.function, pass, attributes.alpha);
  },
  derive({ inputs, output, outputGrad }, attributes) {
    const slope = unarySlopes[attributes.function](inputAt(inputs, 0), output, attributes.alpha);
    return [slope === null ? null : () => outputGrad.mul(slope)];
  },
  flat: ({ function: name }) => adviceOn(name),
};

/** `y = f(a, b)`, both stretched to the shape they have together. */
export interface BinaryAttributes {
  readonly function: BinaryName;
}

export const binaryOp: Op<BinaryAttributes> = {
  name: "binary",
  outputShape: (inputs, attributes) => broadcastShapes(inputAt(inputs, 0), inputAt(inputs, 1), attributes.function),
  forward(backend, inputs, output, attributes) {
    backend.binary(attributes.function, operands(inputs, output), output.data);
  },
  backward(backend, { inputs, output, outputGrad, inputGrads }, attributes) {
    backend.binaryGrad(attributes.function, operands(inputs, output), {
      outputGrad: outputGrad.data,
      aGrad: inputAt(inputGrads, 0)?.data ?? null,
      bGrad: inputAt(inputGrads, 1)?.data ?? null,
    });
  },
  derive({ inputs, output, outputGrad }, attributes) {
    const a = inputAt(inputs, 0);
    const b = inputAt(inputs, 1);
    const gradients = binaryGradients[attributes.function];
    return [
      () => summedOrZero(a, gradients.a(outputGrad, a, b, output)),
      () => summedOrZero(b, gradients.b(outputGrad, a, b, output)),
    ];
  },
  flat: ({ function: name }) => adviceOn(name),
};

function summedOrZero(operand: Tensor, gradient: Tensor | null): Tensor {
  return gradient === null
    ? operand.derived(operand.shape, new Floats(operand.size))
    : summedTo(operand.shape, gradient);
}

const comparison = "Use sigmoid(x − limit) for a soft decision, or where(condition, a, b) to choose between values.";
const rounding = "Round what is shown, after the gradient is found.";

/** The functions whose derivative is 0 wherever there is one, and what serves instead. */
const flatFunctions: Readonly<Partial<Record<UnaryName | BinaryName, string>>> = {
  step: "Use sigmoid or ReLU instead.",
  sign: "Use tanh instead.",
  floor: rounding,
  ceil: rounding,
  round: rounding,
  trunc: rounding,
  greater: comparison,
  greaterEqual: comparison,
  less: comparison,
  lessEqual: comparison,
  equal: comparison,
  notEqual: comparison,
};

function adviceOn(name: UnaryName | BinaryName): Flatness | null {
  const advice = flatFunctions[name];
  return advice === undefined ? null : { name, advice };
}

function operands(inputs: readonly NumberBlock[], { shape }: NumberBlock) {
  const a = inputAt(inputs, 0);
  const b = inputAt(inputs, 1);
  return {
    shape,
    a: a.data,
    aStrides: stretchedStrides(a.shape, shape),
    b: b.data,
    bStrides: stretchedStrides(b.shape, shape),
  };
}
