// What a cell threw → an error in the user's terms: name, message, their frames, the innermost place in a cell.

import { inspect, types } from "node:util";
import { whereabouts } from "../../engine/errors.ts";
import type { CellPlace } from "../../shared/layerReport.ts";
import type { CellError } from "../../shared/outputs.ts";
import { cellWord } from "../../shared/words/cellWords.ts";
import type { Locale } from "../../shared/words/message.ts";
import type { unknownNameAdvice } from "../unknownNames.ts";
import type { StackFrames, UserFrame } from "./stackFrames.ts";

/** So many errors of a joined one are told, so many characters of a message, and of a value that is no error. */
const mostJoined = 10;
const longestMessage = 10_000;
const longestValue = 2000;

/** The built-ins, kept from before any cell could declare its own. */
const OwnAggregateError = AggregateError;
const OwnReferenceError = ReferenceError;

type NameAdvice = (...[message, frame, locale]: [string, UserFrame | undefined, Locale]) => string | null;

/** Knows nothing until a kernel says where the tables are. */
let adviseOnName: NameAdvice = () => null;

/** `read`: what is read when a cell first names what is not there. `nnbook`: the module of that name. */
export function bindUnknownNames(read: () => typeof unknownNameAdvice, nnbook: object): void {
  adviseOnName = (message, frame, locale) => {
    try {
      return read()(message, frame, { nnbook: { ...nnbook }, locale });
    } catch {
      // A cell may have given a built-in another meaning that this cannot do without: the error alone is shown.
      return null;
    }
  };
}

/** A module that a cell asked for could not be had. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

/** Thrown through a cell whose training was stopped by an interrupt; never shown. */
export class CellStopped extends Error {
  override readonly name = "CellStopped";
}

/** Whether it is what ends a stopped cell. */
export function isStop(thrown: unknown): boolean {
  try {
    return thrown instanceof CellStopped;
  } catch {
    // A proxy that lets nobody look.
    return false;
  }
}

/** Never throws, whatever was thrown: a cell always ends. */
export function describeError(thrown: unknown, frames: StackFrames, locale: Locale): CellError {
  try {
    return isError(thrown) ? describeOwn(thrown, frames, locale) : describeThrown(thrown, frames, locale);
  } catch {
    // A proxy or a getter of the user's that throws when it is looked at.
    return withoutPlace(cellWord("cannotLook", locale), locale);
  }
}

function describeOwn(thrown: Error, frames: StackFrames, locale: Locale): CellError {
  const own = frames.framesOf(thrown);
  // An import that failed says all in its message.
  const inner = thrown instanceof ImportError ? [] : [...causeLines(thrown, frames), ...joinedLines(thrown, frames)];
  const within = [...causesOf(thrown), ...joinedIn(thrown)].filter(isError);
  return {
    name: nameOf(thrown),
    message: [advised(thrown, own, locale), ...whereabouts(thrown)].join("\n"),
    stack: [...own.map((frame) => frame.text), ...inner].join("\n"),
    place: placeIn(own) ?? placeIn(within.flatMap((error) => frames.framesOf(error))),
  };
}

/** `class BadRow extends Error {}` has no name of its own but its class's. */
function nameOf(error: Error): string {
  const name = readText(error, "name") || "Error";
  const made = name === "Error" ? readProperty(error, "constructor") : null;
  return typeof made === "function" && made.name !== "" ? made.name : name;
}

/** A message that holds a whole data set would make the file and the window slow. */
function messageOf(error: Error, locale: Locale): string {
  const message = readText(error, "message");
  const rest = message.length - longestMessage;
  if (rest <= 0) return message;
  return message.slice(0, longestMessage) + cellWord("moreCharacters", locale, { count: String(rest) });
}

/** `throw "too large"`: an error alone knows where it was thrown; of other values it is kept where a cell throws them. */
function describeThrown(thrown: unknown, frames: StackFrames, locale: Locale): CellError {
  const own = frames.framesOfThrown(thrown);
  frames.forgetThrown();
  const text = shortText(thrown, 2);
  if (own.length === 0) return withoutPlace(`${text}\n${cellWord("onlyErrors", locale)}`, locale);
  const stack = own.map((frame) => frame.text).join("\n");
  return { name: cellWord("thrownValue", locale), message: text, stack, place: placeIn(own) };
}

