// Both languages say the same: the same holes in every template.

import { expect, test } from "vitest";
import { trainingWords } from "../training/trainingWords.ts";
import { activationWords } from "./activationWords.ts";
import { gradientWords } from "./gradientWords.ts";
import { rendererWords } from "./rendererWords.ts";

const holes = (template: string | undefined) => [...(template ?? "").matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test.each([
  ["renderer", rendererWords],
  ["gradient", gradientWords],
  ["activation", activationWords],
  ["training", trainingWords],
])("the %s words fill the same holes in English and Korean", (_name, table) => {
  const korean: Readonly<Record<string, string>> = table.ko;
  for (const [id, english] of Object.entries(table.en)) expect([id, holes(korean[id])]).toEqual([id, holes(english)]);
});
