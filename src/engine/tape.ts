// The tape of reverse-mode differentiation: what was computed from what, and the walk back that hands each value its gradient.

import type { Backend } from "./backend/backend.ts";
import { Floats } from "./intrinsics.ts";
import type { NumberBlock, Op } from "./ops/op.ts";

/** A value that takes part: its numbers, its gradient once known, and how it was made (`null` for values given by the user). */
export interface TapedValue extends NumberBlock {
  readonly needsGradient: boolean;
  readonly keepsGradient: boolean;
  readonly origin: Origin | null;
  gradientData: Floats | null;
}

/** How a value was made. */
export interface Origin {
  readonly op: Op<unknown>;
  readonly attributes: unknown;
  readonly inputs: readonly TapedValue[];
}

let recordingDepth = 0;

/** Whether operations are recorded now; they are not inside `noGrad`. */
export function isRecording(): boolean {
  return recordingDepth === 0;
}

/** Runs `work` without recording, whatever happens in it. */
export function withoutRecording<Result>(work: () => Result): Result {
  recordingDepth++;
  try {
    return work();
  } finally {
    recordingDepth--;
  }
}

/**
 * Walks back from `result`, whose gradient is `seed`, and adds to the gradient of every value that keeps one.
 * Values are visited after all that was computed from them, so each operation's backward runs once.
 */
export function propagateGradients(backend: Backend, result: TapedValue, seed: Floats): void {
  const gradients = new Map<TapedValue, Floats>([[result, seed]]);
  for (const value of orderBackwards(result)) {
    const gradient = gradients.get(value);
    if (gradient === undefined) continue;
    gradients.delete(value);
    if (value.keepsGradient) keepGradient(backend, value, gradient);
    if (value.origin === null) continue;
    const { op, attributes, inputs } = value.origin;
    const inputGrads = inputs.map((input) => {
      if (!input.needsGradient) return null;
      const data = gradients.get(input) ?? new Floats(input.data.length);
      gradients.set(input, data);
      return { shape: input.shape, data };
    });
    op.backward(
      backend,
      { inputs, output: value, outputGrad: { shape: value.shape, data: gradient }, inputGrads },
      attributes,
    );
  }
}

function keepGradient(backend: Backend, value: TapedValue, gradient: Floats): void {
  if (value.gradientData === null) value.gradientData = new Floats(gradient);
  else backend.addScaled(gradient, value.gradientData, 1);
}

/** Everything `result` was computed from, each value before its own inputs. No recursion: chains may be long. */
function orderBackwards(result: TapedValue): TapedValue[] {
  const done = new Set<TapedValue>();
  const finished: TapedValue[] = [];
  const stack: { value: TapedValue; next: number }[] = [{ value: result, next: 0 }];
  done.add(result);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const input = top.value.origin?.inputs[top.next++];
    if (input === undefined) {
      finished.push(top.value);
      stack.pop();
    } else if (input.needsGradient && !done.has(input)) {
      done.add(input);
      stack.push({ value: input, next: 0 });
    }
  }
  return finished.reverse();
}
