// What belongs to the inputs or outputs of a model, given in their order or by their names.

import { describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { Tensor } from "../tensor.ts";

/** An object whose keys are names: neither a list, nor a tensor, nor an array of numbers, nor made by a class. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (value instanceof Tensor || ArrayBuffer.isView(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype, whose own prototype is null too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * The values in the order of `names`.
 *
 * @throws UnknownNameError for a name that is none of them; ValueError when one is missing or the number differs.
 */
export function valuesByName<Value>(
  op: string,
  what: string,
  values: readonly Value[] | Readonly<Record<string, Value>>,
  names: readonly string[],
): readonly Value[] {
  if (isList(values)) {
    if (values.length === names.length) return values;
    throw new ValueError({
      op,
      expected: `${what} for ${names.map((name) => `"${name}"`).join(", ")}`,
      got: `a list of ${values.length}`,
      hint: "Give one for each, in this order, or an object with these names.",
    });
  }
  const unknown = Object.keys(values).find((key) => !names.includes(key));
  if (unknown !== undefined) throw new UnknownNameError({ what: `name in ${what} of ${op}`, unknown, known: names });
  return names.map((name) => {
    const value = values[name];
    if (value !== undefined) return value;
    throw new ValueError({ op, expected: `${what} for "${name}"`, got: describeValue(value) });
  });
}

function isList<Value>(values: readonly Value[] | Readonly<Record<string, Value>>): values is readonly Value[] {
  return Array.isArray(values);
}
