// Reading and writing notebook files: what is kept, and what a broken file says.

import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyNotebook, itemEncoding, type NotebookFile } from "./notebookFile.ts";
import { describeFileError, parseNotebook, parseNotebookBytes } from "./parseNotebook.ts";
import { fromLines, newCell, printNotebook, toLines, withOutputs } from "./printNotebook.ts";

const small = `{
  "nnbook": 1,
  "metadata": {},
  "cells": [
    {
      "kind": "code",
      "source": [
        "const x = 1;",
        "x"
      ]
    }
  ]
}
`;

function parsed(text: string): NotebookFile {
  const result = parseNotebook(text);
  if (result.kind === "failed") throw new Error(describeFileError(result.error));
  return result.notebook;
}

function failure(text: string, locale: "en" | "ko" = "en"): string {
  const result = parseNotebook(text, locale);
  return result.kind === "failed" ? describeFileError(result.error, locale) : "parsed";
}

/** `small` with one piece replaced; fails when the piece is not there. */
function broken(piece: string, by: string): string {
  expect(small).toContain(piece);
  return small.replace(piece, by);
}

describe("round trip", () => {
  const extra = fc.dictionary(
    fc
      .string()
      .filter(
        (key) => !["nnbook", "metadata", "cells", "kind", "language", "source", "outputs", "items"].includes(key),
      ),
    fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 3 },
  );
  const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  const output = fc.tuple(extra, json).map(([more, items]) => ({ items, ...more }));
  const cell = fc
    .record(
      {
        kind: fc.constantFrom("markdown", "code"),
        language: fc.string(),
        source: fc.array(fc.string()),
        outputs: fc.array(output, { maxLength: 2 }),
        metadata: json,
        more: extra,
      },
      { requiredKeys: ["kind", "source", "more"] },
    )
    .map(({ more, ...fields }) => ({ ...more, ...fields }));
  const file = fc
    .tuple(fc.array(cell, { maxLength: 3 }), json, extra)
    .map(([cells, metadata, more]) => ({ nnbook: 1, ...more, metadata, cells }));

  test("what was printed parses to the same and prints the same, unknown fields in their place", () => {
    fc.assert(
      fc.property(file, (notebook) => {
        const text = JSON.stringify(notebook, null, 2);
        const printed = printNotebook(parsed(text));
        expect(JSON.stringify(JSON.parse(printed), null, 2)).toBe(text);
        expect(printNotebook(parsed(printed))).toBe(printed);
      }),
    );
  });

  test("a chart's numbers stand in one line, text and all else as two-space JSON has them", () => {
    const cell = {
      kind: "code",
      source: ["NaN"],
      outputs: [{ items: { "application/json": { name: "loss", at: [] } } }],
    };
    const text = `${JSON.stringify({ nnbook: 1, cells: [cell] }, null, 2)}\n`;
    expect(printNotebook(parsed(text))).toBe(text);
    const withNumbers = text.replace('"at": []', '"at": [1, 2.5e-9, null, "NaN", "-Infinity"]');
    expect(printNotebook(parsed(withNumbers))).toBe(withNumbers);
  });

  test("a view's small parts stand in one line each, and what other types hold as before", () => {
    const layers = ["dense_1", "dense_2"].map((name) => ({
      name,
      shape: [null, 16],
      notes: ["a", "b"],
      text: "x".repeat(700),
    }));
    const items = { "application/vnd.nnbook.gradients.v1+json": { layers }, "text/plain": ["dense_1", "dense_2"] };
    const text = printNotebook(
      parsed(JSON.stringify({ nnbook: 1, cells: [{ kind: "code", source: [], outputs: [{ items }] }] })),
    );
    const lines = text.split("\n").map((line) => line.trim());
    expect(lines.filter((line) => line.includes("dense_"))).toEqual([
      ...layers.map(
        (layer, index) =>
          `{ "name": "${layer.name}", "shape": [null, 16], "notes": ["a", "b"], "text": "${layer.text}" }${index === 0 ? "," : ""}`,
      ),
      '"dense_1",',
      '"dense_2"',
    ]);
  });

  test("text and lines are each other's inverse, whatever the line ends", () => {
    fc.assert(fc.property(fc.string(), (text) => fromLines(toLines(text)) === text.replace(/\r\n?/g, "\n")));
    expect(toLines("a\r\nb\rc\n")).toEqual(["a", "b", "c", ""]);
    expect(toLines("")).toEqual([]);
  });

  test("a field named __proto__ is data like any other", () => {
    const text = small.replace(
      '"metadata": {}',
      '"metadata": {\n    "__proto__": {\n      "polluted": true\n    }\n  }',
    );
    expect(printNotebook(parsed(text))).toBe(text);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("a file with CRLF line ends and a byte order mark reads the same", () => {
    expect(parsed(`\uFEFF${small.replaceAll("\n", "\r\n")}`)).toEqual(parsed(small));
  });

  test("an empty file is a new notebook with one empty code cell", () => {
    for (const text of ["", "\uFEFF", " \n"]) expect(parsed(text)).toEqual(emptyNotebook());
  });
});

describe("a broken file", () => {
  const cases: readonly [name: string, text: string, message: string][] = [
    [
      "a word that is no value",
      '{ "nnbook": 1,\n  "cells": [ { "kind": "code", oops ] }\n',
      "Line 2, column 32: The file is not valid JSON: this word is not a JSON value.",
    ],
    [
      "cut off",
      small.slice(0, small.indexOf('const x = 1;",') + 14),
      "Line 8, column 24: The file is not valid JSON: it ends too early; part of it is missing.",
    ],
    ["a text of another kind", "hi\n", "Line 1, column 1: The file is not valid JSON: this word is not a JSON value."],
    [
      "merge marks",
      `<<<<<<< HEAD\n${small}`,
      "Line 1, column 1: The file is not valid JSON: this word is not a JSON value.",
    ],
    [
      "a comment",
      broken('"metadata": {},', '"metadata": {}, // mine'),
      "Line 3, column 19: The file is not valid JSON: comments are not allowed.",
    ],
    [
      "source as one string",
      broken('[\n        "const x = 1;",\n        "x"\n      ]', '"const x = 1"'),
      'Line 7, column 17: cells[0].source must be an array of strings, one for each line, but is the text "const x = 1".',
    ],
    [
      "a number among the lines",
      broken('"x"\n', "7\n"),
      "Line 9, column 9: cells[0].source[1] must be a string, but is the number 7.",
    ],
    [
      "an unknown kind",
      broken('"kind": "code"', '"kind": "raw"'),
      'Line 6, column 15: cells[0].kind must be "markdown" or "code", but is the text "raw".',
    ],
    [
      "no source",
      broken('"source"', '"sauce"'),
      "Line 5, column 5: cells[0].source is missing: expected an array of strings, one for each line.",
    ],
    [
      "null",
      "null",
      'Line 1, column 1: This is not an nnbook notebook: expected an object with "nnbook": 1 as its first field. Was the file made by another tool?',
    ],
    ["cells missing", '{ "nnbook": 1 }', "Line 1, column 1: cells is missing: expected an array."],
    [
      "an output without items",
      '{ "nnbook": 1, "cells": [{ "kind": "code", "source": [], "outputs": [{ "items": [] }] }] }',
      "Line 1, column 81: cells[0].outputs[0].items must be an object, but is an array.",
    ],
    [
      "a newer format",
      broken('"nnbook": 1', '"nnbook": 2'),
      "Line 2, column 13: The notebook has format 2; this version of nnbook reads format 1. Update the extension to open it.",
    ],
    [
      "a wrong version",
      broken('"nnbook": 1', '"nnbook": "1"'),
      'Line 2, column 13: "nnbook" must be 1 (the format version), but is the text "1".',
    ],
  ];
  test.each(cases)("%s: says where and what", (_name, text, message) => {
    expect(failure(text)).toBe(message);
  });

  test("speaks Korean", () => {
    expect(failure(broken('"x"\n', "7\n"), "ko")).toBe(
      "9번째 줄, 9번째 열: cells[0].source[1]의 값은 문자열이어야 하지만 숫자 7입니다.",
    );
  });

  test("bytes that are no UTF-8 are an error at their place, not text with holes that the next save would keep", () => {
    const korean = [0xc7, 0xd1, 0xb1, 0xdb]; // "한글" as EUC-KR has it
    const start = new TextEncoder().encode('{ "nnbook": 1,\n  "cells": [], "title": "é');
    expect(parseNotebookBytes(new Uint8Array([...start, ...korean, 0x22, 0x7d]))).toEqual({
      kind: "failed",
      error: { message: expect.stringContaining("save it as UTF-8"), line: 2, column: 27 },
    });
    const utf16 = new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]);
    expect(parseNotebookBytes(utf16)).toMatchObject({ kind: "failed", error: { line: 1, column: 1 } });
    const whole = new TextEncoder().encode('\uFEFF{ "nnbook": 1, "cells": [], "title": "한글 🧠" }');
    expect(parseNotebookBytes(whole)).toMatchObject({ kind: "parsed", notebook: { title: "한글 🧠" } });
    expect(parseNotebookBytes(whole.subarray(0, whole.length - 5))).toMatchObject({ kind: "failed" });
  });

  test("counts lines with CRLF ends too", () => {
    expect(failure(broken('"x"\n', "7\n").replaceAll("\n", "\r\n"))).toContain("Line 9, column 9");
  });

  test("no cut of a file reads as a notebook", () => {
    for (let end = 1; end < small.trimEnd().length; end++) expect(failure(small.slice(0, end))).not.toBe("parsed");
  });
});

