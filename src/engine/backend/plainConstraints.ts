// Constraints on weights in readable TypeScript.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import { Doubles, maths } from "../intrinsics.ts";
import type { ConstraintRoutines } from "./constraints.ts";
import { walkTogether } from "./walk.ts";

/** Keras' epsilon beside a length that is divided by. */
const lengthFloor = 1e-7;

export const plainConstraints: ConstraintRoutines = {
  clipNegative(values) {
    for (let index = 0; index < values.length; index++) if ((values[index] as number) < 0) values[index] = 0;
  },
  limitLengths(values, { shape, outputStrides }, { count, smallest, largest, rate }) {
    const scales = new Doubles(count);
    let at = 0;
    walkTogether(shape, [outputStrides], (length, [start = 0], [step = 0]) => {
      for (let index = 0, to = start; index < length; index++, to += step)
        scales[to] = (scales[to] as number) + (values[at++] as number) ** 2;
    });
    for (let index = 0; index < count; index++) {
      const length = maths.sqrt(scales[index] as number);
      const wanted = rate * maths.max(smallest, maths.min(largest, length)) + (1 - rate) * length;
      // A length that is allowed already is left alone to the last bit.
      scales[index] = wanted === length ? 1 : wanted / (length + lengthFloor);
    }
    at = 0;
    walkTogether(shape, [outputStrides], (length, [start = 0], [step = 0]) => {
      for (let index = 0, to = start; index < length; index++, at++, to += step)
        values[at] = (values[at] as number) * (scales[to] as number);
    });
  },
};
