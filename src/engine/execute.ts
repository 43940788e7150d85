// Eager execution: an operation's definition run at once, with the tape kept where a gradient may be asked for.
// While a step is laid out, the same calls are recorded, over memory of the recording.

import { backend, currentRecorder } from "./backend/current.ts";
import type { Floats } from "./intrinsics.ts";
import type { Op } from "./ops/op.ts";
import { newFloats, type Shape, sizeOf } from "./shape.ts";
import { blockOf, isRecording, type Origin, type TapedValue } from "./tape.ts";

/** What an operation gave, and how, if that was recorded. */
export interface Execution {
  readonly shape: Shape;
  readonly data: Floats;
  readonly origin: Origin | null;
}

export function execute<Attributes>(
  op: Op<Attributes>,
  inputs: readonly TapedValue[],
  attributes: Attributes,
): Execution {
  const shape = op.outputShape(
    inputs.map((input) => input.shape),
    attributes,
  );
  const data = currentRecorder()?.allocate(sizeOf(shape)) ?? newFloats(shape, op.name);
  op.forward(backend(), inputs.map(blockOf), { shape, data }, attributes);
  const isTaped = isRecording() && inputs.some((input) => input.needsGradient);
  return { shape, data, origin: isTaped ? { op, attributes, inputs } : null };
}
