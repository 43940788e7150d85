// Outputs that are text: errors and what was printed, without the colours of terminals.

import { errorMimeType, type NotebookFileOutput, streamMimeTypes } from "../notebook/notebookFile.ts";
import type { JsonValue } from "../shared/json.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours of terminals begin with.
const terminalColours = /\u001B\[[\d;]*m/g;

/** The text without what sets the colours of a terminal. */
export function withoutColours(text: string): string {
  return text.replace(terminalColours, "");
}

/** An error as a file keeps it (`{ name, message, stack }`) as the editor shows it. */
export function plainError(failure: JsonValue): string {
  if (typeof failure !== "object" || failure === null || Array.isArray(failure)) return String(failure);
  const { name, message, stack } = failure as { readonly [key: string]: JsonValue };
  const said = typeof stack === "string" && stack !== "" ? stack : [name, message].filter((part) => part).join(": ");
  return withoutColours(said);
}

/** What an output says as text, whatever its form; `null` where it says nothing. */
export function outputText({ items }: NotebookFileOutput): string | null {
  const failure = items[errorMimeType];
  if (failure !== undefined) return plainError(failure);
  const texts = [items[streamMimeTypes.stdout], items[streamMimeTypes.stderr], items["text/plain"]];
  const text = texts.find((value) => typeof value === "string");
  if (typeof text === "string") return withoutColours(text);
  const [mime, value] = Object.entries(items).find(([each]) => each.startsWith("text/") || each.endsWith("json")) ?? [];
  if (mime === undefined || value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
