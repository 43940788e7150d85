// Functions of two numbers over arrays that are stretched to a common shape, as records.

import type { Floats } from "../../../intrinsics.ts";
import { stridesOf } from "../../../shape.ts";
import type { Backend, BinaryOperands, Strides } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import type { BinaryName } from "../../scalarMaths.ts";
import { type Blocks, blocksOf, isWhole, reductionBlocksOf, writeAxes, writeReductionBlocks } from "./blocks.ts";
import type { RecordWriter } from "./records.ts";

type Source = "a" | "b" | "both" | "none";

/** A function's number on the tape, and which operands its slopes in a and in b are computed from. */
interface BinaryRoutine {
  readonly number: number;
  readonly slopeSources: readonly [Source, Source];
}

const binaryRoutineOf: Readonly<Record<BinaryName, BinaryRoutine>> = {
  add: { number: opcodes.BINARY_ADD, slopeSources: ["none", "none"] },
  subtract: { number: opcodes.BINARY_SUBTRACT, slopeSources: ["none", "none"] },
  multiply: { number: opcodes.BINARY_MULTIPLY, slopeSources: ["b", "a"] },
  divide: { number: opcodes.BINARY_DIVIDE, slopeSources: ["b", "both"] },
  power: { number: opcodes.BINARY_POWER, slopeSources: ["both", "both"] },
  maximum: { number: opcodes.BINARY_MAXIMUM, slopeSources: ["both", "both"] },
  minimum: { number: opcodes.BINARY_MINIMUM, slopeSources: ["both", "both"] },
  atLeast: { number: opcodes.BINARY_AT_LEAST, slopeSources: ["both", "both"] },
  atMost: { number: opcodes.BINARY_AT_MOST, slopeSources: ["both", "both"] },
  remainder: { number: opcodes.BINARY_REMAINDER, slopeSources: ["none", "both"] },
  prelu: { number: opcodes.BINARY_PRELU, slopeSources: ["both", "a"] },
  takeWhere: { number: opcodes.BINARY_TAKE_WHERE, slopeSources: ["b", "none"] },
  takeUnless: { number: opcodes.BINARY_TAKE_UNLESS, slopeSources: ["b", "none"] },
  greater: { number: opcodes.BINARY_GREATER, slopeSources: ["none", "none"] },
  greaterEqual: { number: opcodes.BINARY_GREATER_EQUAL, slopeSources: ["none", "none"] },
  less: { number: opcodes.BINARY_LESS, slopeSources: ["none", "none"] },
  lessEqual: { number: opcodes.BINARY_LESS_EQUAL, slopeSources: ["none", "none"] },
  equal: { number: opcodes.BINARY_EQUAL, slopeSources: ["none", "none"] },
  notEqual: { number: opcodes.BINARY_NOT_EQUAL, slopeSources: ["none", "none"] },
};

/** Functions whose slopes are the same everywhere. */
const constantSlopes: Readonly<Partial<Record<BinaryName, readonly [number, number]>>> = {
  add: [1, 1],
  subtract: [1, -1],
};

interface Side {
  /** 0: the gradient of a, 1: that of b. */
  readonly side: 0 | 1;
  readonly grad: Floats;
  readonly strides: Strides;
}

export function binaryRoutines(tape: RecordWriter): Pick<Backend, "binary" | "binaryGrad"> {
  return {
    binary(name, { shape, a, aStrides, b, bStrides }, output) {
      tape.begin(opcodes.BINARY);
      tape.word(binaryRoutineOf[name].number);
      tape.read(a);
      tape.read(b);
      tape.write(output);
      writeBlocks(tape, blocksOf(shape, [aStrides, bStrides]));
      tape.end();
    },
    binaryGrad(name, operands, { outputGrad, aGrad, bGrad }) {
      if (aGrad !== null)
        addGrad(tape, name, operands, outputGrad, { side: 0, grad: aGrad, strides: operands.aStrides });
      if (bGrad !== null)
        addGrad(tape, name, operands, outputGrad, { side: 1, grad: bGrad, strides: operands.bStrides });
    },
  };
}

function addGrad(tape: RecordWriter, name: BinaryName, operands: BinaryOperands, outputGrad: Floats, side: Side): void {
  const slope = constantSlopes[name]?.[side.side];
  const isStretched = !isWhole(operands.shape, side.strides);
  if (slope === undefined) {
    tape.begin(isStretched ? opcodes.BINARY_GRAD_SUM : opcodes.BINARY_GRAD);
    writeSlopes(tape, name, operands, outputGrad, side, isStretched);
    // A record within the record: the sums of what stands in the scratch memory.
    if (isStretched) writeSum(tape, null, operands.shape, side, 1);
  } else if (isStretched) {
    tape.begin(opcodes.SUM);
    writeSum(tape, outputGrad, operands.shape, side, slope);
  } else {
    tape.begin(opcodes.ADD_SCALED);
    tape.read(outputGrad);
    tape.update(side.grad);
    tape.word(side.grad.length);
    tape.real(slope);
  }
  tape.end();
}

function writeSlopes(
  tape: RecordWriter,
  name: BinaryName,
  { shape, a, aStrides, b, bStrides }: BinaryOperands,
  outputGrad: Floats,
  { side, grad }: Side,
  isStretched: boolean,
): void {
  const { number, slopeSources } = binaryRoutineOf[name];
  const source = slopeSources[side];
  // An operand that is not needed is not read: another array stands in its place.
  const gradient = { array: outputGrad, strides: stridesOf(shape) };
  const first = { array: a, strides: aStrides };
  const second = { array: b, strides: bStrides };
  const left = source === "a" || source === "both" ? first : source === "b" ? second : gradient;
  const right = source === "b" || source === "both" ? second : source === "a" ? first : gradient;
  tape.word(number);
  tape.word(side);
  tape.read(left.array);
  tape.read(right.array);
  tape.read(outputGrad);
  if (isStretched) tape.scratch(outputGrad.length);
  else tape.update(grad);
  tape.word(isStretched ? 0 : 1);
  writeBlocks(tape, blocksOf(shape, [left.strides, right.strides]));
}

/** A sum over the axes in which an operand is stretched, added to its gradient; of the scratch memory where no source is given. */
function writeSum(
  tape: RecordWriter,
  source: Floats | null,
  shape: readonly number[],
  { grad, strides }: Side,
  divisor: number,
): void {
  if (source === null) {
    tape.word(opcodes.SUM);
    tape.word(0);
    tape.word(0);
  } else tape.read(source);
  tape.update(grad);
  tape.real(divisor);
  tape.word(1);
  writeReductionBlocks(tape, reductionBlocksOf(shape, strides));
}

function writeBlocks(tape: RecordWriter, { rows, columns, outer }: Blocks): void {
  tape.word(rows.length);
  tape.word(columns.length);
  for (const array of [0, 1]) {
    tape.word(rows.steps[array] ?? 0);
    tape.word(columns.steps[array] ?? 0);
  }
  writeAxes(tape, outer);
}
