// A product told factor by factor: symbols above, the number of each below, signs between.

import { element } from "../dom.ts";

/** One factor, or what the product is equal to. */
export function factorNode(symbols: readonly Node[], below: string): HTMLElement {
  return element(
    "span",
    { class: "factor" },
    element("span", {}, ...symbols),
    element("span", { class: "number" }, below),
  );
}

/** "=", "·" or another sign between two factors. */
export function signNode(text: string): HTMLElement {
  return element("span", { class: "factor sign" }, text);
}
