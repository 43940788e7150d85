// Any value as it is listed: its type, its text, its parts. What is ours is read by those who know it (see ownValues.ts).

import { types } from "node:util";
import type { Run } from "../../engine/index.ts";
import type { RunReport } from "../../shared/layerReport.ts";
import type { VariableKind } from "../../shared/peekProtocol.ts";
import type { Argument, IdOf, Locale } from "../../shared/words/message.ts";
import type { variableWords } from "../../shared/words/variableWords.ts";
import { listShape, numbersGrid, rowsGrid } from "./grids.ts";
import {
  className,
  hasTooManyKeys,
  isList,
  isProxy,
  isTypedArray,
  keysOf,
  mapSlice,
  propertyOf,
  setSlice,
  sizeOfMap,
  sizeOfSet,
  sourceOf,
  type TypedArray,
  typedLength,
} from "./plainReading.ts";
import { type Part, type PartList, type Parts, placedList, placeStep, type Reading } from "./reading.ts";
import { keyText, lineLimits, type OwnText, valueText } from "./valueText.ts";

/** What readers share. */
export interface ReadContext {
  readonly locale: Locale;
  readonly word: (id: IdOf<typeof variableWords>, args?: Readonly<Record<string, Argument>>) => string;
  readonly read: (value: unknown) => Reading;
  readonly ownText: OwnText;
  /** How a run fares; `null` while that is not known. */
  readonly reportOf: (run: Run) => RunReport | null;
}

/** Reads a value that is not one of ours. */
export function readPlain(value: unknown, context: ReadContext): Reading {
  const text = valueText(value, lineLimits, context.ownText);
  switch (typeof value) {
    case "undefined":
      return { kind: "nothing", type: "undefined", value: "undefined" };
    case "boolean":
      return { kind: "boolean", type: "boolean", value: text };
    case "number":
      return { kind: "number", type: "number", value: text };
    case "string":
      return { kind: "string", type: "string", value: text };
    case "symbol":
      return { kind: "symbol", type: "symbol", value: text };
    case "bigint":
      return { kind: "number", type: "bigint", value: text };
    case "function":
      return isProxy(value) ? proxyReading(context) : functionReading(value, text, context);
    case "object":
      if (value === null) return { kind: "nothing", type: "null", value: "null" };
      return isProxy(value) ? proxyReading(context) : objectReading(value, text, context);
  }
}

function proxyReading({ word }: ReadContext): Reading {
  return { kind: "object", type: "Proxy", value: word("proxy") };
}

/** What a function has beside these of its own is listed: the static members of a class. */
const usualKeys: readonly (string | symbol)[] = ["length", "name", "prototype", "arguments", "caller"];

function functionReading(value: object, text: string, context: ReadContext): Reading {
  const isClass = sourceOf(value).startsWith("class");
  const keys = keysOf(value).filter((key) => !usualKeys.includes(key));
  return {
    kind: isClass ? "class" : "function",
    type: isClass ? "class" : "function",
    value: text,
    parts: keys.length === 0 ? null : { fixed: [], list: propertyList(value, keys, context) },
  };
}

function objectReading(value: object, text: string, context: ReadContext): Reading {
  const type = className(value) ?? "Object";
  if (isList(value)) return listReading(value, type, text, context);
  if (isTypedArray(value)) return typedReading(value, type, text, context);
  if (hasTooManyKeys(value)) return { kind: "object", type, value: context.word("tooManyKeys") };
  const kind: VariableKind = types.isMap(value) || types.isSet(value) ? "list" : "object";
  const parts = partsOf(value, context);
  return { kind, type, value: text, shape: sizeOf(value), parts: isEmpty(parts) ? null : parts };
}

function sizeOf(value: object): readonly number[] | null {
  if (types.isMap(value)) return [sizeOfMap(value)];
  return types.isSet(value) ? [sizeOfSet(value)] : null;
}

function isEmpty({ fixed, list }: Parts): boolean {
  return fixed.length === 0 && (list === null || list.count === 0);
}

