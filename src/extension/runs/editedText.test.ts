// Places that move with an edit.

import fc from "fast-check";
import { expect, test } from "vitest";
import { followOffset, offsetAt } from "./editedText.ts";

const before = "const a = 1;\nlayers.dense(4);\nlayers.dense(8);\n";

test("what stands before or behind an edit is found again", () => {
  const second = before.lastIndexOf("dense");
  const after = before.replace("const a = 1;", "const a = 1;\nconst b = 2;");
  expect(followOffset(before, after, second)).toBe(after.lastIndexOf("dense"));
  expect(followOffset(before, after, 0)).toBe(0);
});

test("what was changed itself is not found", () => {
  const after = before.replace("layers.dense(4)", "relu()");
  expect(followOffset(before, after, before.indexOf("dense(4)"))).toBeNull();
});

test("what stands between two edits is found again, in a line that was edited too", () => {
  const after = `// first\n${before.replace("dense(4)", "dense(40)")}last();\n`;
  expect(followOffset(before, after, before.indexOf("dense(4)"))).toBe(after.indexOf("dense(40)"));
  expect(followOffset(before, after, before.indexOf("dense(8)"))).toBe(after.indexOf("dense(8)"));
  expect(followOffset(before, after, before.indexOf("(4)") + 2)).toBe(after.indexOf("(40)") + 3);
});

test("a line that was replaced between two edits is not found", () => {
  const after = `// first\n${before.replace("layers.dense(4);\n", "")}last();\n`;
  expect(followOffset(before, after, before.indexOf("dense(4)"))).toBeNull();
  expect(followOffset(before, after, before.indexOf("dense(8)"))).toBe(after.indexOf("dense(8)"));
});

test("without an edit every place stays", () => {
  fc.assert(fc.property(fc.string(), fc.nat(), (text, offset) => followOffset(text, text, offset) === offset));
});

test("an insertion moves all that follows it by its length", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, inserted, at, offset) => {
      const position = at % (text.length + 1);
      const after = text.slice(0, position) + inserted + text.slice(position);
      const place = offset % (text.length + 1);
      const found = followOffset(text, after, place);
      // Repeated letters make the edit's place ambiguous; then either reading is right, and the letter is the same.
      if (found !== null && place < text.length) expect(after[found]).toBe(text[place]);
      else if (place < text.length) expect.unreachable();
    }),
  );
});

test("places and offsets are each other's inverse", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "é") }), fc.nat(), (text, at) => {
      const offset = at % (text.length + 1);
      const { line, column } = placeAt(text, offset);
      expect(offsetAt(text, line, column)).toBe(offset);
    }),
  );
  expect(offsetAt("a\nb", 9, 1)).toBe(3);
});

/** The place of an offset; lines and columns count from 1. */
function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
