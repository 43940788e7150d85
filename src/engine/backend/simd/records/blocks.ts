// How records see arrays of many axes: axes that all arrays cross evenly are joined, the last two become rows and columns of a block, the others stand outside.

import { stridesOf } from "../../../shape.ts";
import { joinAxes } from "../../walk.ts";
import type { RecordWriter } from "./records.ts";

type Strides = readonly number[];

interface Axis {
  readonly length: number;
  /** One step per array. */
  readonly steps: readonly number[];
}

/** Blocks of rows and columns. */
export interface Blocks {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly outer: readonly Axis[];
}

function axesOf(shape: readonly number[], strides: readonly Strides[]): Axis[] {
  const joined = joinAxes(shape, strides);
  return joined.shape.map((length, axis) => ({ length, steps: joined.strides.map((each) => each[axis] ?? 0) }));
}

function single(arrays: number): Axis {
  return { length: 1, steps: new Array<number>(arrays).fill(0) };
}

/** A walk over arrays, each by its own strides. */
export function blocksOf(shape: readonly number[], strides: readonly Strides[]): Blocks {
  const axes = axesOf(shape, strides);
  const columns = axes.pop() ?? single(strides.length);
  const rows = axes.pop() ?? single(strides.length);
  return { rows, columns, outer: axes };
}

/** Writes outer axes: their number, then for each its length and steps. */
export function writeAxes(tape: RecordWriter, axes: readonly Axis[]): void {
  tape.word(axes.length);
  for (const { length, steps } of axes) for (const value of [length, ...steps]) tape.word(value);
}

/** A walk over an input that lies row by row, into a smaller output: axes without a step in the output are reduced. */
export interface ReductionBlocks {
  readonly columns: number;
  /** The columns' step in the output: 0 where they are reduced. */
  readonly outputStep: number;
  /** The last reduced axis that is not the columns, with its step in the input. */
  readonly rows: Axis;
  /** Axes that stay, with their steps in input and output. */
  readonly kept: readonly Axis[];
  /** Further reduced axes, with their steps in the input. */
  readonly reduced: readonly Axis[];
}

export function reductionBlocksOf(shape: readonly number[], outputStrides: Strides): ReductionBlocks {
  const axes = axesOf(shape, [stridesOf(shape), outputStrides]);
  const columns = axes.pop() ?? single(2);
  const kept = axes.filter(({ steps }) => steps[1] !== 0);
  const reduced = axes
    .filter(({ steps }) => steps[1] === 0)
    .map(({ length, steps }) => ({ length, steps: [steps[0] ?? 0] }));
  const rows = reduced.pop() ?? single(1);
  return { columns: columns.length, outputStep: columns.steps[1] ?? 0, rows, kept, reduced };
}

/** Writes what stands behind a reduction's own arguments. */
export function writeReductionBlocks(tape: RecordWriter, blocks: ReductionBlocks): void {
  tape.word(blocks.columns);
  tape.word(blocks.outputStep);
  tape.word(blocks.rows.length);
  tape.word(blocks.rows.steps[0] ?? 0);
  writeAxes(tape, blocks.kept);
  writeAxes(tape, blocks.reduced);
}

/** Whether an array lies row by row in a shape, nothing stretched or turned. */
export function isWhole(shape: readonly number[], strides: Strides): boolean {
  const axes = axesOf(shape, [strides]);
  return axes.length === 0 || (axes.length === 1 && axes[0]?.steps[0] === 1);
}
