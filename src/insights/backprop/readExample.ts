// Reads the example a net is shown with: one, or a batch of which one is looked at.

import { Dataset } from "../../engine/datasets/dataset.ts";
import { checkOptions, describeValue } from "../../engine/errors.ts";
import { type Loss, ShapeError, type Tensor, type TensorLike, tensor, ValueError } from "../../engine/index.ts";

export interface ReadExample {
  readonly xs: readonly (readonly number[])[];
  readonly example: number;
  readonly x: readonly number[];
  /** As many numbers as the net has outputs: class numbers as one-hot. */
  readonly y: readonly number[];
  /** The targets of one example, or of the whole batch, as the loss takes them. */
  targets(example: number | null): Tensor;
}

/** The shape of one example, for a net that takes its own from it. */
export function exampleShape(op: string, given: GivenExample): readonly number[] {
  expectExample(op, given);
  const { rank, size, shape } = tensor(given.x);
  return rank > 1 ? shape.slice(1) : [size];
}

interface GivenExample {
  readonly x: TensorLike;
  readonly y: TensorLike;
  readonly example?: number | undefined;
}

function expectExample(op: string, given: GivenExample): void {
  if (typeof given !== "object" || given === null || given.x === undefined || given.y === undefined)
    throw new ValueError({
      op,
      expected: "an example { x, y }",
      got: "none",
      hint: `For example ${op}(model, { x: [1, 0.5], y: 1 }).`,
    });
}

export function readExample(
  op: string,
  given: GivenExample,
  net: { readonly inputs: number; readonly outputs: number; readonly loss: Loss },
): ReadExample {
  expectExample(op, given);
  // A data set has more to it than x and y.
  if (!(given instanceof Dataset)) checkOptions(op, given, ["x", "y", "example"]);
  const [x, y] = [tensor(given.x), tensor(given.y)];
  const isBatch = x.rank > 1;
  if (x.rank > 2 || x.size === 0 || (x.shape.at(-1) ?? 1) !== net.inputs)
    throw new ShapeError({ op, what: "x", expected: `[${net.inputs}] or [examples, ${net.inputs}]`, got: x.shape });
  const size = isBatch ? (x.shape[0] ?? 1) : 1;
  const isSparse = net.loss.targetKind === "classNumbers";
  const width = isSparse ? 1 : net.outputs;
  if (y.size !== size * width)
    throw new ShapeError({
      op,
      what: "y",
      expected: isBatch ? `${size} targets of ${width}` : `${width} for one example`,
      got: y.shape,
    });
  const { example = 0 } = given;
  if (!Number.isInteger(example) || example < 0 || example >= size)
    throw new ValueError({ op, expected: `example from 0 to ${size - 1}`, got: describeValue(example) });
  for (const [name, { data }] of Object.entries({ x, y })) {
    const odd = data.findIndex((value) => !Number.isFinite(value));
    if (odd !== -1)
      throw new ValueError({
        op,
        expected: `finite numbers in ${name}`,
        got: `${data[odd]} at place ${odd}`,
        hint: "Places count from 0. Fill in a number.",
      });
  }
  const rows = rowsOf(Array.from(x.data), net.inputs);
  const targetRows = rowsOf(Array.from(y.data), width);
  const own = targetRows[example] ?? [];
  const made = (chosen: readonly (readonly number[])[]) =>
    isSparse ? tensor(chosen.flat()) : tensor(chosen.flat(), { shape: [chosen.length, width] });
  net.loss.checkTargets(made(targetRows), [net.outputs]);
  return {
    xs: rows,
    example,
    x: rows[example] ?? [],
    y: isSparse ? Array.from({ length: net.outputs }, (_, index) => (index === own[0] ? 1 : 0)) : own,
    targets: (which) => made(which === null ? targetRows : [targetRows[which] ?? []]),
  };
}

function rowsOf(numbers: readonly number[], width: number): number[][] {
  return Array.from({ length: numbers.length / width }, (_, row) => numbers.slice(row * width, (row + 1) * width));
}
