// A notebook as Jupyter reads it.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { NotebookFile } from "../../notebook/notebookFile.ts";
import type { JsonValue } from "../../shared/json.ts";
import { toJupyter } from "./toJupyter.ts";

const mime = "application/vnd.nnbook.training.v1+json";
const view = JSON.parse(
  readFileSync(new URL("../../../test/renderer/samples/trainingFinished.json", import.meta.url), "utf8"),
) as JsonValue;

const notebook: NotebookFile = {
  nnbook: 1,
  metadata: { language: "ko" },
  cells: [
    { kind: "markdown", source: ["# Title", "words"] },
    {
      kind: "code",
      source: ["a", "b"],
      outputs: [
        { items: { "application/vnd.code.notebook.stderr": "warned\n" } },
        { items: { [mime]: view, "text/plain": "one\ntwo" } },
        { items: { "image/png": "AAAA" } },
        {
          items: {
            "application/vnd.code.notebook.error": { name: "E", message: "m", stack: "E: m\n    at Cell 1:1:1" },
          },
        },
      ],
    },
    { kind: "code", language: "python", source: ["print(1)"], metadata: { tags: ["a"] } },
  ],
};

test("is Jupyter's format 4.5, with a kernel of TypeScript", () => {
  const file = JSON.parse(toJupyter(notebook, "en"));
  expect(file).toMatchObject({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "deno", language: "typescript" }, language_info: { name: "typescript" } },
  });
  const ids = file.cells.map((cell: { id: string }) => cell.id);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  // Code cells have outputs and a count, other cells have neither.
  expect(file.cells.map((cell: object) => Object.keys(cell).sort())).toEqual([
    ["cell_type", "id", "metadata", "source"],
    ["cell_type", "execution_count", "id", "metadata", "outputs", "source"],
    ["cell_type", "execution_count", "id", "metadata", "outputs", "source"],
  ]);
  expect(file.cells[0].source).toEqual(["# Title\n", "words"]);
  expect(file.cells[2].metadata).toEqual({ nnbook: { metadata: { tags: ["a"] } }, vscode: { languageId: "python" } });
});

test("outputs are a drawing, the view's JSON and its text in one", () => {
  const { outputs } = JSON.parse(toJupyter(notebook, "en")).cells[1];
  expect(outputs[0]).toEqual({ output_type: "stream", name: "stderr", text: ["warned\n"] });
  expect(outputs[1]).toMatchObject({ output_type: "display_data", metadata: {} });
  expect(Object.keys(outputs[1].data)).toEqual([mime, "text/plain", "image/svg+xml"]);
  expect(outputs[1].data[mime]).toEqual(view);
  expect(outputs[1].data["text/plain"]).toEqual(["one\n", "two"]);
  expect(outputs[1].data["image/svg+xml"].join("")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  expect(outputs[2].data).toEqual({ "image/png": "AAAA" });
  expect(outputs[3]).toEqual({
    output_type: "error",
    ename: "E",
    evalue: "m",
    traceback: ["E: m", "    at Cell 1:1:1"],
  });
});
