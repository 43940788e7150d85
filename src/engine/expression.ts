// How one number was computed, value by value, with every derivative on the way: for pictures of what autodiff does.

import { backend } from "./backend/current.ts";
import { ShapeError, ValueError } from "./errors.ts";
import { Floats } from "./intrinsics.ts";
import type { NumberBlock } from "./ops/op.ts";
import { type PreciseExpression, preciseExpression } from "./preciseExpression.ts";
import { blockOf, type Origin, type TapedValue } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

/** A value on the way to the result: given, constant, or computed from others. */
export interface ExpressionValue {
  readonly tensor: Tensor;
  /** Name and settings of the operation that made it; `null` for what was given. */
  readonly operation: { readonly name: string; readonly attributes: unknown } | null;
  /** Places of what it was computed from. */
  readonly inputs: readonly number[];
  /** The derivative of the result with respect to it; `null` for constants. */
  readonly gradient: Floats | null;
  /** For each input the derivative of this value alone with respect to it, where both are single numbers; else `null`. */
  readonly partials: readonly (number | null)[];
}

export interface Expression {
  /** Each after what it was computed from; the last is the result. */
  readonly values: readonly ExpressionValue[];
  /** Whether it comes to the same result when it is computed again. */
  readonly isRepeatable: boolean;
  /** The same in double precision. */
  readonly precise: PreciseExpression;
}

/**
 * The expression behind a tensor of one number. Gradients are found afresh: no `grad` is read or changed.
 *
 * @throws ShapeError for more than one number; ValueError where it depends on nothing that requires a gradient, or has more
 *   than `most` values, constants included.
 */
export function readExpression(op: string, result: Tensor, most: number): Expression {
  if (result.size !== 1)
    throw new ShapeError({
      op,
      what: "a tensor",
      expected: "of one number",
      got: result.shape,
      hint: "Reduce it first: sum() or mean().",
    });
  if (result.origin === null)
    throw new ValueError({
      op,
      expected: "a tensor computed from one with requiresGrad: true",
      got: result.requiresGrad ? "one that was not computed" : "one that depends on none",
      hint: "For example: const w = tensor(0.5, { requiresGrad: true }); const loss = w.mul(2).sub(3).square().",
    });
  const taped = orderForwards(result);
  if (taped.length > most)
    throw new ValueError({
      op,
      expected: `an expression of at most ${most} values`,
      got: `one of ${taped.length}`,
      hint: "Show a part of it (a tensor on the way, for fewer examples), write it with tensors instead of single numbers, or, for a net, show.backprop and show.network.",
    });
  const places = new Map(taped.map((value, place) => [value, place]));
  const gradients = gradientsOf(taped);
  const values = taped.map((value, place): ExpressionValue => {
    const { origin } = value;
    return {
      // What was computed eagerly is a tensor.
      tensor: value as Tensor,
      operation: origin === null ? null : { name: origin.op.name, attributes: origin.attributes },
      inputs: (origin?.inputs ?? []).map((input) => places.get(input) ?? -1),
      gradient: gradients[place] ?? null,
      partials: origin === null ? [] : partialsOf(value, origin),
    };
  });
  return { values, isRepeatable: Object.is(recomputed(taped), result.numbers[0]), precise: preciseExpression(taped) };
}

/** Everything that `result` was computed from, constants too, each after its own inputs. No recursion: chains may be long. */
function orderForwards(result: TapedValue): TapedValue[] {
  const done = new Set<TapedValue>([result]);
  const finished: TapedValue[] = [];
  const stack = [{ value: result, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const input = top.value.origin?.inputs[top.next++];
    if (input === undefined) {
      finished.push(top.value);
      stack.pop();
    } else if (!done.has(input)) {
      done.add(input);
      stack.push({ value: input, next: 0 });
    }
  }
  return finished;
}

function gradientsOf(taped: readonly TapedValue[]): readonly (Floats | null)[] {
  const found = new Map<TapedValue, Floats>();
  const result = taped.at(-1);
  if (result !== undefined) found.set(result, new Floats([1]));
  for (const value of [...taped].reverse()) {
    const outputGrad = found.get(value);
    if (outputGrad === undefined || value.origin === null) continue;
    const inputGrads = value.origin.inputs.map((input) => {
      if (!input.needsGradient) return null;
      const data = found.get(input) ?? new Floats(input.numbers.length);
      found.set(input, data);
      return { shape: input.shape, data };
    });
    passBack(value, value.origin, outputGrad, inputGrads);
  }
  return taped.map((value) => found.get(value) ?? null);
}

/** One operation backwards; an input that is taken twice gets the sum, or each its own where `inputGrads` differ. */
function passBack(
  value: TapedValue,
  { op, attributes, inputs }: Origin,
  outputGrad: Floats,
  inputGrads: readonly (NumberBlock | null)[],
): void {
  const pass = { inputs: inputs.map(blockOf), output: blockOf(value), inputGrads };
  op.backward(backend(), { ...pass, outputGrad: { shape: value.shape, data: outputGrad } }, attributes);
}

function partialsOf(value: TapedValue, origin: Origin): readonly (number | null)[] {
  if (value.numbers.length !== 1) return origin.inputs.map(() => null);
  const inputGrads = origin.inputs.map((input) =>
    input.needsGradient ? { shape: input.shape, data: new Floats(input.numbers.length) } : null,
  );
  passBack(value, origin, new Floats([1]), inputGrads);
  return inputGrads.map((grad) => (grad !== null && grad.data.length === 1 ? (grad.data[0] ?? null) : null));
}

/** The result of the same operations on what was given. */
function recomputed(taped: readonly TapedValue[]): number {
  const data = new Map<TapedValue, Floats>();
  const block = (value: TapedValue): NumberBlock => ({ shape: value.shape, data: data.get(value) ?? value.numbers });
  for (const value of taped) {
    if (value.origin === null) continue;
    const output = { shape: value.shape, data: new Floats(value.numbers.length) };
    value.origin.op.forward(backend(), value.origin.inputs.map(block), output, value.origin.attributes);
    data.set(value, output.data);
  }
  const result = taped.at(-1);
  return result === undefined ? Number.NaN : (block(result).data[0] ?? Number.NaN);
}
