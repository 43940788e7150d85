// Words that change while they are read, in a room for the longest of them: nothing below moves.

import { formatNumber } from "../../src/shared/numbers.ts";
import { element, setAttributes, setText } from "../dom.ts";

export interface WordsInRoom {
  readonly node: HTMLElement;
  show(text: string): void;
  /** The longest that ever stands here: of the caption, and of what is read in its place. */
  reserve(caption: string, reading: string): void;
}

export function createWordsInRoom(className = ""): WordsInRoom {
  const words = element("span");
  const node = element("span", { class: `wordsInRoom ${className}`.trim() }, words);
  let room: readonly [caption: string, reading: string] = ["", ""];
  return {
    node,
    show: (text) => setText(words, text),
    reserve(caption, reading) {
      // Never less than before: what is live would jump when it ends.
      room = [longest([caption, room[0]]), longest([reading, room[1]])];
      setAttributes(node, { "data-caption": room[0], "data-reading": room[1] });
    },
  };
}

/** The longest number of a range as it is read; with `grows` more numbers may come. */
export function longestNumber(
  [low, high]: readonly [low: number, high: number],
  { locale, grows = false }: { readonly locale: string; readonly grows?: boolean },
): string {
  const ends = low > high ? [] : [low, high];
  // Between them a range that holds 0 has the smallest numbers there are, which are the longest.
  const inside = low <= 0 && high >= 0 ? [low < 0 ? -8.88e-8 : 8.88e-8] : [];
  const coming = grows || ends.length === 0 ? [0.00888] : [];
  return longest([...ends, ...inside, ...coming].map((value) => formatNumber(value, { locale })));
}

/** The longest of some texts by the number of their letters: close enough to the widest where all are numbers, or names. */
export function longest(texts: readonly string[]): string {
  return texts.reduce((most, text) => (text.length > most.length ? text : most), "");
}
