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

/** A formula in pieces, so that a line may end before each operator. */
export function formulaNodes(formula: Formula, locale: string): readonly Node[] {
  const pieces: FormulaPart[][] = [[]];
  for (const part of formula) {
    const isOperator = part.kind === "text" && part.raised !== true && /^[ ·]/.test(part.text);
    if (isOperator && pieces.at(-1)?.length !== 0) pieces.push([]);
    pieces.at(-1)?.push(part);
  }
  return pieces
    .filter((piece) => piece.length > 0)
    .flatMap((piece, index) => {
      const [first] = piece;
      const hasSpace = index > 0 && first?.kind === "text" && first.text.startsWith(" ");
      return hasSpace
        ? [document.createTextNode(" "), pieceNode(withoutFirstSpace(piece), locale)]
        : [pieceNode(piece, locale)];
    });
}

/** A text in a formula's line, its exponents raised; without any it stays the text it is. */
export function raisedNodes(text: string): readonly Node[] {
  if (!exponents.test(text)) return [document.createTextNode(text)];
  return [math("math", math("mrow", ...withText([], "mn", text)))];
}

/** The space before an operator stands between the pieces. */
function withoutFirstSpace([first, ...rest]: readonly FormulaPart[]): readonly FormulaPart[] {
  if (first === undefined) return rest;
  return [first.kind === "text" ? { ...first, text: first.text.trimStart() } : first, ...rest];
}

function pieceNode(piece: readonly FormulaPart[], locale: string): Node {
  let nodes: readonly Node[] = [];
  let exponent: readonly Node[] = [];
  for (const part of piece) {
    if (part.raised === true) exponent = withPart(exponent, part, locale);
    else {
      nodes = withPart(raise(nodes, exponent), part, locale);
      exponent = [];
    }
  }
  return math("math", math("mrow", ...raise(nodes, exponent)));
}

function withPart(nodes: readonly Node[], part: FormulaPart, locale: string): readonly Node[] {
  switch (part.kind) {
    case "number":
      return withText(nodes, "mn", formatNumber(part.value, { locale, ...digitsOf(part) }));
    case "text":
      return withText(nodes, "mtext", part.text.replaceAll(" ", "\u00a0"));
    case "symbol": {
      const letter = withIndices(part);
      const partial = [math("mtext", "∂"), math("mi", "L"), math("mtext", "/∂"), letter];
      return [...nodes, part.partial ? math("mrow", ...partial) : letter];
    }
  }
}

/** Small digits, and what older files hold: "^48". */
const exponents = /[⁰¹²³⁴-⁹⁻]+|\^\d+/u;
const smallDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Nodes with a text after them, its exponents raised as digits of the usual form: ¹²³ are specks in some fonts. */
function withText(nodes: readonly Node[], tag: "mn" | "mtext", text: string): readonly Node[] {
  const [found] = exponents.exec(text) ?? [];
  if (found === undefined) return text === "" ? nodes : [...nodes, math(tag, text)];
  const at = text.indexOf(found);
  const base = at === 0 ? nodes : [...nodes, math(tag, text.slice(0, at))];
  const digits = [...found.replace("^", "")].map((digit) =>
    digit === "⁻" ? "−" : smallDigits.includes(digit) ? String(smallDigits.indexOf(digit)) : digit,
  );
  return withText(raise(base, [math("mn", digits.join(""))]), tag, text.slice(at + found.length));
}

/** Puts an exponent at the last of the nodes. */
function raise(nodes: readonly Node[], exponent: readonly Node[]): readonly Node[] {
  if (exponent.length === 0) return nodes;
  return [...nodes.slice(0, -1), math("msup", nodes.at(-1) ?? math("mrow"), math("mrow", ...exponent))];
}

function withIndices({ base, sub, sup }: Extract<FormulaPart, { kind: "symbol" }>): Node {
  const letter = base.length === 1 ? math("mi", base) : math("mtext", base);
  const above = /^\d+$/.test(sup) ? `(${sup})` : sup;
  if (sub !== "" && sup !== "") return math("msubsup", letter, math("mtext", sub), math("mtext", above));
  if (sub !== "") return math("msub", letter, math("mtext", sub));
  return sup === "" ? letter : math("msup", letter, math("mtext", above));
}
