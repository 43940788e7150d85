// How far computed numbers are from a fixture's: what the checks of all families measure with.

import { type Tensor, tensor } from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";

/** Tensors by name, as a case holds them. */
export type NamedTensors = Readonly<Record<string, FixtureTensor>>;

/** Collects the largest |got − want| / (atol + rtol · |want|) of all that is compared. */
export class Comparison {
  readonly #tolerance: Tolerance;
  #worst = 0;

  constructor(tolerance: Tolerance) {
    this.#tolerance = tolerance;
  }

  /** NaN when anything was NaN that should not be; infinite when a shape differs or something is missing. */
  get worst(): number {
    return this.#worst;
  }

  /** Compares shape and numbers. */
  tensor(got: Tensor | null | undefined, wanted: FixtureTensor): void {
    const isSameShape =
      got?.shape.length === wanted.shape.length && got.shape.every((n, axis) => n === wanted.shape[axis]);
    if (got === null || got === undefined || !isSameShape) this.#add(Number.POSITIVE_INFINITY);
    else this.numbers(got.data, wanted.data);
  }

  /** Compares numbers one by one. */
  numbers(got: ArrayLike<number>, wanted: ArrayLike<number | string>): void {
    if (got.length !== wanted.length) this.#add(Number.POSITIVE_INFINITY);
    const { rtol, atol } = this.#tolerance;
    for (let index = 0; index < wanted.length; index++) {
      const want = Number(wanted[index]);
      const have = got[index] ?? Number.NaN;
      if (Object.is(have, want) || have === want) continue;
      this.#add(Math.abs(have - want) / (atol + rtol * Math.abs(want)));
    }
  }

  /** Counts a claim that holds as 0 and one that does not as infinite. */
  claim(holds: boolean): void {
    if (!holds) this.#add(Number.POSITIVE_INFINITY);
  }

  #add(excess: number): void {
    // Written so that a NaN stays.
    if (!(excess <= this.#worst) && !Number.isNaN(this.#worst)) this.#worst = excess;
  }
}

/** A fixture's tensor as one of ours. */
export function readTensor(fixture: FixtureTensor, options: { readonly requiresGrad?: boolean } = {}): Tensor {
  return tensor(fixture.data.map(Number), { shape: fixture.shape, ...options });
}

/** The tensor of a name. @throws Error when the case has none: then the file is not of this family. */
export function tensorNamed(tensors: NamedTensors, name: string): FixtureTensor {
  const found = tensors[name];
  if (found === undefined) throw new Error(`The case has no ${name}; it has ${Object.keys(tensors).join(", ")}.`);
  return found;
}
