// The sentence: a verdict as icon and words, its key words strong, its tools at the right.

import type { Sentence } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import { wordMessage } from "../../src/shared/words/message.ts";
import { element, setHidden } from "../dom.ts";
import { icon, setIcon } from "../icons.ts";
import type { ViewHost } from "../viewHost.ts";
import { unbroken } from "../words/unbroken.ts";

export interface SentencePart {
  readonly node: HTMLElement;
  /** `null` keeps the place empty. */
  update(sentence: Sentence | null): void;
}

export function createSentence(host: ViewHost, sentence: Sentence | null, tools: Node | null = null): SentencePart {
  const mark = icon("info");
  const words = element("p");
  const node = element("div", { class: "sentence" }, mark, words, tools);
  let shown = "";
  const update = (next: Sentence | null) => {
    const key = JSON.stringify(next);
    if (key === shown) return;
    shown = key;
    mark.style.display = next === null ? "none" : "";
    setHidden(words, next === null);
    if (next === null) return;
    setIcon(mark, next.tone, host.word(next.tone));
    words.replaceChildren(...sentenceNodes(host, next));
  };
  update(sentence);
  return { node, update };
}

/** The words of a sentence as text and `<b>` nodes. What is said of another run begins a new line. */
export function sentenceNodes(host: ViewHost, sentence: Sentence): readonly Node[] {
  return sentence.messages.flatMap((message, index) => [
    ...(index > 0 ? [document.createTextNode(" ")] : []),
    ...(index > 0 && ("run" in message.args || "runs" in message.args) ? [element("br")] : []),
    ...wordMessage(insightWords, message, host.locale).map(({ text, strong }) =>
      strong ? element("b", {}, unbroken(text)) : document.createTextNode(unbroken(text)),
    ),
  ]);
}

/** The same as one plain string: for labels that are read aloud. */
export function sentenceText(host: ViewHost, sentence: Sentence): string {
  return sentenceNodes(host, sentence)
    .map((node) => node.textContent ?? "")
    .join("");
}
