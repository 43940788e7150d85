// What both kinds of import share: reading JSON with a place for each error, texts in one piece or in lines, cells in other languages.

import { fileLanguage, type NotebookFile, type NotebookFileCell } from "../notebook/notebookFile.ts";
import { describeFileError, parseNotebookBytes } from "../notebook/parseNotebook.ts";
import { toLines } from "../notebook/printNotebook.ts";
import { type Argument, type IdOf, type Locale, plainMessage } from "../shared/words/message.ts";
import { importWords } from "./importWords.ts";

export type Imported =
  | {
      readonly kind: "imported";
      readonly notebook: NotebookFile;
      /** Sentences on what is not as it was. */
      readonly notes: readonly string[];
    }
  | { readonly kind: "failed"; readonly message: string };

/** What is wrong with a file, in the reader's language. Never leaves this folder: an import answers with its message. */
export class ImportProblem extends Error {}

export class ImportReader {
  readonly #locale: Locale;
  readonly #otherLanguages = new Map<string, number>();

  constructor(locale: Locale) {
    this.#locale = locale;
  }

  say(id: IdOf<typeof importWords>, args: Readonly<Record<string, Argument>> = {}): string {
    return plainMessage(importWords, { id, args }, this.#locale);
  }

  /** The cells of the JSON in `bytes`, with the rest of the file. `check` throws for one of another format, wherever it has its cells. */
  file(
    bytes: Uint8Array,
    check: (file: JsonObject) => void = () => {},
  ): { readonly file: JsonObject; readonly cells: readonly JsonObject[] } {
    const file = this.#json(bytes);
    if (isObject(file)) check(file);
    if (!isObject(file) || !Array.isArray(file.cells))
      throw new ImportProblem(this.say("noCells", { found: shown(file) }));
    file.cells.forEach((cell: unknown, index) => {
      if (!isObject(cell)) this.broken(index, "cells", "object", cell);
    });
    return { file, cells: file.cells as JsonObject[] };
  }

  broken(index: number, field: string, expected: "text" | "kind" | "object", found: unknown): never {
    const args = { number: String(index + 1), field, expected: this.say(expected), found: shown(found) };
    throw new ImportProblem(this.say("badCell", args));
  }

  text(value: unknown, index: number, field: string): string {
    const text = joined(value);
    return text === null ? this.broken(index, field, "text", value) : text;
  }

  markdown(text: string): NotebookFileCell {
    return { kind: "markdown", source: toLines(text) };
  }

  /** A code cell, or text with a note where nnbook does not run its language. */
  code(text: string, language: string, more: Partial<NotebookFileCell> = {}): NotebookFileCell {
    if (runs(language)) return { kind: "code", language: fileLanguage, source: toLines(text), ...more };
    this.#otherLanguages.set(language, (this.#otherLanguages.get(language) ?? 0) + 1);
    const fence = "`".repeat(Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length)) + 1);
    return this.markdown(`> ${this.say("otherLanguage", { language })}\n\n${fence}${language}\n${text}\n${fence}`);
  }

  /** What the reader should know, `cells` being those of the new notebook. */
  notes(cells: readonly NotebookFileCell[]): readonly string[] {
    const count = [...this.#otherLanguages.values()].reduce((sum, each) => sum + each, 0);
    const languages = [...this.#otherLanguages.keys()].join(", ");
    const modules = foreignModules(cells);
    return [
      ...(count === 0 ? [] : [this.say("otherLanguages", { count: { kind: "count", value: count }, languages })]),
      ...(modules.length === 0 ? [] : [this.say("packages", { modules: modules.join(", ") })]),
    ];
  }

  #json(bytes: Uint8Array): unknown {
    try {
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      // Our own reader of files says what is wrong with bytes and with JSON, and where.
      const parsed = parseNotebookBytes(bytes, this.#locale);
      throw new ImportProblem(
        parsed.kind === "failed" ? describeFileError(parsed.error, this.#locale) : this.say("empty"),
      );
    }
  }
}

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text, or the lines of one, which keep their newline. */
export function joined(value: unknown): string | null {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : null;
}

/** JavaScript is TypeScript without types. */
function runs(language: string): boolean {
  return /^(typescript|javascript|ts|js|tslab|jslab|deno|nnbook-ts|typescriptreact|javascriptreact)$/i.test(language);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object" && value !== null) return "{…}";
  const text = JSON.stringify(value) ?? "–";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Packages that cells import, apart from ours, Node's and files. */
function foreignModules(cells: readonly NotebookFileCell[]): readonly string[] {
  const code = cells.filter(({ kind }) => kind === "code").flatMap(({ source }) => source);
  const named = code.flatMap((line) => [...line.matchAll(/\bfrom\s*["']([^"']+)["']|\brequire\(["']([^"']+)["']\)/g)]);
  const modules = named.map(([, imported, required]) => imported ?? required ?? "");
  return [...new Set(modules.filter((name) => !/^(nnbook$|node:|[./])/.test(name)))];
}
