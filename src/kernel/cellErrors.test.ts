// What a cell threw, in the user's terms.

import { describe, expect, it } from "vitest";
import { layers } from "../engine/index.ts";
import { describeError } from "./cellErrors.ts";
import { StackFrames } from "./stackFrames.ts";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.fail("Nothing was thrown.");
}

describe("an error of a cell", () => {
  it("says how a layer is called that was called like a function", () => {
    // As a cell of someone who knows Keras writes it; the editor marks it.
    // biome-ignore lint/suspicious/noExplicitAny: the point is what types would refuse.
    const untyped: any = { layers };
    const frames = new StackFrames({ ownFile: "kernel.cjs" });
    const error = thrownBy(() => untyped.layers.dense(8)(1));
    expect(describeError(error, frames).message).toBe(
      "untyped.layers.dense(...) is not a function. A layer takes its input by apply: layers.dense(…).apply(x).",
    );
    expect(
      describeError(
        thrownBy(() => untyped.nothing(1)),
        frames,
      ).message,
    ).toBe("untyped.nothing is not a function");
  });
});
