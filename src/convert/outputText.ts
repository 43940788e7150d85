// Outputs that are text: errors and what was printed, without the colours of terminals.

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
