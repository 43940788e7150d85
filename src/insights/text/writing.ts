// What the texts of views are written with.

import { type Argument, type Locale, plainMessage, type WordTable } from "../../shared/words/message.ts";
import { viewTextWords } from "../../shared/words/viewTextWords.ts";
import type { TextColumn } from "./textTable.ts";

/** Words of a table, as a text needs them. */
export function wordsOf<Id extends string>(
  table: WordTable<Id>,
): (id: Id, locale: Locale, args?: Readonly<Record<string, Argument>>) => string {
  return (id, locale, args = {}) => plainMessage(table, { id, args }, locale);
}

/** A word that texts of several views use. */
export const word = wordsOf(viewTextWords);

export const left = (head: string): TextColumn => ({ head, align: "left" });
export const right = (head: string): TextColumn => ({ head, align: "right" });

/** Those that are not empty, with a line between them. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
