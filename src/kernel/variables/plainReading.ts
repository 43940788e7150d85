// Reads values without running any code of theirs: no getter, no proxy trap, no method that a cell could have replaced.

import { types } from "node:util";

// Taken before a cell can replace them.
const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { getOwnPropertySymbols, hasOwn } = Object;
const now = performance.now.bind(performance);
const typedArrayPrototype: object = getPrototypeOf(Float32Array.prototype) ?? {};
const typedArrayLength = getterOf(typedArrayPrototype, "length");
const mapSize = getterOf(Map.prototype, "size");
const setSize = getterOf(Set.prototype, "size");
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const nextOfMap = (new Map()[Symbol.iterator]() as { next: () => unknown }).next;
const nextOfSet = (new Set()[Symbol.iterator]() as { next: () => unknown }).next;
const functionText = Function.prototype.toString;
const dateText = Date.prototype.toISOString;
const dateTime = Date.prototype.getTime;
const symbolText = Symbol.prototype.toString;
const regexpSource = getterOf(RegExp.prototype, "source");
const regexpFlags = [
  ["hasIndices", "d"],
  ["global", "g"],
  ["ignoreCase", "i"],
  ["multiline", "m"],
  ["dotAll", "s"],
  ["unicode", "u"],
  ["unicodeSets", "v"],
  ["sticky", "y"],
].flatMap(([name = "", letter = ""]) =>
  getOwnPropertyDescriptor(RegExp.prototype, name) === undefined
    ? []
    : [{ has: getterOf(RegExp.prototype, name), letter }],
);

type Getter = () => unknown;

export type TypedArray = ArrayLike<number> | ArrayLike<bigint>;

/** A property as it stands. */
export type PlainProperty =
  | { readonly kind: "value"; readonly value: unknown }
  /** Its value would have to be computed. */
  | { readonly kind: "getter" };

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

export function isProxy(value: unknown): boolean {
  return types.isProxy(value);
}

/** Whether a value was made by a class of ours, or one derived from it: `instanceof` would ask proxies among its prototypes. */
export function isMadeBy<Made extends object>(value: unknown, made: { readonly prototype: Made }): value is Made {
  for (const prototype of prototypesOf(value)) if (prototype === made.prototype) return true;
  return false;
}

/** The objects a value inherits from, as far as no proxy is among them. */
function* prototypesOf(value: unknown): Generator<object> {
  let at: unknown = value;
  while (isObject(at) && !isProxy(at)) {
    at = getPrototypeOf(at);
    if (isObject(at) && !isProxy(at)) yield at;
  }
}

/** With more keys than this V8 takes long to list them: hundreds of milliseconds for a million. */
const manyKeys = 20_000;
/** The keys of such objects as they were found; what was added since is not seen, values are read as they stand. */
const knownKeys = new WeakMap<object, readonly (string | symbol)[]>();

/** V8 tells no number of keys, but finds that none is a symbol thirty times as fast as it lists them: 200,000 words take about this long. */
const longestSearchMs = 5;
/** Keys that are numbers it finds no symbol among at once; so many of them take a tenth of a second or two to list. */
const manyNumbers = 200_000;
const huge = new WeakSet<object>();

/** Whether to list an object's keys would hold up what runs for more than about a quarter of a second. */
export function hasTooManyKeys(value: object, clock = now): boolean {
  if (huge.has(value)) return true;
  if (knownKeys.has(value)) return false;
  if (!hasManyNumbers(value) && !isSearchedLong(value, clock)) return false;
  huge.add(value);
  return true;
}

function isSearchedLong(value: object, clock: () => number): boolean {
  // Again, since the machine may have been elsewhere meanwhile.
  for (let tries = 0; tries < 3; tries++) {
    const startedAt = clock();
    getOwnPropertySymbols(value);
    if (clock() - startedAt < longestSearchMs) return false;
  }
  return true;
}

/** Whether about that many of an object's keys are numbers: tried here and there, more closely where some are found. */
function hasManyNumbers(value: object): boolean {
  if (countNumbers(value, 8) === 0) return false;
  return countNumbers(value, 64) > manyNumbers;
}

