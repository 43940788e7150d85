// Number by number: functions of one number and their gradients, clamping. Pure functions of their ranges.

import * as opcodes from "../opcodes";
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
  Sigmoid,
  Silu,
  Softplus,
  SoftShrink,
  Softsign,
  Step,
  Tanh,
  Tanhshrink,
  ThresholdedRelu,
} from "./activationFunctions";
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
import { address, real, word } from "./record";
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
  Sqrt,
  Square,
  Trunc,
  UnaryFunction,
} from "./unaryFunctions";
import { multiplyAdd, storeFirst } from "./vector";

export function runElementwiseRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.UNARY:
    case opcodes.UNARY_GRAD:
      runUnary(opcode, record);
      break;
    case opcodes.BINARY:
    case opcodes.BINARY_GRAD:
    case opcodes.BINARY_GRAD_SUM:
      runBinary(opcode, record);
      break;
    case opcodes.CLAMP:
      clamp(record);
      break;
    default:
      abort();
  }
}

function runUnary(opcode: i32, record: usize): void {
  switch (word(record, 2)) {
    case opcodes.UNARY_IDENTITY:
      applyUnary<Identity>(opcode, record);
      break;
    case opcodes.UNARY_NEGATE:
      applyUnary<Negate>(opcode, record);
      break;
    case opcodes.UNARY_ABS:
      applyUnary<Abs>(opcode, record);
      break;
    case opcodes.UNARY_SIGN:
      applyUnary<Sign>(opcode, record);
      break;
    case opcodes.UNARY_SQUARE:
      applyUnary<Square>(opcode, record);
      break;
    case opcodes.UNARY_SQRT:
      applyUnary<Sqrt>(opcode, record);
      break;
    case opcodes.UNARY_RECIPROCAL:
      applyUnary<Reciprocal>(opcode, record);
      break;
    case opcodes.UNARY_EXP:
      applyUnary<Exp>(opcode, record);
      break;
    case opcodes.UNARY_LOG:
      applyUnary<Log>(opcode, record);
      break;
    case opcodes.UNARY_LOG1P:
      applyUnary<Log1p>(opcode, record);
      break;
    case opcodes.UNARY_EXPM1:
      applyUnary<Expm1>(opcode, record);
      break;
    case opcodes.UNARY_SIN:
      applyUnary<OneByOne<Sin>>(opcode, record);
      break;
    case opcodes.UNARY_COS:
      applyUnary<OneByOne<Cos>>(opcode, record);
      break;
    case opcodes.UNARY_STEP:
      applyUnary<Step>(opcode, record);
      break;
    case opcodes.UNARY_SIGMOID:
      applyUnary<Sigmoid>(opcode, record);
      break;
    case opcodes.UNARY_LOG_SIGMOID:
      applyUnary<LogSigmoid>(opcode, record);
      break;
    case opcodes.UNARY_HARD_SIGMOID:
      applyUnary<HardSigmoid>(opcode, record);
      break;
    case opcodes.UNARY_TANH:
      applyUnary<Tanh>(opcode, record);
      break;
    case opcodes.UNARY_HARD_TANH:
      applyUnary<HardTanh>(opcode, record);
      break;
    case opcodes.UNARY_TANHSHRINK:
      applyUnary<Tanhshrink>(opcode, record);
      break;
    case opcodes.UNARY_RELU:
      applyUnary<Relu>(opcode, record);
      break;
    case opcodes.UNARY_RELU6:
      applyUnary<Relu6>(opcode, record);
      break;
    case opcodes.UNARY_LEAKY_RELU:
      applyUnary<LeakyRelu>(opcode, record);
      break;
    case opcodes.UNARY_ELU:
      applyUnary<Elu>(opcode, record);
      break;
    case opcodes.UNARY_SELU:
      applyUnary<Selu>(opcode, record);
      break;
    case opcodes.UNARY_CELU:
      applyUnary<Celu>(opcode, record);
      break;
    case opcodes.UNARY_GELU:
      applyUnary<Gelu>(opcode, record);
      break;
    case opcodes.UNARY_GELU_TANH:
      applyUnary<GeluTanh>(opcode, record);
      break;
    case opcodes.UNARY_SILU:
      applyUnary<Silu>(opcode, record);
      break;
    case opcodes.UNARY_HARD_SWISH:
      applyUnary<HardSwish>(opcode, record);
      break;
    case opcodes.UNARY_MISH:
      applyUnary<Mish>(opcode, record);
      break;
    case opcodes.UNARY_SOFTPLUS:
      applyUnary<Softplus>(opcode, record);
      break;
    case opcodes.UNARY_SOFTSIGN:
      applyUnary<Softsign>(opcode, record);
      break;
    case opcodes.UNARY_TAN:
      applyUnary<OneByOne<Tan>>(opcode, record);
      break;
    case opcodes.UNARY_ASIN:
      applyUnary<OneByOne<Asin>>(opcode, record);
      break;
    case opcodes.UNARY_ACOS:
      applyUnary<OneByOne<Acos>>(opcode, record);
      break;
    case opcodes.UNARY_ATAN:
      applyUnary<OneByOne<Atan>>(opcode, record);
      break;
    case opcodes.UNARY_SINH:
      applyUnary<OneByOne<Sinh>>(opcode, record);
      break;
    case opcodes.UNARY_COSH:
      applyUnary<OneByOne<Cosh>>(opcode, record);
      break;
    case opcodes.UNARY_ASINH:
      applyUnary<OneByOne<Asinh>>(opcode, record);
      break;
    case opcodes.UNARY_ACOSH:
      applyUnary<OneByOne<Acosh>>(opcode, record);
      break;
    case opcodes.UNARY_ATANH:
      applyUnary<OneByOne<Atanh>>(opcode, record);
      break;
    case opcodes.UNARY_LOG2:
      applyUnary<OneByOne<Log2>>(opcode, record);
      break;
    case opcodes.UNARY_LOG10:
      applyUnary<OneByOne<Log10>>(opcode, record);
      break;
    case opcodes.UNARY_RSQRT:
      applyUnary<Rsqrt>(opcode, record);
      break;
    case opcodes.UNARY_ERF:
      applyUnary<Erf>(opcode, record);
      break;
    case opcodes.UNARY_FLOOR:
      applyUnary<Floor>(opcode, record);
      break;
    case opcodes.UNARY_CEIL:
      applyUnary<Ceil>(opcode, record);
      break;
    case opcodes.UNARY_ROUND:
      applyUnary<Round>(opcode, record);
      break;
    case opcodes.UNARY_TRUNC:
      applyUnary<Trunc>(opcode, record);
      break;
    case opcodes.UNARY_HARD_SHRINK:
      applyUnary<HardShrink>(opcode, record);
      break;
    case opcodes.UNARY_SOFT_SHRINK:
      applyUnary<SoftShrink>(opcode, record);
      break;
    case opcodes.UNARY_THRESHOLDED_RELU:
      applyUnary<ThresholdedRelu>(opcode, record);
      break;
    default:
      abort();
  }
}

