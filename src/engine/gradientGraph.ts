// Gradients that can be differentiated again: the walk back through the tape, written in tensor operations instead of numbers.

import { ValueError } from "./errors.ts";
import type { Flatness } from "./ops/op.ts";
import { orderBackwards, type TapedValue } from "./tape.ts";
import type { Tensor } from "./tensor.ts";
import { TensorCore } from "./tensorMethods/tensorCore.ts";

/**
 * Walks back from `result`, whose gradient is `seed`, and tells `visit` the gradient of every value on the way. The
 * gradients are tensors computed from the values themselves, so that they have gradients of their own.
 *
 * @throws ValueError when an operation's gradient cannot be differentiated again.
 */
export function deriveGradients(result: Tensor, seed: Tensor, visit: (value: Tensor, gradient: Tensor) => void): void {
  const gradients = new Map<TapedValue, Tensor>([[result, seed]]);
  for (const taped of orderBackwards(result)) {
    const outputGrad = gradients.get(taped);
    if (outputGrad === undefined) continue;
    gradients.delete(taped);
    const output = asTensorValue(taped);
    visit(output, outputGrad);
    if (output.origin === null) continue;
    const { op, attributes, inputs } = output.origin;
    if (op.derive === undefined)
      throw new ValueError({
        op: "createGraph",
        expected: "operations whose gradients can be differentiated again",
        got: op.name,
        hint: `Second derivatives through ${op.name} are not there; first ones are: leave out createGraph, or the outer grad.`,
      });
    const found = op.derive({ inputs: inputs.map(asTensorValue), output, outputGrad }, attributes);
    inputs.forEach((input, index) => {
      const gradient = input.needsGradient ? found[index]?.() : undefined;
      if (gradient === undefined) return;
      const before = gradients.get(input);
      gradients.set(input, before === undefined ? gradient : before.add(gradient));
    });
  }
}

/** What is computed eagerly is a tensor; other taped values exist only while a step is laid out. */
function asTensorValue(value: TapedValue): Tensor {
  if (!isTensor(value)) throw new RangeError("Only eager tensors have gradients of gradients.");
  return value;
}

function isTensor(value: TapedValue): value is Tensor {
  return value instanceof TensorCore;
}

/** Refuses what has no gradient, or none that is of use. @throws ValueError */
export function checkDifferentiable(result: TapedValue): void {
  if (!result.needsGradient)
    throw new ValueError({
      op: "backward",
      expected: "a tensor computed from one with requiresGrad: true",
      got: "one that depends on none",
      hint: "Make the inputs with tensor(…, { requiresGrad: true }), outside noGrad. detach and toArray end the chain.",
    });
  checkGradual("backward", result, "what requires a gradient");
}

/**
 * Refuses what depends only through operations like step and argMax on all that requires a gradient, or on `source`, where it
 * is given and requires one.
 *
 * @throws ValueError
 */
export function checkGradual(op: string, result: TapedValue, what: string, source: TapedValue | null = null): void {
  const obstacles = flatObstacles(result, source);
  if (obstacles === null || obstacles.length === 0) return;
  const names = obstacles.map(({ name }) => name).join(", ");
  throw new ValueError({
    op,
    expected: `a tensor that changes gradually with ${what}`,
    got: `one that depends on it through ${names} only: ${obstacles.length === 1 ? "its derivative is" : "their derivatives are"} 0 everywhere`,
    hint: [...new Set(obstacles.map(({ advice }) => advice))].join(" "),
  });
}

/**
 * The operations that stand in the way when every path from `result` back to `source`, or to any value that requires a
 * gradient, leads through one whose derivative is 0 wherever there is one; `null` when some path is open.
 */
function flatObstacles(result: TapedValue, source: TapedValue | null): readonly Flatness[] | null {
  const obstacles = new Map<string, Flatness>();
  const seen = new Set<TapedValue>([result]);
  const open = [result];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value.origin === null || value === source) return null;
    const { op, attributes, inputs } = value.origin;
    const flatness = op.flat?.(attributes) ?? null;
    if (flatness !== null) {
      obstacles.set(flatness.name, flatness);
      continue;
    }
    for (const input of inputs)
      if (input.needsGradient && !seen.has(input)) {
        seen.add(input);
        open.push(input);
      }
  }
  return [...obstacles.values()];
}

/**
 * The names of the operations without slope that cut `result` off from all of `sources` that need a gradient; empty when some
 * path is open, or nothing needs one.
 */
export function flatOperationsBetween(sources: readonly TapedValue[], result: TapedValue): readonly string[] {
  const ends = new Set(sources.filter(({ needsGradient }) => needsGradient));
  const names = new Set<string>();
  const seen = new Set<TapedValue>([result]);
  const open = [result];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (ends.has(value)) return [];
    if (value.origin === null) continue;
    const { op, attributes, inputs } = value.origin;
    const flatness = op.flat?.(attributes) ?? null;
    if (flatness !== null) {
      if (ends.size > 0) names.add(flatness.name);
      continue;
    }
    for (const input of inputs)
      if (!seen.has(input)) {
        seen.add(input);
        open.push(input);
      }
  }
  return [...names];
}
