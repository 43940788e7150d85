// `check` as a cell meets it: right, not yet, or no answer; what is off is said, the answer never; only a check that cannot be throws.

import { inspect } from "node:util";
import { describe, expect, it, test } from "vitest";
import { tensor } from "../../engine/index.ts";
import { type CheckResult, check } from "./check.ts";
import { outputOf } from "./display.ts";

const said = (result: CheckResult) => result.text.replace(/^. a(, \w)?: /, "");

describe("a number", () => {
  it.each<[unknown, string]>([
    [0.25, "right, 0.25."],
    [0.2493, "right, 0.2493."],
    [tensor([0.25]), "right, 0.25."],
    [undefined, "no answer yet. Write it in place of undefined."],
    [0.26, "close, but 0.26 is 4 % too large."],
    [0.2, "not yet. 0.2 is too small."],
    [3, "not yet. 3 is too large."],
    [-0.25, "not yet. -0.25 has the right size, but the wrong sign."],
    [25, "not yet. 25 is 100× what it should be."],
    [0.125, "not yet. 0.125 is 0.50× what it should be."],
    [Number.NaN, "not yet. NaN is not a finite number."],
    ["0.25", "not yet. A number is wanted."],
    [[1, 2], "not yet. A number is wanted."],
    [Promise.resolve(0.25), "not yet. What was given is still under way: write await before it."],
  ])("%s", (answer, words) => {
    const result = check("a", answer, 0.25);
    expect(said(result).replace("−", "-")).toBe(words);
    expect(result.isRight).toBe(words.startsWith("right"));
  });

  it("zero is right only near zero", () => {
    expect([check("a", 1e-9, 0).isRight, check("a", 0.001, 0).isRight, check("a", 0, 1e-7).isRight]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("takes a tolerance, or bounds", () => {
    expect(check("a", 0.3, 0.25, { tolerance: 0.06 }).isRight).toBe(true);
    expect(check("a", 0.2501, 0.25, { tolerance: 0 }).isRight).toBe(false);
    expect(check("a", 0.96, { atLeast: 0.95 }).isRight).toBe(true);
    expect(said(check("a", 0.9, { atLeast: 0.95 }))).toBe("not yet. 0.9 is less than 0.95.");
    expect(said(check("a", 0.9, { atLeast: 0, atMost: 0.5 }))).toBe("not yet. 0.9 is more than 0.5.");
    expect(said(check("a", "x", { atLeast: 1 }))).toBe("not yet. A number is wanted.");
    expect(check("a", undefined, { atLeast: 1 }).state).toBe("open");
  });
});

describe("several", () => {
  const wanted = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  it.each<[unknown, string]>([
    [wanted, "right, all 6 values."],
    [tensor(wanted), "right, all 6 values."],
    [
      [
        [1, 2, 3],
        [4, 5, 7],
      ],
      "not yet. 1 of 6 values is off; look at [1, 2] first.",
    ],
    [
      [
        [1, 2, 4],
        [4, 5, 7],
      ],
      "not yet. 2 of 6 values are off; look at [0, 2] first.",
    ],
    [
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
      "not yet. The numbers are right, but rows and columns are exchanged.",
    ],
    [[1, 2, 3, 4, 5, 6], "not yet. The shape is [6], but [2, 3] is wanted."],
    [tensor(wanted).neg(), "not yet. All values have the right size, but the wrong sign."],
    [tensor(wanted).mul(3), "not yet. All values are 3.0× what they should be."],
    [7, "not yet. The shape is [], but [2, 3] is wanted."],
    [[[1, 2], [3]], "not yet. A list of the shape [2, 3] is wanted."],
  ])("%o", (answer, words) => {
    expect(said(check("a", answer, wanted))).toBe(words);
  });

  it("a square one that is turned is told from one that is off", () => {
    expect(
      said(
        check(
          "a",
          [
            [1, 3],
            [2, 4],
          ],
          [
            [1, 2],
            [3, 4],
          ],
        ),
      ),
    ).toContain("rows and columns are exchanged");
    expect(check("a", new Float32Array([0.1, 0]), [0.1, 0]).isRight).toBe(true);
  });

  it("texts, yes or no, and objects, key by key", () => {
    expect(check("a", " ReLU", "relu").isRight).toBe(true);
    expect(said(check("a", "tanh", "relu"))).toBe("not yet. It is not tanh.");
    expect(said(check("a", 1, true))).toBe("not yet. true or false is wanted.");
    expect(said(check("a", ["sgd", "adam"], ["adam", "sgd"]))).toBe(
      "not yet. 2 of 2 values are off; look at [0] first.",
    );
    expect(check("a", { w: 1, b: [2] }, { w: 1, b: [2] }).isRight).toBe(true);
    expect(check("a", { w: 1, b: -2 }, { w: 1, b: 2 }).text).toBe(
      "✗ a, b: not yet. −2 has the right size, but the wrong sign.",
    );
    expect(check("a", { w: 1 }, { w: 1, b: 2 }).text).toMatch(/^… a, b: no answer yet/);
    expect(said(check("a", 1, { w: 1, b: 2 }))).toBe("not yet. An object with w and b is wanted.");
  });
});

test("it is shown in the reader's language, and printed as its sentence", () => {
  const result = check("기울기", 0.2, 0.25);
  expect(outputOf(result, "ko")?.items).toEqual({ "text/plain": "✗ 기울기: 아직입니다. 0.2보다 큰 값입니다." });
  expect(outputOf(result, "en")?.items).toEqual({ "text/plain": "✗ 기울기: not yet. 0.2 is too small." });
  expect(inspect([result])).toContain("0.2 is too small");
});

test.each([
  [() => check("", 1, 1), "check: expected what is asked, as a text"],
  [() => check("a", 1, undefined as never), "check: expected what the answer should be, got undefined."],
  [() => check("a", 1, 1, { tolerance: -1 }), "check: expected tolerance as a number, 0 or more, got -1."],
  [() => check("a", 1, 1, { tolerence: 1 } as never), 'Did you mean "tolerance"?'],
])("a check that cannot be says so (%#)", (act, message) => {
  expect(act).toThrow(message);
});
