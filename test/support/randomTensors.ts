// Random tensors to check derivatives at, away from the places where a function has a kink.

import { type Random, type Shape, Tensor } from "../../src/engine/index.ts";

/** Draws tensors from a stream: numbers from `min` to `max` (−2 to 2), none nearer than 0.05 to any of the kinks. */
export function randomTensors(random: Random) {
  return (shape: Shape, { min = -2, max = 2, kinks = [] as readonly number[] } = {}): Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = random.uniformFloats(size, min, max).map((value) => {
      let moved = value;
      while (kinks.some((kink) => Math.abs(moved - kink) < 0.05)) moved = random.uniform(min, max);
      return moved;
    });
    return new Tensor(shape, data);
  };
}
