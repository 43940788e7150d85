// Formulas as text: exponents small where there are signs for them.

import { expect, test } from "vitest";
import { formulaText } from "./formulaText.ts";
import type { FormulaPart } from "./views.ts";

const raised = (part: FormulaPart): FormulaPart => ({ ...part, raised: true });
const number = (value: number): FormulaPart => ({ kind: "number", value });
const text = (words: string): FormulaPart => ({ kind: "text", text: words });
const letter = (base: string): FormulaPart => ({ kind: "symbol", base, sub: "", sup: "", partial: false });

test("a whole exponent is written small, another one after a ^, in brackets where it is more than one sign", () => {
  expect(formulaText([number(0.999), raised(text("48")), text(" − 1")], "en")).toBe("0.999⁴⁸ − 1");
  expect(formulaText([letter("x"), raised(number(0.5))], "en")).toBe("x^0.500");
  expect(
    formulaText(
      [letter("x"), raised(letter("p")), text("·"), letter("x"), raised(letter("p")), raised(text(" − 1"))],
      "en",
    ),
  ).toBe("x^p·x^(p − 1)");
  expect(formulaText([letter("x"), raised(number(-1))], "en")).toBe("x^(−1.00)");
});
