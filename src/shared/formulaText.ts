// Formulas of views as one line of text: for plain text, and for labels that are read aloud.

import { formatNumber, superscript } from "./numbers.ts";
import type { Formula, FormulaPart } from "./views.ts";

const subscripts = "₀₁₂₃₄₅₆₇₈₉";

/** A formula as one line of text: "∂L/∂z⁽¹⁾₂ = …". */
export function formulaText(formula: Formula, locale: string): string {
  let text = "";
  let exponent = "";
  for (const part of formula) {
    if (part.raised === true) exponent += partText(part, locale);
    else {
      text += exponentText(exponent) + partText(part, locale);
      exponent = "";
    }
  }
  return (text + exponentText(exponent)).replace(/\s+/g, " ").trim();
}

/** "⁴⁸"; what is no whole number after a "^". */
function exponentText(exponent: string): string {
  if (exponent === "") return "";
  if (/^−?\d+$/.test(exponent)) return superscript(Number(exponent.replace("−", "-")));
  return /^(?:\p{L}[₀-₉]*|[\d.]+)$/u.test(exponent) ? `^${exponent}` : `^(${exponent})`;
}

/** The digits that are asked for, as `formatNumber` takes them. */
export function digitsOf({ digits }: { readonly digits?: number | undefined }): { readonly digits?: number } {
  return digits === undefined ? {} : { digits };
}

function partText(part: FormulaPart, locale: string): string {
  switch (part.kind) {
    case "number":
      return formatNumber(part.value, { locale, ...digitsOf(part) });
    case "text":
      return part.text;
    case "symbol": {
      const below = part.sub.replace(/\d/g, (digit) => subscripts.charAt(Number(digit)));
      const above = /^\d+$/.test(part.sup) ? `⁽${superscript(Number(part.sup))}⁾` : part.sup;
      return `${part.partial ? "∂L/∂" : ""}${part.base}${above}${below}`;
    }
  }
}
