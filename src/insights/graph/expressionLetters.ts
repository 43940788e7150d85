// What the values of an expression are called: by the user's names, by the number itself, or v₁, v₂ … in the order they were made.

import { Parameter } from "../../engine/index.ts";
import type { Tensor } from "../../engine/tensor.ts";
import { formatChosen } from "../../shared/numbers.ts";
import type { FormulaPart } from "../../shared/views.ts";
import { symbol, text } from "../backprop/formulas.ts";

/** Names for tensors: `{ w, x }`. */
export type TensorNames = Readonly<Record<string, Tensor>>;

export interface CalledValue {
  readonly symbol: FormulaPart;
  readonly name: string | null;
}

/** A letter for each value; the last is the result, L. */
export function expressionLetters(
  values: readonly { readonly tensor: Tensor; readonly isComputed: boolean; readonly isConstant: boolean }[],
  names: TensorNames,
): readonly CalledValue[] {
  const known = new Map(Object.entries(names).map(([name, tensor]) => [tensor, name]));
  const taken = new Set(["L", ...known.values()]);
  const counts = { v: 0, x: 0, c: 0 };
  const numbered = (base: "v" | "x" | "c") => {
    counts[base]++;
    // A user's own name stands for one value only.
    while (taken.has(`${base}${counts[base]}`)) counts[base]++;
    return symbol(base, counts[base]);
  };
  return values.map(({ tensor, isComputed, isConstant }, place): CalledValue => {
    const name = known.get(tensor) ?? (tensor instanceof Parameter ? tensor.name : null);
    if (place === values.length - 1) return { symbol: symbol("L"), name };
    if (name !== null) return { symbol: namedSymbol(name), name };
    if (isComputed) return { symbol: numbered("v"), name };
    if (!isConstant) return { symbol: numbered("x"), name };
    if (tensor.size === 1) return { symbol: text(formatChosen(tensor.item())), name };
    return { symbol: numbered("c"), name };
  });
}

/** `w2` is w₂; other names stand as they are. */
function namedSymbol(name: string): FormulaPart {
  const parts = /^([A-Za-z])_?(\d{1,2})$/.exec(name);
  return parts === null ? symbol(name) : symbol(parts[1] ?? name, parts[2] ?? "");
}
