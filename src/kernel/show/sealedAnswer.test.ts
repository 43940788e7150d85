// Sealed answers: `check` says of them what it says of open ones, nothing that is shown or printed tells them, and a changed text is refused.

import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, it, test } from "vitest";
import { tensor } from "../../engine/index.ts";
import type { ExpectedAnswer } from "../../insights/index.ts";
import { check } from "./check.ts";
import { outputOf } from "./display.ts";
import { seal, sealed } from "./sealedAnswer.ts";

/** The text between the quotes of what `seal` shows. */
function textOf(answer: ExpectedAnswer): string {
  const shown = outputOf(seal(answer), "en")?.items["text/plain"];
  return /^sealed\("([\w-]+)"\)$/.exec(String(shown))?.[1] ?? "";
}

describe("an answer that was sealed", () => {
  it.each<[ExpectedAnswer, unknown, unknown]>([
    [1 / 64, 0.0156, 0.25],
    [0, 0, 1],
    [-2.5e-30, -2.5e-30, 2.5e-30],
    ["symmetricStart", " symmetricstart", "vanishing"],
    ["기울기 소실", "기울기 소실", "기울기 폭주"],
    [true, true, false],
    [
      [0.9 ** 40, 0.99 ** 40],
      [0.0148, 0.669],
      [0.669, 0.0148],
    ],
    [
      tensor([
        [0.1, 2],
        [3, 4],
      ]),
      [
        [0.1, 2],
        [3, 4],
      ],
      [
        [0.1, 3],
        [2, 4],
      ],
    ],
    [new Float32Array([0.1, 0.2]), [0.1, 0.2], [0.1, 0.3]],
    [
      { w: 1, b: [2] },
      { w: 1, b: [2] },
      { w: 1, b: [3] },
    ],
    [{ atLeast: 0.95 }, 0.96, 0.9],
  ])("%o is checked as the open one is", (answer, right, wrong) => {
    const copied = sealed(textOf(answer));
    expect(check("a", right, copied).state).toBe("right");
    for (const given of [right, wrong, undefined, "?", [1, 2, 3]])
      expect(check("a", given, copied).text).toBe(check("a", given, answer).text);
  });

  it("takes a tolerance", () => {
    expect(check("a", 0.3, sealed(textOf(0.25)), { tolerance: 0.06 }).isRight).toBe(true);
  });

  it("is not told by what is shown, printed or listed", () => {
    const answer = seal("symmetricStart");
    const all = [
      inspect(answer),
      String(answer),
      JSON.stringify(answer),
      textOf("symmetricStart"),
      ...Object.keys(answer),
    ];
    for (const text of all) expect(text).not.toMatch(/symmetric|U3lt/);
    expect(inspect(seal(1216))).toMatch(/^sealed\("[\w-]+"\)$/);
    // Answers that begin alike do not look alike.
    expect(textOf(0.25).slice(0, 5)).not.toBe(textOf(0.26).slice(0, 5));
  });

  it("is short, and the same each time", () => {
    expect(textOf(1 / 64).length).toBeLessThan(16);
    expect(textOf(1 / 64)).toBe(textOf(0.015625));
  });
});

test("the papers for teachers show what seal gives", () => {
  for (const paper of ["exercises.md", "exercises.ko.md"]) {
    const text = readFileSync(new URL(`../../../docs/${paper}`, import.meta.url), "utf8");
    const shown = [...text.matchAll(/sealed\("([\w-]+)"\)/g)].map(([, each]) => each);
    expect(new Set(shown)).toEqual(new Set([textOf(1 / 64)]));
  }
});

const cyclic: unknown[] = [1];
cyclic.push({ again: cyclic });

test.each([
  [() => seal(cyclic as never), "lists and objects of these, got an array of 2 that holds itself."],
  [() => sealed("0.25"), 'sealed: expected a text that seal(…) showed, unchanged, got "0.25".'],
  [() => sealed(`${textOf(0.25)}A`), "Copy it whole, or seal the answer anew"],
  [() => sealed(textOf(0.25).slice(1)), "sealed: expected"],
  [() => sealed(""), "sealed: expected"],
  [() => sealed(0.25 as never), "got 0.25"],
  [() => seal(undefined as never), "seal: expected numbers that are finite, texts"],
  [() => seal([1, Number.NaN]), "got NaN"],
  [() => seal(Math.sin as never), "seal: expected"],
])("what cannot be says so (%#)", (act, message) => {
  expect(act).toThrow(message);
});
