// Readers for JSON from a stranger: each takes any value and gives a typed one, or says where it expected what and found what.

import type { ViewNumber } from "../../src/shared/json.ts";

/** Reads one value at `path`; throws {@link Mismatch} (only inside this folder; `readView` turns it into a value). */
export type Reader<T> = (value: unknown, path: string) => T;

/** Where the data is not what it should be. */
export class Mismatch extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(path: string, expected: string, value: unknown) {
    super(`${path}: expected ${expected}`);
    this.expected = path === "" ? expected : `${path}: ${expected}`;
    this.found = describe(value);
  }
}

/** A short, harmless description of any value. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? `“${value}”` : String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export const text: Reader<string> = (value, path) => {
  if (typeof value !== "string") throw new Mismatch(path, "text", value);
  return value;
};

export const finite: Reader<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Mismatch(path, "a number", value);
  return value;
};

export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new Mismatch(path, "true or false", value);
  return value;
};

/** A whole number, 0 or more. */
export const count: Reader<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new Mismatch(path, "a count", value);
  return value;
};

export const viewNumber: Reader<ViewNumber> = (value, path) => {
  if (value === null || value === "NaN" || value === "Infinity" || value === "-Infinity") return value;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new Mismatch(path, "a number, “NaN”, “Infinity”, “-Infinity” or null", value);
  }
  return value;
};

export function literal<const T extends string | number>(...allowed: readonly T[]): Reader<T> {
  return (value, path) => {
    const match = allowed.find((candidate) => candidate === value);
    if (match === undefined)
      throw new Mismatch(path, allowed.map((one) => (typeof one === "string" ? `“${one}”` : one)).join(" or "), value);
    return match;
  };
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : reader(value, path));
}

/** A list of at most `longest` items: a file cannot make the reader draw without end. */
export function list<T>(reader: Reader<T>, longest = 20_000): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new Mismatch(path, "a list", value);
    if (value.length > longest) throw new Mismatch(path, `a list of at most ${longest}`, value);
    return value.map((item: unknown, index) => reader(item, `${path}[${index}]`));
  };
}

export function pair<T>(reader: Reader<T>): Reader<readonly [T, T]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length !== 2) throw new Mismatch(path, "a pair", value);
    return [reader(value[0], `${path}[0]`), reader(value[1], `${path}[1]`)];
  };
}

/** An object with exactly the named fields read; others (of a later minor version) are left out. */
export function fields<T>(readers: { readonly [Key in keyof T]-?: Reader<T[Key]> }): Reader<T> {
  return (value, path) => {
    const source = asObject(value, path);
    const result: Partial<T> = {};
    for (const key of keysOf(readers)) {
      result[key] = readers[key](Object.hasOwn(source, key) ? source[String(key)] : undefined, join(path, String(key)));
    }
    // Every key of T has been read just above.
    return result as T;
  };
}

/** What may be left out. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, path) => (value === undefined ? undefined : reader(value, path));
}

/** An object used as a map. */
export function record<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, path) =>
    Object.fromEntries(
      Object.entries(asObject(value, path)).map(([key, item]) => [key, reader(item, join(path, key))]),
    );
}

function keysOf<T>(readers: { readonly [Key in keyof T]: Reader<T[Key]> }): readonly (keyof T)[] {
  return Object.keys(readers) as (keyof T)[];
}

function asObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Mismatch(path, "an object", value);
  return value as Readonly<Record<string, unknown>>;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
