// Words of a column: how often each comes, or what they are like.

import { expect, test } from "vitest";
import { columnWordsText } from "./columnWords.ts";

test("words are counted; of those that all differ a few are named", () => {
  const once = ["a", "b", "c", "d"].map((word) => ({ word, count: 1 }));
  expect(columnWordsText({ distinct: 1_000, most: once }, "en")).toBe("a · b · c · and 997 more");
  expect(columnWordsText({ distinct: 3, most: once.slice(0, 3) }, "en")).toBe("a: 1 · b: 1 · c: 1");
  expect(columnWordsText({ distinct: 5, most: [{ word: "a", count: 2 }, ...once.slice(1)] }, "en")).toBe(
    "a: 2 · b: 1 · c: 1 · d: 1 · and 1 more",
  );
});
