// Sentences as data: what to say and with which numbers. Whoever shows one words it in the reader's language.

import type { ViewNumber } from "../json.ts";
import { formatCount, formatNumber, formatTimes, wordShare } from "../numbers.ts";

/** The languages nnbook speaks. */
export type Locale = "en" | "ko";

/** How an argument is worded. A bare string (a name, code) stands as it is. */
export type Argument =
  | string
  | { readonly kind: "number" | "share" | "times"; readonly value: ViewNumber }
  | { readonly kind: "count"; readonly value: number }
  /** Names as a sentence lists them: "a, b and c". `more`: how many others it does not name. */
  | { readonly kind: "list"; readonly values: readonly string[]; readonly more?: number };

/** One sentence: the id of a template and what fills its `{holes}`. */
export interface Message<Id extends string = string> {
  readonly id: Id;
  readonly args: Readonly<Record<string, Argument>>;
}

/** A run of words; key words are strong. Never markup: a renderer makes text nodes of these. */
export interface Words {
  readonly text: string;
  readonly strong: boolean;
}

/** Templates by id. `{name}` is filled; `{name|one|many}` is the first word when that is a count of 1 or a list of one, else the second; `**words**` are key words. */
export type WordTable<Id extends string> = Readonly<Record<Locale, Readonly<Record<Id, string>>>>;

/** A table of words in both languages: the compiler sees to it that Korean has each of them. */
export function wordTable<Id extends string>(
  en: Readonly<Record<Id, string>>,
  ko: NoInfer<Readonly<Record<Id, string>>>,
): WordTable<Id> {
  return { en, ko };
}

/** The ids of a table. */
export type IdOf<Table> = Table extends WordTable<infer Id> ? Id : never;

/** Several tables as one. */
export function joinTables<Tables extends readonly WordTable<string>[]>(
  ...tables: Tables
): WordTable<IdOf<Tables[number]>> {
  const all = (locale: Locale) => Object.assign({}, ...tables.map((table) => table[locale]));
  return { en: all("en"), ko: all("ko") };
}

/** The nearest of our languages for a tag such as "ko-KR"; English otherwise. */
export function nearestLocale(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/** Words a message in `locale`. An id that the table lacks (data of a newer version) is shown as its own id. */
export function wordMessage<Id extends string>(
  table: WordTable<Id>,
  message: Message,
  locale: Locale,
): readonly Words[] {
  const templates: Readonly<Record<string, string>> = table[locale];
  const template = Object.hasOwn(templates, message.id) ? templates[message.id] : undefined;
  if (template === undefined) return [{ text: message.id, strong: false }];
  return template
    .split("**")
    .map((part, index) => ({ text: fill(part, message, locale), strong: index % 2 === 1 }))
    .filter((words) => words.text !== "");
}

/** The same as plain text. */
export function plainMessage<Id extends string>(table: WordTable<Id>, message: Message, locale: Locale): string {
  return wordMessage(table, message, locale)
    .map((words) => words.text)
    .join("");
}

function fill(part: string, message: Message, locale: Locale): string {
  return part.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (hole, name: string, one?: string, many?: string) => {
    const argument = Object.hasOwn(message.args, name) ? message.args[name] : undefined;
    if (argument === undefined) return hole;
    if (one === undefined || many === undefined) return wordArgument(argument, locale);
    return isOne(argument) ? one : many;
  });
}

function isOne(argument: Argument): boolean {
  if (typeof argument === "string") return false;
  if (argument.kind === "list") return argument.values.length + (argument.more ?? 0) === 1;
  return argument.kind === "count" && argument.value === 1;
}

function wordArgument(argument: Argument | undefined, locale: Locale): string {
  if (argument === undefined) return "";
  if (typeof argument === "string") return argument;
  switch (argument.kind) {
    case "number":
      return formatNumber(argument.value, { locale });
    case "share":
      return wordShare(argument.value, locale);
    case "times":
      return formatTimes(argument.value, locale);
    case "count":
      return formatCount(argument.value, locale);
    case "list":
      return wordList(argument.values, argument.more ?? 0, locale);
  }
}

function wordList(names: readonly string[], more: number, locale: Locale): string {
  if (more === 0) return listFormats[locale].format(names);
  const rest = formatCount(more, locale);
  if (locale === "ko") return `${names.join(", ")} 외 ${rest}개`;
  return listFormats.en.format([...names, `${rest} ${more === 1 ? "other" : "others"}`]);
}

/** Made once, as live pictures word sentences ten times a second. British English: no comma before "and". */
const listFormats: Readonly<Record<Locale, Intl.ListFormat>> = {
  en: new Intl.ListFormat("en-GB"),
  ko: new Intl.ListFormat("ko"),
};
