// What insights say as one line of text, for texts, still pictures and answers alike.

import type { Sentence } from "../views.ts";
import { insightWords } from "./insightWords.ts";
import { type Locale, type Message, plainMessage } from "./message.ts";

/** One message in plain words. */
export function insightText(message: Message, locale: Locale): string {
  return plainMessage(insightWords, message, locale);
}

/** Messages one after the other. */
export function insightTexts(messages: readonly Message[], locale: Locale): string {
  return messages.map((message) => insightText(message, locale)).join(" ");
}

/** A sentence as one line of text; of none, nothing. */
export function sentenceText(sentence: Sentence | null, locale: Locale): string {
  return insightTexts(sentence?.messages ?? [], locale);
}
