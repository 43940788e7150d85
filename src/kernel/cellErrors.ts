// What a cell threw → an error in the user's terms: name, message, their frames, the innermost place in a cell.

import { inspect, types } from "node:util";
import type { CellPlace } from "../shared/layerReport.ts";
import type { CellError } from "../shared/outputs.ts";
import type { StackFrames } from "./stackFrames.ts";

/** A module that a cell asked for could not be had. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

/** Thrown through a cell whose training was stopped by an interrupt; never shown. */
export class CellStopped extends Error {
  override readonly name = "CellStopped";
}

export function describeError(thrown: unknown, frames: StackFrames): CellError {
  if (!isError(thrown)) {
    return { name: "Thrown value", message: inspect(thrown, { depth: 2 }), stack: "", place: null };
  }
  const own = frames.framesOf(thrown);
  // An import that failed says all in its message.
  const causes = thrown instanceof ImportError ? [] : causeLines(thrown, frames);
  return {
    name: readText(thrown, "name") || "Error",
    message: advised(readText(thrown, "message")),
    stack: [...own.map((frame) => frame.text), ...causes].join("\n"),
    place: own.find((frame) => frame.place !== null)?.place ?? null,
  };
}

/** Keras and PyTorch call layers like functions; the language alone would not say what to write here. */
function advised(message: string): string {
  const layer = /\b(layers\.\w+)\(\.\.\.\) is not a function$/.exec(message)?.[1];
  return layer === undefined ? message : `${message}. A layer takes its input by apply: ${layer}(…).apply(x).`;
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
  const lines: string[] = [];
  const seen = new Set<unknown>([error]);
  let { cause } = error;
  while (cause !== undefined && !seen.has(cause)) {
    seen.add(cause);
    if (!isError(cause)) {
      lines.push(`caused by ${inspect(cause, { depth: 1 })}`);
      break;
    }
    const place = frames.framesOf(cause)[0];
    lines.push(`caused by ${readText(cause, "name")}: ${readText(cause, "message")}${place ? ` ${place.text}` : ""}`);
    ({ cause } = cause);
  }
  return lines;
}

/** Also true of errors of another realm, which are not `instanceof Error` here. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** A property that the user's class may have made a getter that throws. */
function readText(error: Error, property: "name" | "message"): string {
  try {
    return String(error[property]);
  } catch {
    return "";
  }
}
