// Labels in both languages: complete, with the same holes, and never left in English by mistake.

import { expect, test } from "vitest";
import type { WordTable } from "../../src/shared/words/message.ts";
import { trainingWords } from "../training/trainingWords.ts";
import { activationWords } from "./activationWords.ts";
import { gradientWords } from "./gradientWords.ts";
import { rendererWords } from "./rendererWords.ts";

const tables: Readonly<Record<string, WordTable<string>>> = {
  rendererWords,
  trainingWords,
  gradientWords,
  activationWords,
};

for (const [name, { en, ko }] of Object.entries(tables)) {
  test(`${name} has the same ids and holes in both languages`, () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
    for (const [id, template] of Object.entries(en)) expect(holes(ko[id] ?? ""), id).toEqual(holes(template));
  });

  test(`${name} is in Korean wherever English has words`, () => {
    for (const [id, template] of Object.entries(en)) {
      const hasWords = /[a-z]{4}/.test(template.replace(/\{\w+\}/g, ""));
      if (hasWords) expect(ko[id], id).toMatch(/[가-힣]/);
    }
  });
}

function holes(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole ?? "").sort();
}
