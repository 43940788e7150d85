// A notebook as Markdown, with its pictures beside it.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { NotebookFile, NotebookFileCell } from "../../notebook/notebookFile.ts";
import type { JsonValue } from "../../shared/json.ts";
import { toMarkdown } from "./toMarkdown.ts";

const view = JSON.parse(
  readFileSync(new URL("../../../test/renderer/samples/trainingFinished.json", import.meta.url), "utf8"),
) as JsonValue;

function markdown(cells: readonly NotebookFileCell[]) {
  return toMarkdown({ nnbook: 1, cells } as NotebookFile, "my book", "en");
}

test("cells stand one below the other; pictures are files, each with its text below", () => {
  const { text, files } = markdown([
    { kind: "markdown", source: ["# Title", "", "$x^2$", ""] },
    { kind: "code", source: [] },
    {
      kind: "code",
      source: ["await model.fit()"],
      outputs: [
        { items: { "application/vnd.code.notebook.stdout": "printed\n" } },
        { items: { "application/vnd.nnbook.training.v1+json": view, "text/plain": "in words" } },
      ],
    },
  ]);
  expect(text).toMatch(
    /^# Title\n\n\$x\^2\$\n\n```typescript\nawait model.fit\(\)\n```\n\n```text\nprinted\n```\n\n!\[[^\]]+\]\(my%20book-pictures\/cell-3-2\.svg\)\n\n```text\nin words\n```\n$/,
  );
  expect(files.map(({ path }) => path)).toEqual(["my book-pictures/cell-3-2.svg"]);
  expect(files[0]?.content).toMatch(/^<svg /);
});

test("a fence is longer than those inside it, and an error is text without colours", () => {
  const { text } = markdown([
    {
      kind: "code",
      language: "python",
      source: ["'''", "````", "'''"],
      outputs: [
        { items: { "application/vnd.code.notebook.error": { name: "E", message: "m", stack: "\u001b[1mE: m" } } },
      ],
    },
  ]);
  expect(text).toBe("`````python\n'''\n````\n'''\n`````\n\n```text\nE: m\n```\n");
});

test("other pictures keep their bytes", () => {
  const { files } = markdown([
    { kind: "code", source: ["1"], outputs: [{ items: { "image/jpeg": Buffer.from("jpeg").toString("base64") } }] },
  ]);
  expect(files).toEqual([{ path: "my book-pictures/cell-1-1.jpg", content: new Uint8Array(Buffer.from("jpeg")) }]);
});
