// How what a catalogue's functions made can be made again, here or in another thread: each remembers the call that it came from.

import {
  type MostArguments,
  refuseBehindOptions,
  refuseMore,
  refuseNulls,
  type SeveralCounts,
  withoutPlaceInList,
} from "./argumentCounts.ts";
import { inTheNameOf, takesNothing, UnknownNameError } from "./errors.ts";
import { isRecord } from "./plainObjects.ts";

/** A call of a catalogue's function. */
export interface MakingCall {
  /** "layers.dense". */
  readonly name: string;
  readonly values: readonly unknown[];
}

interface Call extends MakingCall {
  readonly make: Make;
}

type Make = (...values: readonly unknown[]) => unknown;

const calls = new WeakMap<object, Call>();
/** What stands in the catalogues, by name: "layers.dense". */
const members = new Map<string, unknown>();
const memberNames = new WeakMap<object, string>();

/**
 * The same members, whose functions remember for each thing they make how it was made, and refuse arguments that they would not
 * read. `catalogue`: "layers".
 */
export function remembering<Members extends object>(
  catalogue: string,
  given: Members,
  ...[counts]: SeveralCounts<Members>
): Members {
  const most: MostArguments = counts ?? {};
  const entries = Object.entries(given).map(([key, member]) => {
    const name = `${catalogue}.${key}`;
    const remembered: unknown = typeof member === "function" ? remember(name, key, member, most[key] ?? 1) : member;
    members.set(name, remembered);
    if (isThing(remembered)) memberNames.set(remembered, name);
    return [key, remembered];
  });
  // Same names, and functions that take and give the same.
  return Object.fromEntries(entries) as Members;
}

function remember(name: string, key: string, make: Make, most: number): Make {
  // What is made again by the call is remembered too: copies can be copied.
  const remembered = (...given: readonly unknown[]) => {
    try {
      const values = withoutPlaceInList(given);
      const made = make(...values.slice(0, most));
      // Last, for what is wrong with those that are read says more.
      if (values.length > most) refuseMore(name, takesNothing(name) ? 0 : most, values);
      refuseBehindOptions(name, values);
      refuseNulls(name, values);
      if (isThing(made)) calls.set(made, { name, make: remembered, values });
      return made;
    } catch (error) {
      // "optimizers.adam" for "optimizer".
      throw inTheNameOf(name, name.slice(0, name.indexOf("s.")), error);
    }
  };
  Object.defineProperty(remembered, "name", { value: key });
  // A metric that can be called with options is a function with a metric's properties.
  for (const [property, value] of Object.entries(make))
    Object.defineProperty(remembered, property, { value, enumerable: true });
  return remembered;
}

/** The call that made something; `null` for what no catalogue made. */
export function makingCall(made: object): MakingCall | null {
  return calls.get(made) ?? null;
}

/** The name of what itself stands in a catalogue: "metrics.accuracy"; `null` for all else. */
export function memberName(value: object): string | null {
  return memberNames.get(value) ?? null;
}

/** What stands in a catalogue under a name such as "metrics.accuracy". @throws UnknownNameError */
export function memberNamed(name: string): unknown {
  const member = members.get(name);
  if (member === undefined)
    throw new UnknownNameError({ what: "part of a model", unknown: name, known: namesLike(name) });
  return member;
}

/** The names in the same catalogue; in all of them for one that there is not. */
function namesLike(name: string): readonly string[] {
  const all = [...members.keys()];
  const own = all.filter((each) => each.startsWith(name.replace(/\..*$/, ".")));
  return own.length === 0 ? all : own;
}

/** What a call makes, by the name of its function: "layers.dense". @throws UnknownNameError, and what the function throws. */
export function makeByName({ name, values }: MakingCall): unknown {
  const make = memberNamed(name);
  if (typeof make === "function") return make(...values);
  throw new UnknownNameError({ what: "function that makes a part of a model", unknown: name, known: [] });
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
  // What a catalogue made may look like plain options: a copy would not remember its call.
  if (calls.has(value)) return copyOf(value);
  if (Array.isArray(value)) return value.map((each) => copyValue(each, copyOf));
  if (!isRecord(value)) return copyOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyValue(each, copyOf)]));
}

function isThing(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
