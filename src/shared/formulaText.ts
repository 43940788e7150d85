// Formulas of views as one line of text: for plain text, and for labels that are read aloud.

import { formatNumber, superscript } from "./numbers.ts";
import type { Formula, FormulaPart } from "./views.ts";

const subscripts = "₀₁₂₃₄₅₆₇₈₉";

/** A formula as one line of text: "∂L/∂z⁽¹⁾₂ = …". */
export function formulaText(formula: Formula, locale: string): string {
  const parts = formula.map((part) => partText(part, locale));
  return parts.join("").replace(/\s+/g, " ").trim();
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