function withoutPlace(message: string, locale: Locale): CellError {
  return { name: cellWord("thrownValue", locale), message, stack: "", place: null };
}

function placeIn(frames: readonly UserFrame[]): CellPlace | null {
  return frames.find((frame) => frame.place !== null)?.place ?? null;
}

/** The message, and what to write where the language alone would not say it. */
function advised(thrown: Error, own: readonly UserFrame[], locale: Locale): string {
  const message = messageOf(thrown, locale);
  const advice =
    layerCallAdvice(message, locale) ??
    (thrown instanceof OwnReferenceError ? adviseOnName(message, own[0], locale) : null);
  return advice === null ? message : `${message}. ${advice}`;
}

/** Keras and PyTorch call layers like functions. */
function layerCallAdvice(message: string, locale: Locale): string | null {
  const layer = /\b(layers\.\w+)\(\.\.\.\) is not a function$/.exec(message)?.[1];
  return layer === undefined ? null : cellWord("layerIsNoFunction", locale, { layer });
}

/** The place of an import in a cell: what the compiler made of it has no place of its own. */
export function importPlace(
  specifier: string,
  cell: { readonly cellId: string; readonly source: string },
): CellPlace | null {
  const quoted = [`"${specifier}"`, `'${specifier}'`].map((text) => cell.source.indexOf(text));
  const offset = quoted.find((found) => found >= 0);
  if (offset === undefined) return null;
  const lines = cell.source.slice(0, offset).split("\n");
  return { cellId: cell.cellId, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The chain of `cause`s, each with its innermost frame. */
function causeLines(error: Error, frames: StackFrames): readonly string[] {
  return causesOf(error).map((cause) => `caused by ${innerText(cause, frames)}`);
}

function causesOf(error: Error): readonly unknown[] {
  const causes: unknown[] = [];
  for (let each: unknown = error; isError(each); ) {
    each = readProperty(each, "cause");
    if (each === undefined || each === error || causes.includes(each)) break;
    causes.push(each);
  }
  return causes;
}

/** What an `AggregateError` holds (`Promise.any`), each with its innermost frame. */
function joinedLines(error: Error, frames: StackFrames): readonly string[] {
  const joined = joinedIn(error);
  const lines = joined.slice(0, mostJoined).map((each) => `joins ${innerText(each, frames)}`);
  return joined.length > mostJoined ? [...lines, `joins ${joined.length - mostJoined} more`] : lines;
}

function joinedIn(error: Error): readonly unknown[] {
  const errors = readProperty(error, "errors");
  return error instanceof OwnAggregateError && Array.isArray(errors) ? errors : [];
}

/** One line, however long the message is. */
function innerText(inner: unknown, frames: StackFrames): string {
  if (!isError(inner)) return shortText(inner, 1);
  const [frame] = frames.framesOf(inner);
  const text = shortened(`${nameOf(inner)}: ${readText(inner, "message")}`.replace(/\s+/g, " "));
  return frame ? `${text} ${frame.text}` : text;
}

/** A value as the console shows it, cut where it is huge. */
function shortText(value: unknown, depth: number): string {
  return shortened(inspect(value, { depth, maxArrayLength: 20, maxStringLength: 1000 }));
}

function shortened(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)} …`;
}

/** Also true of errors of another realm, which are not `instanceof Error` here. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** As text. The user's class may have made it a getter that throws, or what it holds no text. */
function readText(error: Error, property: "name" | "message"): string {
  try {
    return String(readProperty(error, property) ?? "");
  } catch {
    return "";
  }
}

function readProperty(error: Error, property: "name" | "message" | "cause" | "errors" | "constructor"): unknown {
  try {
    return (error as { readonly [key in typeof property]?: unknown })[property];
  } catch {
    return undefined;
  }
}
