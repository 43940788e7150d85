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

  get worst(): number {
    return this.#worst;
  }

  /** Compares shape and numbers. @throws Error where the shapes differ, or there is no tensor. */
  tensor(got: Tensor | null | undefined, wanted: FixtureTensor): void {
    if (got === null || got === undefined) throw new Error(`Expected a tensor ${shapeText(wanted.shape)}, got none.`);
    if (shapeText(got.shape) !== shapeText(wanted.shape))
      throw new Error(`Expected the shape ${shapeText(wanted.shape)}, got ${shapeText(got.shape)}.`);
    this.numbers(got.data, wanted.data);
  }

  /** Compares numbers one by one. @throws Error where there are more of them on one side, or NaN is on one side alone. */
  numbers(got: ArrayLike<number>, wanted: ArrayLike<number | string>): void {
    if (got.length !== wanted.length) throw new Error(`Expected ${wanted.length} numbers, got ${got.length}.`);
    const { rtol, atol } = this.#tolerance;
    for (let index = 0; index < wanted.length; index++) {
      const want = Number(wanted[index]);
      const have = got[index] ?? Number.NaN;
      if (Object.is(have, want) || have === want) continue;
      const excess = Math.abs(have - want) / (atol + rtol * Math.abs(want));
      if (Number.isNaN(excess)) throw new Error(`Expected ${String(wanted[index])} as number ${index}, got ${have}.`);
      this.#worst = Math.max(this.#worst, excess);
    }
  }

  /** What must hold, in words. @throws Error where it does not. */
  claim(holds: boolean, claim: string): void {
    if (!holds) throw new Error(`It does not hold that ${claim}.`);
  }
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
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
