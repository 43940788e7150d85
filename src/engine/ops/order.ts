// Where the numbers of each row stand in their order.

import type { Shape } from "../shape.ts";
import { inputAt, type Op } from "./op.ts";

/** How rows are put in order; the last axis is theirs. */
export interface OrderAttributes {
  /** "argSort", "topK": what is said of it. */
  readonly name: string;
  readonly descending: boolean;
  /** So many of the first ones. */
  readonly count: number;
}

/** The places of the numbers of each row, in order; equal ones stay in theirs. */
export const orderOp: Op<OrderAttributes> = {
  name: "argSort",
  outputShape: (inputs, { count }): Shape => [...inputAt(inputs, 0).slice(0, -1), count],
  forward(_backend, inputs, output, { descending, count }) {
    const { data, shape } = inputAt(inputs, 0);
    const length = shape.at(-1) ?? 0;
    for (let from = 0, to = 0; from < data.length; from += length, to += count) {
      const row = data.subarray(from, from + length);
      const compare = (a: number, b: number) => compared(row[a] ?? 0, row[b] ?? 0);
      const places = Array.from(row, (_, index) => index);
      places.sort(descending ? (a, b) => compare(b, a) : compare);
      output.data.set(places.slice(0, count), to);
    }
  },
  backward() {
    // Nothing to add: the derivative is 0.
  },
  derive: () => [null],
  flat: ({ name }) => ({ name, advice: "Use the numbers themselves: sort(), or topK(k).values." }),
};

/** A NaN is the largest. */
function compared(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
