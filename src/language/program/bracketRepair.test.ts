// Half-typed text plus what closes it leaves nothing open.

import fc from "fast-check";
import { expect, test } from "vitest";
import { repairBrackets } from "./bracketRepair.ts";

test.each([
  ["layers.dense({ units: [1,", "]})"],
  ["const a = `text", "`"],
  ["const a = `text ${f(", ")}`"],
  ["const a = `text ${f({ b: `c", "`})}`"],
  ["f( // (((", ")"],
  ["/* (( */ {", "}"],
  ["{ /* open", "*/}"],
  ["const r = /[(]/; f(", ")"],
  ["a / b; (", ")"],
  ["f('(", ")"],
])("%s is closed by %s", (text, closing) => {
  expect(repairBrackets(text)).toEqual({ closing, stray: [] });
});

test("closing brackets that nothing opened are found", () => {
  expect(repairBrackets("a) b } { c ] }")).toEqual({ closing: "", stray: [1, 5, 11] });
});

test("repaired text needs no further repair", () => {
  // No lone slashes: where a regular expression begins in broken text is anyone's guess.
  const token = fc.constantFrom(
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "`",
    "${",
    "a",
    " ",
    "\n",
    "'",
    '"',
    "//",
    "/*",
    "/* ( */",
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 20 }), (tokens) => {
      const text = tokens.join(" ");
      const { closing, stray } = repairBrackets(text);
      const blanked = [...text].map((character, index) => (stray.includes(index) ? " " : character)).join("");
      expect(repairBrackets(`${blanked}\n${closing}`)).toEqual({ closing: "", stray: [] });
    }),
    { numRuns: 500 },
  );
});
