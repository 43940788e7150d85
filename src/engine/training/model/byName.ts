// What belongs to the inputs or outputs of a model, given in their order or by their names.

import { describeValue, UnknownNameError, ValueError } from "../../errors.ts";

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
