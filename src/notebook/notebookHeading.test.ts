// A notebook's title and first paragraph, as a list of notebooks shows them.

import { expect, test } from "vitest";
import type { NotebookFileCell } from "./notebookFile.ts";
import { headingOf } from "./notebookHeading.ts";

const markdown = (...source: string[]): NotebookFileCell => ({ kind: "markdown", source });
const heading = (...cells: NotebookFileCell[]) => headingOf({ nnbook: 1, cells });

test("the first heading is the title, the paragraph below it the summary, without marks", () => {
  const cell = markdown(
    "# 5 · Vanishing gradients",
    "",
    "**Question.** Why does",
    "*a deep* `net` learn nothing?",
    "",
    "More.",
  );
  expect(heading(cell)).toEqual({ title: "5 · Vanishing gradients", summary: "Why does a deep net learn nothing?" });
});

test("a heading alone has no summary", () => {
  expect(heading(markdown("## Alone"))).toEqual({ title: "Alone", summary: "" });
});

test("a notebook that begins otherwise has no heading", () => {
  expect(heading()).toBe(null);
  expect(heading(markdown("Just words."))).toBe(null);
  expect(heading({ kind: "code", source: ["# no heading"] })).toBe(null);
});
