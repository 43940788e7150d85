// Formulas as MathML, made node by node: nothing from a file becomes markup.

import { digitsOf } from "../../src/shared/formulaText.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { Formula, FormulaPart } from "../../src/shared/views.ts";

const namespace = "http://www.w3.org/1998/Math/MathML";

function math(tag: string, ...children: readonly (Node | string)[]): Element {
  const node = document.createElementNS(namespace, tag);
  node.append(...children);
  return node;
}

/** A formula in pieces, so that a line may end before each operator with spaces around it. */
export function formulaNodes(formula: Formula, locale: string): readonly Node[] {
  const pieces: FormulaPart[][] = [[]];
  for (const part of formula) {
    if (part.kind === "text" && part.text.startsWith(" ") && pieces.at(-1)?.length !== 0) pieces.push([]);
    pieces.at(-1)?.push(part);
  }
  return pieces
    .filter((piece) => piece.length > 0)
    .flatMap((piece, index) => [
      ...(index === 0 ? [] : [document.createTextNode(" ")]),
      math("math", math("mrow", ...piece.map((part) => partNode(part, locale)))),
    ]);
}

function partNode(part: FormulaPart, locale: string): Node {
  switch (part.kind) {
    case "number":
      return math("mn", formatNumber(part.value, { locale, ...digitsOf(part) }));
    case "text":
      return math("mtext", part.text.replaceAll(" ", "\u00a0"));
    case "symbol": {
      const letter = withIndices(part);
      return part.partial ? math("mrow", math("mtext", "∂"), math("mi", "L"), math("mtext", "/∂"), letter) : letter;
    }
  }
}

function withIndices({ base, sub, sup }: Extract<FormulaPart, { kind: "symbol" }>): Node {
  const letter = base.length === 1 ? math("mi", base) : math("mtext", base);
  const above = /^\d+$/.test(sup) ? `(${sup})` : sup;
  if (sub !== "" && sup !== "") return math("msubsup", letter, math("mtext", sub), math("mtext", above));
  if (sub !== "") return math("msub", letter, math("mtext", sub));
  return sup === "" ? letter : math("msup", letter, math("mtext", above));
}
