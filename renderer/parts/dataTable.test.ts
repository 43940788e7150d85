// The table as CSV: exact numbers, quoted as RFC 4180 says, and nothing that a spreadsheet would run.

import { expect, test } from "vitest";
import { tableCsv } from "./dataTable.ts";

test("numbers stay exact and what was not computed is empty", () => {
  const csv = tableCsv({
    caption: "",
    columns: ["layer", "a", "b"],
    rows: [
      ["dense_1", { number: 5.67e-8 }, { number: null }],
      ["dense_2", { count: 1840 }, { number: "NaN" }],
    ],
  });
  expect(csv).toBe("layer,a,b\r\ndense_1,5.67e-8,\r\ndense_2,1840,NaN\r\n");
});

test("commas, quotes and line breaks are quoted", () => {
  const csv = tableCsv({ caption: "", columns: ["a, b"], rows: [['say "x"'], ["two\nlines"]] });
  expect(csv).toBe('"a, b"\r\n"say ""x"""\r\n"two\nlines"\r\n');
});

test("a name that a spreadsheet would run as a formula is made text, a negative number stays one", () => {
  const csv = tableCsv({ caption: "", columns: ["a"], rows: [["=1+1"], ["@x"], ["-cmd"], [{ number: -0.5 }]] });
  expect(csv).toBe("a\r\n'=1+1\r\n'@x\r\n'-cmd\r\n-0.5\r\n");
});
