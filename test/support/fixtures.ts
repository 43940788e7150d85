// Reads the numerical reference fixtures and compares with them; see test/fixtures/SCHEMA.md for what they hold.

import { readFileSync } from "node:fs";
import { type Tensor, tensor } from "../../src/engine/index.ts";

export interface FixtureTensor {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** The parsed file. Its shape is claimed by the caller and documented in SCHEMA.md; wrong claims fail the comparisons. */
export function readFixture<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as Content;
}

/** Numbers that JSON cannot hold are written as words. */
export const numberOf = (value: number | string): number => (typeof value === "number" ? value : Number(value));

export function tensorOf(fixture: FixtureTensor, options: { requiresGrad?: boolean } = {}): Tensor {
  return tensor(fixture.data.map(numberOf), { shape: fixture.shape, ...options });
}

/** Equal, or within `atol + rtol · |wanted|`. What float32 cannot hold counts as infinite there too. */
export function isClose(got: number, wanted: number, { rtol, atol }: Tolerance): boolean {
  const asFloat = Math.abs(wanted) > 3.4028235e38 ? Math.sign(wanted) * Number.POSITIVE_INFINITY : wanted;
  if (Number.isNaN(asFloat)) return Number.isNaN(got);
  return got === asFloat || Math.abs(got - asFloat) <= atol + rtol * Math.abs(asFloat);
}
