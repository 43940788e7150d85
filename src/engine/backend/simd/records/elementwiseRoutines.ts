// Functions of one number as records.

import { Floats, maths } from "../../../intrinsics.ts";
import type { Backend } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import type { UnaryName } from "../../scalarMaths.ts";
import type { RecordWriter } from "./records.ts";

/** A function's number on the tape, and from which of x and y = f(x) its slope is computed: the other need not be kept. */
interface UnaryRoutine {
  readonly number: number;
  readonly slopeSource: "x" | "y" | "none";
}

const unaryRoutines: Readonly<Record<UnaryName, UnaryRoutine>> = {
  identity: { number: opcodes.UNARY_IDENTITY, slopeSource: "none" },
  negate: { number: opcodes.UNARY_NEGATE, slopeSource: "none" },
  abs: { number: opcodes.UNARY_ABS, slopeSource: "x" },
  sign: { number: opcodes.UNARY_SIGN, slopeSource: "none" },
  square: { number: opcodes.UNARY_SQUARE, slopeSource: "x" },
  sqrt: { number: opcodes.UNARY_SQRT, slopeSource: "y" },
  reciprocal: { number: opcodes.UNARY_RECIPROCAL, slopeSource: "y" },
  exp: { number: opcodes.UNARY_EXP, slopeSource: "y" },
  log: { number: opcodes.UNARY_LOG, slopeSource: "x" },
  log1p: { number: opcodes.UNARY_LOG1P, slopeSource: "x" },
  expm1: { number: opcodes.UNARY_EXPM1, slopeSource: "y" },
  sin: { number: opcodes.UNARY_SIN, slopeSource: "x" },
  cos: { number: opcodes.UNARY_COS, slopeSource: "x" },
  tan: { number: opcodes.UNARY_TAN, slopeSource: "y" },
  asin: { number: opcodes.UNARY_ASIN, slopeSource: "x" },
  acos: { number: opcodes.UNARY_ACOS, slopeSource: "x" },
  atan: { number: opcodes.UNARY_ATAN, slopeSource: "x" },
  sinh: { number: opcodes.UNARY_SINH, slopeSource: "x" },
  cosh: { number: opcodes.UNARY_COSH, slopeSource: "x" },
  asinh: { number: opcodes.UNARY_ASINH, slopeSource: "x" },
  acosh: { number: opcodes.UNARY_ACOSH, slopeSource: "x" },
  atanh: { number: opcodes.UNARY_ATANH, slopeSource: "x" },
  log2: { number: opcodes.UNARY_LOG2, slopeSource: "x" },
  log10: { number: opcodes.UNARY_LOG10, slopeSource: "x" },
  rsqrt: { number: opcodes.UNARY_RSQRT, slopeSource: "y" },
  erf: { number: opcodes.UNARY_ERF, slopeSource: "x" },
  floor: { number: opcodes.UNARY_FLOOR, slopeSource: "none" },
  ceil: { number: opcodes.UNARY_CEIL, slopeSource: "none" },
  round: { number: opcodes.UNARY_ROUND, slopeSource: "none" },
  trunc: { number: opcodes.UNARY_TRUNC, slopeSource: "none" },
  step: { number: opcodes.UNARY_STEP, slopeSource: "none" },
  sigmoid: { number: opcodes.UNARY_SIGMOID, slopeSource: "y" },
  logSigmoid: { number: opcodes.UNARY_LOG_SIGMOID, slopeSource: "x" },
  hardSigmoid: { number: opcodes.UNARY_HARD_SIGMOID, slopeSource: "x" },
  tanh: { number: opcodes.UNARY_TANH, slopeSource: "y" },
  hardTanh: { number: opcodes.UNARY_HARD_TANH, slopeSource: "y" },
  tanhshrink: { number: opcodes.UNARY_TANHSHRINK, slopeSource: "x" },
  relu: { number: opcodes.UNARY_RELU, slopeSource: "y" },
  relu6: { number: opcodes.UNARY_RELU6, slopeSource: "y" },
  leakyRelu: { number: opcodes.UNARY_LEAKY_RELU, slopeSource: "x" },
  elu: { number: opcodes.UNARY_ELU, slopeSource: "x" },
  selu: { number: opcodes.UNARY_SELU, slopeSource: "x" },
  celu: { number: opcodes.UNARY_CELU, slopeSource: "x" },
  gelu: { number: opcodes.UNARY_GELU, slopeSource: "x" },
  geluTanh: { number: opcodes.UNARY_GELU_TANH, slopeSource: "x" },
  silu: { number: opcodes.UNARY_SILU, slopeSource: "x" },
  hardSwish: { number: opcodes.UNARY_HARD_SWISH, slopeSource: "x" },
  mish: { number: opcodes.UNARY_MISH, slopeSource: "x" },
  softplus: { number: opcodes.UNARY_SOFTPLUS, slopeSource: "x" },
  softsign: { number: opcodes.UNARY_SOFTSIGN, slopeSource: "x" },
  hardShrink: { number: opcodes.UNARY_HARD_SHRINK, slopeSource: "x" },
  softShrink: { number: opcodes.UNARY_SOFT_SHRINK, slopeSource: "x" },
  thresholdedRelu: { number: opcodes.UNARY_THRESHOLDED_RELU, slopeSource: "x" },
};

export function elementwiseRoutines(tape: RecordWriter): Pick<Backend, "unary" | "unaryGrad" | "clamp"> {
  return {
    unary(name, x, output, alpha) {
      tape.begin(opcodes.UNARY);
      tape.word(unaryRoutines[name].number);
      tape.read(x);
      tape.write(output);
      tape.word(output.length);
      tape.real(parameterOf(name, alpha));
      tape.end();
    },
    unaryGrad(name, { x, y, outputGrad, xGrad }, alpha) {
      const { number, slopeSource } = unaryRoutines[name];
      // Where the slope on the left is not negative, the result has the sign of the argument.
      const isByResult = slopeSource === "y" || (name === "leakyRelu" && alpha >= 0);
      tape.begin(opcodes.UNARY_GRAD);
      tape.word(number);
      tape.read(isByResult ? y : slopeSource === "x" ? x : outputGrad);
      tape.read(outputGrad);
      tape.update(xGrad);
      tape.word(xGrad.length);
      tape.real(parameterOf(name, alpha));
      tape.word(1);
      tape.end();
    },
    clamp(input, output, limit) {
      tape.begin(opcodes.CLAMP);
      tape.read(input);
      tape.write(output);
      tape.word(output.length);
      tape.real(limit);
      tape.end();
    },
  };
}

const thresholds: readonly UnaryName[] = ["hardShrink", "softShrink", "thresholdedRelu"];

/** A threshold is rounded down: then the same float32 numbers lie at or below it. */
function parameterOf(name: UnaryName, alpha: number): number {
  if (!thresholds.includes(name) || !(maths.fround(alpha) > alpha)) return alpha;
  const bits = new Floats([alpha]);
  const asWord = new Int32Array(bits.buffer);
  asWord[0] = (asWord[0] ?? 0) + (alpha > 0 ? -1 : 1);
  return bits[0] ?? alpha;
}
