// What a `.nnbook` file holds, format version 1. Every object may have further fields: they are kept, in their place.

import type { JsonValue } from "../shared/json.ts";

/** The version this code writes, and the newest it reads. */
export const notebookFormat = 1;

/** A code cell's language in a file. The editor calls it `nnbook-ts`, so that no other TypeScript tool takes the cells. */
export const fileLanguage = "typescript";

export interface NotebookFile {
  readonly nnbook: typeof notebookFormat;
  readonly metadata?: JsonObject;
  readonly cells: readonly NotebookFileCell[];
  readonly [field: string]: unknown;
}

export interface NotebookFileCell {
  readonly kind: "markdown" | "code";
  /** `typescript` for code and `markdown` for markdown when absent. */
  readonly language?: string;
  /** Lines without their newline. */
  readonly source: readonly string[];
  readonly outputs?: readonly NotebookFileOutput[];
  readonly metadata?: JsonObject;
  readonly [field: string]: unknown;
}

/** One output in one or more forms. JSON under a JSON type, base64 for pictures and other bytes, text for all else. */
export interface NotebookFileOutput {
  readonly items: Readonly<Record<string, JsonValue>>;
  readonly [field: string]: unknown;
}

export type JsonObject = { readonly [key: string]: JsonValue };

/** The types under which streams and errors stand in a file: the editor's own, so that it shows them as it does elsewhere. */
export const streamMimeTypes = {
  stdout: "application/vnd.code.notebook.stdout",
  stderr: "application/vnd.code.notebook.stderr",
} as const;

/** Holds `{ name, message, stack }`. */
export const errorMimeType = "application/vnd.code.notebook.error";

/** How an item's data stands in the file. */
export function itemEncoding(mime: string): "json" | "text" | "base64" {
  const type = mime.toLowerCase().split(";")[0] ?? "";
  if (type === "application/json" || type === errorMimeType || type.endsWith("+json")) return "json";
  if (type.startsWith("text/") || type.endsWith("+xml") || isTextApplication(type)) return "text";
  return "base64";
}

function isTextApplication(type: string): boolean {
  const texts: readonly string[] = [
    streamMimeTypes.stdout,
    streamMimeTypes.stderr,
    "application/javascript",
    "application/xml",
    "application/x-latex",
  ];
  return texts.includes(type);
}

/** A new notebook: one empty code cell. */
export function emptyNotebook(): NotebookFile {
  return {
    nnbook: notebookFormat,
    metadata: {},
    cells: [{ kind: "code", language: fileLanguage, source: [] }],
  };
}
