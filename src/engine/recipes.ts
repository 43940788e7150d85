// What was made by a catalogue's functions as plain data, and made again from it: for other threads, and for files.

import { describeValue, ValueError } from "./errors.ts";
import { isRecord } from "./plainObjects.ts";
import { makeByName, makingCall, memberName, memberNamed } from "./remake.ts";

/** Plain JSON. What JSON has no form for is an object with the key "$". */
export type Recipe = string | number | boolean | null | readonly Recipe[] | { readonly [key: string]: Recipe };

/**
 * Writes what a user wrote as a name; `null` for what is none of it, "taken" where something else has that name already.
 * `option`: where it was given, "learningRate"; "" for a thing itself.
 */
export type NameCustom = (value: object, option: string) => { readonly [key: string]: Recipe } | "taken" | null;

/** Writes values as recipes, and keeps account of what has none. */
export class RecipeWriter {
  /** By what cannot be written, where in it something stands in the way, by what that is. */
  readonly #refused = new Map<string, Map<string, string[]>>();
  readonly #refer: (part: object) => Recipe | null;
  readonly #nameCustom: NameCustom;

  /**
   * @param refer Writes an object that stands elsewhere; `null` for what it does not know.
   * @param nameCustom Writes what a user wrote as a name, under which it is given again; `null` for what is none of it.
   */
  constructor(refer: (part: object) => Recipe | null = () => null, nameCustom: NameCustom = () => null) {
    this.#refer = refer;
    this.#nameCustom = nameCustom;
  }

  /** What cannot be written, in words, each thing once: "the layer scale_1 (weights.factor.shape, forward: a function written in a cell)". */
  get obstacles(): readonly string[] {
    return [...this.#refused].map(([what, reasons]) => {
      const said = [...reasons].map(([why, paths]) => (paths.length === 0 ? why : `${paths.join(", ")}: ${why}`));
      return `${what} (${said.join("; ")})`;
    });
  }

  /** The recipe of a value; `what` is how obstacles call it: "the loss". */
  write(value: unknown, what: string): Recipe {
    return this.#write(value, { what, path: "" });
  }

  /** The recipe of the call that made something. */
  writeCall(made: object, what: string): Recipe {
    const custom = this.#writeCustom(made, { what, path: "" });
    if (custom !== null) return custom;
    const call = makingCall(made);
    return call === null ? this.#refuse(made, { what, path: "" }) : this.#writeCall(call, { what, path: "" });
  }

  #write(value: unknown, place: Place): Recipe {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: "number", text: numberText(value) };
      case "undefined":
        return { $: "undefined" };
      case "object":
        return value === null ? null : this.#writeObject(value, place);
      case "function":
        return this.#writeObject(value, place);
      case "bigint":
      case "symbol":
        return this.#refuse(value, place);
    }
  }

  #writeObject(value: object, place: Place): Recipe {
    const reference = this.#refer(value);
    if (reference !== null) return reference;
    const custom = this.#writeCustom(value, place);
    if (custom !== null) return custom;
    const call = makingCall(value);
    if (call !== null) return this.#writeCall(call, place);
    const name = memberName(value);
    if (name !== null) return { $: "member", name };
    if (Array.isArray(value)) return value.map((each, index) => this.#write(each, within(place, `[${index}]`)));
    if (typeof value === "function" || !isRecord(value)) return this.#refuse(value, place);
    const entries = Object.entries(value).map(
      ([key, each]) => [key, this.#write(each, within(place, place.path === "" ? key : `.${key}`))] as const,
    );
    const written = Object.fromEntries(entries);
    return "$" in written ? { $: "object", entries: entries.map(([key, each]) => [key, each]) } : written;
  }

  #writeCustom(value: object, place: Place): Recipe | null {
    const named = this.#nameCustom(value, optionOf(place));
    return named === "taken" ? this.#refuse(value, place, "another one of the same name") : named;
  }

  #writeCall({ name, values }: { readonly name: string; readonly values: readonly unknown[] }, place: Place): Recipe {
    return { $: "made", name, values: values.map((value) => this.#write(value, place)) };
  }

  #refuse(value: unknown, { what, path }: Place, why = kindOf(value)): Recipe {
    const reasons = this.#refused.get(what) ?? new Map<string, string[]>();
    const paths = reasons.get(why) ?? [];
    if (path !== "") paths.push(path);
    this.#refused.set(what, reasons.set(why, paths));
    return unwritten;
  }
}

/** What stands for an obstacle. */
const unwritten: Recipe = { $: "undefined" };

/** Where a value stands. */
interface Place {
  readonly what: string;
  /** "schedule.after"; empty for the thing itself. */
  readonly path: string;
}

function within({ what, path }: Place, step: string): Place {
  return { what, path: `${path}${step}` };
}

/** "learningRate" of "schedule.after[0].learningRate". */
function optionOf({ path }: Place): string {
  return path.replace(/\[\d+\]/g, "").replace(/^.*\./, "");
}

function kindOf(value: unknown): string {
  if (typeof value === "function") return "a function written in a cell";
  const name: unknown = typeof value === "object" && value !== null ? value.constructor?.name : undefined;
  return typeof name === "string" && name !== "Object" && name !== "" ? `a ${name} made by new` : describeValue(value);
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/**
 * The value a recipe describes. It may come from a file: only what stands in a catalogue is made, and that checks its settings.
 *
 * @param resolve Gives what a reference of the writer's `refer` stands for; `null` for a recipe that is none.
 * @throws ValueError for what is no recipe; UnknownNameError, and whatever a function refuses its settings with.
 */
export function readRecipe(
  recipe: Recipe,
  resolve: (reference: Readonly<Record<string, Recipe>>) => object | null = () => null,
): unknown {
  if (typeof recipe !== "object" || recipe === null) return recipe;
  if (isList(recipe)) return recipe.map((each) => readRecipe(each, resolve));
  const tag = recipe.$;
  if (tag === undefined)
    return Object.fromEntries(Object.entries(recipe).map(([key, each]) => [key, readRecipe(each, resolve)]));
  const resolved = resolve(recipe);
  if (resolved !== null) return resolved;
  const { name, values, entries } = recipe;
  if (tag === "undefined") return undefined;
  if (tag === "number") return Number(recipe.text);
  if (tag === "member" && typeof name === "string") return memberNamed(name);
  if (tag === "made" && typeof name === "string" && isList(values))
    return makeByName({ name, values: values.map((each) => withoutNulls(readRecipe(each, resolve))) });
  if (tag === "object" && isList(entries)) return Object.fromEntries(entries.map((entry) => readEntry(entry, resolve)));
  throw new ValueError({
    op: "recipe",
    expected: "a part of a model as nnbook writes it",
    got: JSON.stringify(recipe),
  });
}

/** Options that an older nnbook took for left out when they were null, and wrote so: today's would be refused. */
function withoutNulls(value: unknown): unknown {
  if (!isRecord(value) || makingCall(value) !== null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, option]) => option !== null)
      .map(([key, option]) => [key, withoutNulls(option)]),
  );
}

function readEntry(entry: Recipe, resolve: Parameters<typeof readRecipe>[1]): readonly [string, unknown] {
  const [key = null, value = null] = isList(entry) ? entry : [];
  return [String(key), readRecipe(value, resolve)];
}

function isList(recipe: Recipe | undefined): recipe is readonly Recipe[] {
  return Array.isArray(recipe);
}