function applyUnary<F extends UnaryFunction>(opcode: i32, record: usize): void {
  if (opcode === opcodes.UNARY) mapNumbers<F>(record);
  else addSlopes<F>(record);
}

/** function, x, output, length, alpha */
function mapNumbers<F extends UnaryFunction>(record: usize): void {
  // The class has no fields: its methods need no object.
  const f = changetype<F>(0);
  let x = address(record, 3);
  let output = address(record, 4);
  const length = word(record, 5);
  const alpha = f32x4.splat(real(record, 6));
  const end = output + ((<usize>(length & ~3)) << 2);
  for (; output < end; output += 16, x += 16) v128.store(output, f.value(v128.load(x), alpha));
  if (length & 3) storeFirst(output, f.value(v128.load(x), alpha), length & 3);
}

/** function, source, outputGrad, xGrad, length, alpha, whether to add: `xGrad (+)= outputGrad · slope(source)` */
function addSlopes<F extends UnaryFunction>(record: usize): void {
  const f = changetype<F>(0);
  let source = address(record, 3);
  let outputGrad = address(record, 4);
  let xGrad = address(record, 5);
  const length = word(record, 6);
  const alpha = f32x4.splat(real(record, 7));
  const kept = i32x4.splat(-word(record, 8));
  const end = xGrad + ((<usize>(length & ~3)) << 2);
  for (; xGrad < end; xGrad += 16, outputGrad += 16, source += 16) {
    const slope = f.slope(v128.load(source), alpha);
    v128.store(xGrad, multiplyAdd(v128.load(outputGrad), slope, v128.and(v128.load(xGrad), kept)));
  }
  if (length & 3) {
    const slope = f.slope(v128.load(source), alpha);
    storeFirst(xGrad, multiplyAdd(v128.load(outputGrad), slope, v128.and(v128.load(xGrad), kept)), length & 3);
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
