// The tape of reverse-mode differentiation: what was computed from what, and the walk back that hands each value its gradient.

import type { Backend } from "./backend/backend.ts";
import { currentRecorder } from "./backend/current.ts";
import { Floats } from "./intrinsics.ts";
import type { NumberBlock, Op } from "./ops/op.ts";
import type { Shape } from "./shape.ts";

/** A value that takes part: its numbers, its gradient once known, and how it was made (`null` for values given by the user). */
export interface TapedValue {
  readonly shape: Shape;
  readonly needsGradient: boolean;
  // As in tensors, the rest is not for users: declarations have neither.
  /** @internal */
  readonly numbers: Floats;
  /** @internal */
  readonly keepsGradient: boolean;
  /** @internal */
  readonly origin: Origin | null;
  /** @internal */
  gradientData: Floats | null;
  /** @internal The same gradient as a value that can be differentiated again, where that was asked for. */
  gradientGraph?: TapedValue | null;
  /** @internal Where a step that is laid out collects its gradient; `null` where any place will do. */
  readonly gradientHome: GradientHome | null;
}

/** A place for a gradient that is there beforehand. */
export interface GradientHome {
  readonly array: Floats;
  /** Whether it holds zeros when the backward pass begins. */
  readonly startsAtZero: boolean;
}

/** The value's numbers with their shape, as operations see them. */
export function blockOf(value: TapedValue): NumberBlock {
  return { shape: value.shape, data: value.numbers };
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

/** The weights that are frozen in the pass that runs. */
let frozen: ReadonlySet<TapedValue> | null = null;

/** Whether no gradient is to be found for this weight now. */
export function isFrozen(value: TapedValue): boolean {
  return frozen?.has(value) === true;
}

/** Runs a pass, or a part of it, that finds no gradients for these weights: nothing is computed for them. */
export function withFrozen<Result>(weights: ReadonlySet<TapedValue>, work: () => Result): Result {
  const before = frozen;
  frozen = weights.size === 0 ? null : weights;
  try {
    return work();
  } finally {
    frozen = before;
  }
}

/** After code was ended from outside, which runs no `finally`: nothing is inside `noGrad` any more, and nothing frozen. */
export function endAllNesting(): void {
  recordingDepth = 0;
  frozen = null;
}

/** Runs `work` with recording, also inside `noGrad`: for derivatives that are found and used within. */
export function withRecording<Result>(work: () => Result): Result {
  const before = recordingDepth;
  recordingDepth = 0;
  try {
    return work();
  } finally {
    recordingDepth = before;
  }
}

/** What else a walk back does. */
export interface WalkOptions {
  /** Gradients that were begun elsewhere and are added to. */
  readonly begun?: ReadonlyMap<TapedValue, Floats>;
  /** Told of each value's gradient once it is whole. */
  readonly onGradient?: (value: TapedValue, gradient: Floats) => void;
}

/**
 * Walks back from `result`, whose gradient is `seed`, and adds to the gradient of every value that keeps one.
 * Values are visited after all that was computed from them, so each operation's backward runs once.
 */
export function propagateGradients(
  backend: Backend,
  result: TapedValue,
  seed: Floats,
  { begun = new Map(), onGradient }: WalkOptions = {},
): void {
  const gradients = new Map<TapedValue, Floats>([...begun, [result, seed]]);
  for (const value of orderBackwards(result)) {
    const gradient = gradients.get(value);
    if (gradient === undefined) continue;
    gradients.delete(value);
    onGradient?.(value, gradient);
    if (value.keepsGradient) keepGradient(backend, value, gradient);
    if (value.origin === null) continue;
    const { op, attributes, inputs } = value.origin;
    const inputGrads = inputs.map((input) => {
      if (!input.needsGradient) return null;
      const data = gradients.get(input) ?? startGradient(backend, input);
      gradients.set(input, data);
      return { shape: input.shape, data };
    });
    const pass = { inputs: inputs.map(blockOf), output: blockOf(value), inputGrads };
    op.backward(backend, { ...pass, outputGrad: { shape: value.shape, data: gradient } }, attributes);
  }
}

/** Zeros, now or whenever the recording runs. */
function startGradient(backend: Backend, { numbers, gradientHome }: TapedValue): Floats {
  const recorder = currentRecorder();
  if (recorder === null) return new Floats(numbers.length);
  const gradient = gradientHome?.array ?? recorder.allocate(numbers.length);
  if (gradientHome?.startsAtZero !== true) backend.fill(gradient, 0);
  return gradient;
}

function keepGradient(backend: Backend, value: TapedValue, gradient: Floats): void {
  const recorder = currentRecorder();
  if (value.gradientData !== null) {
    backend.addScaled(gradient, value.gradientData, 1);
    // The graph of the sum so far does not know of what was added.
    value.gradientGraph = null;
  } else if (recorder === null) value.gradientData = new Floats(gradient);
  else if (gradient === value.gradientHome?.array) value.gradientData = gradient;
  else {
    value.gradientData = recorder.allocate(gradient.length);
    backend.copy(gradient, value.gradientData, 1);
  }
}

/** Everything `result` was computed from, each value before its own inputs. No recursion: chains may be long. */
export function orderBackwards(result: TapedValue): TapedValue[] {
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
