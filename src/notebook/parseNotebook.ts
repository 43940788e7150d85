// Reads a `.nnbook` file. A broken one is an error with its place, never an empty notebook.

import { findNodeAtLocation, type ParseError, parse, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Argument, type Locale, plainMessage } from "../shared/words/message.ts";
import { type FileErrorWord, fileErrorWords, syntaxWords } from "./fileErrorWords.ts";
import { emptyNotebook, type NotebookFile, notebookFormat } from "./notebookFile.ts";

export type ParseResult =
  | { readonly kind: "parsed"; readonly notebook: NotebookFile }
  | { readonly kind: "failed"; readonly error: NotebookFileError };

/** What is wrong and where. Lines and columns count from 1. */
export interface NotebookFileError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Parses the bytes of a notebook file. Those that are no UTF-8 are an error: read as something else, they would be lost by the next save. */
export function parseNotebookBytes(bytes: Uint8Array, locale: Locale = "en"): ParseResult {
  const text = decode(bytes);
  if (text !== null) return parseNotebook(text, locale);
  const readable = readablePart(bytes);
  const message = plainMessage(fileErrorWords, { id: "notUtf8", args: {} }, locale);
  return { kind: "failed", error: { message, ...placeAt(readable, readable.length) } };
}

/**
 * Parses the text of a notebook file. A file without any text is a new notebook: that is what the editor creates for
 * a new file.
 */
export function parseNotebook(fileText: string, locale: Locale = "en"): ParseResult {
  const text = fileText.startsWith("\uFEFF") ? fileText.slice(1) : fileText;
  if (text.trim() === "") return { kind: "parsed", notebook: emptyNotebook() };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message differs from version to version and has no reliable place: look for it ourselves.
    return { kind: "failed", error: syntaxError(text, locale) };
  }
  const problem = findProblem(value);
  if (problem) return { kind: "failed", error: shapeError(text, problem, locale) };
  return { kind: "parsed", notebook: value as NotebookFile };
}

/** The message with its place: "Line 3, column 7: …". */
export function describeFileError(error: NotebookFileError, locale: Locale = "en"): string {
  const args = { line: String(error.line), column: String(error.column), message: error.message };
  return plainMessage(fileErrorWords, { id: "located", args }, locale);
}

type Path = readonly (string | number)[];

interface Problem {
  readonly path: Path;
  readonly word: FileErrorWord;
  /** What should stand there, as a word or as it is. */
  readonly expected?: FileErrorWord | number;
  readonly found?: unknown;
}

function findProblem(file: unknown): Problem | null {
  if (!isObject(file) || !Object.hasOwn(file, "nnbook")) return { path: [], word: "noVersion" };
  if (file.nnbook !== notebookFormat) {
    const isNewer = typeof file.nnbook === "number" && file.nnbook > notebookFormat;
    const word = isNewer ? "newerVersion" : "wrongVersion";
    return { path: ["nnbook"], word, expected: notebookFormat, found: file.nnbook };
  }
  return (
    checkOptional(file, [], "metadata", isObject, "anObject") ??
    checkField(file, [], "cells", Array.isArray, "anArray") ??
    firstProblem(file.cells, ["cells"], findCellProblem)
  );
}

function findCellProblem(cell: unknown, path: Path): Problem | null {
  if (!isObject(cell)) return wrongShape(path, "anObject", cell);
  return (
    checkField(cell, path, "kind", (kind) => kind === "markdown" || kind === "code", "aKind") ??
    checkOptional(cell, path, "language", isString, "aString") ??
    checkField(cell, path, "source", isLines, "anArrayOfStrings") ??
    checkOptional(cell, path, "outputs", Array.isArray, "anArray") ??
    checkOptional(cell, path, "metadata", isObject, "anObject") ??
    firstProblem(cell.outputs ?? [], [...path, "outputs"], findOutputProblem)
  );
}

function findOutputProblem(output: unknown, path: Path): Problem | null {
  if (!isObject(output)) return wrongShape(path, "anObject", output);
  return checkField(output, path, "items", isObject, "anObject");
}

