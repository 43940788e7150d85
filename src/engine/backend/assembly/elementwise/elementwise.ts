// Number by number: functions of one number and their gradients, clamping. Pure functions of their ranges.

import * as opcodes from "../../opcodes";
import { address, real, word } from "../tape/record";
import { multiplyAdd, storeFirst, storePart } from "../vectors/vector";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import {
  Celu,
  Elu,
  Gelu,
  GeluTanh,
  HardShrink,
  HardSigmoid,
  HardSwish,
  HardTanh,
  LeakyRelu,
  LogSigmoid,
  Mish,
  Relu,
  Relu6,
  Selu,
  SigmoidSlope,
  Silu,
  Softplus,
  SoftShrink,
  Softsign,
  Step,
  TanhSlope,
  Tanhshrink,
  ThresholdedRelu,
} from "./activationFunctions";
import { mapSigmoid, mapTanh } from "./activationLoops";
import { runBinary } from "./broadcast";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import {
  Acos,
  Acosh,
  Asin,
  Asinh,
  Atan,
  Atanh,
  Cos,
  Cosh,
  Log2,
  Log10,
  OneByOne,
  Sin,
  Sinh,
  Tan,
} from "./rareFunctions";
import { sumSlopes } from "./slopeSums";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import {
  Abs,
  Ceil,
  Erf,
  Exp,
  Expm1,
  Floor,
  Identity,
  Log,
  Log1p,
  Negate,
  Reciprocal,
  Round,
  Rsqrt,
  Sign,
  SlopeFunction,
  Sqrt,
  Square,
  Trunc,
  UnaryFunction,
} from "./unaryFunctions";

export function runElementwiseRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.UNARY:
    case opcodes.UNARY_GRAD:
      routineOf(opcode, word(record, 2))(record);
      break;
    case opcodes.BINARY:
    case opcodes.BINARY_GRAD:
    case opcodes.BINARY_GRAD_SUM:
      runBinary(opcode, record);
      break;
    case opcodes.CLAMP:
      clamp(record);
      break;
    case opcodes.UNARY_GRAD_SUM:
      sumSlopes(record);
      break;
    default:
      abort();
  }
}

/**
 * The routine for a function. It is called by its address: so each is compiled by itself, and soon, instead of all of them in
 * one large function.
 */
