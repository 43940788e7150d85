// Numbers in another order of axes, as other programs keep them.

import { Floats } from "../intrinsics.ts";
import type { StoredTensor } from "../saving/safetensors.ts";
import type { Shape } from "../shape.ts";

/** Axis `order[i]` of the numbers becomes axis `i`. */
export function withAxes({ shape, numbers }: StoredTensor, order: readonly number[]): StoredTensor {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const turned = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const result = new Floats(numbers.length);
  const index = turned.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = numbers[from] as number;
    // To the next place, the last axis fastest.
    for (let axis = turned.length - 1; axis >= 0; axis--) {
      const step = steps[axis] ?? 0;
      const length = turned[axis] ?? 1;
      from += step;
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < length) break;
      from -= step * length;
      index[axis] = 0;
    }
  }
  return { shape: turned, numbers: result };
}

/** The same numbers, read as another shape. */
export function reshaped({ numbers }: StoredTensor, shape: Shape): StoredTensor {
  return { shape, numbers };
}

/** The columns (last axis) from `start` to `end`. */
function columns({ shape, numbers }: StoredTensor, start: number, end: number): StoredTensor {
  const width = shape.at(-1) ?? 1;
  const rows = numbers.length / width;
  const result = new Floats(rows * (end - start));
  for (let row = 0; row < rows; row++)
    result.set(numbers.subarray(row * width + start, row * width + end), row * (end - start));
  return { shape: [...shape.slice(0, -1), end - start], numbers: result };
}

/** Gates, `units` columns each, in another order. */
export function withGates(weights: StoredTensor, order: readonly number[], units: number): StoredTensor {
  const width = weights.shape.at(-1) ?? 1;
  const rows = weights.numbers.length / width;
  const numbers = new Floats(weights.numbers.length);
  order.forEach((gate, place) => {
    const part = columns(weights, gate * units, (gate + 1) * units).numbers;
    for (let row = 0; row < rows; row++)
      numbers.set(part.subarray(row * units, (row + 1) * units), row * width + place * units);
  });
  return { shape: weights.shape, numbers };
}
