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

test("no line of a page ends between an epoch and its number, in either language", () => {
  expect(unbroken("Validation loss was best at epoch 9: 0.2. Epoch 10 of 50, epochs 3")).toBe(
    "Validation loss was best at epoch\u00a09: 0.2. Epoch\u00a010 of 50, epochs 3",
  );
  expect(unbroken("검증 손실은 에포크 9에서 가장 좋았습니다. 에포크 31/50에서 멈춤, 전체 50 에포크 중")).toBe(
    "검증 손실은 에포크\u00a09에서 가장 좋았습니다. 에포크\u00a031/50에서 멈춤, 전체 50 에포크 중",
  );
});

test("long numbers break from their words and from each other, lest a narrow page break within them", () => {
  expect(unbroken("Epoch 1,234,567 of 10,000,000")).toBe("Epoch 1,234,567 of 10,000,000");
  expect(unbroken("에포크 1,234,567/10,000,000에서 멈춤")).toBe("에포크 1,234,567/\u200b10,000,000에서 멈춤");
  expect(unbroken("epoch 12,345. Then")).toBe("epoch\u00a012,345. Then");
});

test("no line of a page ends within the size of a picture", () => {
  expect(unbroken("pictures of 8 × 8 points, 4.1× per layer")).toBe(
    "pictures of 8\u00a0×\u00a08 points, 4.1× per layer",
  );
});

test("no line of a page ends between a mean and its spread", () => {
  expect(unbroken("mean −2.5×10⁻⁷ ± 0.151, mean ± std")).toBe("mean −2.5×10⁻⁷\u00a0±\u00a00.151, mean ± std");
});

test("no line of a page ends between a number and its percent sign", () => {
  expect(unbroken("10–90 % of all steps, > 99 %: 3 of 4")).toBe("10–90\u00a0% of all steps, > 99\u00a0%: 3 of 4");
});