function partsOf(value: object, context: ReadContext): Parts {
  if (types.isMap(value)) return { fixed: [], list: mapList(value, context) };
  if (types.isSet(value)) {
    const at = (place: number) => elementPart(place, () => setSlice(value, place, place + 1)[0], context);
    return { fixed: [], list: sliced(sizeOfSet(value), at, (from, to) => setSlice(value, from, to), context) };
  }
  return { fixed: [], list: propertyList(value, keysOf(value), context) };
}

function listReading(list: readonly unknown[], type: string, text: string, context: ReadContext): Reading {
  const shape = listShape(list);
  const at = (place: number): Part => ({
    step: placeStep(place),
    name: `[${place}]`,
    read: () => readProperty(list, place, context),
  });
  return {
    kind: "list",
    type,
    value: text,
    shape: shape.sizes,
    parts: list.length === 0 ? null : { fixed: [], list: placedList(list.length, at) },
    grid: shape.isNumbers ? numbersGrid(list, shape.sizes) : rowsGrid(list),
  };
}

function typedReading(array: TypedArray, type: string, text: string, context: ReadContext): Reading {
  const length = typedLength(array);
  const at = (place: number) => elementPart(place, () => array[place], context);
  return {
    kind: "list",
    type,
    value: text,
    shape: [length],
    parts: length === 0 ? null : { fixed: [], list: placedList(length, at) },
    grid: length === 0 ? null : numbersGrid(array, [length]),
  };
}

function elementPart(place: number, value: () => unknown, { read }: ReadContext): Part {
  return { step: placeStep(place), name: `[${place}]`, read: () => read(value()) };
}

/** Elements that are found by going through all before them: a page is found at once. */
function sliced(
  count: number,
  at: (place: number) => Part,
  values: (from: number, to: number) => readonly unknown[],
  context: ReadContext,
): PartList {
  return {
    ...placedList(count, at),
    slice: (from, to) => values(from, to).map((value, index) => elementPart(from + index, () => value, context)),
  };
}

function mapList(map: object, context: ReadContext): PartList {
  const part = (place: number, entry: readonly [unknown, unknown] | undefined): Part => ({
    step: placeStep(place),
    name: valueText(entry?.[0], { ...lineLimits, room: 40, depth: 1 }, context.ownText),
    read: () => entryReading(entry?.[0], entry?.[1], context),
  });
  const slice = (from: number, to: number) => mapSlice(map, from, to).map((entry, index) => part(from + index, entry));
  return { ...placedList(sizeOfMap(map), (place) => part(place, mapSlice(map, place, place + 1)[0])), slice };
}

/** An entry is its value, unless there is something inside its key too. */
function entryReading(key: unknown, value: unknown, { read, word }: ReadContext): Reading {
  const keyReading = read(key);
  const reading = read(value);
  if (keyReading.parts == null) return reading;
  const fixed = [
    { step: ":key", name: word("key"), read: () => keyReading },
    { step: ":value", name: word("value"), read: () => reading },
  ];
  return { kind: reading.kind, type: reading.type, value: reading.value, parts: { fixed, list: null } };
}

/** Properties by their names; symbols by their places. */
function propertyList(value: object, keys: readonly (string | symbol)[], context: ReadContext): PartList {
  const part = (key: string | symbol): Part => ({
    step: typeof key === "string" ? `.${key}` : `@${keys.indexOf(key)}`,
    name: typeof key === "string" ? key : keyText(key),
    read: () => readProperty(value, key, context),
  });
  return {
    count: keys.length,
    slice: (from, to) => keys.slice(from, to).map(part),
    find: (step) => {
      const key = step.startsWith(".") ? step.slice(1) : keys[Number(step.slice(1))];
      return key !== undefined && propertyOf(value, key) !== null ? part(key) : null;
    },
  };
}

function readProperty(value: object, key: PropertyKey, { read, word }: ReadContext): Reading {
  const property = propertyOf(value, key);
  if (property === null) return { kind: "nothing", type: "empty", value: "" };
  if (property.kind === "getter") return { kind: "getter", type: "getter", value: word("getter") };
  return read(property.value);
}
