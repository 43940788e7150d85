// How what a catalogue's functions made can be made again: each remembers the call that it came from.

interface Call {
  readonly make: (...values: readonly unknown[]) => unknown;
  readonly values: readonly unknown[];
}

const calls = new WeakMap<object, Call>();

/** The same functions, which remember for each thing they make how it was made. */
export function remembering<Members extends object>(members: Members): Members {
  const entries = Object.entries(members).map(([name, make]) => [
    name,
    typeof make === "function" ? remember(name, make) : make,
  ]);
  // Same names, and functions that take and give the same.
  return Object.fromEntries(entries) as Members;
}

function remember(name: string, make: Call["make"]): Call["make"] {
  const remembered = (...values: readonly unknown[]) => {
    const made = make(...values);
    if (typeof made === "object" && made !== null) calls.set(made, { make, values });
    return made;
  };
  Object.defineProperty(remembered, "name", { value: name });
  return remembered;
}

/**
 * The same call once more; `null` for what no catalogue made.
 *
 * @param copyOf What to give instead of an object among the arguments, also in a list or as an option: the object itself, or a copy.
 */
export function makeAgain(made: object, copyOf: (part: object) => object = (part) => part): unknown {
  const call = calls.get(made);
  if (call === undefined) return null;
  return call.make(...call.values.map((value) => copyValue(value, copyOf)));
}

function copyValue(value: unknown, copyOf: (part: object) => object): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => copyValue(each, copyOf));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Options are plain objects, also those of another realm, whose Object.prototype is another.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) return copyOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyValue(each, copyOf)]));
}