describe("cells", () => {
  test("a new cell has its fields in the usual order and nothing empty", () => {
    const cell = newCell({ outputs: [], source: ["x"], metadata: {}, kind: "code", language: "typescript" });
    expect(Object.keys(cell)).toEqual(["kind", "language", "source", "metadata"]);
  });

  test("outputs stand after the source, and go without a trace", () => {
    const cell = { kind: "code", source: ["x"], note: 1 } as const;
    const outputs = [{ items: { "text/plain": "1" } }];
    expect(Object.keys(withOutputs(cell, outputs))).toEqual(["kind", "source", "outputs", "note"]);
    expect(withOutputs(withOutputs(cell, outputs), [])).toEqual(cell);
    expect(Object.keys(withOutputs({ kind: "code", outputs: [], source: [] }, []))).toEqual([
      "kind",
      "outputs",
      "source",
    ]);
  });

  test.each([
    ["application/vnd.nnbook.training.v1+json", "json"],
    ["application/json", "json"],
    ["application/vnd.code.notebook.error", "json"],
    ["application/vnd.code.notebook.stdout", "text"],
    ["text/plain", "text"],
    ["image/svg+xml", "text"],
    ["image/png", "base64"],
    ["application/octet-stream", "base64"],
  ])("%s is kept as %s", (mime, encoding) => {
    expect(itemEncoding(mime)).toBe(encoding);
  });
});