function firstProblem(list: unknown, path: Path, find: (item: unknown, path: Path) => Problem | null): Problem | null {
  for (const [index, item] of (list as readonly unknown[]).entries()) {
    const problem = find(item, [...path, index]);
    if (problem) return problem;
  }
  return null;
}

function checkField(
  owner: Record<string, unknown>,
  path: Path,
  field: string,
  fits: (value: unknown) => boolean,
  expected: FileErrorWord,
): Problem | null {
  if (!Object.hasOwn(owner, field)) return { path: [...path, field], word: "missing", expected };
  if (fits(owner[field])) return null;
  const lines = owner[field];
  const stranger = expected === "anArrayOfStrings" && Array.isArray(lines) ? lines.findIndex((x) => !isString(x)) : -1;
  return stranger < 0
    ? wrongShape([...path, field], expected, lines)
    : wrongShape([...path, field, stranger], "aString", (lines as unknown[])[stranger]);
}

function checkOptional(...args: Parameters<typeof checkField>): Problem | null {
  return Object.hasOwn(args[0], args[2]) ? checkField(...args) : null;
}

function wrongShape(path: Path, expected: FileErrorWord, found: unknown): Problem {
  return { path, word: "wrongShape", expected, found };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isLines(value: unknown): boolean {
  return Array.isArray(value) && value.every(isString);
}

function shapeError(text: string, problem: Problem, locale: Locale): NotebookFileError {
  const words = (id: FileErrorWord, args: Record<string, Argument> = {}) =>
    plainMessage(fileErrorWords, { id, args }, locale);
  const root = parseTree(text);
  // Of a missing field the owner is shown: the field itself is nowhere.
  const path = problem.word === "missing" ? problem.path.slice(0, -1) : problem.path;
  const node = root && findNodeAtLocation(root, [...path]);
  return {
    message: words(problem.word, {
      path: pathText(problem.path),
      expected: typeof problem.expected === "string" ? words(problem.expected) : String(problem.expected),
      found: problem.word === "newerVersion" ? String(problem.found) : foundText(problem.found, words),
    }),
    ...placeAt(text, node?.offset ?? 0),
  };
}

function foundText(found: unknown, words: (id: FileErrorWord, args?: Record<string, Argument>) => string): string {
  if (isString(found)) return words("text", { value: JSON.stringify(shorten(found)) });
  if (typeof found === "number") return words("number", { value: String(found) });
  if (Array.isArray(found)) return words("anArray");
  return isObject(found) ? words("anObject") : words("other", { value: String(found) });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** `["cells", 3, "source"]` → `cells[3].source`. */
function pathText(path: Path): string {
  return path.map((key, index) => (isString(key) ? (index > 0 ? `.${key}` : key) : `[${key}]`)).join("");
}

function syntaxError(text: string, locale: Locale): NotebookFileError {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  const isCutOff = first !== undefined && text.slice(first.offset + first.length).trim() === "" && isOpenObject(text);
  const id = isCutOff ? "CutOff" : first ? printParseErrorCode(first.error) : "other";
  const problem = plainMessage(syntaxWords, { id, args: {} }, locale);
  return {
    message: plainMessage(fileErrorWords, { id: "syntax", args: { problem } }, locale),
    ...placeAt(text, isCutOff ? text.trimEnd().length : (first?.offset ?? 0)),
  };
}

/** Begun as an object, and not ended as one: what never was one is not cut off. */
function isOpenObject(text: string): boolean {
  return text.trimStart().startsWith("{") && !text.trimEnd().endsWith("}");
}

/** Node and browsers both have it; this folder knows neither of them. */
declare const TextDecoder: new (
  encoding: "utf-8",
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array, options: { readonly stream: boolean }): string };

/** `null` when the bytes are no UTF-8. `isStart`: they may end within a character. */
function decode(bytes: Uint8Array, isStart = false): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isStart });
  } catch {
    return null;
  }
}

/** What stands before the first byte that is no UTF-8. */
function readablePart(bytes: Uint8Array): string {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decode(bytes.subarray(0, middle), true) === null) bad = middle;
    else good = middle;
  }
  return decode(bytes.subarray(0, good), true) ?? "";
}

function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
