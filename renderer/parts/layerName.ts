// A layer's name where room may be short: what is cut is its middle, since long names differ at their ends.

import { element } from "../dom.ts";

/** Names up to this length are never worth two parts. */
const shortName = 14;
const tailLength = 7;

/** The name as one or two spans; the rules of `.layerName` let the first shrink. */
export function createLayerName(name: string): HTMLElement {
  const [head, tail] = splitName(name);
  return element(
    "span",
    { class: "layerName" },
    element("span", {}, head),
    tail === "" ? null : element("span", {}, tail),
  );
}

/** Where a name may be cut: what comes before, and the end that always stays. */
export function splitName(name: string): readonly [head: string, tail: string] {
  const letters = [...name];
  if (letters.length <= shortName) return [name, ""];
  return [letters.slice(0, -tailLength).join(""), letters.slice(-tailLength).join("")];
}