function routineOf(opcode: i32, number: i32): (record: usize) => void {
  switch (number) {
    case opcodes.UNARY_IDENTITY:
      return pick<Identity>(opcode);
    case opcodes.UNARY_NEGATE:
      return pick<Negate>(opcode);
    case opcodes.UNARY_ABS:
      return pick<Abs>(opcode);
    case opcodes.UNARY_SIGN:
      return pick<Sign>(opcode);
    case opcodes.UNARY_SQUARE:
      return pick<Square>(opcode);
    case opcodes.UNARY_SQRT:
      return pick<Sqrt>(opcode);
    case opcodes.UNARY_RECIPROCAL:
      return pick<Reciprocal>(opcode);
    case opcodes.UNARY_EXP:
      return pick<Exp>(opcode);
    case opcodes.UNARY_LOG:
      return pick<Log>(opcode);
    case opcodes.UNARY_LOG1P:
      return pick<Log1p>(opcode);
    case opcodes.UNARY_EXPM1:
      return pick<Expm1>(opcode);
    case opcodes.UNARY_SIN:
      return pick<OneByOne<Sin>>(opcode);
    case opcodes.UNARY_COS:
      return pick<OneByOne<Cos>>(opcode);
    case opcodes.UNARY_STEP:
      return pick<Step>(opcode);
    case opcodes.UNARY_SIGMOID:
      return opcode === opcodes.UNARY ? mapSigmoid : (record: usize): void => addSlopes<SigmoidSlope>(record);
    case opcodes.UNARY_LOG_SIGMOID:
      return pick<LogSigmoid>(opcode);
    case opcodes.UNARY_HARD_SIGMOID:
      return pick<HardSigmoid>(opcode);
    case opcodes.UNARY_TANH:
      return opcode === opcodes.UNARY ? mapTanh : (record: usize): void => addSlopes<TanhSlope>(record);
    case opcodes.UNARY_HARD_TANH:
      return pick<HardTanh>(opcode);
    case opcodes.UNARY_TANHSHRINK:
      return pick<Tanhshrink>(opcode);
    case opcodes.UNARY_RELU:
      return pick<Relu>(opcode);
    case opcodes.UNARY_RELU6:
      return pick<Relu6>(opcode);
    case opcodes.UNARY_LEAKY_RELU:
      return pick<LeakyRelu>(opcode);
    case opcodes.UNARY_ELU:
      return pick<Elu>(opcode);
    case opcodes.UNARY_SELU:
      return pick<Selu>(opcode);
    case opcodes.UNARY_CELU:
      return pick<Celu>(opcode);
    case opcodes.UNARY_GELU:
      return pick<Gelu>(opcode);
    case opcodes.UNARY_GELU_TANH:
      return pick<GeluTanh>(opcode);
    case opcodes.UNARY_SILU:
      return pick<Silu>(opcode);
    case opcodes.UNARY_HARD_SWISH:
      return pick<HardSwish>(opcode);
    case opcodes.UNARY_MISH:
      return pick<Mish>(opcode);
    case opcodes.UNARY_SOFTPLUS:
      return pick<Softplus>(opcode);
    case opcodes.UNARY_SOFTSIGN:
      return pick<Softsign>(opcode);
    case opcodes.UNARY_TAN:
      return pick<OneByOne<Tan>>(opcode);
    case opcodes.UNARY_ASIN:
      return pick<OneByOne<Asin>>(opcode);
    case opcodes.UNARY_ACOS:
      return pick<OneByOne<Acos>>(opcode);
    case opcodes.UNARY_ATAN:
      return pick<OneByOne<Atan>>(opcode);
    case opcodes.UNARY_SINH:
      return pick<OneByOne<Sinh>>(opcode);
    case opcodes.UNARY_COSH:
      return pick<OneByOne<Cosh>>(opcode);
    case opcodes.UNARY_ASINH:
      return pick<OneByOne<Asinh>>(opcode);
    case opcodes.UNARY_ACOSH:
      return pick<OneByOne<Acosh>>(opcode);
    case opcodes.UNARY_ATANH:
      return pick<OneByOne<Atanh>>(opcode);
    case opcodes.UNARY_LOG2:
      return pick<OneByOne<Log2>>(opcode);
    case opcodes.UNARY_LOG10:
      return pick<OneByOne<Log10>>(opcode);
    case opcodes.UNARY_RSQRT:
      return pick<Rsqrt>(opcode);
    case opcodes.UNARY_ERF:
      return pick<Erf>(opcode);
    case opcodes.UNARY_FLOOR:
      return pick<Floor>(opcode);
    case opcodes.UNARY_CEIL:
      return pick<Ceil>(opcode);
    case opcodes.UNARY_ROUND:
      return pick<Round>(opcode);
    case opcodes.UNARY_TRUNC:
      return pick<Trunc>(opcode);
    case opcodes.UNARY_HARD_SHRINK:
      return pick<HardShrink>(opcode);
    case opcodes.UNARY_SOFT_SHRINK:
      return pick<SoftShrink>(opcode);
    case opcodes.UNARY_THRESHOLDED_RELU:
      return pick<ThresholdedRelu>(opcode);
    default:
      throw new Error();
  }
}

function pick<F extends UnaryFunction>(opcode: i32): (record: usize) => void {
  if (opcode === opcodes.UNARY) return (record: usize): void => mapNumbers<F>(record);
  return (record: usize): void => addSlopes<F>(record);
}

/** function, x, output, length, alpha */
function mapNumbers<F extends UnaryFunction>(record: usize): void {
  // The class has no fields: its methods need no object.
  const f = changetype<F>(0);
  let x = address(record, 3);
  let output = address(record, 4);
  const length = word(record, 5);
  const alpha = f32x4.splat(real(record, 6));
  // One place for whole vectors and for the rest: so the compiler takes the function into the loop.
  for (let left = length; left > 0; left -= 4, output += 16, x += 16)
    storePart(output, f.value(v128.load(x), alpha), left);
}

/** function, source, outputGrad, xGrad, length, alpha, whether to add: `xGrad (+)= outputGrad · slope(source)` */
function addSlopes<F extends SlopeFunction>(record: usize): void {
  const f = changetype<F>(0);
  let source = address(record, 3);
  let outputGrad = address(record, 4);
  let xGrad = address(record, 5);
  const length = word(record, 6);
  const alpha = f32x4.splat(real(record, 7));
  const kept = i32x4.splat(-word(record, 8));
  for (let left = length; left > 0; left -= 4, xGrad += 16, outputGrad += 16, source += 16) {
    const slope = f.slope(v128.load(source), alpha);
    storePart(xGrad, multiplyAdd(v128.load(outputGrad), slope, v128.and(v128.load(xGrad), kept)), left);
  }
}

/** input, output, length, limit */
function clamp(record: usize): void {
  let input = address(record, 2);
  let output = address(record, 3);
  const length = word(record, 4);
  const high = f32x4.splat(real(record, 5));
  const low = f32x4.neg(high);
  const end = output + ((<usize>(length & ~3)) << 2);
  for (; output < end; output += 16, input += 16)
    v128.store(output, f32x4.pmin(f32x4.pmax(v128.load(input), low), high));
  if (length & 3) storeFirst(output, f32x4.pmin(f32x4.pmax(v128.load(input), low), high), length & 3);
}