/** How many keys are numbers from 2¹⁶ on, about. Where they are far apart, V8 keeps them as it keeps words. */
function countNumbers(value: object, probes: number): number {
  let count = 0;
  for (let from = 2 ** 16; from < 2 ** 26; from *= 2) {
    let found = 0;
    for (let probe = 0; probe < probes; probe++) {
      // Multiples of the golden ratio lie evenly, in step with no pattern of keys.
      const share = (probe * 0.618_033_988_749_895) % 1;
      if (hasOwn(value, from + Math.floor(share * from))) found++;
    }
    count += (found / probes) * from;
  }
  return count;
}

/** The keys of an object's own properties; none where there are too many. Not for lists and typed arrays, which have one for each element. */
export function keysOf(value: object): readonly (string | symbol)[] {
  const known = knownKeys.get(value);
  if (known !== undefined) return known;
  if (hasTooManyKeys(value)) return [];
  const keys = ownKeys(value);
  if (keys.length > manyKeys) knownKeys.set(value, keys);
  // V8 writes a stack down when it is first asked for, and asks code of the user's how.
  return types.isNativeError(value) ? keys.filter((key) => key !== "stack") : keys;
}

/** An own property; `null` where there is none. */
export function propertyOf(value: object, key: PropertyKey): PlainProperty | null {
  if (key === "stack" && types.isNativeError(value)) return { kind: "getter" };
  try {
    const descriptor = getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined) return null;
    return "value" in descriptor ? { kind: "value", value: descriptor.value } : { kind: "getter" };
  } catch {
    // An export of a module that is not there yet.
    return { kind: "getter" };
  }
}

/** The value of an own property, `undefined` where there is none or it would have to be computed. */
export function valueAt(value: object, key: PropertyKey): unknown {
  const property = propertyOf(value, key);
  return property?.kind === "value" ? property.value : undefined;
}

/** The name of the class that made an object; `null` for one without. */
export function className(value: object): string | null {
  for (const prototype of prototypesOf(value)) {
    const maker = valueAt(prototype, "constructor");
    if (typeof maker !== "function" || isProxy(maker)) continue;
    const name = valueAt(maker, "name");
    return typeof name === "string" && name !== "" ? name : null;
  }
  return null;
}

export function isList(value: unknown): value is readonly unknown[] {
  return !isProxy(value) && Array.isArray(value);
}

export function isTypedArray(value: unknown): value is TypedArray {
  return types.isTypedArray(value);
}

export function typedLength(array: TypedArray): number {
  return apply(typedArrayLength, array, []) as number;
}

export function sizeOfMap(map: object): number {
  return apply(mapSize, map, []) as number;
}

export function sizeOfSet(set: object): number {
  return apply(setSize, set, []) as number;
}

/** The entries `from` … `to` − 1 of a map. */
export function mapSlice(map: object, from: number, to: number): readonly (readonly [unknown, unknown])[] {
  return slice(apply(mapEntries, map, []), nextOfMap, from, to) as readonly (readonly [unknown, unknown])[];
}

export function setSlice(set: object, from: number, to: number): readonly unknown[] {
  return slice(apply(setValues, set, []), nextOfSet, from, to);
}

function slice(iterator: unknown, next: () => unknown, from: number, to: number): readonly unknown[] {
  const found: unknown[] = [];
  for (let at = 0; at < to; at++) {
    const { done, value } = apply(next, iterator, []) as { done?: boolean; value: unknown };
    if (done === true) break;
    if (at >= from) found.push(value);
  }
  return found;
}

export function sourceOf(value: object): string {
  return apply(functionText, value, []) as string;
}

export function symbolWords(value: symbol): string {
  return apply(symbolText, value, []) as string;
}

export function dateWords(date: object): string {
  return Number.isNaN(apply(dateTime, date, []) as number) ? "Invalid Date" : (apply(dateText, date, []) as string);
}

export function regexpWords(value: object): string {
  const flags = regexpFlags.flatMap(({ has, letter }) => (apply(has, value, []) === true ? [letter] : []));
  return `/${apply(regexpSource, value, [])}/${flags.join("")}`;
}

/** What one of our own getters says of a value: asked of the class itself, so that an own property of that name does not matter. */
export function askOwn(made: { readonly prototype: object }, name: string, value: object): unknown {
  for (let at: object | null = made.prototype; at !== null; at = getPrototypeOf(at)) {
    const descriptor = getOwnPropertyDescriptor(at, name);
    if (descriptor?.get !== undefined) return apply(descriptor.get, value, []);
  }
  return undefined;
}

function getterOf(prototype: object, name: string): Getter {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new Error(`${name} is no getter.`);
  return get;
}