describe("the JSON schema", () => {
  const schema = JSON.parse(readFileSync(new URL("../../schemas/nnbook.schema.json", import.meta.url), "utf8"));
  const accepts = new Ajv({ strict: true }).compile(schema);

  test("accepts what the parser accepts, the shipped samples included", () => {
    expect(accepts(JSON.parse(small))).toBe(true);
    expect(accepts(emptyNotebook())).toBe(true);
    const folder = new URL("../../media/samples/", import.meta.url);
    for (const name of readdirSync(folder, { encoding: "utf8", recursive: true }).filter((file) =>
      file.endsWith(".nnbook"),
    )) {
      const text = readFileSync(new URL(name, folder), "utf8");
      expect(failure(text), name).toBe("parsed");
      expect(accepts(JSON.parse(text)), name).toBe(true);
    }
  });

  test.each([
    ["a newer format", { nnbook: 2, cells: [] }],
    ["no cells", { nnbook: 1 }],
    ["source as text", { nnbook: 1, cells: [{ kind: "code", source: "x" }] }],
    ["an unknown kind", { nnbook: 1, cells: [{ kind: "raw", source: [] }] }],
    ["an output without items", { nnbook: 1, cells: [{ kind: "code", source: [], outputs: [{}] }] }],
  ])("refuses %s, as the parser does", (_name, file) => {
    expect(accepts(file)).toBe(false);
    expect(failure(JSON.stringify(file))).not.toBe("parsed");
  });
});
