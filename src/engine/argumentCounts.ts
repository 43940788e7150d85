// Arguments beyond those that a function takes: JavaScript drops them without a word, and `model.summary({ lineLength: 80 })` looks as if it meant something.

import { describeValue, ValueError } from "./errors.ts";
import { isRecord } from "./plainObjects.ts";

/** How many arguments methods take at most; of all others JavaScript knows it, for none of them may be left out. */
export type MostArguments = Readonly<Record<string, number>>;

/** What to do, where that is not to leave the rest out. */
export type Hints = Readonly<Record<string, string>>;

type Count<Maker> = Maker extends (...given: infer Given) => unknown ? Required<Given>["length"] : 1;

/** How many arguments functions take at most: of all but those that take one. TypeScript holds it against what they say they take. */
export type ArgumentCounts<Members, Unlisted = 1> = {
  readonly [Name in keyof Members as Count<Members[Name]> extends Unlisted ? never : Name]: Count<Members[Name]>;
};

/** Of those alone that take several, and left out where none does: what takes nothing refuses by itself (`withoutOptions`). */
export type SeveralCounts<Members> =
  Record<never, never> extends ArgumentCounts<Members, 0 | 1>
    ? [counts?: ArgumentCounts<Members, 0 | 1>]
    : [counts: ArgumentCounts<Members, 0 | 1>];

/** The same members, whose functions refuse what they would not read. `prefix`: "callbacks.". */
export function withArgumentCounts<Members extends object>(
  members: Members,
  counts: ArgumentCounts<Members>,
  prefix: string,
): Members {
  const most: MostArguments = counts;
  const checked = Object.entries(members).map(([name, member]) => [
    name,
    typeof member === "function" ? takingAtMost(member, most[name] ?? 1, `${prefix}${name}`) : member,
  ]);
  // Same names, and functions that take and give the same.
  return Object.fromEntries(checked);
}

function takingAtMost(take: Method, most: number, op: string): Method {
  const checked = (...given: unknown[]) => {
    const read = readArguments(op, most, given);
    const result = take(...read);
    refuseNulls(op, read);
    return result;
  };
  return Object.defineProperty(checked, "name", { value: take.name });
}

/** As `withoutPlaceInList`; refuses what there is beyond. @throws ValueError */
export function readArguments<Given extends readonly unknown[]>(
  op: string,
  most: number,
  given: Given,
  hint?: string,
): Given {
  const read = withoutPlaceInList(given);
  refuseMore(op, most, read, hint);
  return read;
}

/**
 * The arguments that a free function is to read. `["relu", "tanh"].map(layers.activation)` is what people write: the place and the
 * list that a list's own methods tell besides are left out, also where the function would take them for options or for a number of its own.
 */
export function withoutPlaceInList<Given extends readonly unknown[]>(given: Given): Given {
  if (given.length !== 3) return given;
  const [item, place, list] = given;
  const isInList = typeof place === "number" && Array.isArray(list) && Object.is(list[place], item);
  // A function that needs more says so.
  return isInList ? ([item] as unknown as Given) : given;
}

/** @throws ValueError where more is given than is read. */
export function refuseMore(op: string, most: number, given: readonly unknown[], hint?: string): void {
  if (given.length <= most) return;
  const expected = most === 0 ? "no arguments" : `at most ${most} argument${most === 1 ? "" : "s"}`;
  const first = describeValue(given[most]);
  const got = most === 0 && given.length === 1 ? first : `${given.length}, the next being ${first}`;
  throw new ValueError({ op, expected, got, ...(hint === undefined ? {} : { hint }) });
}

/** What stands behind an object that holds all options would not be read. @throws ValueError */
export function refuseBehindOptions(op: string, [first, ...rest]: readonly unknown[]): void {
  const next = isRecord(first) ? rest.find((each) => each !== undefined) : undefined;
  if (next === undefined) return;
  throw new ValueError({
    op,
    expected: "nothing behind an object of options",
    got: describeValue(next),
    hint: "Put all options into one object.",
  });
}

/**
 * An option of null, which would be taken for its default although it reads as "none": asked last, for what is wrong otherwise
 * says more. @throws ValueError
 */
export function refuseNulls(op: string, given: readonly unknown[]): void {
  const options = given.at(-1);
  const wrong = isRecord(options) ? Object.keys(options).find((name) => options[name] === null) : undefined;
  if (wrong === undefined) return;
  throw new ValueError({
    op,
    expected: `${wrong} given or left out`,
    got: "null",
    hint: "Leave it out for its default.",
  });
}

/** The functions of `object` refuse more arguments than they take, called `prefix` and their name; those of classes that it stands on, too. */
export function refuseOn(object: object, most: MostArguments, prefix = "", instead: Hints = {}): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (typeof value !== "function" || name === "constructor" || refusing.has(value)) continue;
    const count: number = (Object.hasOwn(most, name) ? most[name] : undefined) ?? value.length;
    if (count === Number.POSITIVE_INFINITY) continue;
    const checked = refusingMore(value, count, name, `${prefix}${name}`, instead[name]);
    refusing.add(checked);
    Object.defineProperty(object, name, { value: checked });
  }
  const parent: unknown = Object.getPrototypeOf(object);
  if (typeof parent === "object" && parent !== null && parent !== Object.prototype)
    refuseOn(parent, most, prefix, instead);
}

type Method = (...given: unknown[]) => unknown;

/** Classes whose methods refuse already, so that what several stand on is taken once. */
const refusing = new WeakSet<object>();

function refusingMore(method: Method, most: number, name: string, op: string, hint: string | undefined): Method {
  return {
    [name](this: unknown, ...given: unknown[]): unknown {
      refuseMore(op, most, given, hint);
      return method.apply(this, given);
    },
  }[name] as Method;
}
