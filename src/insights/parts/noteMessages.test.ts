// Notes as sentences: what many layers share is said once.

import { expect, test } from "vitest";
import type { RunNote } from "../../engine/index.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { plainMessage } from "../../shared/words/message.ts";
import { noteMessages } from "./noteMessages.ts";

const alike = (layer: string): RunNote => ({ kind: "symmetricStart", layer, text: "" });
const other: RunNote = { kind: "squaredErrorOnClasses", layer: "out", text: "" };
const said = (notes: readonly RunNote[]) =>
  noteMessages(notes).map((message) => plainMessage(insightWords, message, "en"));

test("layers that start alike are named in one sentence, at the place of the first; one alone keeps its own", () => {
  expect(said([alike("dense_1")])[0]).toMatch(/^dense_1: all its units start/);
  expect(said([alike("dense_1"), other, alike("dense_2")])).toEqual([
    expect.stringMatching(/^dense_1 and dense_2: in each of these 2 layers all units start/),
    expect.stringMatching(/^The targets are classes/),
  ]);
  const many = Array.from({ length: 9 }, (_, index) => alike(`dense_${index + 1}`));
  expect(said(many)).toEqual([
    expect.stringMatching(
      /^dense_1, dense_2, dense_3, dense_4, dense_5, dense_6 and 3 others: in each of these 9 layers/,
    ),
  ]);
});
