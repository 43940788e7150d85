// Errors say what was expected, what was got and what to do.

import { describe, expect, it } from "vitest";
import {
  checkOptions,
  DomainError,
  describeValue,
  ShapeError,
  saying,
  UnknownNameError,
  ValueError,
} from "./errors.ts";

describe("errors", () => {
  it("a shape error is one sentence, with its parts as fields", () => {
    const error = new ShapeError({
      op: "dense_2",
      expected: "[batch, 4]",
      got: [32, 3],
      hint: "Give 4 features per example.",
    });
    expect(error.message).toBe("dense_2: expected input [batch, 4], got [32, 3]. Give 4 features per example.");
    expect(error).toMatchObject({ name: "ShapeError", op: "dense_2", expected: "[batch, 4]", got: "[32, 3]" });
    expect(error).toBeInstanceOf(Error);
  });

  it("a domain error names the row and is a value error", () => {
    const error = new DomainError({ op: "binaryCrossentropy", expected: "targets from 0 to 1", got: "2", row: 5 });
    expect(error.message).toBe("binaryCrossentropy: expected targets from 0 to 1, got 2 at row 5.");
    expect(error).toMatchObject({ name: "DomainError", row: 5 });
    expect(error).toBeInstanceOf(ValueError);
  });

  it("an unknown name comes with the nearest right one and all known ones", () => {
    const error = new UnknownNameError({ what: "activation", unknown: "sigmoyd", known: ["relu", "sigmoid"] });
    expect(error.message).toBe('Unknown activation "sigmoyd". Did you mean "sigmoid"? Known: relu, sigmoid.');
    expect(error.suggestion).toBe("sigmoid");
  });

  it("a sentence on where an error came up stands once in its message and once in its stack", () => {
    const where = 'This is in the variant "a".';
    const failing = (isAsked: boolean) => () => {
      const error = new ValueError({ op: "dense", expected: "units above 0", got: "0" });
      if (isAsked) expect(error.stack).not.toContain(where);
      throw error;
    };
    for (const isAsked of [false, true]) {
      let thrown: unknown;
      try {
        saying("And more.", () => saying(where, failing(isAsked)));
      } catch (error) {
        thrown = error;
      }
      if (!(thrown instanceof ValueError)) expect.fail("it was refused by something else");
      expect(thrown.message).toBe(`dense: expected units above 0, got 0. ${where} And more.`);
      expect(thrown.stack?.split(where)).toHaveLength(2);
      expect(thrown.stack).toContain(thrown.message);
    }
  });

  it("a misspelt option is refused", () => {
    expect(() => checkOptions("layers.dense", { activaton: "relu" }, ["activation", "name"])).toThrow(
      'Unknown option of layers.dense "activaton". Did you mean "activation"? Known: activation, name.',
    );
    expect(() => checkOptions("layers.dense", { name: "a" }, ["activation", "name"])).not.toThrow();
  });

  it("values are named by what they are", () => {
    expect([null, 3, "a", [1, 2], () => 1, { a: 1 }, new Map()].map(describeValue)).toEqual([
      "null",
      "3",
      '"a"',
      "an array of 2",
      "a function",
      "an object",
      "a Map",
    ]);
  });
});
