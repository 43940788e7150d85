// Both languages say the same: the same holes in every template.

import path from "node:path";
import { expect, test } from "vitest";
import { findWordTables } from "../../test/support/findWordTables.ts";
import { unbroken } from "./unbroken.ts";

const holes = (template: string | undefined) => [...(template ?? "").matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

const tables = await findWordTables(path.dirname(import.meta.dirname));

test("all tables of the renderer are found", () => {
  expect(tables.map(([name]) => name)).toEqual(
    expect.arrayContaining(["rendererWords", "gradientWords", "activationWords", "trainingWords"]),
  );
});

test.each(tables)("%s fill the same holes in English and Korean", (_name, table) => {
  const korean: Readonly<Record<string, string>> = table.ko;
  for (const [id, english] of Object.entries(table.en)) expect([id, holes(korean[id])]).toEqual([id, holes(english)]);
});

test("no line of a page ends between an epoch and its number", () => {
  expect(unbroken("Validation loss was best at epoch 9: 0.2. Epoch 10 of 50, epochs 3")).toBe(
    "Validation loss was best at epoch\u00a09: 0.2. Epoch\u00a010 of 50, epochs 3",
  );
});

test("no line of a page ends between a number and its percent sign", () => {
  expect(unbroken("10–90 % of all steps, > 99 %: 3 of 4")).toBe("10–90\u00a0% of all steps, > 99\u00a0%: 3 of 4");
});
