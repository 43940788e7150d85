// A value as text, within bounds: for a line in a list, and longer to be copied. Runs no code of the user's.

import { types } from "node:util";
import {
  className,
  dateWords,
  hasTooManyKeys,
  isList,
  isProxy,
  isTypedArray,
  keysOf,
  mapSlice,
  propertyOf,
  regexpWords,
  setSlice,
  sizeOfMap,
  sizeOfSet,
  sourceOf,
  symbolWords,
  typedLength,
  valueAt,
} from "./plainReading.ts";

export interface TextLimits {
  /** The most characters, about. */
  readonly room: number;
  /** How many levels of what is inside are written. */
  readonly depth: number;
  /** The most elements of each list, and properties of each object. */
  readonly items: number;
}

/** One line of a list. */
export const lineLimits: TextLimits = { room: 120, depth: 2, items: 20 };
/** What goes to the clipboard. */
export const copyLimits: TextLimits = { room: 200_000, depth: 12, items: 20_000 };

/** The text of an object of ours, within what room is left; `null` for any other. */
export type OwnText = (value: object, room: number) => string | null;

export function valueText(value: unknown, limits: TextLimits, ownText: OwnText): string {
  return new Writer(limits, ownText).write(value, limits.depth, limits.room);
}

class Writer {
  readonly #limits: TextLimits;
  readonly #ownText: OwnText;
  /** What is being written: a value inside itself is not written again. */
  readonly #open = new Set<object>();

  constructor(limits: TextLimits, ownText: OwnText) {
    this.#limits = limits;
    this.#ownText = ownText;
  }

  write(value: unknown, depth: number, room: number): string {
    switch (typeof value) {
      case "string":
        return quoted(value, room);
      case "bigint":
        return `${cut(String(value), room)}n`;
      case "symbol":
        return cut(symbolWords(value), room);
      case "number":
        return Object.is(value, -0) ? "-0" : String(value);
      case "boolean":
      case "undefined":
        return String(value);
      case "function":
        return isProxy(value) ? "Proxy" : cut(firstLine(sourceOf(value).slice(0, 400)), room);
      case "object":
        return value === null ? "null" : this.#writeObject(value, depth, room);
    }
  }

  #writeObject(value: object, depth: number, room: number): string {
    if (isProxy(value)) return "Proxy";
    if (this.#open.has(value)) return "[circular]";
    const own = this.#ownText(value, room) ?? atomText(value, room);
    if (own !== null) return own;
    this.#open.add(value);
    try {
      return this.#writeInside(value, depth, room);
    } finally {
      this.#open.delete(value);
    }
  }

  #writeInside(value: object, depth: number, room: number): string {
    if (isList(value)) {
      const element = (place: number, left: number) => this.#property(value, place, depth, left);
      return depth === 0 ? `Array(${value.length})` : this.#list("[", "]", value.length, room, element);
    }
    if (isTypedArray(value)) {
      const [name, length] = [className(value) ?? "TypedArray", typedLength(value)];
      if (depth === 0) return `${name}(${length})`;
      return this.#list(`${name} [`, "]", length, room, (place, left) => this.write(value[place], depth, left));
    }
    if (types.isMap(value)) return this.#writeMap(value, depth, room);
    if (types.isSet(value)) {
      const size = sizeOfSet(value);
      if (depth === 0) return `Set(${size})`;
      const shown = setSlice(value, 0, this.#limits.items);
      return this.#list(`Set(${size}) {`, "}", size, room, (place, left) => this.write(shown[place], depth - 1, left));
    }
    const name = className(value);
    const head = name === "Object" || name === null ? "" : `${name} `;
    if (depth === 0 || hasTooManyKeys(value)) return `${head}{…}`;
    const keys = keysOf(value);
    return this.#list(`${head}{`, "}", keys.length, room, (place, left) => {
      const key = keys[place] ?? "";
      return `${keyText(key)}: ${this.#property(value, key, depth, left)}`;
    });
  }

  #writeMap(map: object, depth: number, room: number): string {
    const size = sizeOfMap(map);
    if (depth === 0) return `Map(${size})`;
    const shown = mapSlice(map, 0, this.#limits.items);
    return this.#list(`Map(${size}) {`, "}", size, room, (place, left) => {
      const [key, value] = shown[place] ?? [];
      return `${this.write(key, depth - 1, left)} => ${this.write(value, depth - 1, left)}`;
    });
  }

  #property(value: object, key: PropertyKey, depth: number, room: number): string {
    const property = propertyOf(value, key);
    if (property === null) return "empty";
    return property.kind === "getter" ? "(…)" : this.write(property.value, depth - 1, room);
  }

  #list(
    open: string,
    close: string,
    count: number,
    room: number,
    item: (place: number, left: number) => string,
  ): string {
    if (count === 0) return `${open}${close}`;
    let text = open;
    for (let place = 0; place < count; place++) {
      const left = room - text.length;
      if (left <= 4 || place >= this.#limits.items) return `${text}${place === 0 ? "" : ", "}…${close}`;
      text += `${place === 0 ? "" : ", "}${item(place, left)}`;
    }
    return text + close;
  }
}

/** Objects that are one thing to a reader. */
function atomText(value: object, room: number): string | null {
  if (types.isDate(value)) return dateWords(value);
  if (types.isRegExp(value)) return cut(regexpWords(value), room);
  if (types.isNativeError(value)) {
    const message = valueAt(value, "message");
    const name = className(value) ?? "Error";
    return typeof message === "string" && message !== "" ? cut(`${name}: ${firstLine(message)}`, room) : name;
  }
  const isClosed =
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isDataView(value);
  return isClosed ? (className(value) ?? "Object") : null;
}

export function keyText(key: string | symbol): string {
  if (typeof key === "symbol") return `[${symbolWords(key)}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : quoted(key, 60);
}

function quoted(text: string, room: number): string {
  const most = Math.max(8, room);
  return text.length <= most ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, most)).slice(0, -1)}…"`;
}

function cut(text: string, room: number): string {
  const most = Math.max(8, room);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : `${text.slice(0, end).trimEnd()} …`;
}
