// An expression computed once more in double precision, forwards and backwards: what its gradients in single precision are checked against.

import { plainBackend } from "./backend/plain.ts";
import { Doubles, type Floats } from "./intrinsics.ts";
import type { NumberBlock } from "./ops/op.ts";
import type { TapedValue } from "./tape.ts";

export interface PreciseExpression {
  /** The result where one of the values were other numbers. */
  resultWith(place: number, numbers: ArrayLike<number>): number;
  /** How far each number of a gradient may lie off for reasons of single precision alone; `null` for constants. */
  readonly rooms: readonly (readonly number[] | null)[];
}

/** A sum of products in single precision lies off by about this share of its largest term. */
const rounding = 1e-6;

/** The routines of the plain backend compute in double precision, and round only where an array holds less. */
function doubles(numbers: ArrayLike<number> | number): Floats {
  const array = typeof numbers === "number" ? new Doubles(numbers) : Doubles.from(numbers);
  return array as unknown as Floats;
}

type Numbers = ReadonlyMap<TapedValue, Floats>;

/** `taped` has each value after what it was computed from; the last is the result. */
export function preciseExpression(taped: readonly TapedValue[]): PreciseExpression {
  const given = taped.filter(({ origin }) => origin === null);
  const exact = computed(taped, new Map(given.map((value) => [value, doubles(value.numbers)])), new Map());
  const rounded: Numbers = new Map(taped.map((value) => [value, doubles(value.numbers)]));
  const [ofExact, ofRounded] = [gradientsOf(taped, exact), gradientsOf(taped, rounded)];
  return {
    resultWith(place, numbers) {
      const changed = taped[place];
      const result = taped.at(-1);
      if (changed === undefined || result === undefined) return Number.NaN;
      const moved = computed(taped, new Map([[changed, doubles(numbers)]]), exact);
      return (moved.get(result) ?? exact.get(result))?.[0] ?? Number.NaN;
    },
    rooms: taped.map((value) => {
      const [own, other] = [ofExact.get(value), ofRounded.get(value)];
      if (own === undefined || other === undefined) return null;
      const largest = own.terms.reduce((most, term) => Math.max(most, term), 0);
      // What rounded values do to the gradient, and what the rounding of its own sums does.
      return Array.from(own.sum, (each, at) => 2 * Math.abs(each - (other.sum[at] ?? each)) + rounding * largest);
    }),
  };
}

/** What follows from the numbers in `set`; all else is as in `known`. */
function computed(taped: readonly TapedValue[], set: Numbers, known: Numbers): Numbers {
  const found = new Map(set);
  for (const value of taped) {
    const { origin, shape } = value;
    if (found.has(value) || origin === null || !origin.inputs.some((input) => found.has(input))) continue;
    const output: NumberBlock = { shape, data: doubles(value.numbers.length) };
    const inputs = origin.inputs.map((input): NumberBlock => {
      return { shape: input.shape, data: found.get(input) ?? known.get(input) ?? doubles(input.numbers) };
    });
    origin.op.forward(plainBackend, inputs, output, origin.attributes);
    found.set(value, output.data);
  }
  return found;
}

interface Gradient {
  readonly sum: Floats;
  /** The sizes of what was summed, one for each way into the value that was computed from it. */
  readonly terms: Floats;
}

/** The derivative of the result with respect to each value that wants one, at these numbers. */
function gradientsOf(taped: readonly TapedValue[], numbers: Numbers): ReadonlyMap<TapedValue, Gradient> {
  const found = new Map<TapedValue, Gradient>();
  const result = taped.at(-1);
  if (result !== undefined) found.set(result, { sum: doubles([1]), terms: doubles([1]) });
  const block = (value: TapedValue): NumberBlock => {
    return { shape: value.shape, data: numbers.get(value) ?? doubles(value.numbers) };
  };
  for (const value of [...taped].reverse()) {
    const { origin, shape } = value;
    const outputGrad = found.get(value);
    if (outputGrad === undefined || origin === null) continue;
    const inputGrads = origin.inputs.map((input) =>
      input.needsGradient ? { shape: input.shape, data: doubles(input.numbers.length) } : null,
    );
    const pass = { inputs: origin.inputs.map(block), output: block(value), inputGrads };
    origin.op.backward(plainBackend, { ...pass, outputGrad: { shape, data: outputGrad.sum } }, origin.attributes);
    origin.inputs.forEach((input, index) => {
      const added = inputGrads[index]?.data;
      if (added === undefined) return;
      const size = input.numbers.length;
      const gradient = found.get(input) ?? { sum: doubles(size), terms: doubles(size) };
      found.set(input, gradient);
      added.forEach((each, at) => {
        gradient.sum[at] = (gradient.sum[at] ?? 0) + each;
        gradient.terms[at] = (gradient.terms[at] ?? 0) + Math.abs(each);
      });
    });
  }
  return found;
}
