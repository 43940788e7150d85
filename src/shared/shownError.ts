// An error of a cell as the notebook shows it, with places to go to. It is made of the error that files hold, and never in a file itself.

import type { JsonValue } from "./json.ts";

export const shownErrorMimeType = "application/vnd.nnbook.error.v1+json";

export interface ShownError {
  readonly version: 1;
  readonly name: string;
  readonly message: string;
  /** What follows the message, a line each: "at relu (Cell 2:3:9)", "caused by TypeError: no at Cell 1:1:1". */
  readonly frames: readonly string[];
}

/** A place as a frame names it: a cell ("Cell 3") or a file, by the path from the notebook's folder or the whole path. */
export interface ErrorPlace {
  readonly kind: "cell" | "file";
  readonly label: string;
  readonly line: number;
  readonly column: number;
}

/** A piece of a line; `place` is set where it names one. */
export interface ErrorPiece {
  readonly text: string;
  readonly place: ErrorPlace | null;
}

/** The error in an output; `null` for one that another kernel worded in its own way (a coloured traceback). */
export function shownErrorOf(item: JsonValue | undefined): ShownError | null {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return null;
  const { name, message, stack } = item as Readonly<Record<string, JsonValue>>;
  if (typeof name !== "string" || typeof message !== "string" || typeof stack !== "string") return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a colour.
  if (/\u001b/.test(stack)) return null;
  const rest = afterHead(stack, `${name}: ${message}`);
  const frames = (rest ?? "").split("\n").map((line) => line.trim());
  return rest === null ? null : { version: 1, name, message, frames: frames.filter((line) => line !== "") };
}

export interface FoldedFrame {
  readonly text: string;
  /** A function that calls itself: the same frame follows itself, how often nobody knows. */
  readonly repeats: boolean;
}

/** Frames without those that say what the one before them said. */
export function foldFrames(frames: readonly string[]): readonly FoldedFrame[] {
  return frames.flatMap((text, index) =>
    text === frames[index - 1] ? [] : [{ text, repeats: text === frames[index + 1] }],
  );
}

/** What follows a head in a text, whatever spaces and line breaks stand between its words. */
function afterHead(text: string, head: string): string | null {
  let at = 0;
  for (const character of head) {
    if (/\s/.test(character)) continue;
    while (at < text.length && /\s/.test(text[at] ?? "")) at++;
    if (!text.startsWith(character, at)) return null;
    at += character.length;
  }
  return text.slice(at);
}

const cellPlace = /(?:Cell|셀) \d+(?=:\d+:\d+)/.source;
/** A file stands in brackets, or alone after "at": a text with numbers in a message is none. */
const filePlace =
  /(?<=\(|\bat (?:async )?)(?!async )(?:file:\/\/)?[^\s():][^():]*(?::[\\/][^():]*)?(?=:\d+:\d+(?:\)|$))/.source;
const places = new RegExp(`(${cellPlace}|${filePlace}):(\\d+):(\\d+)`, "gm");

/** A line cut where it names places. */
export function piecesOf(line: string): readonly ErrorPiece[] {
  const pieces: ErrorPiece[] = [];
  let end = 0;
  for (const match of line.matchAll(places)) {
    const [text, label = "", row, column] = match;
    if (match.index > end) pieces.push({ text: line.slice(end, match.index), place: null });
    const kind = /^(?:Cell|셀) \d+$/.test(label) ? "cell" : "file";
    pieces.push({ text, place: { kind, label, line: Number(row), column: Number(column) } });
    end = match.index + text.length;
  }
  return end < line.length ? [...pieces, { text: line.slice(end), place: null }] : pieces;
}
