// Wrong calls in tests: each is refused by a typed error that says what was expected and got.

import { expect, it } from "vitest";

/** As if without types: a cell runs although the editor marks it. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what types would refuse.
export type Untyped = any;
export const untyped = (value: unknown): Untyped => value;

type Row = readonly [call: string, run: () => unknown, says: string];

/** One test for each row. */
export function isRefused(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, run, says) => {
    let thrown: unknown = null;
    try {
      run();
    } catch (error) {
      thrown = error;
    }
    expect((thrown as Error | null)?.name).toMatch(/^(ShapeError|ValueError|DomainError|UnknownNameError)$/);
    expect((thrown as Error).message).toContain(says);
  });
}
